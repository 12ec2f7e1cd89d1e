// Copying and sharing a text of the page. The buttons are hidden until it is known that the browser can.
export function startShare(root: Document): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const text = textOf(root, button.dataset["copy"]);
    if (text === undefined || !("clipboard" in navigator)) continue;
    button.hidden = false;
    const label = button.querySelector("span") ?? button;
    const before = label.textContent;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(text).then(
        () => {
          label.textContent = button.dataset["copied"] ?? before;
        },
        () => select(root, button.dataset["copy"]),
      );
    });
  }
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-share]")) {
    const text = textOf(root, button.dataset["share"]);
    if (text === undefined || !("share" in navigator)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ text }).catch(() => undefined); // somebody changed their mind
    });
  }
}

function textOf(root: Document, id: string | undefined): string | undefined {
  return root.getElementById(id ?? "")?.textContent?.trim();
}

/** Where the clipboard is refused, the text is at least selected. */
function select(root: Document, id: string | undefined): void {
  const element = root.getElementById(id ?? "");
  if (element !== null) root.getSelection()?.selectAllChildren(element);
}
