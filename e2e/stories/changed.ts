// The town changes a letter that is on its way: it mends it, and the ward finds that on its desk and confirms; it asks for it back
// when the ward has begun, which refuses with a reason, and the town leaves it at that; it replaces the letter by another, and
// takes that one back before anybody has begun.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./lib/desk.ts";
import { openArrived, receive, register, sendTo, type Told } from "./lib/letter.ts";
import { play, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { narrow, vi } from "./lib/told.ts";

const receiver = "Phường Tứ Hạ";

const letter: Told = {
  organ: ["ỦY BAN NHÂN DÂN", "THỊ XÃ HƯƠNG TRÀ"], notation: "UBND-VH", subject: `thu gom chai lọ ở bến sông, đợt ${narrow ? 1 : 2}`,
  to: "Ủy ban nhân dân phường Tứ Hạ", duties: ["Thu gom chai lọ ở bến sông."], copies: ["Như trên"], signer: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
};
const other: Told = { ...letter, subject: `thu gom chai lọ và lưới cũ ở bến sông, đợt ${narrow ? 1 : 2}`, duties: ["Thu gom chai lọ và lưới cũ ở bến sông."] };

const reasons = {
  update: "Lùi ngày ra quân sang Chủ nhật tuần sau.", recall: "Trùng với đợt của tỉnh.", refusal: "Phường đã họp dân và phân công xong.",
  replace: "Bổ sung lưới cũ.", back: "Gửi nhầm đợt.",
};

await play(async (stage) => {
  const town = await stage.visitor();
  await signInByBar(town, "van-thu-thi-xa");
  const ward = await stage.visitor();
  await signInByBar(ward, "van-thu.19996");

  const first = await sent(town, letter);
  await receive(ward, first.symbol);
  const dispatch = new URL(ward.url()).pathname;

  await change(town, first.address, "update", reasons.update);
  await fromDesk(ward, first.symbol, "units.asked.updateWaits");
  await main(ward).getByText(vi.say("units.asked.update"), { exact: true }).waitFor();
  await main(ward).getByText(reasons.update).first().waitFor();
  await press(ward, "units.asked.confirm");
  await told(ward, "units.asked.done");
  await visit(town, `${first.address}/thay-doi`);
  await main(town).getByText(vi.say("units.change.counts", { Agreed: 1, Refused: 0, Asked: 0 })).waitFor();

  await begin(ward);
  await change(town, first.address, "recall", reasons.recall);
  await fromDesk(ward, first.symbol, "units.asked.recallWaits");
  await main(ward).getByText(vi.say("units.asked.frozen")).waitFor();
  assert.equal(await main(ward).getByRole("button", { name: vi.say("units.start.title"), exact: true }).count(), 0, "the letter rests until the ward answers");
  await main(ward).getByLabel(vi.say("units.asked.reason")).fill(reasons.refusal);
  await press(ward, "units.asked.refuse");
  await told(ward, "units.asked.done");
  await main(ward).getByRole("button", { name: vi.say("units.start.title"), exact: true }).waitFor();
  await settle(town, dispatch);

  const second = await entered(town, other);
  await change(town, first.address, "replace", reasons.replace, second.symbol);
  await visit(ward, dispatch);
  await main(ward).getByText(vi.say("units.stands.replaced")).first().waitFor();
  await main(ward).getByText(reasons.replace).first().waitFor();
  await openArrived(ward, second.symbol);
  const heir = new URL(ward.url()).pathname;
  await visit(ward, dispatch);
  await follow(ward, "units.asked.heir");
  await ward.waitForURL((url) => url.pathname === heir);

  await change(town, second.address, "recall", reasons.back);
  await visit(ward, heir);
  await main(ward).getByText(vi.say("ui.status.dispatch.recalled")).first().waitFor();
  await main(ward).getByText(reasons.back).first().waitFor();
  assert.equal(await main(ward).getByRole("button", { name: vi.say("units.receive.title"), exact: true }).count(), 0, "nobody receives what was taken back");
  await visit(ward, "/don-vi");
  assert.equal(await main(ward).getByRole("row").filter({ hasText: second.symbol }).count(), 0, "it waits no more");
});

interface Sent {
  symbol: string;
  address: string; // of the letter's page
}

/** Enters a signed letter of the town. */
async function entered(page: Page, l: Told): Promise<Sent> {
  const symbol = await register(page, l);
  return { symbol, address: new URL(page.url()).pathname };
}

/** Enters a signed letter of the town and sends it to the ward. */
async function sent(page: Page, l: Told): Promise<Sent> {
  const made = await entered(page, l);
  await follow(page, "units.send.title");
  await sendTo(page, receiver);
  return made;
}

/** The town's clerk changes a letter for everybody who has it. */
async function change(page: Page, address: string, kind: "update" | "replace" | "recall", reason: string, by?: string): Promise<void> {
  await visit(page, address);
  await follow(page, "units.change.title");
  await main(page).getByRole("radio", { name: vi.say(`units.change.${kind}`) }).check();
  if (by) {
    const letters = main(page).getByRole("combobox");
    await letters.selectOption({ label: (await letters.locator("option").allInnerTexts()).find((o) => o.startsWith(by)) ?? by });
  }
  await main(page).getByLabel(vi.say("units.change.reason")).fill(reason);
  await press(page, "units.change.now");
  const said = await told(page, "units.change.done");
  assert.match(said, /\b1\b/, `one unit was told: ${said}`);
}

/** The ward's clerk finds the letter on the desk with the notice, and opens it. */
async function fromDesk(page: Page, symbol: string, notice: string): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "units.desk.underWay");
  const row = main(page).getByRole("row").filter({ hasText: symbol });
  await row.getByText(vi.say(notice)).waitFor();
  await row.getByRole("link", { name: symbol, exact: true }).click();
}

/** The ward's clerk notes who leads. */
async function begin(page: Page): Promise<void> {
  await press(page, "units.present.title");
  await main(page).getByRole("heading", { name: vi.say("units.next.assign") }).waitFor();
  await follow(page, "units.assign.title");
  await main(page).locator("input[name=lead]").fill("Công chức Văn hóa - Xã hội");
  await press(page, "units.assign.title");
  await told(page, "units.assign.done");
}

/** The town's clerk sees on the desk that somebody refused, reads why, and leaves it at that. */
async function settle(page: Page, dispatch: string): Promise<void> {
  await visit(page, "/don-vi");
  await main(page).getByRole("link").filter({ hasText: vi.say("units.desk.refused") }).click();
  await main(page).getByText(reasons.refusal).waitFor();
  await visit(page, dispatch);
  await main(page).getByText(reasons.refusal).first().waitFor();
  await follow(page, "units.settle.title");
  await press(page, "units.settle.title");
  await told(page, "units.settle.done");
  await visit(page, "/don-vi/vuong-mac");
  assert.equal(await main(page).getByText(reasons.refusal).count(), 0, "the matter is closed");
}
