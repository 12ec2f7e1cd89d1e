// One page of each kind that anybody can reach is valid HTML and usable with a screen reader, a keyboard and weak eyes,
// at both widths, light and dark.
import assert from "node:assert/strict";
import { accessFaults, tooWide } from "../../assets/check/access.mjs";
import { htmlFaults } from "../../assets/check/valid.mjs";
import type { Page } from "playwright-core";
import { crawl, type Reached } from "./lib/crawl.ts";
import { play, visit } from "./lib/play.ts";
import { roles, visitorOf } from "./lib/roles.ts";

const screens = [360, 1280].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));

await play(async (stage) => {
  const faults = new Set<string>();
  let publicKinds = new Set<string>();
  for (const role of roles) {
    const page = await visitorOf(stage, role, { bypassCSP: true });
    const reached = await crawl(page.context().request, role.start, 1, 120);
    const own = reached.filter((r) => r.html && r.status < 400 && !publicKinds.has(r.kind));
    if (!role.face) publicKinds = new Set(own.map((r) => r.kind));
    for (const r of own) await check(page, r, faults);
    console.log(`${role.face || "visitor"}: ${own.length} kinds of pages`);
    await page.context().close();
  }
  assert.deepEqual([...faults], []);
});

async function check(page: Page, reached: Reached, faults: Set<string>): Promise<void> {
  for (const fault of await htmlFaults(reached.html, reached.kind)) faults.add(`HTML: ${fault}`);
  await visit(page, reached.address);
  for (const { width, scheme } of screens) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const over = await tooWide(page);
    if (over > 0) faults.add(`${reached.kind} is ${over} px wider than ${width} px`);
    for (const found of await accessFaults(page)) {
      if (found.impact === "serious" || found.impact === "critical") {
        faults.add(`${found.text} ${reached.kind} ${width} px ${scheme}\n    ${found.where.join("\n    ")}`);
      }
    }
  }
}
