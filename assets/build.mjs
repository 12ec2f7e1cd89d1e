// Builds style, script, fonts and icons into internal/web/asset/dist: minified, named by their content, listed in
// manifest.json, and compressed beforehand, so that the server only copies bytes.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { licences } from "./licences.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const out = path.join(root, "internal/web/asset/dist");
const fontDir = path.join(root, "node_modules/@fontsource/be-vietnam-pro/files");

// Phones of people who clean beaches are often old: Chrome 99 and Safari 15.4 (the first with layers) must still lay pages out.
const target = ["chrome99", "firefox97", "safari15.4"];

const fontLimit = 70 * 1024;
const subsets = ["latin", "vietnamese"];
const weights = [400, 700];

/** Plain name → content. */
async function collect() {
  const files = new Map();

  let fontBytes = 0;
  for (const subset of subsets) {
    for (const weight of weights) {
      const body = await readFile(path.join(fontDir, `be-vietnam-pro-${subset}-${weight}-normal.woff2`));
      fontBytes += body.length;
      files.set(`be-vietnam-pro-${subset}-${weight}.woff2`, body);
    }
  }
  if (fontBytes > fontLimit) {
    throw new Error(`fonts weigh ${fontBytes} bytes, at most ${fontLimit} are allowed`);
  }

  for (const name of await readdir(path.join(here, "icons"))) {
    files.set(name, await readFile(path.join(here, "icons", name)));
  }

  files.set("licences.txt", Buffer.from(await licences(root)));

  const script = await esbuild.build({
    entryPoints: ["app.ts", "map.ts", "photos.ts", "office.ts"].map((f) => path.join(here, "ts", f)),
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    target,
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  for (const f of script.outputFiles) {
    files.set(path.basename(f.path), Buffer.from(f.contents));
  }

  const style = await esbuild.build({
    entryPoints: ["app.css", "map.css"].map((f) => path.join(here, "css", f)),
    outdir: out,
    bundle: true,
    minify: true,
    target,
    external: ["*.woff2"],
    loader: { ".png": "empty", ".svg": "dataurl" },
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  for (const f of style.outputFiles) {
    files.set(path.basename(f.path), Buffer.from(f.contents));
  }
  return files;
}

function hashed(name, body) {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  return `${stem}.${hash}${ext}`;
}

/** Files that name others (style names fonts, script names style) come last and get the hashed names. */
function rename(files) {
  const manifest = {};
  const named = new Map();
  const order = [...files.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const name of order) {
    let body = files.get(name);
    if (/\.(css|js)$/.test(name)) {
      let text = body.toString("utf8");
      for (const [plain, final] of Object.entries(manifest)) {
        text = text.replaceAll(`/assets/${plain}`, `/assets/${final}`);
      }
      body = Buffer.from(text);
    }
    manifest[name] = hashed(name, body);
    named.set(manifest[name], body);
  }
  return { manifest: Object.fromEntries(Object.entries(manifest).sort()), named };
}

function rank(name) {
  if (name.endsWith(".js")) return 2;
  if (name.endsWith(".css")) return 1;
  return 0;
}

function compressed(name, body) {
  if (!/\.(css|js|svg|json|txt)$/.test(name)) return [];
  const brotli = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
  return [
    [`${name}.br`, brotli],
    [`${name}.gz`, gzipSync(body, { level: 9 })],
  ];
}

async function build() {
  const { manifest, named } = rename(await collect());
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) {
    if (name !== ".gitkeep") await rm(path.join(out, name), { recursive: true });
  }
  const sizes = [];
  for (const [name, body] of named) {
    await writeFile(path.join(out, name), body);
    let small = body.length;
    for (const [extra, bytes] of compressed(name, body)) {
      await writeFile(path.join(out, extra), bytes);
      small = Math.min(small, bytes.length);
    }
    sizes.push(`${String(small).padStart(7)} of ${String(body.length).padStart(7)}  ${name}`);
  }
  await writeFile(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
  console.log(sizes.join("\n"));
}

await build();
