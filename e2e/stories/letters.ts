// A plan of the province becomes the town's letter: read from the pasted text, entered as arrival, drafted, signed by the
// leader, numbered, sent to a ward; its clerk refuses it by mistake, gets it again, is urged, confirms a sheet and a meeting, with a photo, on the phone and reports; the town sees it on the
// board and accepts the report. Nobody types twice what the plan said.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./lib/desk.ts";
import { play, until, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { cast, narrow, vi } from "./lib/told.ts";

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
  await sign(leader, draftURL);

  const symbol = await number(clerk);
  const board = await send(clerk);

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

  const report = await reportUpward(ward, symbol);
  await accept(clerk, report);
});

/** The town's clerk pastes the plan, looks at what was read, links the challenge, and enters it as arrival. */
async function read(page: Page): Promise<void> {
  await visit(page, `/cuoc-thi/${cast.slug}`);
  const challenge = await page.getByRole("heading", { level: 1 }).innerText();
  await visit(page, "/don-vi");
  await follow(page, "units.new.title");
  await main(page).getByLabel(vi.say("units.new.text")).fill(text());
  await press(page, "units.new.read");
  await page.getByRole("heading", { level: 1, name: `${plan.number}/KH-UBND` }).waitFor();
  assert.equal(await main(page).getByLabel(vi.say("units.letter.subject"), { exact: true }).first().inputValue(), plan.subject);
  assert.equal(await main(page).locator(".letter__line mark, .letter mark").count() > 3, true, "what was read is marked in the text");

  await main(page).getByLabel(vi.say("units.challenge")).selectOption({ label: challenge });
  await press(page, "units.challenge.link");
  await press(page, "units.letter.saveEnter");
  await page.getByText("ĐẾN", { exact: true }).waitFor();
}

/** The clerk lets the system draft the town's letter, reads it, fills in who signs, and submits it. */
async function draft(page: Page): Promise<string> {
  await press(page, "office.draftFrom");
  await page.getByText(vi.say("office.new.done")).waitFor();
  const duties = main(page).locator(".block--duty textarea[name$='.text']");
  assert.equal(await duties.count(), 1, "what is asked of a department of the province is left out");
  assert.match(await duties.first().inputValue(), /^Chỉ đạo các xã, phường, thị trấn tuyên truyền/);
  const sheet = page.locator(".a4");
  await sheet.getByText(`${plan.number}/KH-UBND`).waitFor();
  await main(page).getByLabel(vi.say("office.field.name")).fill("Nguyễn Văn Mẫu");
  if (!narrow) await sheet.getByText("Nguyễn Văn Mẫu").waitFor(); // the preview follows the typing
  await press(page, "office.submit");
  await page.getByText(vi.say("office.submitted")).waitFor();
  return page.url();
}

/** The leader reads the page and signs. */
async function sign(page: Page, draftURL: string): Promise<void> {
  await visit(page, draftURL);
  await page.locator(".a4").getByText(`${plan.number}/KH-UBND`).waitFor();
  await press(page, "office.way.sign");
  await page.getByText(vi.say("office.signed")).waitFor();
}

/** The clerk numbers the letter; the version in force is a PDF. */
async function number(page: Page): Promise<string> {
  await page.reload();
  await press(page, "office.way.number");
  const symbol = /\d+\/UBND-\w+/.exec(await told(page, "office.numbered"))?.[0];
  assert.ok(symbol, "the letter has a number");
  const pdf = await page.context().request.get(`${page.url()}/ban-phat-hanh`);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  return symbol;
}

/** The clerk sends it to one ward and comes to the board. */
async function send(page: Page): Promise<string> {
  await follow(page, "office.way.send");
  const groups = main(page).locator("input[name=groups]");
  await groups.first().waitFor();
  assert.ok((await main(page).locator("input[name=groups]:checked").count()) > 0, "the addressees of the letter are chosen");
  for (const group of await groups.all()) await group.uncheck();
  const single = main(page).locator("#f-units-more > summary");
  if ((await single.count()) > 0) await single.click();
  await main(page).getByLabel(receiver, { exact: true }).check();
  await press(page, "units.send.now");
  await main(page).getByRole("row").filter({ hasText: receiver }).waitFor();
  return page.url();
}

/** The clerk looks through the proposed campaign, of which every unit's publicity package is made. */
async function campaign(page: Page): Promise<void> {
  await follow(page, "publicity.campaign.title");
  if (!new URL(page.url()).pathname.endsWith("/noi-dung")) await follow(page, "publicity.campaign.edit"); // the other width wrote it
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

/** Opens the newest arrival with a symbol. */
async function openArrived(page: Page, symbol: string): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "units.desk.allIn");
  await main(page).getByRole("link", { name: symbol, exact: true }).first().click();
}

/** The ward's clerk finds the letter in the inbox and acknowledges it. */
async function receive(page: Page, symbol: string): Promise<void> {
  await openArrived(page, symbol);
  await press(page, "units.receive.title");
  await told(page, "units.receive.done");
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

/** The ward's report is drafted from the records, signed on paper, numbered and sent. */
async function reportUpward(page: Page, symbol: string): Promise<string> {
  await visit(page, "/don-vi");
  await follow(page, "reporting.list.title");
  await follow(page, "reporting.new.title");
  const letters = main(page).getByLabel(vi.say("reporting.field.letter"));
  const option = await letters.locator("option").filter({ hasText: symbol }).getAttribute("value");
  assert.ok(option, "the received letter can be reported on");
  await letters.selectOption(option);
  await press(page, "reporting.new.draft");
  await page.getByText(vi.say("reporting.new.done")).waitFor();
  const report = page.url();
  await follow(page, "reporting.edit");
  await main(page).getByLabel(vi.say("office.field.name")).fill("Trần Thị Mẫu");
  await press(page, "office.submit");
  await page.getByText(vi.say("office.submitted")).waitFor();
  await main(page).getByText(vi.say("office.way.signPaper"), { exact: true }).click();
  await main(page).getByLabel(vi.say("office.way.signer")).fill("Trần Thị Mẫu");
  await press(page, "office.way.record");
  await page.getByText(vi.say("office.signed")).waitFor();
  await press(page, "office.way.number");
  await told(page, "office.numbered");
  await visit(page, report);
  await press(page, "reporting.send.title");
  await told(page, "reporting.send.done");
  return report;
}

/** The town's clerk finds the report among those received and accepts it. */
async function accept(page: Page, report: string): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "reporting.list.title");
  await main(page).locator(`a[href='${new URL(report).pathname}']`).click();
  await press(page, "reporting.accept.title");
  await page.getByText(vi.say("reporting.accept.done")).waitFor();
}

function text(): string {
  return `ỦY BAN NHÂN DÂN
TỈNH THỪA THIÊN HUẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: ${plan.number}/KH-UBND
Thừa Thiên Huế, ngày 20 tháng 11 năm 2026

KẾ HOẠCH
${plan.subject}

Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020;
Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:
I. THỜI GIAN
Từ ngày 01/12/2026 đến hết ngày 20/12/2026.
II. TỔ CHỨC THỰC HIỆN
1. Ủy ban nhân dân các huyện, thị xã, thành phố: chỉ đạo các xã, phường, thị trấn tuyên truyền trên hệ thống loa truyền thanh và trang thông tin điện tử trước ngày 05/12/2026; vận động mỗi địa phương có ít nhất 3 đội tham gia.
2. Sở Tài nguyên và Môi trường tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 25/12/2026.

Nơi nhận:
- UBND các huyện, thị xã, thành phố;
- Lưu: VT, MT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn Mẫu
`;
}
