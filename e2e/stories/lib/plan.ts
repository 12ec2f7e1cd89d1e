// A plan of the province as the town gets it: read in whatever form it came, entered as arrival, and carried out by a letter of the
// town's own that is drafted from it.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { main, press } from "./desk.ts";
import { vi } from "./told.ts";

export interface Plan {
  number: string;
  subject: string;
}

/** What the plan asks of the towns, as its letter to the communes begins to say it. */
export const asked = /^Chỉ đạo các xã, phường, thị trấn tuyên truyền/;

/** The paragraphs below the heading, in their order. */
export function body(p: Plan): string[] {
  return [
    "KẾ HOẠCH", p.subject,
    "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020;", "Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:",
    "I. THỜI GIAN", "Từ ngày 01/12/2026 đến hết ngày 20/12/2026.", "II. TỔ CHỨC THỰC HIỆN",
    "1. Ủy ban nhân dân các huyện, thị xã, thành phố: chỉ đạo các xã, phường, thị trấn tuyên truyền trên hệ thống loa truyền thanh và trang thông tin điện tử trước ngày 05/12/2026; vận động mỗi địa phương có ít nhất 3 đội tham gia.",
    "2. Sở Tài nguyên và Môi trường tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 25/12/2026.",
  ];
}

/** What stands beside each other: the heading at the left and at the right, and the recipients beside the signature. */
export function heading(p: Plan): [left: string[], right: string[]] {
  return [
    ["ỦY BAN NHÂN DÂN", "TỈNH THỪA THIÊN HUẾ", `Số: ${p.number}/KH-UBND`],
    ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Thừa Thiên Huế, ngày 20 tháng 11 năm 2026"],
  ];
}

export const end: [left: string[], right: string[]] = [
  ["Nơi nhận:", "- UBND các huyện, thị xã, thành phố;", "- Lưu: VT, MT."],
  ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu"],
];

/** Looks at what was read of the plan on the page. */
export async function wasRead(page: Page, plan: Plan): Promise<void> {
  await page.getByRole("heading", { level: 1, name: `${plan.number}/KH-UBND` }).waitFor();
  assert.equal(await main(page).getByLabel(vi.say("units.letter.subject"), { exact: true }).first().inputValue(), plan.subject);
  assert.ok((await main(page).locator(".letter__line mark, .letter mark").count()) > 3, "what was read is marked in the text");
}

/** Enters what was read as arrival. */
export async function enter(page: Page): Promise<void> {
  await press(page, "units.letter.saveEnter");
  await page.getByText("ĐẾN", { exact: true }).waitFor();
}

/** Lets the system draft the town's letter, and looks at the duty that it passes on. */
export async function draftFrom(page: Page, plan: Plan): Promise<void> {
  await press(page, "office.draftFrom");
  await page.getByText(vi.say("office.new.done")).waitFor();
  const duties = main(page).locator(".block--duty textarea[name$='.text']");
  assert.equal(await duties.count(), 1, "what is asked of a department of the province is left out");
  assert.match(await duties.first().inputValue(), asked);
  await page.locator(".a4").getByText(`${plan.number}/KH-UBND`).first().waitFor();
}
