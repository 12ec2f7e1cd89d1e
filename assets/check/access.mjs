// Asks axe-core what keeps people from using a page.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe-core found on the page that is open, each with its weight and where it is. Once a page was looked at, its
 * other colours need only the rules about contrast.
 */
export async function accessFaults(page, { coloursOnly = false } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const options = { resultTypes: ["violations"], ...(coloursOnly && { runOnly: ["color-contrast", "link-in-text-block"] }) };
  const { violations } = await page.evaluate((how) => globalThis.axe.run(document, how), options);
  return violations.map((v) => ({
    impact: v.impact,
    count: v.nodes.length,
    text: `${v.impact}: ${v.id} (${v.help})`,
    where: v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")}\n    ${n.failureSummary?.split("\n").slice(1, 2).join("")}`),
  }));
}

/** By how many pixels the page is wider than the screen. */
export function tooWide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
