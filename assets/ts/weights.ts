import { formatWeight, parseWeight } from "./weight.ts";

/** Shows beside each weight what it will be understood as, while it is typed. */
export function startWeights(root: Document): void {
  for (const field of root.querySelectorAll<HTMLElement>("[data-weight]")) {
    const input = field.querySelector("input");
    const output = field.querySelector<HTMLOutputElement>("[data-understood]");
    if (!input || !output) continue;
    const show = () => {
      const text = input.value.trim();
      const grams = parseWeight(text);
      if (text === "") {
        output.textContent = "";
      } else if (grams === undefined) {
        output.textContent = output.dataset["unclear"] ?? "";
      } else {
        output.textContent = `${text} → ${formatWeight(grams, field.dataset["lang"] ?? "vi")}`;
      }
      field.classList.toggle("field--unclear", text !== "" && grams === undefined);
    };
    input.addEventListener("input", show);
    show();
  }
}
