// A department asks the town for something; the town divides it among its people and two wards; one ward does its part and
// shows a photograph of it. The department sees how far the lowest level is, and the photograph, without asking anybody.
import assert from "node:assert/strict";
import path from "node:path";
import type { Page } from "playwright-core";
import { follow, main, press, told } from "./lib/desk.ts";
import { receive, register, type Told } from "./lib/letter.ts";
import { play, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { cast, narrow, vi } from "./lib/told.ts";

const letter: Told = {
  organ: ["ỦY BAN NHÂN DÂN TỈNH THỪA THIÊN HUẾ", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"], notation: "STTTT-CNTT",
  subject: `điểm thu gom pin cũ, đợt ${narrow ? 1 : 2}`, to: "Ủy ban nhân dân các huyện, thị xã và thành phố Huế",
  duties: ["Lập ít nhất 5 điểm thu gom pin cũ.", "Thông báo các điểm thu gom trên hệ thống truyền thanh cơ sở."],
  copies: ["Như trên"], signer: ["GIÁM ĐỐC"],
};

const wards = ["Phường Tứ Hạ", "Phường Hương Chữ"];
const mine = 2; // points that each ward is to set up
const officer = narrow ? "Nguyễn Thị Mẫu" : "Lê Văn Mẫu";

await play(async (stage) => {
  const department = await stage.visitor();
  await signInByBar(department, "van-thu.46.stttt");
  const symbol = await register(department, letter);
  await follow(department, "units.send.title");
  await main(department).getByRole("checkbox", { name: letter.to, checked: true }).waitFor();
  await press(department, "units.send.now");
  await main(department).getByRole("row").filter({ hasText: "Thị xã Hương Trà" }).waitFor();
  const board = department.url();

  const town = await stage.visitor();
  await signInByBar(town, "van-thu-thi-xa");
  await receive(town, symbol);
  await divide(town);

  const ward = await stage.visitor();
  await signInByBar(ward, "van-thu.19996");
  await receive(ward, symbol);
  await act(ward);

  await look(department, board);
});

/** Opens the page of the first duty of the letter on the page. */
async function openDuty(page: Page): Promise<void> {
  await main(page).getByRole("link", { name: vi.say("units.dutyPage.more", { Number: 1 }) }).click();
  await main(page).getByText(vi.say("units.dutyPage.progress"), { exact: true }).waitFor();
}

/** The town's clerk notes who of the town does what, and gives two wards their numbers. */
async function divide(page: Page): Promise<void> {
  await openDuty(page);
  await part(page, async () => {
    await main(page).getByLabel(vi.say("units.split.name")).fill(officer);
    await main(page).getByLabel(vi.say("units.split.leads")).check();
    await main(page).getByLabel(vi.say("units.split.text")).fill("Hướng dẫn các phường");
  });
  await main(page).getByRole("listitem").filter({ hasText: `${officer} · ${vi.say("units.field.lead")}` }).waitFor();
  await part(page, async () => {
    for (const ward of wards) await main(page).getByLabel(ward, { exact: true }).check();
    await main(page).getByLabel(vi.say("units.split.quota")).fill(String(mine));
  });
  for (const ward of wards) await main(page).getByRole("link", { name: ward, exact: true }).waitFor();
}

/** Fills in the form that divides a duty, and sends it. */
async function part(page: Page, fill: () => Promise<void>): Promise<void> {
  await main(page).getByText(vi.say("units.split.open"), { exact: true }).click();
  await fill();
  await press(page, "units.split.now");
  await page.getByText(vi.say("units.split.done")).waitFor();
}

/** The ward's clerk reads the ward's own number, and notes that one point is there, with a photograph. */
async function act(page: Page): Promise<void> {
  const [photo] = cast.photos;
  assert.ok(photo);
  await openDuty(page);
  await main(page).getByText(vi.say("units.dutyPage.count", { Count: 0, Quota: mine, Of: "điểm thu gom pin" })).first().waitFor();
  const tick = main(page).locator("form#tick");
  await tick.getByLabel(vi.say("units.tick.count")).fill("1");
  await tick.getByLabel(vi.say("units.tick.note")).fill("Điểm ở chợ Tứ Hạ");
  await tick.locator("input[type=file]").setInputFiles(photo);
  await press(page, "units.tick.now");
  await told(page, "units.tick.done");
}

/** From the board of its letter the department comes to the duty with every level below it. */
async function look(page: Page, board: string): Promise<void> {
  const [photo] = cast.photos;
  assert.ok(photo);
  await visit(page, board);
  await main(page).getByRole("link", { name: letter.duties[0]!.slice(0, -1) }).click();
  const tier = (name: string) => main(page).getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
  const count = (n: number, of: number) => vi.say("units.dutyPage.count", { Count: n, Quota: of, Of: "điểm thu gom pin" });
  await tier("Thị xã Hương Trà").getByText(count(1, 5)).waitFor();
  await tier("Phường Tứ Hạ").getByText(count(1, mine)).waitFor();
  await tier("Phường Hương Chữ").getByText(count(0, mine)).waitFor();
  await tier("Huyện A Lưới").getByText(count(0, 5)).waitFor();

  const proof = await tier("Phường Tứ Hạ").getByRole("link", { name: path.basename(photo) }).getAttribute("href");
  assert.ok(proof, "the photograph stands beside the ward");
  const shown = await page.context().request.get(proof);
  assert.equal(shown.headers()["content-type"], "image/jpeg");
  assert.deepEqual([...(await shown.body()).subarray(0, 3)], [0xff, 0xd8, 0xff]);
}
