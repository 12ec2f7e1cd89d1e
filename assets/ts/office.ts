// The editor of letters: the page beside it follows what is typed, the draft is saved by itself, and Alt with an arrow moves
// the block one is in. Without this script the buttons of the form do the same.

/** How long after the last key the page is drawn anew, and the draft saved, in milliseconds. */
const drawAfter = 400;
const saveAfter = 4_000;

/** Calls f once, some time after the last call. */
function later(f: () => void, after: number): () => void {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(f, after);
  };
}

interface Saved {
  saved: boolean;
  version: number;
  message: string;
}

function isSaved(value: unknown): value is Saved {
  return typeof value === "object" && value !== null && "saved" in value && "version" in value && "message" in value;
}

function startOffice(root: HTMLElement): void {
  const form = root.querySelector<HTMLFormElement>("form");
  const pane = document.querySelector<HTMLElement>("[data-pane]");
  const state = root.querySelector<HTMLElement>("[data-state]");
  const { preview, save } = root.dataset;
  if (form === null || pane === null || state === null || preview === undefined || save === undefined) return;
  for (const hint of root.querySelectorAll<HTMLElement>("[data-scripted]")) hint.hidden = false;

  let leaving = false;
  let drawing: AbortController | undefined;
  let saving: Promise<void> = Promise.resolve();

  const body = (act: string): URLSearchParams => {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") values.append(name, value);
    values.set("do", act);
    return values;
  };

  const draw = later(() => {
    drawing?.abort();
    drawing = new AbortController();
    void fetch(preview, { method: "POST", body: body("preview"), signal: drawing.signal })
      .then(async (answer) => {
        if (answer.ok) pane.innerHTML = await answer.text();
      })
      .catch(() => undefined); // the next key draws again
  }, drawAfter);

  const keep = later(() => {
    saving = saving.then(async () => {
      if (leaving) return;
      state.textContent = root.dataset["saving"] ?? "";
      try {
        const answer = await fetch(save, { method: "POST", body: body("autosave"), headers: { Accept: "application/json" } });
        const result: unknown = await answer.json();
        if (!isSaved(result)) return;
        state.textContent = result.message;
        const version = form.elements.namedItem("version");
        if (result.saved && version instanceof HTMLInputElement) version.value = String(result.version);
      } catch {
        state.textContent = root.dataset["offline"] ?? "";
      }
    });
  }, saveAfter);

  form.addEventListener("input", () => {
    draw();
    keep();
  });
  form.addEventListener("submit", () => {
    leaving = true;
  });
  // A citation goes where one last wrote or pointed in its block; who merely passes through one on the way to the button has it at
  // the end.
  const stand = (event: Event) => {
    const text = event.target;
    const caret = form.elements.namedItem("caret");
    const number = /^b\.(\d+)\.text$/.exec(text instanceof HTMLTextAreaElement ? text.name : "")?.[1];
    if (number === undefined || !(text instanceof HTMLTextAreaElement) || !(caret instanceof HTMLInputElement)) return;
    caret.value = `${number}.${String(text.selectionStart)}`;
  };
  form.addEventListener("input", stand);
  form.addEventListener("pointerup", stand);
  form.addEventListener("keyup", (event) => {
    if (event.key !== "Tab" && event.key !== "Shift") stand(event);
  });
  form.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const block = event.target instanceof Element ? event.target.closest("[data-block]") : null;
    const act = event.key === "ArrowUp" ? "up" : "down";
    const button = block?.querySelector<HTMLButtonElement>(`[data-move="${act}"]`);
    if (button === undefined || button === null || button.disabled) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}

for (const root of document.querySelectorAll<HTMLElement>("[data-office]")) startOffice(root);
