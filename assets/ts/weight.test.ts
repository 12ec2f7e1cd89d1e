import assert from "node:assert/strict";
import { test } from "node:test";
import { formatWeight, parseWeight } from "./weight.ts";

test("weights are read as the server reads them", () => {
  const cases: [string, number | undefined][] = [
    ["12,5", 12_500],
    ["12.5", 12_500],
    ["1.500", 1_500_000],
    ["1.234,5", 1_234_500],
    ["1.234.567", 1_234_567_000],
    ["0.500", 500],
    ["0", 0],
    [" 7 kg ", 7_000],
    ["0,125", 125],
    ["1234.567", undefined],
    ["1,234.5", undefined],
    ["1,2,3", undefined],
    ["12,3456", undefined],
    ["-5", undefined],
    ["1e9", undefined],
    ["abc", undefined],
    ["٣", undefined],
    ["", undefined],
    ["100000001", undefined],
  ];
  for (const [text, grams] of cases) assert.equal(parseWeight(text), grams, JSON.stringify(text));
});

test("weights are written in the language of the page", () => {
  assert.equal(formatWeight(1_500_500, "vi"), "1.500,5 kg");
  assert.equal(formatWeight(1_500_500, "en"), "1,500.5 kg");
});
