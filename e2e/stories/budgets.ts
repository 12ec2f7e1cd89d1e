// The first view is light and stands still: bytes as they travel, and layout shifts while a phone reads on.
import assert from "node:assert/strict";
import type { Page, Request } from "playwright-core";
import { play, visit } from "./lib/play.ts";
import { cast } from "./lib/told.ts";

const kilobyte = 1024;
const limits = { page: 60 * kilobyte, fonts: 70 * kilobyte, shift: 0.1 };

await play(async (stage) => {
  for (const width of [360, 1280]) {
    const page = await stage.visitor({ viewport: { width, height: 740 } });
    await page.addInitScript(watchShifts);
    await weigh(page, "/", width);
    const cleanups = `/cuoc-thi/${cast.past}/ra-quan`;
    await visit(page, cleanups);
    const cleanup = await page.getByRole("article").first().getByRole("link").first().getAttribute("href");
    assert.ok(cleanup);
    for (const address of ["/", cleanups, `${cleanups}?view=map`, cleanup, `/cuoc-thi/${cast.past}/bang-xep-hang`, `/cuoc-thi/${cast.past}/thong-ke`]) {
      await standsStill(page, address, width);
    }
    await page.context().close();
  }
});

/** Weighs the first view of a page as it travels, without photos and map. */
async function weigh(page: Page, address: string, width: number): Promise<void> {
  const requests: Request[] = [];
  page.on("requestfinished", (r) => requests.push(r));
  await visit(page, address);
  await page.waitForLoadState("networkidle");
  const sums = { page: 0, fonts: 0 };
  const parts: string[] = [];
  for (const r of requests) {
    const { responseBodySize, responseHeadersSize } = await r.sizes();
    const size = responseBodySize + responseHeadersSize;
    const type = r.resourceType();
    if (type === "font") sums.fonts += size;
    else if (type !== "image" || r.url().endsWith(".svg")) {
      sums.page += size;
      parts.push(`${size} ${new URL(r.url()).pathname}`);
    }
  }
  console.log(`${address} at ${width} px: ${sums.page} bytes and ${sums.fonts} of fonts\n  ${parts.join("\n  ")}`);
  assert.ok(sums.page > 0 && sums.page <= limits.page, `${address} weighs ${sums.page} bytes, at most ${limits.page}`);
  assert.ok(sums.fonts > 0 && sums.fonts <= limits.fonts, `the fonts weigh ${sums.fonts} bytes, at most ${limits.fonts}`);
}

interface Watched {
  shifted?: number;
}

/** Runs in the page: sums up what moved without the reader's doing. */
function watchShifts(): void {
  const watched = globalThis as Watched;
  watched.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) watched.shifted = (watched.shifted ?? 0) + entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Reads a page to its end; nothing may jump while photos and fonts arrive. */
async function standsStill(page: Page, address: string, width: number): Promise<void> {
  await visit(page, address);
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
      scrollTo(0, y);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    }
    await Promise.all([...document.images].map((i) => i.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
  const shift = await page.evaluate(() => (globalThis as Watched).shifted ?? Number.NaN);
  assert.ok(shift < limits.shift, `${address} moved by ${shift.toFixed(3)} at ${width} px, less than ${limits.shift} is allowed`);
}
