// What is pasted from a portal or a word processor comes twice: as words, which the text area takes, and as HTML, which still
// has the tables and columns. The HTML goes along as long as the area shows those words; whoever changes them sends what is
// seen. Without this script the words are sent alone.

/** Below what the server takes of a form, words and HTML together. */
const limit = 900_000;

/** Characters of HTML that are looked at; a letter with all its styles has a tenth of them. */
const most = 4_000_000;

export function startPaste(root: Document): void {
  for (const area of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-paste]")) {
    const kept = area.form?.elements.namedItem(area.dataset["paste"] ?? "");
    if (kept instanceof HTMLInputElement) follow(area, kept, area.form?.querySelector<HTMLElement>("[data-pasted]") ?? null);
  }
}

function follow(area: HTMLTextAreaElement, kept: HTMLInputElement, note: HTMLElement | null): void {
  let html = kept.value;
  let words = area.value;
  let coming = "";
  const show = () => {
    const same = html !== "" && area.value === words;
    kept.value = same ? html : "";
    if (note) note.textContent = (html === "" || area.value === "" ? "" : same ? note.dataset["kept"] : note.dataset["edited"]) ?? "";
  };
  area.addEventListener("paste", (event) => {
    const all = area.selectionStart === 0 && area.selectionEnd === area.value.length;
    coming = all ? (event.clipboardData?.getData("text/html") ?? "") : "";
    setTimeout(() => (coming = ""), 0); // a paste that changes nothing is followed by no input
  });
  area.addEventListener("input", () => {
    if (coming !== "") {
      const tidied = coming.length > most ? "" : tidy(coming);
      html = new Blob([tidied, area.value]).size > limit ? "" : tidied;
      words = area.value;
      coming = "";
    }
    show();
  });
  show();
}

const comment = /<!--[^]*?-->/g;
const silent = /<(head|script|style|template|noscript|iframe|object|svg|picture|video|audio)\b[^]*?<\/\1\s*>/gi;
const tag = /<(\/?[a-z][a-z0-9]*)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const start = /\sstart\s*=\s*["']?(\d+)/i;

/**
 * The HTML without looks and without what says nothing, which is most of its size. As text: to parse it here, a browser would
 * ask the page's rules about every style in it.
 */
export function tidy(html: string): string {
  return html.replace(comment, "").replace(silent, "").replace(tag, (_, name: string, attributes: string) => {
    if (/^img$/i.test(name)) return "";
    const first = start.exec(attributes)?.[1];
    return first ? `<${name} start="${first}">` : `<${name}>`;
  });
}
