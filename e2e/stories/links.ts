// Every link that anybody can follow leads somewhere.
import assert from "node:assert/strict";
import { crawl } from "./lib/crawl.ts";
import { play } from "./lib/play.ts";
import { roles, visitorOf } from "./lib/roles.ts";

await play(async (stage) => {
  const broken: string[] = [];
  for (const role of roles) {
    const page = await visitorOf(stage, role);
    const reached = await crawl(page.context().request, role.start, 3, 250);
    assert.ok(reached.length > 10, `${role.face || "a visitor"} reaches ${reached.length} addresses only`);
    console.log(`${role.face || "visitor"}: ${reached.length} addresses of ${new Set(reached.map((r) => r.kind)).size} kinds`);
    for (const r of reached.filter((r) => r.status >= 400)) {
      broken.push(`${r.status} ${r.address}, linked from ${r.from} (${role.face || "visitor"})`);
    }
    await page.context().close();
  }
  assert.deepEqual(broken, []);
});
