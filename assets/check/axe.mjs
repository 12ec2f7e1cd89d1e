// Checks pages with axe-core at 360 and 1280 px, light and dark: npm run check:axe -- DIR|URL…
// Serious and critical findings fail, and so does a page that is wider than the screen.
import { accessFaults, tooWide } from "./access.mjs";
import { addresses, launch } from "./pages.mjs";

const args = process.argv.slice(2);
if (args.length === 0) {
  console.error("usage: npm run check:axe -- DIR|URL…");
  process.exit(2);
}
const { urls, close } = await addresses(args);
const browser = await launch();
const counts = { pages: 0, critical: 0, serious: 0, moderate: 0, minor: 0, wide: 0 };

// Both widths at once; a page that was looked at in the light needs only its colours looked at in the dark.
await Promise.all([360, 1280].map(async (width) => {
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
  const page = await context.newPage();
  for (const url of urls) await check(page, url, width);
  await context.close();
}));

async function check(page, url, width) {
  await page.emulateMedia({ colorScheme: "light" });
  const answer = await page.goto(url, { waitUntil: "load" });
  if (!answer?.ok()) throw new Error(`${url} answered ${answer?.status()}`);
  counts.pages++;
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const found of await accessFaults(page, { coloursOnly: colorScheme === "dark" })) {
      counts[found.impact] += found.count;
      console.log(`${found.text} ${url} ${width} px ${colorScheme}`);
      for (const where of found.where) console.log(`    ${where}`);
    }
  }
  const over = await tooWide(page);
  if (over > 0) {
    counts.wide++;
    console.log(`wide: ${over} px too wide: ${url} ${width} px`);
  }
}

await browser.close();
close();
console.log(Object.entries(counts).map(([k, n]) => `${k} ${n}`).join(", "));
process.exit(counts.critical + counts.serious + counts.wide > 0 ? 1 : 0);
