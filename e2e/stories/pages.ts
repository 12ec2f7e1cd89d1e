// One page of each kind that somebody can reach, and where each role begins, is valid HTML and usable with a screen
// reader, a keyboard and weak eyes, light and dark. Each width is played by itself.
import assert from "node:assert/strict";
import { accessFaults } from "../../assets/check/access.mjs";
import { htmlFaults } from "../../assets/check/valid.mjs";
import type { Page } from "playwright-core";
import { crawl, type Reached } from "./lib/crawl.ts";
import { play, visit } from "./lib/play.ts";
import { roles, visitorOf } from "./lib/roles.ts";
import { narrow } from "./lib/told.ts";

await play(async (stage) => {
  const faults = new Set<string>();
  const known = new Set<string>();
  for (const role of roles) {
    const page = await visitorOf(stage, role, { bypassCSP: true });
    const reached = await crawl(page.context().request, role.start, 1, 120);
    const own = reached.filter((r) => r.html && r.status < 400 && (r.address === role.start || !known.has(r.kind)));
    for (const r of own) known.add(r.kind);
    for (const r of own) await check(page, r, faults);
    console.log(`${role.face || "visitor"}: ${own.length} new kinds of pages`);
    await page.context().close();
  }
  assert.deepEqual([...faults], []);
});

async function check(page: Page, reached: Reached, faults: Set<string>): Promise<void> {
  if (narrow) for (const fault of await htmlFaults(reached.html, reached.kind)) faults.add(`HTML: ${fault}`);
  await visit(page, reached.address);
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const found of await accessFaults(page, { coloursOnly: scheme === "dark" })) {
      if (found.impact === "serious" || found.impact === "critical") {
        faults.add(`${found.text} ${reached.kind} ${scheme}\n    ${found.where.join("\n    ")}`);
      }
    }
  }
}
