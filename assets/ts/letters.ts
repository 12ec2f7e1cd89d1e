/** "3-5" → [3, 4, 5]; anything else → []. */
export function lineRange(text: string): number[] {
  const match = /^(\d{1,6})-(\d{1,6})$/.exec(text);
  if (!match) return [];
  const first = Number(match[1]);
  const last = Math.min(Number(match[2]), first + 1000);
  const lines: number[] = [];
  for (let n = first; n <= last; n++) lines.push(n);
  return lines;
}

/** What stands round a link to the letter, the innermost: a part of a field lights up its own words and not the field's. */
const around = ".read__part, .read__one, .field";

/** Lights up the words of the letter that the field under the pointer or focus was read from, or else the lines. */
export function startLetters(root: Document): void {
  const lights = new Set<Element[]>(); // the words of a part are those of its field too, which must not put them out
  for (const link of root.querySelectorAll<HTMLElement>("[data-lines]")) {
    const lines = lineRange(link.dataset["lines"] ?? "");
    const field = link.closest(around) ?? link;
    const name = link.dataset["field"] ?? "";
    const words = name ? [...root.querySelectorAll(`.sheet__words[data-of~="${CSS.escape(name)}"]`)] : [];
    /** Of a letter longer than its window, the words come into it; the page itself stays where it is. */
    const show = () => {
      const first = words[0] ?? root.getElementById(`line-${lines[0] ?? 0}`);
      const sheet = first?.closest<HTMLElement>(".sheet");
      if (!first || !sheet || sheet.scrollHeight <= sheet.clientHeight) return;
      const [at, window] = [first.getBoundingClientRect(), sheet.getBoundingClientRect()];
      if (at.top < window.top || at.bottom > window.bottom) sheet.scrollTop += at.top - window.top - window.height / 3;
    };
    const on = { pointer: false, focus: false };
    const light = (by: keyof typeof on, yes: boolean) => {
      on[by] = yes;
      const lit = on.pointer || on.focus;
      if (lit) lights.add(words);
      else lights.delete(words);
      for (const word of root.querySelectorAll(".sheet__words--lit")) word.classList.remove("sheet__words--lit");
      for (const group of lights) for (const word of group) word.classList.add("sheet__words--lit");
      if (words.length > 0) return;
      for (const n of lines) root.getElementById(`line-${n}`)?.classList.toggle("sheet__line--lit", lit);
    };
    /** Of a field within a field, the event belongs to the inner one; `.field` is round every control, with a link or not. */
    const own = (event: Event) => {
      let at = event.target instanceof Element ? event.target.closest(around) : null;
      while (at && at !== field && !at.querySelector("[data-lines]")) at = at.parentElement?.closest(around) ?? null;
      return (at ?? field) === field;
    };
    field.addEventListener("pointerover", (event) => light("pointer", own(event)));
    field.addEventListener("pointerout", () => light("pointer", false));
    field.addEventListener("focusin", (event) => {
      light("focus", own(event));
      if (own(event)) show();
    });
    field.addEventListener("focusout", () => light("focus", false));
  }
}
