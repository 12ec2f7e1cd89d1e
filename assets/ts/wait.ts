// A part of the page that waits for something the server is making: it is asked for again until it is there. Without this
// script the page itself is loaded again, see the layout.
const pause = 4_000;
const patience = 60; // asks, which is four minutes

export function startWaiting(root: Document): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-await]")) void wait(part, patience);
}

async function wait(part: HTMLElement, asks: number): Promise<void> {
  if (asks === 0) return;
  await new Promise((done) => setTimeout(done, pause));
  const fresh = await fetchPart(part.id);
  if (fresh === null || fresh.dataset["await"] !== undefined) return wait(part, asks - 1);
  part.replaceWith(fresh);
}

/** The same part as the server shows it now, null when it cannot be had. */
async function fetchPart(id: string): Promise<HTMLElement | null> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  } catch {
    return null; // no connection: the next ask may find one
  }
}
