/** The heaviest weight the server reads, in grams. */
const maxGrams = 100_000_000_000;

/**
 * Reads kilograms as the server does (internal/lang/weight.go): a comma is the decimal mark, a dot before exactly three
 * digits groups thousands, any other single dot is a decimal mark. Answers grams, or undefined when it is unclear.
 */
export function parseWeight(text: string): number | undefined {
  const s = text.trim().replace(/\s*kg$/i, "");
  const match = reading(s);
  if (!match) return undefined;
  const whole = match.whole.replace(/^0+(?=\d)/, "");
  if (match.fraction.length > 3 || whole.length > 9) return undefined;
  const grams = Number(whole) * 1000 + Number(match.fraction.padEnd(3, "0"));
  return grams <= maxGrams ? grams : undefined;
}

function reading(s: string): { whole: string; fraction: string } | undefined {
  const grouped = /^([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/.exec(s);
  if (grouped) return { whole: (grouped[1] ?? "").replaceAll(".", ""), fraction: grouped[2] ?? "" };
  const plain = /^(\d+)(?:,(\d+))?$/.exec(s);
  if (plain) return { whole: plain[1] ?? "", fraction: plain[2] ?? "" };
  const dotted = /^(\d+)\.(\d+)$/.exec(s);
  if (dotted && (dotted[2]?.length !== 3 || /^0+$/.test(dotted[1] ?? ""))) {
    return { whole: dotted[1] ?? "", fraction: dotted[2] ?? "" };
  }
  return undefined;
}

/** Writes grams as kilograms in the page's language: "1.500 kg". */
export function formatWeight(grams: number, language: string): string {
  const locale = language === "en" ? "en-GB" : "vi-VN";
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(grams / 1000)} kg`;
}
