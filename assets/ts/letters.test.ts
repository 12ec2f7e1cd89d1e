import assert from "node:assert/strict";
import { test } from "node:test";
import { lineRange } from "./letters.ts";

test("a range of lines is bounded", () => {
  assert.deepEqual(lineRange("3-5"), [3, 4, 5]);
  assert.deepEqual(lineRange("5-3"), []);
  assert.deepEqual(lineRange("x"), []);
  assert.equal(lineRange("1-999999").length, 1001);
});
