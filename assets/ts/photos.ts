// Photos that survive a weak connection. The plain form sends files itself; with this, each photo is kept on the phone,
// travels alone, is tried again when the connection breaks, and goes on after a reload.
import { uuid7 } from "./upload/ids.ts";
import type { Item, State } from "./upload/item.ts";
import { Queue } from "./upload/queue.ts";
import { send } from "./upload/send.ts";
import { openStore, type Store } from "./upload/store.ts";
import { PhotoList } from "./upload/view.ts";

async function start(): Promise<void> {
  const fields = [...document.querySelectorAll<HTMLElement>("[data-photos]")];
  if (fields.length === 0) return;
  const store = await openStore();
  await Promise.all(fields.map((field) => takeOver(field, store)));
}

async function takeOver(field: HTMLElement, store: Store): Promise<void> {
  const input = field.querySelector<HTMLInputElement>("input[type=file]");
  const url = field.dataset["uploadUrl"];
  if (!input || !url) return;
  const limit = Number(field.dataset["maxBytes"] ?? 0);

  const view = new PhotoList(field);
  const queue = new Queue(store, {
    send,
    changed: (item, share) => {
      view.show(item, share);
      if (queue.open === 0) sendHeld();
    },
    wait: (ms, then) => void window.setTimeout(then, ms),
    random: Math.random,
  });
  view.onRetry = (id) => queue.retry(id);
  view.onRemove = (id) => void queue.remove(id).then(() => queue.open === 0 && sendHeld());

  const sendHeld = holdForm(field, () => queue.open, view);

  const take = (): void => {
    for (const file of input.files ?? []) void queue.add(itemOf(file, url, limit, view));
    // The form must not carry the same photos a second time.
    input.value = "";
  };
  input.addEventListener("change", take);
  input.required = false;
  take(); // a slow phone may have been quicker to choose than to open its store
  window.addEventListener("online", () => queue.wake());
  await queue.resume(url);
}

function itemOf(file: File, url: string, limit: number, view: PhotoList): Item {
  const tooLarge = limit > 0 && file.size > limit;
  const state: State = tooLarge ? "failed" : "pending";
  return {
    id: uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(16))),
    url,
    name: file.name.normalize("NFC"),
    type: file.type,
    added: Date.now(),
    attempts: 0,
    state,
    message: tooLarge ? view.word("large") : "",
    body: file,
  };
}

/** Keeps the form back while photos travel, and sends it by itself when the last one has arrived. */
function holdForm(field: HTMLElement, open: () => number, view: PhotoList): () => void {
  const form = field.closest("form");
  let held: { submitter: HTMLElement | null } | undefined;
  form?.addEventListener(
    "submit",
    (event) => {
      if (open() === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { submitter: event.submitter };
      view.hold();
    },
    { capture: true },
  );
  return () => {
    if (!held || !form) return;
    const { submitter } = held;
    held = undefined;
    form.requestSubmit(submitter);
  };
}

void start();
