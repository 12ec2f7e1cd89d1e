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

/** Lights up the words of the letter that the field under the pointer or focus was read from, or else the lines. */
export function startLetters(root: Document): void {
  for (const link of root.querySelectorAll<HTMLElement>("[data-lines]")) {
    const lines = lineRange(link.dataset["lines"] ?? "");
    const field = link.closest(".read__one, .field") ?? link;
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
    const light = (on: boolean) => {
      for (const word of words) word.classList.toggle("sheet__words--lit", on);
      if (words.length > 0) return;
      for (const n of lines) root.getElementById(`line-${n}`)?.classList.toggle("sheet__line--lit", on);
    };
    for (const event of ["pointerenter", "focusin"]) field.addEventListener(event, () => light(true));
    field.addEventListener("focusin", show);
    for (const event of ["pointerleave", "focusout"]) field.addEventListener(event, () => light(false));
  }
}
