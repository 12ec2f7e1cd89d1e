// Plays a story in a browser of its own and watches what no story should have to ask for: scripts without errors, no
// request to another host, no page wider than the screen.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launch } from "../../../assets/check/pages.mjs";
import { base, narrow, out, width } from "./told.ts";

/** How long to look for something that must be there; a busy build server is slow, not wrong. */
const patience = 20_000;

export class Stage {
  readonly faults: string[] = [];
  readonly #browser: Browser;
  readonly #forgiven: RegExp[] = [];
  readonly #origins = new Set([base]);

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Somebody's browser. */
  async visitor(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: base, viewport: { width, height: narrow ? 740 : 800 }, hasTouch: narrow, reducedMotion: "reduce",
      locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", ...options,
    });
    context.setDefaultTimeout(patience);
    this.#watch(context);
    return context.newPage();
  }

  /** From here on, such console messages are part of the story. */
  expect(message: RegExp): void {
    this.#forgiven.push(message);
  }

  /** This address is the demo's, too. */
  admit(origin: string): void {
    this.#origins.add(origin);
  }

  get pages(): Page[] {
    return this.#browser.contexts().flatMap((c) => c.pages());
  }

  #watch(context: BrowserContext): void {
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && !this.#origins.has(url.origin)) this.faults.push(`a request left for ${url.origin}: ${url.href}`);
    });
    context.on("response", (response) => {
      if (response.status() >= 500) this.faults.push(`${response.status()} from ${response.request().method()} ${response.url()}`);
    });
    context.on("console", (message) => {
      if (message.type() !== "error" || this.#forgiven.some((f) => f.test(message.text()))) return;
      this.faults.push(`the console of ${message.page()?.url()} says: ${message.text()}`);
    });
    context.on("weberror", (error) => this.faults.push(`a script failed: ${error.error().stack}`));
    context.on("page", (page) => {
      page.on("load", () => void this.#measure(page));
    });
  }

  async #measure(page: Page): Promise<void> {
    try {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) this.faults.push(`${page.url()} is ${over} px wider than ${width} px`);
    } catch {
      // The page was left before it could be measured; another visit will measure it.
    }
  }
}

/** Plays a story; a failure leaves pictures of what was on the screens. */
export async function play(story: (stage: Stage) => Promise<void>): Promise<void> {
  const browser = await launch();
  const stage = new Stage(browser);
  try {
    await story(stage);
    if (stage.faults.length > 0) throw new Error(stage.faults.join("\n"));
  } catch (error) {
    console.error(error);
    for (const fault of stage.faults) console.error(fault);
    await mkdir(out, { recursive: true });
    for (const [i, page] of stage.pages.entries()) {
      const picture = path.join(out, `${i + 1}.png`);
      await page.screenshot({ path: picture, fullPage: true, timeout: patience }).then(
        () => console.error(`${page.url()} looked like ${picture}`),
        (reason: unknown) => console.error(`no picture of ${page.url()}: ${reason}`),
      );
    }
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Opens a page that must be there. */
export async function visit(page: Page, address: string): Promise<void> {
  const answer = await page.goto(address, { waitUntil: "load" });
  if (!answer?.ok()) throw new Error(`${address} answered ${answer?.status()}`);
}

/** Asks again until it is so, since what other processes do takes its time. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((again) => setTimeout(again, 100));
  }
}
