import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore } from "../../static/js/player/store.js";

// Node has no IndexedDB: here the store is what it is in a browser that denies it. tests/programs/player/test_store.py
// has the real one, full, closed and gone.

test("without a database values live in memory, and the store says so", async () => {
  const store = openStore();
  await store.put("a", { n: 1 });
  await store.update("b", () => ({ n: 2 }));
  assert.deepEqual([await store.get("a"), (await store.names()).sort(), store.persistent], [{ n: 1 }, ["a", "b"], false]);
  await store.remove("a");
  await store.update("b", () => undefined);
  assert.deepEqual([await store.get("a"), await store.names()], [undefined, []]);
});
