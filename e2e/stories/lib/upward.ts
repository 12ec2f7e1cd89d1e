// A unit's report to whoever sent it the letter: drafted from the records, signed on paper, numbered, sent.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./desk.ts";
import { number, signedOnPaper, submit } from "./letter.ts";
import { visit } from "./play.ts";
import { vi } from "./told.ts";

/** Drafts the report on a letter from what was recorded and returns its address. */
export async function draftReport(page: Page, symbol: string): Promise<string> {
  await visit(page, "/don-vi");
  await follow(page, "reporting.list.title");
  await follow(page, "reporting.new.title");
  await choose(page, "reporting.field.letter", symbol);
  await press(page, "reporting.new.draft");
  await page.getByText(vi.say("reporting.new.done")).waitFor();
  return page.url();
}

/** Chooses the option that names something. */
export async function choose(page: Page, key: string, name: string): Promise<void> {
  const list = main(page).getByLabel(vi.say(key));
  const option = await list.locator("option").filter({ hasText: name }).first().getAttribute("value");
  assert.ok(option, `${name} can be chosen`);
  await list.selectOption(option);
}

/** Has the report on the page signed on paper and numbered, and sends it. */
export async function sendReport(page: Page, signer: string): Promise<void> {
  const report = page.url();
  await follow(page, "reporting.edit");
  await submit(page, signer);
  await signedOnPaper(page, signer);
  await number(page);
  await visit(page, report);
  await press(page, "reporting.send.title");
  await told(page, "reporting.send.done");
}

/** Opens a report among those that came from below. */
export async function openReceived(page: Page, report: string): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "reporting.list.title");
  await main(page).locator(`a[href='${new URL(report).pathname}']`).click();
}

/** The unit's clerk notes a meeting about a letter. */
export async function noteMeeting(page: Page, symbol: string, place: string, people: number): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "reporting.list.title");
  await follow(page, "reporting.activity.title");
  await choose(page, "reporting.field.kind", vi.say("reporting.kind.meeting"));
  await main(page).getByLabel(vi.say("reporting.field.place")).fill(place);
  await main(page).getByLabel(vi.say("reporting.field.people")).first().fill(String(people));
  await choose(page, "reporting.field.for", symbol);
  await press(page, "reporting.activity.save");
  await told(page, "reporting.activity.publicised");
}
