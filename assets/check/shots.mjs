// Takes pictures of pages at 360 and 1280 px, light and dark: npm run shots -- OUT DIR|URL…
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { addresses, launch } from "./pages.mjs";

const [out, ...args] = process.argv.slice(2);
if (!out || args.length === 0) {
  console.error("usage: npm run shots -- OUT DIR|URL…");
  process.exit(2);
}
await mkdir(out, { recursive: true });
const { urls, close } = await addresses(args);
const browser = await launch();
for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("console", (m) => m.type() === "error" && console.log(`${page.url()}: ${m.text()}`));
    for (const url of urls) {
      await page.goto(url, { waitUntil: "load" });
      // Pictures further down load only when one gets there; a picture of the whole page wants them now.
      await page.evaluate(() => Promise.all([...document.images].map((i) => ((i.loading = "eager"), i.decode().catch(() => {})))));
      await page.waitForTimeout(200);
      const name = new URL(url).pathname.replaceAll("/", "-").replace(/^-|\.html$/g, "");
      await page.screenshot({ path: path.join(out, `${name || "index"}-${width}-${colorScheme}.png`), fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
close();
