// The three ways in: a code from a mail, the link of a mail, the demo's bar.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { until, visit } from "./play.ts";
import { vi } from "./told.ts";

/** Opens the newest mail to an address in a second tab and returns it; the tab is the caller's to close. */
async function newestMail(page: Page, email: string, before: number): Promise<Page> {
  const tab = await page.context().newPage();
  await until(`a mail to ${email}`, async () => {
    await visit(tab, "/dev/mail");
    return (await mailsTo(tab, email).count()) > before ? true : undefined;
  });
  await mailsTo(tab, email).first().getByRole("link").click();
  await tab.waitForURL("**/dev/mail/*");
  return tab;
}

function mailsTo(tab: Page, email: string): Locator {
  return tab.getByRole("row").filter({ hasText: email }).filter({ hasText: vi.like("session.mail.subject") });
}

/** How many mails with a code an address has so far. */
async function countMails(page: Page, email: string): Promise<number> {
  const tab = await page.context().newPage();
  await visit(tab, "/dev/mail");
  const n = await mailsTo(tab, email).count();
  await tab.close();
  return n;
}

async function ask(page: Page, email: string): Promise<Page> {
  const before = await countMails(page, email);
  await visit(page, "/dang-nhap");
  await page.getByLabel(vi.say("account.email")).fill(email);
  await page.getByRole("button", { name: vi.say("account.signIn.send") }).click();
  await page.getByRole("heading", { level: 1, name: vi.say("account.code.title") }).waitFor();
  return newestMail(page, email, before);
}

/** Signs in with the six digits of the mail. */
export async function signInByCode(page: Page, email: string): Promise<void> {
  const mail = await ask(page, email);
  const code = /\b\d{3} ?\d{3}\b/.exec(await mail.getByRole("heading", { level: 1 }).innerText())?.[0];
  assert.ok(code, "the subject of the mail names the code");
  await mail.close();
  await page.getByLabel(vi.say("account.code.label")).fill(code);
  await signIn(page);
}

/** Signs in with the link of the mail, which opens a page with a button. */
export async function signInByLink(page: Page, email: string): Promise<void> {
  const mail = await ask(page, email);
  const link = await mail.getByRole("main").getByRole("link", { name: /\/dang-nhap\/lien-ket/ }).getAttribute("href");
  assert.ok(link, "the mail holds a link");
  await mail.close();
  await visit(page, link);
  await signIn(page);
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: vi.say("account.signIn.title") }).click();
  await page.getByText(vi.say("account.signedIn")).waitFor();
}

/** Signs in with one click of the demo's bar. */
export async function signInByBar(page: Page, face: string): Promise<void> {
  await visit(page, "/");
  const bar = page.getByRole("complementary", { name: vi.say("ui.demo.label") });
  await bar.getByRole("button", { name: vi.say(`demo.face.${face}`) }).click();
  await page.waitForURL((url) => url.pathname !== "/");
}
