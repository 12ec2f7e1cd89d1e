// The day of a ward's leader, on the phone as at a desk: what has not been received is late and says so, a letter waits for the
// signature, is read, sent back with a word, comes again and is signed. Nothing needs another page than the desk to be found.
import type { Page } from "playwright-core";
import { pass } from "./lib/days.ts";
import { follow, main, press } from "./lib/desk.ts";
import { register, sendTo, sign, submit, type Told } from "./lib/letter.ts";
import { play, visit } from "./lib/play.ts";
import { signInByBar, signInByCode } from "./lib/signin.ts";
import { narrow, vi } from "./lib/told.ts";

const ward = "Phường Tứ Hạ";

const letter: Told = {
  organ: ["ỦY BAN NHÂN DÂN", "THỊ XÃ HƯƠNG TRÀ"], notation: "UBND-VH", subject: `kiểm tra điểm tập kết rác, đợt ${narrow ? 1 : 2}`,
  to: "Ủy ban nhân dân phường Tứ Hạ", duties: ["Kiểm tra các điểm tập kết rác, báo cáo kết quả về Ủy ban nhân dân thị xã."],
  copies: ["Như trên"], signer: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
};

/** What the ward's own letter is about, and what its leader wants changed. */
const subject = `Thông báo lịch thu gom rác cồng kềnh, đợt ${narrow ? 1 : 2}`;
const words = "Ghi rõ giờ thu gom.";

await play(async (stage) => {
  const town = await stage.visitor();
  await signInByBar(town, "van-thu-thi-xa");
  const symbol = await register(town, letter);
  await follow(town, "units.send.title");
  await sendTo(town, ward);

  const clerk = await stage.visitor();
  await signInByBar(clerk, "van-thu.19996");
  const draft = await write(clerk);

  const leader = await stage.visitor();
  await signInByCode(leader, "lanh-dao.19996@example.org");
  const late = () => main(leader).getByRole("row").filter({ hasText: symbol }).getByText(vi.like("units.late.receive"));
  await pass(leader, "the letter to be late", async () => {
    await visit(leader, "/don-vi");
    await follow(leader, "units.desk.late");
    await leader.getByRole("heading", { level: 1, name: vi.say("units.inbox.title") }).waitFor();
    return (await late().count()) > 0 ? true : undefined;
  });

  await visit(leader, "/don-vi");
  await openDraft(leader);
  await leader.locator(".a4").getByText(subject.slice(0, 20)).first().waitFor();
  await main(leader).locator("summary").filter({ hasText: vi.say("office.way.sendBack") }).click();
  const box = main(leader).getByRole("group", { name: vi.say("office.way.sendBackText") });
  await box.getByLabel(vi.say("office.way.words")).fill(words);
  await box.getByRole("button", { name: vi.say("office.way.sendBack"), exact: true }).click();
  await leader.getByText(vi.say("office.sentBack")).waitFor();

  await visit(clerk, draft);
  await main(clerk).getByText(words).first().waitFor();
  await submit(clerk, "Phạm Văn Mẫu");

  await visit(leader, "/don-vi");
  await openDraft(leader);
  await sign(leader);
  await main(leader).getByText(vi.say("office.next.signed")).waitFor();
});

/** The ward's clerk writes a notice and submits it. */
async function write(page: Page): Promise<string> {
  await visit(page, "/don-vi");
  await follow(page, "office.list.title");
  await follow(page, "office.new.title");
  await main(page).getByLabel(vi.say("office.template.notice")).check();
  await press(page, "office.new.draft");
  await page.getByText(vi.say("office.new.done")).waitFor();
  await main(page).getByLabel(vi.say("office.field.subject")).fill(subject);
  await submit(page, "Phạm Văn Mẫu");
  return page.url();
}

/** From the desk to the letter that waits for the signature, the first of those that are not done. */
async function openDraft(page: Page): Promise<void> {
  await main(page).getByRole("link", { name: vi.say("ui.status.letter.submitted"), exact: true }).waitFor();
  const row = main(page).getByRole("row").filter({ hasText: subject }).first();
  await row.getByText(vi.say("ui.status.letter.submitted")).waitFor();
  await row.getByRole("link").first().click();
}
