// A plan of the province becomes the town's letter: read from the pasted text, entered as arrival, drafted, signed by the
// leader, numbered, sent to a ward; its clerk refuses it by mistake, gets it again, is urged, confirms a sheet and a meeting, with a photo, on the phone and reports; the town sees it on the
// board and accepts the report. Nobody types twice what the plan said.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./lib/desk.ts";
import { number, openArrived, receive, sendTo, sign, submit } from "./lib/letter.ts";
import { body, draftFrom, end, enter, heading, wasRead } from "./lib/plan.ts";
import { play, until, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { cast, narrow, vi } from "./lib/told.ts";
import { draftReport, openReceived, sendReport } from "./lib/upward.ts";

/** What the two plays of the story tell apart. */
const plan = narrow
  ? { number: "415", subject: "Tổ chức đợt thi đua dọn rác ven sông năm 2026" }
  : { number: "418", subject: "Phát động phong trào làm sạch bãi bồi ven phá năm 2026" };

/** Why the ward sends the letter back. */
const mistake = "Bãi bồi không thuộc địa bàn phường.";

/** Who gets the town's letter. */
const receiver = "Phường Tứ Hạ";

await play(async (stage) => {
  const clerk = await stage.visitor();
  await signInByBar(clerk, "van-thu-thi-xa");
  await read(clerk);
  const draftURL = await draft(clerk);

  const leader = await stage.visitor();
  await signInByBar(leader, "lanh-dao-thi-xa");
  await visit(leader, draftURL);
  await leader.locator(".a4").getByText(`${plan.number}/KH-UBND`).waitFor();
  await sign(leader);

  await clerk.reload();
  const symbol = await number(clerk);
  const pdf = await clerk.context().request.get(`${clerk.url()}/ban-phat-hanh`);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-", "the version in force is a PDF");
  await follow(clerk, "office.way.send");
  await main(clerk).locator("input[name=groups]").first().waitFor();
  assert.ok((await main(clerk).locator("input[name=groups]:checked").count()) > 0, "the addressees of the letter are chosen");
  const board = await sendTo(clerk, receiver);

  await campaign(clerk);

  const ward = await stage.visitor();
  await signInByBar(ward, "van-thu.19996");
  await refuse(ward, symbol);
  await sendAgain(clerk, board);
  await urge(clerk, ward);
  await receive(ward, symbol);
  await publicise(ward);
  await meet(ward);

  await visit(clerk, board);
  const row = main(clerk).getByRole("row").filter({ hasText: receiver });
  await row.getByText(vi.say("ui.status.dispatch.received")).waitFor();
  assert.match(await row.locator(`[data-label="${vi.say("units.publicity")}"]`).innerText(), /^2\b.*\b32\b/s, "both records are on the board at once");

  const report = await draftReport(ward, symbol);
  await sendReport(ward, "Trần Thị Mẫu");
  await openReceived(clerk, report);
  await press(clerk, "reporting.accept.title");
  await clerk.getByText(vi.say("reporting.accept.done")).waitFor();
});

/** The town's clerk pastes the plan, looks at what was read, links the challenge, and enters it as arrival. */
async function read(page: Page): Promise<void> {
  await visit(page, `/cuoc-thi/${cast.slug}`);
  const challenge = await page.getByRole("heading", { level: 1 }).innerText();
  await visit(page, "/don-vi");
  await follow(page, "units.new.title");
  await main(page).getByLabel(vi.say("units.new.text")).fill(text());
  await press(page, "units.new.read");
  await wasRead(page, plan);

  await main(page).getByLabel(vi.say("units.challenge")).selectOption({ label: challenge });
  await press(page, "units.challenge.link");
  await enter(page);
}

/** The clerk lets the system draft the town's letter, reads it, fills in who signs, and submits it. */
async function draft(page: Page): Promise<string> {
  await draftFrom(page, plan);
  await main(page).getByLabel(vi.say("office.field.name")).fill("Nguyễn Văn Mẫu");
  if (!narrow) await page.locator(".a4").getByText("Nguyễn Văn Mẫu").waitFor(); // the preview follows the typing
  await submit(page, "Nguyễn Văn Mẫu");
  return page.url();
}

/** The clerk looks through the proposed campaign, of which every unit's publicity package is made. */
async function campaign(page: Page): Promise<void> {
  await follow(page, "publicity.campaign.title");
  const own = main(page).getByRole("link", { name: vi.say("publicity.campaign.own"), exact: true });
  if ((await own.count()) > 0) await own.click();
  else await follow(page, "publicity.campaign.edit"); // the other width wrote it
  await press(page, "publicity.save");
  await page.getByText(vi.say("publicity.campaign.saved")).waitFor();
}

/** The ward's clerk takes the letter for somebody else's. */
async function refuse(page: Page, symbol: string): Promise<void> {
  await openArrived(page, symbol);
  await follow(page, "units.refuse.title");
  await main(page).getByLabel(vi.say("units.field.reason")).fill(mistake);
  await press(page, "units.refuse.title");
  await told(page, "units.refuse.done");
}

/** The town's clerk reads why, on the board's page of the ward, and sends the same letter again with an answer. */
async function sendAgain(page: Page, board: string): Promise<void> {
  await visit(page, board);
  await main(page).getByRole("row").filter({ hasText: receiver }).getByRole("link").first().click();
  await main(page).getByText(mistake).first().waitFor();
  await follow(page, "units.again.title");
  await main(page).getByLabel(vi.say("units.again.words")).fill("Bãi bồi thuộc địa bàn phường.");
  await press(page, "units.again.title");
  await told(page, "units.again.done");
}

/** The town's clerk urges the ward by hand; the log lists it once, and the ward has the mail. */
async function urge(page: Page, ward: Page): Promise<void> {
  const dispatch = page.url();
  const urging = main(page).getByRole("link", { name: vi.say("stuck.action.urge"), exact: true });
  await until("the letter has arrived", async () => {
    await visit(page, dispatch);
    return (await urging.count()) > 0 ? true : undefined;
  });
  await urging.first().click();
  await main(page).getByLabel(vi.say("stuck.hand.words")).fill("Đề nghị tiếp nhận trong ngày hôm nay.");
  await press(page, "stuck.hand.send");
  await page.waitForURL((url) => !url.pathname.endsWith("/don-doc"));
  await visit(page, dispatch);
  await follow(page, "stuck.log.open");
  const rows = main(page).getByRole("row").filter({ hasText: receiver });
  await rows.first().waitFor();
  assert.equal(await rows.count(), 1, "what was sent is listed once");
  await visit(ward, new URL(dispatch).pathname);
  await main(ward).getByText("Bãi bồi thuộc địa bàn phường.").first().waitFor();
}

/** From the letter to the publicity package: the bulletin is written as it is spoken, the sheet is printed and confirmed. */
async function publicise(page: Page): Promise<void> {
  await follow(page, "publicity.ready");
  await follow(page, "publicity.product.bulletin");
  const script = await main(page).locator(".say__text").first().innerText();
  assert.ok(!/\d|UBND/.test(script), `the script is written as it is spoken: ${script}`);

  await page.goBack();
  await follow(page, "publicity.product.sheet");
  const sheet = await main(page).getByRole("link", { name: vi.say("publicity.file.a4") }).getAttribute("href");
  assert.ok(sheet, "the sheet can be printed");
  const pdf = await page.context().request.get(sheet);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  await press(page, "publicity.confirm.button");
  await page.getByText(vi.say("publicity.confirmed")).waitFor();
}

/** Of the meeting the clerk types only how many were there, and shows it by a photo: the minutes are ready. */
async function meet(page: Page): Promise<void> {
  const [photo] = cast.photos;
  assert.ok(photo);
  await page.getByRole("link", { name: vi.say("publicity.title"), exact: true }).first().click(); // the crumb
  await follow(page, "publicity.product.meeting");
  await main(page).getByLabel(vi.say("publicity.held.present")).fill("32");
  await main(page).getByLabel(vi.say("publicity.field.file")).setInputFiles(photo);
  await press(page, "publicity.held.button");
  await page.getByText(vi.say("publicity.held.saved")).waitFor();
  const proof = await main(page).getByRole("link", { name: vi.say("publicity.proof") }).getAttribute("href");
  const minutes = await main(page).getByRole("link", { name: vi.say("publicity.minutes.pdf") }).getAttribute("href");
  assert.ok(proof && minutes, "the record leads to its proof and its minutes");
  assert.deepEqual(await (await page.context().request.get(proof)).body(), await readFile(photo), "the proof is the photo");
  assert.equal((await (await page.context().request.get(minutes)).body()).subarray(0, 5).toString(), "%PDF-");
}

function text(): string {
  const [left, right] = heading(plan);
  const [recipients, signer] = end;
  return [...left.slice(0, 2), "-------", ...right.slice(0, 2), "---------------", left[2], right[2], "", ...body(plan), "", ...recipients, "", ...signer].join("\n");
}
