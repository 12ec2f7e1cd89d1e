// The licences of everything that stands in the binary, as one text: of the modules that the program is built from,
// and of the packages whose code or fonts the pages carry. Most of them ask that their text goes along.
import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const served = ["@fontsource/be-vietnam-pro", "idb", "leaflet"];
const notice = /^(licen[cs]e|copying|notice|patents)/i;

const head = `Sạch Hơn stands on the work of others. These are the licences of what its program and its pages contain.
docs/licences.md says what each is used for.
`;

/** The licence texts of a folder, and of lib/ below it, where packages keep those of what they carry inside. */
async function texts(folder) {
  const found = [];
  for (const sub of ["", "lib"]) {
    const names = await readdir(path.join(folder, sub), { withFileTypes: true }).catch(() => []);
    for (const entry of names) {
      if (entry.isFile() && notice.test(entry.name)) {
        found.push((await readFile(path.join(folder, sub, entry.name), "utf8")).trim());
      }
    }
  }
  if (found.length === 0) throw new Error(`${folder} has no licence text`);
  return found;
}

/** Module → folder, of everything that the program is built from, the Go standard library first. */
function modules(root) {
  const go = (...args) => execFileSync("go", args, { cwd: root, encoding: "utf8" }).trim();
  const form = "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}";
  const listed = go("list", "-deps", "-f", form, "./cmd/sachhon").split("\n").filter(Boolean);
  return [`Go standard library\t${go("env", "GOROOT")}`, ...new Set(listed.sort())].map((l) => l.split("\t"));
}

/** All licences, each text once, under the names of those that share it. */
export async function licences(root) {
  const packages = modules(root);
  for (const name of served) {
    const folder = path.join(root, "node_modules", name);
    const { version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    packages.push([`${name} ${version}`, folder]);
  }
  const names = new Map();
  for (const [name, folder] of packages) {
    const text = (await texts(folder)).join("\n\n");
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  const line = "=".repeat(78);
  return head + [...names].map(([text, who]) => `\n${line}\n${who.join("\n")}\n${line}\n\n${text}\n`).join("");
}
