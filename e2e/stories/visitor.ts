// Somebody who has just heard of the challenge looks around, finds a clean-up on the map, and changes the language.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { play, visit } from "./lib/play.ts";
import { cast, narrow, vi, Words } from "./lib/told.ts";

const en = new Words("en");

await play(async (stage) => {
  const page = await stage.visitor();
  await visit(page, "/");
  await page.getByText(vi.say("demo.notice")).waitFor();
  await page.getByRole("heading", { level: 1 }).waitFor();

  await page.getByRole("main").getByRole("link", { name: vi.say("portal.about"), exact: true }).click();
  await page.waitForURL(`**/cuoc-thi/*`);
  await page.getByRole("heading", { name: vi.say("portal.prizes"), exact: true }).waitFor();
  await page.getByRole("heading", { name: vi.say("portal.documents"), exact: true }).waitFor();

  await lookAtCleanups(page);
  await lookAtStandings(page);
  await lookAtStatistics(page);

  await page.getByRole("list", { name: vi.say("ui.language") }).getByRole("link", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: en.say("portal.statistics") }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await visit(page, "/");
  await page.getByText(en.say("demo.notice")).waitFor();
});

async function lookAtCleanups(page: Page): Promise<void> {
  await visit(page, `/cuoc-thi/${cast.past}/ra-quan`);
  const all = await page.getByRole("article").count();
  assert.ok(all > 0, "the list shows clean-ups");

  await page.getByLabel(vi.say("portal.filter.from")).fill("2024-06-09");
  await page.getByLabel(vi.say("portal.filter.to")).fill("2024-06-09");
  await page.getByRole("button", { name: vi.say("ui.filter.apply") }).click();
  await page.waitForURL(/from=2024-06-09/);
  const some = await page.getByRole("article").count();
  assert.ok(some > 0, "somebody cleaned on Sunday, 9 June");
  assert.equal(await page.getByLabel(vi.say("portal.filter.from")).inputValue(), "2024-06-09");

  await page.getByRole("link", { name: vi.say("portal.view.map") }).click();
  await page.waitForURL(/view=map/);
  const map = page.getByRole("region", { name: vi.say("portal.map.label") });
  await map.waitFor();
  const points = map.getByRole("button").filter({ hasNotText: /^[+−]$/ });
  await points.first().waitFor();
  assert.ok((await points.count()) > 0, "the map has points");

  await visit(page, `/cuoc-thi/${cast.past}/ra-quan`);
  await page.getByRole("article").first().getByRole("link").first().click();
  await page.waitForURL("**/ra-quan/*-*");
  await page.getByRole("heading", { level: 1 }).waitFor();
}

async function lookAtStandings(page: Page): Promise<void> {
  await follow(page, "app.nav.standings", /bang-xep-hang/);
  await visit(page, `/cuoc-thi/${cast.past}/bang-xep-hang`);
  const rows = page.getByRole("main").getByRole("table").first().getByRole("row");
  assert.ok((await rows.count()) > 3, "the table has rows");
}

async function lookAtStatistics(page: Page): Promise<void> {
  await visit(page, `/cuoc-thi/${cast.past}/thong-ke`);
  const tables = await page.getByRole("main").locator("table").allTextContents();
  assert.ok(tables.some((t) => t.includes("51.887 kg")), "the organic waste is what was published");
  assert.ok((await page.getByRole("img").count()) > 2, "the charts have a text alternative");
}

/** Goes somewhere by the navigation, which a phone shows in its own manner. */
async function follow(page: Page, key: string, to: RegExp): Promise<void> {
  const link = page.getByRole("navigation", { name: vi.say("ui.nav.main") }).getByRole("link", { name: vi.say(key) });
  if (narrow) await link.scrollIntoViewIfNeeded();
  await link.click();
  await page.waitForURL(to);
}
