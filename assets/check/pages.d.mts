import type { Browser } from "playwright-core";

export function htmlFiles(dir: string): Promise<string[]>;
export function serve(dir: string): Promise<{ url: string; close: () => void }>;
export function addresses(args: string[]): Promise<{ urls: string[]; close: () => void }>;
export function launch(): Promise<Browser>;
