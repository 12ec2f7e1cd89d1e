// What the desks of several units do with letters, as several stories need it: a signed letter is entered and sent, received,
// a draft goes to its signature and its number.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./desk.ts";
import { until, visit } from "./play.ts";
import { vi } from "./told.ts";

/** What a letter of these stories says. */
export interface Told {
  organ: string[]; // the lines of its heading, the superior first
  notation: string;
  subject: string;
  to: string;
  duties: string[];
  copies: string[];
  signer: string[]; // capacity and position, a line each
}

/** The text of a letter that was signed on paper, its number left free. */
export function text(l: Told): string {
  return `${l.organ.join("\n")}
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số:        /${l.notation}
V/v ${l.subject}
Hương Trà, ngày 20 tháng 11 năm 2026

Kính gửi: ${l.to}.

Để giữ vệ sinh môi trường, đề nghị các đơn vị thực hiện các nội dung sau:
${l.duties.map((d, i) => `${i + 1}. ${d}`).join("\n")}
Đề nghị các đơn vị quan tâm thực hiện./.

Nơi nhận:
${l.copies.map((c) => `- ${c};`).join("\n")}
- Lưu: VT, VH.

${l.signer.join("\n")}

Nguyễn Văn Mẫu
`;
}

/** Enters a signed letter of the unit from its text and returns the symbol with the number that the register gave it. */
export async function register(page: Page, l: Told): Promise<string> {
  await visit(page, "/don-vi");
  await follow(page, "units.new.title");
  await main(page).getByLabel(vi.say("units.new.text")).fill(text(l));
  await press(page, "units.new.read");
  await page.getByText(vi.say("units.new.done")).waitFor();
  assert.equal(await main(page).getByLabel(vi.say("units.letter.subject"), { exact: true }).first().inputValue(), l.subject);
  await press(page, "units.letter.saveRegister");
  const symbol = /\d+\/[\p{L}-]+/u.exec(await told(page, "units.letter.registered"))?.[0];
  assert.ok(symbol, "the letter has a number");
  return symbol;
}

/** Sends the letter of the page to these units alone and comes to the board, whose address it returns. */
export async function sendTo(page: Page, ...receivers: string[]): Promise<string> {
  const groups = main(page).locator("input[name=groups]");
  const single = main(page).locator("#f-units-more > summary");
  await main(page).getByRole("button", { name: vi.say("units.send.now"), exact: true }).waitFor();
  for (const group of await groups.all()) await group.uncheck();
  if ((await single.count()) > 0) await single.click();
  for (const receiver of receivers) await main(page).getByLabel(receiver, { exact: true }).check();
  await press(page, "units.send.now");
  for (const receiver of receivers) await main(page).getByRole("row").filter({ hasText: receiver }).first().waitFor();
  return page.url();
}

/** Opens the newest arrival with a symbol; it may still be on its way. */
export async function openArrived(page: Page, symbol: string): Promise<void> {
  const link = main(page).getByRole("link", { name: symbol, exact: true });
  await until(`${symbol} to arrive`, async () => {
    await visit(page, "/don-vi");
    await follow(page, "units.desk.allIn");
    return (await link.count()) > 0 ? true : undefined;
  });
  await link.first().click();
}

/** The unit's clerk finds the letter in the inbox and acknowledges it. */
export async function receive(page: Page, symbol: string): Promise<void> {
  await openArrived(page, symbol);
  await press(page, "units.receive.title");
  await told(page, "units.receive.done");
}

/** The clerk says who will sign the draft on the page and submits it. */
export async function submit(page: Page, signer: string): Promise<void> {
  await main(page).getByLabel(vi.say("office.field.name")).fill(signer);
  await press(page, "office.submit");
  await page.getByText(vi.say("office.submitted")).waitFor();
}

/** The leader signs the letter on the page. */
export async function sign(page: Page): Promise<void> {
  await press(page, "office.way.sign");
  await page.getByText(vi.say("office.signed")).waitFor();
}

/** The clerk notes who signed the letter on paper. */
export async function signedOnPaper(page: Page, signer: string): Promise<void> {
  await main(page).getByText(vi.say("office.way.signPaper"), { exact: true }).click();
  await main(page).getByLabel(vi.say("office.way.signer")).fill(signer);
  await press(page, "office.way.record");
  await page.getByText(vi.say("office.signed")).waitFor();
}

/** The clerk numbers the signed letter on the page and returns its symbol. */
export async function number(page: Page): Promise<string> {
  await press(page, "office.way.number");
  const symbol = /\d+\/[\p{L}-]+/u.exec(await told(page, "office.numbered"))?.[0];
  assert.ok(symbol, "the letter has a number");
  return symbol;
}
