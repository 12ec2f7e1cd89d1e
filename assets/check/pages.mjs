// What both checks share: finding pages in folders, serving a folder, starting the browser.
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2", ".json": "application/json",
};

/** All HTML files below a folder, in order. */
export async function htmlFiles(dir) {
  const names = await readdir(dir, { recursive: true });
  return names.filter((n) => n.endsWith(".html")).sort().map((n) => path.join(dir, n));
}

/** Serves a folder on a free port; close() ends it. */
export async function serve(dir) {
  const server = http.createServer((request, response) => {
    const name = path.join(dir, path.normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
    const file = createReadStream(name);
    file.on("open", () => response.writeHead(200, { "Content-Type": types[path.extname(name)] ?? "application/octet-stream" }));
    file.on("error", () => response.writeHead(404).end());
    file.pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Turns arguments (folders or addresses) into addresses. */
export async function addresses(args) {
  const urls = [];
  const servers = [];
  for (const arg of args) {
    if (/^https?:/.test(arg)) {
      urls.push(arg);
      continue;
    }
    if (!(await stat(arg)).isDirectory()) throw new Error(`${arg} is neither a folder nor an address`);
    const server = await serve(arg);
    servers.push(server);
    for (const file of await htmlFiles(arg)) urls.push(`${server.url}/${path.relative(arg, file)}`);
  }
  return { urls, close: () => servers.forEach((s) => s.close()) };
}

/** Debian's Chromium, or the one named by CHROMIUM. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
}
