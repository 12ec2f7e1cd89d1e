import { backoff, next, outcomeOf, type Item } from "./item.ts";
import type { Answer } from "./send.ts";
import type { Store } from "./store.ts";

/** How many photos travel at once; more only slow each other down on a weak connection. */
const slots = 2;

export interface Hooks {
  send(item: Item, progress: (share: number) => void): Promise<Answer>;
  changed(item: Item, progress: number): void;
  wait(milliseconds: number, then: () => void): void;
  random(): number;
}

/** The photos of one field on their way to the server. It knows no page: the hooks do the sending and the showing. */
export class Queue {
  readonly #items = new Map<string, Item>();
  readonly #store: Store;
  readonly #hooks: Hooks;
  #running = 0;

  constructor(store: Store, hooks: Hooks) {
    this.#store = store;
    this.#hooks = hooks;
  }

  /** Takes up what an earlier page left behind. */
  async resume(url: string): Promise<void> {
    for (const item of await this.#store.all(url)) {
      if (item.state === "uploading") item.state = "pending";
      this.#items.set(item.id, item);
      this.#hooks.changed(item, 0);
    }
    this.pump();
  }

  async add(item: Item): Promise<void> {
    this.#items.set(item.id, item);
    this.#hooks.changed(item, 0);
    // Kept before it is sent: from here on a reload loses nothing. A full phone keeps nothing, but can still send.
    await this.#store.put(item).catch(() => undefined);
    this.pump();
  }

  async remove(id: string): Promise<void> {
    this.#items.delete(id);
    await this.#store.remove(id);
  }

  /** Tries a failed or waiting photo again, now. */
  retry(id: string): void {
    const item = this.#items.get(id);
    if (!item || item.state === "uploading" || item.state === "uploaded") return;
    this.#set(item, "pending", "");
    this.pump();
  }

  /** Photos that are still to be sent. */
  get open(): number {
    return [...this.#items.values()].filter((i) => i.state === "pending" || i.state === "uploading").length;
  }

  /** Starts as many photos as there are free slots. */
  pump(): void {
    for (const item of next([...this.#items.values()].filter((i) => !this.#resting.has(i.id)), slots - this.#running)) {
      void this.#upload(item);
    }
  }

  /** Ends all waiting, e.g. because the connection is back. */
  wake(): void {
    this.#resting.clear();
    this.pump();
  }

  readonly #resting = new Set<string>();

  async #upload(item: Item): Promise<void> {
    this.#running++;
    item.attempts++;
    this.#set(item, "uploading", "");
    const answer = await this.#hooks.send(item, (share) => {
      if (item.state === "uploading") this.#hooks.changed(item, share);
    });
    this.#running--;
    if (!this.#items.has(item.id)) return this.pump();

    const outcome = outcomeOf(answer.status, answer.body);
    if (outcome.kind === "done") {
      this.#set(item, "uploaded", "");
      await this.#store.remove(item.id);
    } else if (outcome.kind === "failed") {
      this.#set(item, "failed", outcome.message);
      await this.#store.put(item).catch(() => undefined);
    } else {
      this.#rest(item);
      await this.#store.put(item).catch(() => undefined);
    }
    this.pump();
  }

  #rest(item: Item): void {
    this.#resting.add(item.id);
    this.#set(item, "pending", "");
    this.#hooks.wait(backoff(item.attempts, this.#hooks.random()), () => {
      this.#resting.delete(item.id);
      this.pump();
    });
  }

  #set(item: Item, state: Item["state"], message: string): void {
    item.state = state;
    item.message = message;
    this.#hooks.changed(item, state === "uploaded" ? 1 : 0);
  }
}
