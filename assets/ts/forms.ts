/** How long a form that got no answer stays closed before it may be sent again. */
const patience = 20_000;

/**
 * Sends each form once until the answer comes. The server would not create twice anyhow (the form carries the ID of
 * what it creates); this spares people the doubt.
 */
export function startForms(root: Document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-form]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset["busy"] !== undefined) {
        event.preventDefault();
        return;
      }
      form.dataset["busy"] = "";
      form.setAttribute("aria-busy", "true");
      window.setTimeout(() => release(form), patience);
    });
  }
  // Coming back with the browser's button shows the page as it was left: closed forms must open.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll<HTMLFormElement>("form[data-busy]")) release(form);
  });
  root.querySelector<HTMLElement>("[data-focus]")?.focus();
}

function release(form: HTMLFormElement): void {
  delete form.dataset["busy"];
  form.removeAttribute("aria-busy");
}
