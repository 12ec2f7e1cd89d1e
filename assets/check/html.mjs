// Checks that pages are valid HTML: npm run check:html -- DIR|URL…
import { readFile } from "node:fs/promises";
import { htmlFiles } from "./pages.mjs";
import { htmlFaults } from "./valid.mjs";

const args = process.argv.slice(2);
if (args.length === 0) {
  console.error("usage: npm run check:html -- DIR|URL…");
  process.exit(2);
}

let pages = 0;
let errors = 0;
for (const arg of args) {
  for (const name of /^https?:/.test(arg) ? [arg] : await htmlFiles(arg)) {
    const text = name === arg ? await (await fetch(arg)).text() : await readFile(name, "utf8");
    const faults = await htmlFaults(text, name);
    pages++;
    errors += faults.length;
    for (const fault of faults) console.log(fault);
  }
}
console.log(`pages ${pages}, errors ${errors}`);
process.exit(errors > 0 || pages === 0 ? 1 : 0);
