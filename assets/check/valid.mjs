// Tells what is wrong with the HTML of a page.
import { HtmlValidate } from "html-validate/node";

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

/** The faults of a page, one line each. */
export async function htmlFaults(text, name) {
  const report = await validate.validateString(text, name);
  return report.results.flatMap((r) => r.messages).map((m) => `${name}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}
