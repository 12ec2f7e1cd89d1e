// The plan of the province comes as a file: as a word processor saved it, or as a PDF with its text. The town's clerk chooses the file
// on the form, looks at what was read beside it, enters it, and has the letter to the communes drafted with the duty; then cites a
// guide of the town's own from the register with the button of a block: first in full, then short.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { follow, main, press } from "./lib/desk.ts";
import { docx, escaped, type Part } from "./lib/docx.ts";
import { register } from "./lib/letter.ts";
import { body, draftFrom, end, enter, heading, type Plan, wasRead } from "./lib/plan.ts";
import { play, until, visit } from "./lib/play.ts";
import { signInByBar } from "./lib/signin.ts";
import { narrow, vi } from "./lib/told.ts";

/** Another plan for each form and each play. */
const plans: Record<"docx" | "pdf", Plan> = {
  docx: { number: narrow ? "431" : "433", subject: `Tổ chức ngày hội đổi rác lấy cây xanh năm 2026, đợt ${narrow ? 1 : 2}` },
  pdf: { number: narrow ? "432" : "434", subject: `Phát động tháng làm sạch kênh mương năm 2026, đợt ${narrow ? 1 : 2}` },
};

await play(async (stage) => {
  const clerk = await stage.visitor();
  await signInByBar(clerk, "van-thu-thi-xa");
  const guide = await register(clerk, {
    organ: ["ỦY BAN NHÂN DÂN", "THỊ XÃ HƯƠNG TRÀ"], notation: "UBND-VH", subject: `hướng dẫn đổi rác lấy cây xanh, đợt ${narrow ? 1 : 2}`,
    to: "Ủy ban nhân dân các xã, phường", duties: ["Chuẩn bị điểm đổi rác."], copies: ["Như trên"], signer: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
  });

  const word = await taken(clerk, plans.docx, "ke-hoach.docx", docx(parts(plans.docx)));
  await cite(clerk, guide, plans.docx);
  const printed = await taken(clerk, plans.pdf, "ke-hoach.pdf", await print(await stage.visitor(), plans.pdf));
  assert.notEqual(word, printed, "each plan has its own letter");
});

/** The plan as it stands on paper. */
function parts(plan: Plan): Part[] {
  return [heading(plan), ...body(plan), end];
}

/** Prints the plan as a PDF with its text. */
async function print(page: Page, plan: Plan): Promise<Buffer> {
  const lines = (texts: string[]) => texts.map((t) => `<p>${escaped(t)}</p>`).join("");
  const html = parts(plan).map((part) =>
    typeof part === "string" ? lines([part]) : `<table><tr>${part.map((cell) => `<td>${lines(cell)}</td>`).join("")}</tr></table>`,
  );
  await page.setContent(`<style>body{font:14pt serif}p{margin:0 0 6pt}table{width:100%}td{width:50%;vertical-align:top}</style>${html.join("")}`);
  return page.pdf({ format: "A4", margin: { top: "20mm", bottom: "20mm", left: "30mm", right: "15mm" } });
}

/** The clerk takes the plan in from its file, enters it and has the letter drafted, whose address it returns. */
async function taken(page: Page, plan: Plan, name: string, buffer: Buffer): Promise<string> {
  await visit(page, "/don-vi");
  await follow(page, "units.new.title");
  await main(page).locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await press(page, "units.new.read");
  await wasRead(page, plan);
  await enter(page);
  await draftFrom(page, plan);
  return page.url();
}

/** The clerk cites a letter of the register at the end of the duty, and once more where it was cited already. */
async function cite(page: Page, symbol: string, plan: Plan): Promise<void> {
  const duty = main(page).locator(".block--duty").first();
  const words = duty.locator("textarea[name$='.text']").first();
  const before = await words.inputValue();
  const full = await citing(page, symbol, false);
  const once = await words.inputValue();
  assert.ok(once.startsWith(before.slice(0, 40)) && once.includes(full), `the duty cites it: ${once}`);
  assert.match(full, new RegExp(`${symbol} ngày .* của Ủy ban nhân dân thị xã Hương Trà`), "it is cited in full where it comes first");
  const short = await citing(page, symbol, true);
  assert.ok(short.length < full.length && short.endsWith(symbol), `then short: ${short}`);
  assert.ok((await words.inputValue()).includes(short), "the second citation stands in the duty too");
  const printed = async () => (await page.locator(".a4").allInnerTexts()).join(" ").replace(/\s+/g, " ");
  await until("the sheet to show the citation", async () => ((await printed()).includes(full) ? true : undefined)); // it stands on several lines
  assert.ok((await printed()).includes(`${plan.number}/KH-UBND`), "the plan is cited still");
}

/** Opens the documents that a duty can cite, looks for one by its number, and writes it in; returns the words that were offered. */
async function citing(page: Page, symbol: string, again: boolean): Promise<string> {
  const duty = main(page).locator(".block--duty").first();
  await duty.getByRole("button", { name: vi.say("office.cite.open"), exact: true }).click();
  const panel = main(page).getByRole("group", { name: vi.say("office.cite.title") });
  await panel.getByLabel(vi.say("office.cite.find")).fill(symbol.split("/")[0] ?? symbol);
  await panel.getByRole("button", { name: vi.say("office.cite.search"), exact: true }).click();
  const one = panel.getByRole("listitem").filter({ hasText: symbol });
  const words = (await one.locator("p").first().innerText()).trim();
  assert.equal(await one.getByText(vi.say("office.cite.short")).count(), again ? 1 : 0, "it says when it is cited already");
  await one.getByRole("button").click();
  await panel.waitFor({ state: "detached" });
  return words;
}
