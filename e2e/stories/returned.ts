// A ward reports; the town sends the report back, since a meeting is missing. The ward adds the meeting, writes the report again
// with one press, and the town accepts it: its figures stand in the town's table without being typed.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./lib/desk.ts";
import { receive, register, sendTo, type Told } from "./lib/letter.ts";
import { play, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { narrow, vi } from "./lib/told.ts";
import { draftReport, noteMeeting, openReceived, sendReport } from "./lib/upward.ts";

const receiver = "Phường Tứ Hạ";

const letter: Told = {
  organ: ["ỦY BAN NHÂN DÂN", "THỊ XÃ HƯƠNG TRÀ"], notation: "UBND-VH", subject: `họp dân về phân loại rác, đợt ${narrow ? 1 : 2}`,
  to: "Ủy ban nhân dân phường Tứ Hạ", duties: ["Họp dân ở các tổ dân phố về phân loại rác."], copies: ["Như trên"],
  signer: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
};

/** Why the report is sent back. */
const words = "Còn thiếu cuộc họp của tổ dân phố 4.";
const signer = "Trần Thị Mẫu";

await play(async (stage) => {
  stage.expect(/status of 422/); // sent back without words
  const town = await stage.visitor();
  await signInByBar(town, "van-thu-thi-xa");
  const symbol = await register(town, letter);
  await follow(town, "units.send.title");
  await sendTo(town, receiver);

  const ward = await stage.visitor();
  await signInByBar(ward, "van-thu.19996");
  await receive(ward, symbol);
  await noteMeeting(ward, symbol, "Nhà sinh hoạt tổ dân phố 3", 31);
  const first = await draftReport(ward, symbol);
  await sendReport(ward, signer);

  await sendBack(town, first);
  const second = await writeAgain(ward, symbol, first);

  await openReceived(town, second);
  await main(town).getByText(vi.say("reporting.again.instead")).waitFor();
  await press(town, "reporting.accept.title");
  await told(town, "reporting.accept.done");
  await figures(town, symbol);
});

/** The town's clerk reads the report and sends it back with a reason. */
async function sendBack(page: Page, report: string): Promise<void> {
  await openReceived(page, report);
  await press(page, "reporting.return.title");
  await main(page).locator("[aria-invalid=true]").waitFor(); // not without words
  await main(page).getByLabel(vi.say("reporting.field.words")).fill(words);
  await press(page, "reporting.return.title");
  await told(page, "reporting.return.done");
}

/** The ward's clerk finds the report on the desk, adds the meeting, writes the report again and sends it. */
async function writeAgain(page: Page, symbol: string, report: string): Promise<string> {
  await visit(page, "/don-vi");
  await main(page).getByText(vi.say("units.desk.reportsBack")).waitFor();
  await noteMeeting(page, symbol, "Nhà sinh hoạt tổ dân phố 4", 46);
  await visit(page, report);
  await main(page).getByText(words).waitFor();
  await press(page, "reporting.again.title");
  await main(page).getByText(vi.say("reporting.again.instead")).waitFor();
  await main(page).getByText(words).waitFor();
  const next = page.url();
  assert.notEqual(next, report);
  await sendReport(page, signer);
  return next;
}

/** The table of what came from below has the ward's figures and their sum. */
async function figures(page: Page, symbol: string): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "reporting.list.title");
  await main(page).getByRole("listitem").filter({ hasText: symbol }).getByRole("link", { name: vi.say("reporting.reception.title") }).click();
  const row = (name: string) => main(page).getByRole("row").filter({ hasText: name });
  const figure = (name: string) => row(name).locator(`[data-label="${vi.say("reporting.column.times")}"]`).innerText();
  await row(receiver).getByText(vi.say("reporting.state.accepted")).waitFor();
  for (const name of [receiver, vi.say("reporting.reception.sum"), vi.say("reporting.reception.recorded")]) {
    assert.equal((await figure(name)).trim(), "2", `${name}: both meetings`);
  }
}
