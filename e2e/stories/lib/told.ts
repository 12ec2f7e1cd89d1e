// What the test tells a story: where the demo answers, how wide the screen is, who plays.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Cast {
  slug: string;
  past: string;
  clerks: string[];
  team: string;
  others: string[];
  photos: string[];
  text: string;
}

function env(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the stories are played by go test ./e2e`);
  return value;
}

export const base = env("STORY_URL");
export const width = Number(env("STORY_WIDTH"));
export const out = env("STORY_OUT");
export const cast = JSON.parse(env("STORY_CAST")) as Cast;

/** The narrow and the wide play differ in who acts, so that both find something to do. */
export const narrow = width < 800;

type Entry = string | { one?: string; other: string };

/** The texts of a language from the catalogues: a story asks for what people read, and rewording breaks nothing. */
export class Words {
  readonly #texts = new Map<string, string>();

  constructor(lang: "vi" | "en") {
    const dir = path.join(env("STORY_ROOT"), "internal/lang/catalog");
    for (const name of readdirSync(dir).filter((n) => n.endsWith(`.${lang}.json`))) {
      const entries = JSON.parse(readFileSync(path.join(dir, name), "utf8")) as Record<string, Entry>;
      for (const [key, entry] of Object.entries(entries)) this.#texts.set(key, typeof entry === "string" ? entry : entry.other);
    }
  }

  /** The text of a key, with its places filled in. */
  say(key: string, args: Record<string, string | number> = {}): string {
    const text = this.#texts.get(key);
    if (text === undefined) throw new Error(`no catalogue has the key ${key}`);
    return text.replace(/\{\{\.(\w+)\}\}/g, (_, name: string) => String(args[name] ?? ""));
  }

  /** A pattern for a text of which only the fixed parts are known. */
  like(key: string): RegExp {
    const text = this.#texts.get(key);
    if (text === undefined) throw new Error(`no catalogue has the key ${key}`);
    return new RegExp(text.split(/\{\{[^}]*\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*"), "s");
  }
}

export const vi = new Words("vi");
