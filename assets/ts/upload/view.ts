import type { Item, State } from "./item.ts";

type Word = State | "held" | "waiting" | "retry" | "large" | "leave";

/** Shapes that tell the states apart without colour; the same drawings as on the server's badges. */
const shapes: Record<State, string> = {
  pending: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.2V12l3.2 2.2",
  uploading: "M12 15.5V4M7.5 8.5 12 4l4.5 4.5M4 20h16",
  uploaded: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-4.2-8.8 3 3 5.6-6",
  failed: "M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2ZM12 7.6v5.2M12 16v.3",
};

const tones: Record<State, string> = { pending: "wait", uploading: "open", uploaded: "good", failed: "bad" };

interface Row {
  root: HTMLElement;
  badge: HTMLElement;
  progress: HTMLProgressElement;
  why: HTMLElement;
  retry: HTMLButtonElement;
  leave: HTMLButtonElement;
  state: State | undefined;
}

/** The list of photos below the field. */
export class PhotoList {
  onRetry: (id: string) => void = () => {};
  onRemove: (id: string) => void = () => {};
  readonly #field: HTMLElement;
  #held = false;
  readonly #rows = new Map<string, Row>();

  constructor(field: HTMLElement) {
    this.#field = field;
  }

  /** A word in the language of the page. */
  word(name: Word): string {
    return this.#field.dataset[`word${name[0]?.toUpperCase()}${name.slice(1)}`] ?? "";
  }

  /** Says something to those who listen rather than look. */
  announce(text: string): void {
    const status = this.#field.querySelector("[data-status]");
    if (status) status.textContent = text;
  }

  /** Says, for all to see, that the form goes on by itself once the photos have arrived. */
  hold(): void {
    const status = this.#field.querySelector("[data-status]");
    if (status) status.className = "queue__held";
    this.#held = true;
    this.announce(this.word("held"));
  }

  show(item: Item, share: number): void {
    const row = this.#rows.get(item.id) ?? this.#create(item);
    row.progress.hidden = item.state !== "uploading";
    row.progress.value = share;
    if (row.state === item.state && row.why.textContent === item.message) return;
    row.state = item.state;
    row.root.className = `queue__item queue__item--${item.state}`;
    row.badge.className = `badge badge--${tones[item.state]}`;
    row.badge.replaceChildren(icon(shapes[item.state]), text("span", this.word(item.state)));
    const waiting = item.state === "pending" && item.attempts > 0;
    row.why.textContent = item.message || (waiting ? this.word("waiting") : "");
    row.retry.hidden = !(item.state === "failed" || waiting);
    row.leave.hidden = item.state === "uploaded" || item.state === "uploading";
    if (!this.#held) this.announce(`${item.name}: ${this.word(item.state)}`);
  }

  #create(item: Item): Row {
    const root = document.createElement("li");
    root.dataset["id"] = item.id;
    const badge = document.createElement("span");
    const progress = document.createElement("progress");
    progress.className = "queue__progress";
    progress.max = 1;
    progress.setAttribute("aria-label", item.name);
    const why = text("span", "");
    why.className = "queue__why";
    const words = document.createElement("span");
    words.className = "queue__text";
    words.append(badge, progress, why);
    const retry = this.#button("retry", () => this.onRetry(item.id));
    const leave = this.#button("leave", () => {
      root.remove();
      this.#rows.delete(item.id);
      this.onRemove(item.id);
    });
    root.append(thumbnail(item), words, retry, leave);
    this.#field.querySelector("[data-queue]")?.append(root);
    const row: Row = { root, badge, progress, why, retry, leave, state: undefined };
    this.#rows.set(item.id, row);
    return row;
  }

  #button(word: Word, act: () => void): HTMLButtonElement {
    const button = text("button", this.word(word)) as HTMLButtonElement;
    button.type = "button";
    button.className = "button button--quiet button--small";
    button.addEventListener("click", act);
    return button;
  }
}

function thumbnail(item: Item): HTMLElement {
  const image = document.createElement("img");
  image.className = "queue__thumb";
  image.alt = item.name;
  image.width = image.height = 96;
  image.src = URL.createObjectURL(item.body);
  // A browser that cannot show HEIC still sends it.
  image.onerror = () => image.classList.add("queue__thumb--blank");
  return image;
}

function icon(path: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, "path");
  for (const [name, value] of Object.entries({
    d: path, fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round",
  })) {
    shape.setAttribute(name, value);
  }
  svg.append(shape);
  return svg;
}

function text(tag: string, words: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
