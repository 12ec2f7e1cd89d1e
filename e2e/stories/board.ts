// A member of the board opens the queue, looks at a report beside its photos, and validates it; the team has more points
// in the standings than before.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { play, until, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { total } from "./lib/report.ts";
import { cast, vi } from "./lib/told.ts";

await play(async (stage) => {
  const page = await stage.visitor();
  const main = page.getByRole("main");
  await signInByBar(page, "ban-to-chuc-1");
  await main.getByRole("link", { name: vi.like("board.desk.review") }).first().click();
  await page.getByRole("heading", { level: 1, name: vi.say("board.queue") }).waitFor();

  const queue = page.url();
  const waiting = main.getByRole("row").filter({ hasText: total }).first();
  const place = await waiting.getByRole("link").innerText();
  const team = await waiting.locator(`[data-label="${vi.say("board.entrantOne")}"]`).innerText();
  const before = await pointsOf(page, team);

  await visit(page, queue);
  await main.getByRole("row").filter({ hasText: total }).filter({ hasText: team }).getByRole("link", { name: place }).click();
  await page.getByRole("heading", { level: 1, name: place }).waitFor();
  await checkPhotos(page);

  await main.locator("input[name=verdict][value=valid]").check();
  await main.getByRole("button", { name: vi.say("board.review.decide") }).click();
  await page.getByText(vi.say("board.review.decided")).waitFor();

  const after = await until("the standings to move", async () => {
    const points = await pointsOf(page, team);
    return points > before ? points : undefined;
  });
  console.log(`${team}: ${before} → ${after} points`);
});

/** The photos before and after stand beside each other and have arrived. */
async function checkPhotos(page: Page): Promise<void> {
  const photos = page.getByRole("main").getByRole("img");
  await photos.first().waitFor();
  const widths = await until("the photos to be shown", async () => {
    const found = await photos.evaluateAll((all) => all.filter((i) => i instanceof HTMLImageElement).map((i) => i.naturalWidth));
    return found.length >= 2 && found.slice(0, 2).every((w) => w > 0) ? found : undefined;
  });
  assert.ok(widths.length >= 2);
}

/** The points of a team as the standings show them, 0 when it does not stand there. */
async function pointsOf(page: Page, team: string): Promise<number> {
  await visit(page, `/cuoc-thi/${cast.slug}/bang-xep-hang?division=collective`);
  const row = page.getByRole("main").getByRole("row").filter({ has: page.getByRole("link", { name: team, exact: true }) });
  if ((await row.count()) === 0) return 0;
  const text = await row.locator(`[data-label="${vi.say("ui.standings.points")}"]`).innerText();
  const number = /\d[\d.]*(,\d+)?/.exec(text)?.[0];
  assert.ok(number, `points are a number: ${text}`);
  return Number(number.replaceAll(".", "").replace(",", "."));
}
