// Time in the demo goes on by its own bar, and what it brings is read in the mails that it keeps.
import type { Page } from "playwright-core";
import { visit } from "./play.ts";
import { vi } from "./told.ts";

/** The longest time that offices may be closed, and some days more. */
const most = 16;

/** How long the running demo may take to do what a new day brings, before another day is let pass: never a fault, only a day more. */
const pause = 3_000;

/** Lets days pass by the demo's bar until what is asked for is there. */
export async function pass<T>(page: Page, what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let days = 0; days < most; days++) {
    for (const end = Date.now() + pause; Date.now() < end; ) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await new Promise((again) => setTimeout(again, 300));
    }
    const bar = page.getByRole("complementary", { name: vi.say("ui.demo.label") });
    await bar.getByRole("button", { name: vi.say("ui.demo.day") }).click();
    await page.waitForLoadState("load");
  }
  throw new Error(`${most} days went by without ${what}`);
}

export interface Mail {
  address: string;
  day: string;
  text: string;
}

/** Reads mails once only: a digest that was looked at does not change. */
export class Post {
  readonly #page: Page;
  readonly #read = new Map<string, Mail>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** The digests to an address that name a letter, the newest first. */
  async digests(email: string, symbol: string): Promise<Mail[]> {
    const page = this.#page;
    await visit(page, "/dev/mail");
    const rows = page.getByRole("row").filter({ hasText: email }).filter({ hasText: vi.like("urging.mail.digest.subject") });
    const addresses = await rows.getByRole("link").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    for (const address of addresses) {
      if (this.#read.has(address)) continue;
      await visit(page, address);
      const day = (await page.getByRole("main").locator("time").first().getAttribute("datetime")) ?? "";
      this.#read.set(address, { address, day, text: await page.getByRole("main").innerText() });
    }
    const found = [...this.#read.values()].filter((m) => addresses.includes(m.address));
    return found.filter((m) => m.text.includes(symbol)).sort((a, b) => addresses.indexOf(a.address) - addresses.indexOf(b.address));
  }
}
