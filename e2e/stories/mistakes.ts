// Somebody makes mistakes: each is named at its field, in words, and what was typed is still there.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { play, visit } from "./lib/play.ts";
import { beginReport, fillFigures, photoInput, sendButton, weightField } from "./lib/report.ts";
import { signInByCode } from "./lib/signin.ts";
import { cast, vi } from "./lib/told.ts";

await play(async (stage) => {
  stage.expect(/status of (415|422)/);
  const page = await stage.visitor({ javaScriptEnabled: false });
  const team = cast.others[1];
  assert.ok(team);

  await wrongDays(page);
  await signInByCode(page, team);
  await wrongPlan(page);
  await wrongReport(page);

  const scripted = await stage.visitor({ storageState: await page.context().storageState() });
  await wrongPhoto(scripted);
});

/** Days that no calendar has, and an end before the beginning, in the public filter. */
async function wrongDays(page: Page): Promise<void> {
  await page.goto(`/cuoc-thi/${cast.past}/ra-quan?from=2024-02-31&to=31/02/2024&state=valid`);
  for (const key of ["portal.filter.from", "portal.filter.to"]) {
    await saysWhy(page.getByLabel(vi.say(key)), vi.like("lang.fault.dateNone"));
  }
  assert.equal(await page.getByLabel(vi.say("portal.filter.state")).inputValue(), "valid");

  await page.goto(`/cuoc-thi/${cast.past}/ra-quan?from=2024-06-20&to=2024-06-10`);
  await saysWhy(page.getByLabel(vi.say("portal.filter.to")), vi.like("portal.fault.order"));
  assert.equal(await page.getByLabel(vi.say("portal.filter.from")).inputValue(), "2024-06-20");
}

/** A clean-up on 31 February, as a browser without date fields would send it, and one that would end before it begins. */
async function wrongPlan(page: Page): Promise<void> {
  await visit(page, "/doi");
  await page.getByRole("main").getByRole("link", { name: vi.say("entrants.details") }).first().click();
  await page.getByRole("main").getByRole("link", { name: vi.say("entrants.next.announceButton") }).first().click();
  const [begin, end] = [page.getByLabel(vi.say("entrants.plan.starts")), page.getByLabel(vi.say("entrants.plan.ends"))];
  const day = new Date(Date.now() + 5 * 24 * 3600_000).toISOString().slice(0, 10);
  await page.getByLabel(vi.say("entrants.place")).fill("Bãi bồi sau chợ");
  await page.getByLabel(vi.say("entrants.plan.expected")).fill("20");
  await begin.evaluate((field: HTMLInputElement) => (field.type = "text"));
  await begin.fill("31/02/2026 09:00");
  await end.fill(`${day}T07:00`);
  const send = page.getByRole("button", { name: vi.say("entrants.plan.send"), exact: true });
  await send.click();
  await saysWhy(begin, vi.like("lang.fault.dateNone"));
  assert.equal(await begin.getAttribute("value"), "31/02/2026 09:00");

  await begin.fill(`${day}T09:00`);
  await send.click();

  await saysWhy(end, vi.like("cleanup.fault.endFirst"));
  await page.getByRole("alert").getByRole("link", { name: vi.like("cleanup.fault.endFirst") }).waitFor();
  assert.equal(await page.getByLabel(vi.say("entrants.place")).inputValue(), "Bãi bồi sau chợ");
  assert.equal(await begin.inputValue(), `${day}T09:00`);
  assert.equal(await end.inputValue(), `${day}T07:00`);
}

/** A weight that is a word, and a text file that calls itself a photo. */
async function wrongReport(page: Page): Promise<void> {
  await beginReport(page);
  await fillFigures(page);
  await weightField(page, "metal").fill("abc");
  await page.locator("textarea[name=note]").fill("Có cả lốp xe.");
  await photoInput(page, "before").setInputFiles(cast.text);
  await sendButton(page).click();

  await saysWhy(weightField(page, "metal"), vi.like("lang.fault.weightNotNumber"));
  await saysWhy(photoInput(page, "before"), vi.like("imaging.fault.format"));
  assert.equal(await weightField(page, "metal").inputValue(), "abc");
  assert.equal(await weightField(page, "plastic").inputValue(), "12,5");
  assert.equal(await page.locator("textarea[name=note]").inputValue(), "Có cả lốp xe.");
}

/** With script, the text file is refused by itself, before the form is sent. */
async function wrongPhoto(page: Page): Promise<void> {
  await beginReport(page);
  const field = page.locator("[data-photos]").filter({ has: photoInput(page, "after") });
  await field.locator("input[type=file]").setInputFiles(cast.text);
  const item = field.getByRole("listitem");
  await item.getByText(vi.say("ui.upload.failed")).waitFor();
  await item.getByText(vi.like("imaging.fault.format")).waitFor();
  await item.getByRole("button", { name: vi.say("ui.upload.discard") }).waitFor();
}

/** The text that belongs to a field names what is wrong with it. */
async function saysWhy(field: Locator, why: RegExp): Promise<void> {
  assert.equal(await field.getAttribute("aria-invalid"), "true", `${field} is marked`);
  const ids = ((await field.getAttribute("aria-describedby")) ?? "").split(" ");
  const texts = await Promise.all(ids.map((id) => field.page().locator(`[id="${id}"]`).innerText()));
  assert.match(texts.join(" "), why);
}
