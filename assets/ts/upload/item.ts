/** Where a photo is on its way; the words and shapes for it come from the server's page. */
export type State = "pending" | "uploading" | "uploaded" | "failed";

/** One photo in the queue, as it lies in IndexedDB. */
export interface Item {
  id: string;
  url: string; // template of the address, with {id}
  name: string;
  type: string;
  added: number;
  attempts: number;
  state: State;
  message: string;
  body: Blob;
}

/** What the server's answer means for the photo. */
export type Outcome = { kind: "done" } | { kind: "again" } | { kind: "failed"; message: string };

/** The address of one photo. */
export function addressOf(item: Pick<Item, "id" | "url">): string {
  return item.url.includes("{id}") ? item.url.replaceAll("{id}", item.id) : `${item.url.replace(/\/$/, "")}/${item.id}`;
}

/**
 * Reads an answer. Status 0 is a broken connection. What may pass by itself (a busy or restarting server, a limit) is
 * tried again; what a person must mend is not.
 */
export function outcomeOf(status: number, body: string): Outcome {
  if (status >= 200 && status < 300) return { kind: "done" };
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return { kind: "again" };
  return { kind: "failed", message: problemText(body) };
}

/** The sentence for people in a problem+json answer, or nothing. */
export function problemText(body: string): string {
  try {
    const problem: unknown = JSON.parse(body);
    if (typeof problem !== "object" || problem === null) return "";
    const { errors, detail, title } = problem as { errors?: { message?: unknown }[]; detail?: unknown; title?: unknown };
    // What is wrong with the photo itself says more than the advice for problems of its kind.
    const message = Array.isArray(errors) ? errors[0]?.message : undefined;
    if (typeof message === "string" && message) return message;
    if (typeof detail === "string" && detail) return detail;
    return typeof title === "string" ? title : "";
  } catch {
    return "";
  }
}

/** Milliseconds to wait before the next attempt: 1, 2, 4 … 60 seconds, spread by luck (0 to 1) so that phones do not call in step. */
export function backoff(attempts: number, luck: number): number {
  const full = Math.min(60_000, 1000 * 2 ** Math.min(attempts - 1, 10));
  return Math.round(full * (0.5 + luck / 2));
}

/** The next photos to send, oldest first, when some slots are free. */
export function next(items: readonly Item[], slots: number): Item[] {
  return items
    .filter((i) => i.state === "pending")
    .sort((a, b) => a.added - b.added || (a.id < b.id ? -1 : 1))
    .slice(0, Math.max(0, slots));
}
