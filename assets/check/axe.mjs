// Checks pages with axe-core at 360 and 1280 px, light and dark: npm run check:axe -- DIR|URL…
// Serious and critical findings fail, and so does a page that is wider than the screen.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { addresses, launch } from "./pages.mjs";

const args = process.argv.slice(2);
if (args.length === 0) {
  console.error("usage: npm run check:axe -- DIR|URL…");
  process.exit(2);
}
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { urls, close } = await addresses(args);
const browser = await launch();
const counts = { pages: 0, critical: 0, serious: 0, moderate: 0, minor: 0, wide: 0 };

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce", bypassCSP: true });
    const page = await context.newPage();
    for (const url of urls) await check(page, url, `${width} px ${colorScheme}`);
    await context.close();
  }
}

async function check(page, url, how) {
  const answer = await page.goto(url, { waitUntil: "load" });
  if (!answer?.ok()) throw new Error(`${url} answered ${answer?.status()}`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  counts.pages++;
  for (const v of violations) {
    counts[v.impact] += v.nodes.length;
    console.log(`${v.impact}: ${v.id} (${v.help}) ${url} ${how}`);
    for (const node of v.nodes.slice(0, 3)) console.log(`    ${node.target.join(" ")}\n    ${node.failureSummary?.split("\n").slice(1, 2).join("")}`);
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) {
    counts.wide++;
    console.log(`wide: ${over} px too wide: ${url} ${how}`);
  }
}

await browser.close();
close();
console.log(Object.entries(counts).map(([k, n]) => `${k} ${n}`).join(", "));
process.exit(counts.critical + counts.serious + counts.wide > 0 ? 1 : 0);
