import assert from "node:assert/strict";
import { test } from "node:test";
import { contentDigest, uuid7 } from "./ids.ts";
import { addressOf, backoff, next, outcomeOf, type Item } from "./item.ts";
import { Queue } from "./queue.ts";
import type { Answer } from "./send.ts";
import { inMemory } from "./store.ts";

function item(id: string, more: Partial<Item> = {}): Item {
  return { id, url: "/up/{id}", name: `${id}.jpg`, type: "image/jpeg", added: 0, attempts: 0, state: "pending", message: "", body: new Blob([id]), ...more };
}

/** Lets everything that is ready happen. */
const settle = () => new Promise((done) => setTimeout(done, 5));

/** A queue whose server answers as told, and whose waiting ends when the test says so. */
function harness(answers: (id: string, attempt: number) => Answer) {
  const store = inMemory();
  const waiting: (() => void)[] = [];
  const seen: string[] = [];
  let flying = 0;
  let most = 0;
  const queue = new Queue(store, {
    send: async (i) => {
      most = Math.max(most, ++flying);
      await settle();
      flying--;
      return answers(i.id, i.attempts);
    },
    changed: (i) => void seen.push(`${i.id} ${i.state}`),
    wait: (_, then) => void waiting.push(then),
    random: () => 0,
  });
  return { queue, store, waiting, seen, most: () => most };
}

test("IDs are UUIDs of version 7 in order of time", () => {
  const id = uuid7(Date.UTC(2024, 5, 6), new Uint8Array(16).fill(0xff));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(id < uuid7(Date.UTC(2024, 5, 7), new Uint8Array(16)));
});

test("the digest is that of the standard", async () => {
  assert.equal(await contentDigest(new Blob(["abc"])), "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:");
});

test("the address carries the ID", () => {
  assert.equal(addressOf({ id: "7", url: "/up/{id}?phase=before" }), "/up/7?phase=before");
  assert.equal(addressOf({ id: "7", url: "/up/" }), "/up/7");
});

test("answers are told apart", () => {
  for (const status of [200, 201, 204]) assert.equal(outcomeOf(status, "").kind, "done");
  for (const status of [0, 408, 425, 429, 500, 503]) assert.equal(outcomeOf(status, "").kind, "again");
  for (const status of [400, 403, 404, 409, 413, 415, 422]) assert.equal(outcomeOf(status, "").kind, "failed");
  assert.deepEqual(outcomeOf(415, '{"title":"t","detail":"Không phải ảnh"}'), { kind: "failed", message: "Không phải ảnh" });
  assert.deepEqual(outcomeOf(415, '{"detail":"d","errors":[{"field":"photo","message":"Đây không phải là ảnh"}]}'), { kind: "failed", message: "Đây không phải là ảnh" });
  assert.deepEqual(outcomeOf(413, "<html>"), { kind: "failed", message: "" });
});

test("waiting grows to a minute and is spread", () => {
  assert.equal(backoff(1, 1), 1000);
  assert.equal(backoff(1, 0), 500);
  assert.equal(backoff(4, 1), 8000);
  assert.equal(backoff(50, 1), 60_000);
});

test("the oldest go first", () => {
  const items = [item("c", { added: 2 }), item("b", { added: 1 }), item("a", { added: 1 }), item("d", { state: "failed" })];
  assert.deepEqual(next(items, 2).map((i) => i.id), ["a", "b"]);
  assert.deepEqual(next(items, 0), []);
});

test("eight photos arrive, two at a time, and leave nothing behind", async () => {
  const h = harness(() => ({ status: 201, body: "" }));
  for (let n = 0; n < 8; n++) await h.queue.add(item(`p${n}`, { added: n }));
  await new Promise((done) => setTimeout(done, 100));
  assert.equal(h.queue.open, 0);
  assert.equal(h.seen.filter((s) => s.endsWith("uploaded")).length, 8);
  assert.ok(h.most() <= 2);
  assert.deepEqual(await h.store.all("/up/{id}"), []);
});

test("a broken connection is waited out", async () => {
  const h = harness((_, attempt) => ({ status: attempt < 3 ? 0 : 200, body: "" }));
  await h.queue.add(item("a"));
  for (let n = 0; n < 2; n++) {
    await settle();
    await settle();
    assert.equal(h.queue.open, 1);
    assert.equal((await h.store.all("/up/{id}")).length, 1, "kept while waiting");
    h.waiting.shift()?.();
  }
  await settle();
  await settle();
  assert.equal(h.queue.open, 0);
});

test("what a person must mend stays, with its reason, and can be tried again", async () => {
  let fixed = false;
  const h = harness(() => (fixed ? { status: 200, body: "" } : { status: 413, body: '{"detail":"quá lớn"}' }));
  await h.queue.add(item("a"));
  await settle();
  await settle();
  const [kept] = await h.store.all("/up/{id}");
  assert.equal(kept?.state, "failed");
  assert.equal(kept?.message, "quá lớn");
  fixed = true;
  h.queue.retry("a");
  await settle();
  await settle();
  assert.deepEqual(await h.store.all("/up/{id}"), []);
});

test("a reload goes on with what was left", async () => {
  const h = harness(() => ({ status: 200, body: "" }));
  await h.store.put(item("a", { state: "uploading", attempts: 1 }));
  await h.store.put(item("b", { state: "failed" }));
  await h.store.put(item("c", { url: "/other/{id}" }));
  await h.queue.resume("/up/{id}");
  await settle();
  await settle();
  assert.deepEqual((await h.store.all("/up/{id}")).map((i) => i.id), ["b"]);
  assert.equal((await h.store.all("/other/{id}")).length, 1);
});

test("a photo left out while it travels is forgotten", async () => {
  const h = harness(() => ({ status: 0, body: "" }));
  await h.queue.add(item("a"));
  await h.queue.remove("a");
  await settle();
  await settle();
  assert.equal(h.queue.open, 0);
  assert.deepEqual(await h.store.all("/up/{id}"), []);
});
