// Runs the tests of the TypeScript modules with Node's own runner: npm test
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const source = path.join(path.dirname(fileURLToPath(import.meta.url)), "ts");
const tests = (await readdir(source, { recursive: true })).filter((n) => n.endsWith(".test.ts")).map((n) => path.join(source, n));
const outdir = await mkdtemp(path.join(os.tmpdir(), "sachhon-ts-"));
try {
  await esbuild.build({ entryPoints: tests, outdir, bundle: true, format: "esm", platform: "node", outExtension: { ".js": ".mjs" }, logLevel: "warning" });
  const files = (await readdir(outdir, { recursive: true })).filter((n) => n.endsWith(".mjs")).map((n) => path.join(outdir, n));
  process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(outdir, { recursive: true });
}
