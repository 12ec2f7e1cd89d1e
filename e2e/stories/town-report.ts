// A department writes to the town, which passes the letter on to a ward. Both hold a meeting. The town's clerk has the report to the
// department written from what was recorded, changes one sentence, the leader signs, and the department reads the figures of both
// levels in the report and in its own table, without anybody having typed them.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./lib/desk.ts";
import { number, receive, register, sign, submit, type Told } from "./lib/letter.ts";
import { play, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { narrow, vi } from "./lib/told.ts";
import { draftReport, noteMeeting, openReceived } from "./lib/upward.ts";

const letter: Told = {
  organ: ["ỦY BAN NHÂN DÂN TỈNH THỪA THIÊN HUẾ", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"], notation: "STTTT-TTBC",
  subject: `tuyên truyền giảm túi ni lông, đợt ${narrow ? 1 : 2}`, to: "Ủy ban nhân dân các huyện, thị xã và thành phố Huế",
  duties: ["Họp dân, tuyên truyền giảm túi ni lông."], copies: ["Như trên"], signer: ["GIÁM ĐỐC"],
};

const town = "Thị xã Hương Trà";
const ward = "Phường Tứ Hạ";
const present = { town: 52, ward: 27 };

/** What the clerk writes in the place of a sentence of the draft. */
const sentence = "Đề nghị Sở hỗ trợ mẫu tờ rơi giảm túi ni lông cho các chợ.";

await play(async (stage) => {
  const department = await stage.visitor();
  await signInByBar(department, "van-thu.46.stttt");
  const symbol = await register(department, letter);
  await follow(department, "units.send.title");
  await main(department).getByRole("checkbox", { name: letter.to, checked: true }).waitFor();
  await press(department, "units.send.now");
  await main(department).getByRole("row").filter({ hasText: town }).waitFor();

  const clerk = await stage.visitor();
  await signInByBar(clerk, "van-thu-thi-xa");
  await receive(clerk, symbol);
  await passOn(clerk);

  const below = await stage.visitor();
  await signInByBar(below, "van-thu.19996");
  await receive(below, symbol);
  await noteMeeting(below, symbol, "Nhà sinh hoạt tổ dân phố 2", present.ward);
  await noteMeeting(clerk, symbol, "Hội trường thị xã", present.town);

  const report = await draftReport(clerk, symbol);
  await main(clerk).getByRole("row").filter({ hasText: ward }).first().waitFor();
  await follow(clerk, "reporting.edit");
  await change(clerk);
  await submit(clerk, "Trần Văn Mẫu");
  const paper = clerk.url();

  const leader = await stage.visitor();
  await signInByBar(leader, "lanh-dao-thi-xa");
  await visit(leader, paper);
  await leader.locator(".a4").getByText(sentence).waitFor();
  await sign(leader);

  await clerk.reload();
  await number(clerk);
  await visit(clerk, report);
  await press(clerk, "reporting.send.title");
  await told(clerk, "reporting.send.done");

  await read(department, report);
  await press(department, "reporting.accept.title");
  await told(department, "reporting.accept.done");
  await table(department, symbol);
});

/** The town's clerk passes the letter on the page on to the ward alone. */
async function passOn(page: Page): Promise<void> {
  await follow(page, "units.forward.title");
  await main(page).getByRole("button", { name: vi.say("units.forward.now"), exact: true }).waitFor();
  for (const group of await main(page).locator("input[name=groups]").all()) await group.uncheck();
  const single = main(page).locator("#f-units-more > summary");
  if ((await single.count()) > 0) await single.click();
  await main(page).getByLabel(ward, { exact: true }).check();
  await press(page, "units.forward.now");
  await main(page).getByText(ward).first().waitFor();
}

/** The clerk writes one sentence of the draft anew; the rest stays as it was written from the records. */
async function change(page: Page): Promise<void> {
  for (const text of await main(page).locator("textarea[name$='.text']").all()) {
    if (!(await text.inputValue()).startsWith("Đề nghị Sở")) continue;
    await text.fill(sentence);
    return;
  }
  assert.fail("no sentence of the draft asks the department for something");
}

/** The department's clerk finds the report among those received, with the changed sentence and the figures of both levels. */
async function read(page: Page, report: string): Promise<void> {
  await openReceived(page, report);
  await main(page).getByText(sentence).waitFor();
  await main(page).getByText(vi.say("reporting.hand"), { exact: true }).first().waitFor();
  const meetings = main(page).getByRole("row").filter({ hasText: vi.say("letter.channel.meeting") }).first();
  assert.match(await meetings.innerText(), new RegExp(`\\b2\\b[^]*\\b${present.town + present.ward}\\b`), "both meetings with those who came");
  const annex = await page.context().request.get(`${page.url()}/tai-ve?dang=pdf`);
  assert.equal((await annex.body()).subarray(0, 5).toString(), "%PDF-", "the file that was issued");
}

/** The table of what came from below has the town's figures and their sum; who reports nothing is named. */
async function table(page: Page, symbol: string): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "reporting.list.title");
  await main(page).getByRole("listitem").filter({ hasText: symbol }).getByRole("link", { name: vi.say("reporting.reception.title") }).click();
  const row = (name: string) => main(page).getByRole("row").filter({ hasText: name });
  await row(town).getByText(vi.say("reporting.state.accepted")).waitFor();
  for (const name of [town, vi.say("reporting.reception.sum")]) {
    assert.equal((await row(name).locator(`[data-label="${vi.say("reporting.column.times")}"]`).innerText()).trim(), "2", `${name}: both meetings`);
  }
  assert.ok((await main(page).getByText(vi.say("reporting.reception.none"), { exact: true }).count()) > 0, "the districts that have not reported");
}
