// Follows links as somebody would who tries everything, without reading the same kind of page a hundred times.
import type { APIRequestContext } from "playwright-core";
import { base } from "./told.ts";

export interface Reached {
  address: string; // path and query
  kind: string; // of the page: its address without what differs from one to the next
  from: string;
  status: number;
  html: string; // empty when it is no page
}

const identifier = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What an address leads to, of any object: its identifiers and the values of its query do not matter. */
export function kindOf(address: string): string {
  const url = new URL(address, base);
  const keys = [...new Set(url.searchParams.keys())].sort().join("&");
  return url.pathname.replace(identifier, "{id}").replace(/^\/dev\/mail\/.+/, "/dev/mail/{name}").replace(/\.[0-9a-f]{10}\./, ".") + (keys && `?${keys}`);
}

/** The internal addresses that a page links to or shows. */
function linksOf(html: string, address: string): string[] {
  const links: string[] = [];
  for (const [, quoted] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    const url = new URL((quoted ?? "").replaceAll("&amp;", "&"), new URL(address, base));
    if (url.origin === base && !url.searchParams.has("lang")) links.push(url.pathname + url.search);
  }
  return links;
}

/**
 * Opens everything that can be reached from a page by links, at most `each` of one kind and `most` in all. Mails are not
 * followed: what they link to is their reader's.
 */
export async function crawl(request: APIRequestContext, start: string, each: number, most: number): Promise<Reached[]> {
  const queue = [{ address: start, from: "" }];
  const known = new Set([start]);
  const kinds = new Map<string, number>();
  const reached: Reached[] = [];
  for (let next = queue.shift(); next && reached.length < most; next = queue.shift()) {
    const kind = kindOf(next.address);
    const before = kinds.get(kind) ?? 0;
    if (before >= each) continue;
    kinds.set(kind, before + 1);
    const answer = await request.get(next.address);
    const page = answer.headers()["content-type"]?.startsWith("text/html") ?? false;
    const html = page ? await answer.text() : "";
    reached.push({ ...next, kind, status: answer.status(), html });
    if (next.address.startsWith("/dev/mail/")) continue;
    for (const address of linksOf(html, answer.url())) {
      if (known.has(address)) continue;
      known.add(address);
      queue.push({ address, from: next.address });
    }
  }
  return reached;
}
