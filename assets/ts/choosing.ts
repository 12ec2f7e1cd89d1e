/** Shows "choose all" of a list of boxes, keeps it in step with them, and says how many are chosen. */
export function startChoosing(root: Document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-choosing]")) {
    const all = form.querySelector<HTMLInputElement>("[data-choose-all]");
    const boxes = [...form.querySelectorAll<HTMLInputElement>(`input[name="${form.dataset["choosing"] ?? ""}"]`)];
    const count = form.querySelector<HTMLElement>("[data-chosen]");
    if (!all || boxes.length < 2) continue;
    const show = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
      if (count) count.textContent = chosen > 0 ? ` (${String(chosen)})` : "";
    };
    all.closest("label")?.removeAttribute("hidden");
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
    for (const box of boxes) box.addEventListener("change", show);
    window.addEventListener("pageshow", show); // coming back, the boxes are as they were left
    show();
  }
}
