export function htmlFaults(text: string, name: string): Promise<string[]>;
