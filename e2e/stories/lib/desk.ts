// What people do on the desks of officials, by the words of the buttons and links.
import type { Locator, Page } from "playwright-core";
import { vi } from "./told.ts";

export function main(page: Page): Locator {
  return page.getByRole("main");
}

/** Presses the button with the text of a key. */
export async function press(page: Page, key: string): Promise<void> {
  await main(page).getByRole("button", { name: vi.say(key), exact: true }).click();
}

/** Follows the first link with the text of a key. */
export async function follow(page: Page, key: string): Promise<void> {
  await main(page).getByRole("link", { name: vi.say(key), exact: true }).first().click();
}

/** The page's first words, which tell that what was asked has been done. */
export async function told(page: Page, key: string): Promise<string> {
  return page.getByText(vi.like(key)).first().innerText();
}
