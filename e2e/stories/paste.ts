// A clerk copies a letter from a portal into the form: the text area shows its words, its tables are read with it; once a word
// is changed, the words alone are read.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { follow, main, press } from "./lib/desk.ts";
import { play, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { base, narrow, vi } from "./lib/told.ts";

const number = narrow ? "512" : "513";

/** A page of a portal, with what portals have around and within their letters. */
const portal = `<!DOCTYPE html><meta charset="utf-8"><style>td{width:40%;text-align:center}</style>
<table><tr><td><p>UBND TỈNH THỬ NGHIỆM</p><p><b>SỞ MÔI TRƯỜNG</b></p><p>Số: ${number}/SMT-VP</p></td>
<td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p><p>Huế, ngày 03 tháng 6 năm 2024</p></td></tr></table>
<p style="color:red" onclick="alert(1)">Kính gửi: Các tổ dân phố</p><p>Sở Môi trường đề nghị:</p>
<ol><li>Họp dân về phân loại rác.</li><li>Treo áp phích ở nhà văn hóa.</li></ol>`;

await play(async (stage) => {
  const clerk = await stage.visitor();
  await clerk.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
  await signInByBar(clerk, "van-thu-thi-xa");

  await copy(clerk);
  await paste(clerk);
  const words = await area(clerk).inputValue();
  assert.match(words, /SỞ MÔI TRƯỜNG[^]*Họp dân/);
  await clerk.getByText(vi.say("units.new.kept")).waitFor();
  const kept = await clerk.locator('input[name="html"]').inputValue();
  assert.match(kept, /<td><p>UBND TỈNH THỬ NGHIỆM<\/p>[^]*<ol><li>/);
  assert.doesNotMatch(kept, /script|style|onclick/);
  await press(clerk, "units.new.read");
  await clerk.getByRole("heading", { level: 1, name: `${number}/SMT-VP` }).waitFor();
  assert.equal(await duties(clerk), 2, "the list of the page is two duties");

  await paste(clerk);
  await area(clerk).press("End");
  await area(clerk).pressSequentially(" thôn");
  await clerk.getByText(vi.say("units.new.edited")).waitFor();
  assert.equal(await clerk.locator('input[name="html"]').inputValue(), "", "a changed text is read as it is seen");
  await area(clerk).press("ControlOrMeta+z");
  for (let i = 0; i < 8 && (await area(clerk).inputValue()) !== words; i++) await area(clerk).press("ControlOrMeta+z");
  await clerk.getByText(vi.say("units.new.kept")).waitFor();
});

function area(page: Page) {
  return main(page).getByLabel(vi.say("units.new.text"));
}

/** Copies all of the portal's page with the keys. */
async function copy(page: Page): Promise<void> {
  await page.route("**/cong-cua-so", (route) => route.fulfill({ contentType: "text/html", body: portal }));
  await page.goto("/cong-cua-so");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+c");
}

/** Opens the form and pastes what was copied. */
async function paste(page: Page): Promise<void> {
  await visit(page, "/don-vi");
  await follow(page, "units.new.title");
  await area(page).press("ControlOrMeta+v");
}

function duties(page: Page): Promise<number> {
  return main(page).locator('input[type=hidden][name^="duties."][name$=".number"]').count();
}
