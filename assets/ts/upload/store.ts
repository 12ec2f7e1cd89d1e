import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Item } from "./item.ts";

interface Schema extends DBSchema {
  photos: { key: string; value: Item; indexes: { url: string } };
}

/** Where photos wait. A reload, a dead battery or a closed tab loses nothing that was put here. */
export interface Store {
  all(url: string): Promise<Item[]>;
  put(item: Item): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The queue in IndexedDB, or one in memory where the browser has none (private windows). */
export async function openStore(): Promise<Store> {
  try {
    return inBrowser(
      await openDB<Schema>("sachhon", 1, {
        upgrade(db) {
          db.createObjectStore("photos", { keyPath: "id" }).createIndex("url", "url");
        },
      }),
    );
  } catch {
    return inMemory();
  }
}

function inBrowser(db: IDBPDatabase<Schema>): Store {
  return {
    all: (url) => db.getAllFromIndex("photos", "url", url),
    put: async (item) => {
      await db.put("photos", item);
    },
    remove: (id) => db.delete("photos", id),
  };
}

export function inMemory(): Store {
  const items = new Map<string, Item>();
  return {
    all: async (url) => [...items.values()].filter((i) => i.url === url),
    put: async (item) => {
      items.set(item.id, item);
    },
    remove: async (id) => {
      items.delete(id);
    },
  };
}
