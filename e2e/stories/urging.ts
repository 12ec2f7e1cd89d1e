// The town writes to a ward, which does not look: its clerk is reminded by the rules of the letter, then its leader; then a
// letter of urging lies before the town's own leader, who signs it, and the town sends it. Nobody is told the same thing twice.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { type Mail, pass, Post } from "./lib/days.ts";
import { follow, main, press } from "./lib/desk.ts";
import { number, receive, register, sendTo, sign, submit, type Told } from "./lib/letter.ts";
import { play, type Stage, visit } from "./lib/play.ts";
import { signInByBar, signInByCode } from "./lib/signin.ts";
import { narrow, vi } from "./lib/told.ts";

/** Two wards, one for each play. */
const ward = narrow ? { name: "Phường Hương Văn", code: "20011" } : { name: "Phường Hương Xuân", code: "20017" };

const letter: Told = {
  organ: ["ỦY BAN NHÂN DÂN", "THỊ XÃ HƯƠNG TRÀ"], notation: "UBND-VH", subject: `thu gom rác dọc bờ sông, đợt ${narrow ? 1 : 2}`,
  to: `Ủy ban nhân dân ${ward.name.toLowerCase()}`, duties: ["Tổ chức thu gom rác dọc bờ sông, báo cáo kết quả về Ủy ban nhân dân thị xã."],
  copies: ["Như trên"], signer: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
};

await play(async (stage) => {
  const clerk = await stage.visitor();
  await signInByBar(clerk, "van-thu-thi-xa");
  const symbol = await register(clerk, letter);
  await follow(clerk, "units.send.title");
  const board = await sendTo(clerk, ward.name);
  await eager(clerk, board);
  const post = new Post(await stage.visitor());
  const toClerk = () => post.digests(`van-thu.${ward.code}@example.org`, symbol);
  const toLeader = () => post.digests(`lanh-dao.${ward.code}@example.org`, symbol);
  const toSuperior = () => post.digests("lanh-dao-thi-xa@example.org", symbol);

  const reminder = await pass(clerk, "a reminder to the ward's clerk", async () => (await toClerk())[0]);
  assert.match(reminder.text, new RegExp(`${symbol}[^]*${ward.name}: ${vi.say("urging.cause.receive")}`));
  assert.equal((await toLeader()).length, 0, "the leader is told after those who handle letters");

  const word = await pass(clerk, "a word to the ward's leader", async () => (await toLeader())[0]);
  assert.match(word.text, vi.like("urging.mail.toLeader"));
  assert.equal((await toSuperior()).length, 0, "the superior is told after the leader");
  const leader = await stage.visitor();
  await signInByCode(leader, `lanh-dao.${ward.code}@example.org`);
  await openFrom(leader, word, symbol);
  await main(leader).getByRole("heading", { name: vi.say("units.next.receive") }).waitFor();
  await main(leader).getByText(vi.like("units.late.receive")).waitFor();

  const waits = await pass(clerk, "a draft for the superior's signature", async () => (await toSuperior())[0]);
  assert.match(waits.text, vi.like("urging.mail.draft"));
  const own = await urge(stage, clerk, board, symbol, waits);

  await once(clerk, board);
  for (const told of [await toClerk(), await toLeader(), await toSuperior()]) {
    const days = told.map((m) => m.day);
    assert.equal(new Set(days).size, days.length, `one digest a day: ${days.join(", ")}`);
    const anew = told.filter((m) => m.text.split(vi.say("urging.mail.still"))[0]?.includes(symbol));
    assert.equal(anew.length, 1, "nothing is told twice as new");
  }

  const late = await stage.visitor();
  await signInByCode(late, `van-thu.${ward.code}@example.org`);
  await receive(late, own);
  await main(late).getByText(symbol).first().waitFor();
  await receive(late, symbol);
  await visit(clerk, board);
  await main(clerk).getByRole("row").filter({ hasText: ward.name }).getByText(vi.say("ui.status.dispatch.received")).waitFor();
});

/** Follows the link below the letter's name in a mail, as its reader. */
async function openFrom(page: Page, mail: Mail, symbol: string): Promise<void> {
  await visit(page, mail.address);
  const name = main(page).locator("p").filter({ hasText: symbol }).first();
  await name.locator("xpath=following-sibling::p//a").first().click();
  await page.waitForURL((url) => url.pathname.startsWith("/don-vi/"));
}

/** The town's clerk completes the drafted letter, the leader comes to it by the mail and signs, and the clerk sends it. */
async function urge(stage: Stage, clerk: Page, board: string, symbol: string, mail: Mail): Promise<string> {
  await log(clerk, board);
  await main(clerk).getByRole("link", { name: vi.say("stuck.draftFor", { Symbol: symbol }) }).click();
  const sheet = clerk.locator(".a4");
  await sheet.getByText(symbol).first().waitFor();
  await sheet.getByText(ward.name).first().waitFor();
  await submit(clerk, "Trần Văn Mẫu");

  const leader = await stage.visitor();
  await signInByBar(leader, "lanh-dao-thi-xa");
  await openFrom(leader, mail, symbol);
  await leader.locator(".a4").getByText(ward.name).first().waitFor();
  await sign(leader);

  await clerk.reload();
  const own = await number(clerk);
  await follow(clerk, "office.way.send");
  assert.ok(await main(clerk).getByLabel(ward.name, { exact: true }).isChecked(), "who is late is chosen");
  await sendTo(clerk, ward.name);
  return own;
}

/** The log lists each step about the ward once, as sent. */
async function once(page: Page, board: string): Promise<void> {
  await log(page, board);
  const rows = main(page).getByRole("row").filter({ hasText: ward.name });
  for (const level of ["1", "2", "3"]) {
    const step = rows.filter({ hasText: vi.say(`stuck.level.${level}`) });
    assert.equal(await step.count(), 1, `step ${level} is listed once`);
    assert.match(await step.innerText(), new RegExp(vi.say("stuck.fate.sent")));
  }
}

/** Opens the log of what was sent about the letter. */
async function log(page: Page, board: string): Promise<void> {
  await visit(page, board);
  await main(page).getByRole("row").filter({ hasText: ward.name }).getByRole("link").first().click();
  await follow(page, "stuck.log.open");
}

/** The clerk shortens the patience of the letter to a day for each step. */
async function eager(page: Page, board: string): Promise<void> {
  await log(page, board);
  await follow(page, "stuck.rules.open");
  await main(page).getByLabel(vi.say("stuck.rules.superior")).first().fill("1");
  await press(page, "stuck.rules.save");
  await page.getByText(vi.say("stuck.rules.saved")).waitFor();
}
