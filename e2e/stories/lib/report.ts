// Writing a report, with or without script: what both have in common.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { visit } from "./play.ts";
import { vi } from "./told.ts";

/** Kilograms as Vietnamese write them, and what they must be understood as. */
export const weights = [
  { type: "plastic", typed: "12,5", shown: "12,5" },
  { type: "organic", typed: "245,25", shown: "245,25" },
  { type: "glass", typed: "0,75", shown: "0,75" },
] as const;

/** What they come to. */
export const total = "258,5 kg";

/** Opens the report that the desk says comes next, and returns the place it is about. */
export async function beginReport(page: Page, origin = ""): Promise<string> {
  await visit(page, `${origin}/doi`);
  const step = await page.getByText(vi.like("entrants.next.report")).first().innerText();
  await page.getByRole("main").getByRole("button", { name: vi.say("entrants.next.reportButton") }).first().click();
  await page.waitForURL("**/bao-cao");
  return /“(.+?)”/.exec(step)?.[1] ?? "";
}

export function weightField(page: Page, type: string): Locator {
  return page.locator(`input[name="weight.${type}"]`);
}

/** The input that takes the photos of a role. */
export function photoInput(page: Page, role: string): Locator {
  return page.locator(`input[type=file][name="photos.${role}"]`);
}

/** Fills in people, time and weights. */
export async function fillFigures(page: Page): Promise<void> {
  await page.locator("input[name=participants]").fill("14");
  await page.locator("input[name=minutes]").fill("120");
  for (const w of weights) {
    await weightField(page, w.type).fill(w.typed);
    await page.locator(`select[name="method.${w.type}"]`).selectOption("weighed");
  }
}

/** The button that sends the report in. */
export function sendButton(page: Page): Locator {
  return page.getByRole("main").getByRole("button", { name: vi.say("entrants.report.send") });
}

/** What the team reads once the report is in. */
export async function checkSent(page: Page): Promise<void> {
  await page.getByText(vi.say("entrants.report.sent")).waitFor();
  await page.getByText(vi.say("ui.status.report.submitted")).first().waitFor();
  const figures = await page.getByRole("table").first().innerText();
  for (const w of weights) assert.ok(figures.includes(`${w.shown} kg`), `${w.typed} kg of ${w.type} were understood:\n${figures}`);
}
