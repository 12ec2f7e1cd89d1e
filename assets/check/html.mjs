// Checks that pages are valid HTML: npm run check:html -- DIR|URL…
import { readFile } from "node:fs/promises";
import { HtmlValidate } from "html-validate/node";
import { htmlFiles } from "./pages.mjs";

const args = process.argv.slice(2);
if (args.length === 0) {
  console.error("usage: npm run check:html -- DIR|URL…");
  process.exit(2);
}

const validate = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // How the template engine writes is no fault.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // The content security policy forbids them.
    "no-inline-style": ["error", { allowedProperties: [] }],
    // Tables and lists say their role again where the style turns them into cards.
    "no-redundant-role": "off",
    "prefer-native-element": "off",
    // Assets come from this site under a name that is their hash.
    "require-sri": "off",
    // Phone numbers in texts are data.
    "tel-non-breaking": "off",
  },
});

let pages = 0;
let errors = 0;
for (const arg of args) {
  for (const name of /^https?:/.test(arg) ? [arg] : await htmlFiles(arg)) {
    const text = name === arg ? await (await fetch(arg)).text() : await readFile(name, "utf8");
    const report = await validate.validateString(text, name);
    pages++;
    for (const m of report.results.flatMap((r) => r.messages)) {
      errors++;
      console.log(`${name}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
    }
  }
}
console.log(`pages ${pages}, errors ${errors}`);
process.exit(errors > 0 || pages === 0 ? 1 : 0);
