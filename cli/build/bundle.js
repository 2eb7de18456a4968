// Makes a few files of the sources, and of everything that they import: a shell starts the command many times, and Node takes
// longer to find and read 800 modules than to do what they say. What few commands need is in files of its own.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "..");
const dist = path.join(root, "dist");

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts"],
  outdir: dist,
  splitting: true,
  chunkNames: "part-[hash]",
  write: false,
  metafile: true,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  // Names stay, so that the stack that TENURE_DEBUG shows can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  // Whoever runs a server installs it beside: it has a database's and a policy engine's packages.
  external: ["@tenure/server"],
  legalComments: "none",
  logLevel: "warning",
  // Some of what is bundled is CommonJS, and asks for Node's own modules.
  banner: {
    js: 'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);',
  },
});

mkdirSync(dist, { recursive: true });
// The entry last: at every moment it names files that are there.
const isEntry = ({ path: file }) => path.basename(file) === "main.js";
for (const part of outputFiles.filter((file) => !isEntry(file))) replace(part.path, part.contents);
for (const entry of outputFiles.filter(isEntry)) replace(entry.path, entry.contents);
const fresh = new Set(outputFiles.map((file) => path.basename(file.path)));
for (const name of readdirSync(dist)) if (/^part-.*\.js$/.test(name) && !fresh.has(name)) rmSync(path.join(dist, name));
replace(path.join(dist, "LICENSES.txt"), licenses(Object.keys(metafile.inputs)));

/** Whole at every moment: others may start the command while it is built. */
function replace(file, contents) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, contents);
  renameSync(fresh, file);
}

/** What the authors of the packages that the file holds ask to be told with it. */
function licenses(inputs) {
  const folders = new Set(inputs.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const place = path.resolve(root, folder);
    const { name, version, license } = JSON.parse(readFileSync(path.join(place, "package.json"), "utf8"));
    const file = readdirSync(place).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : `\n\n${readFileSync(path.join(place, file), "utf8").trim()}`;
    return `${name} ${version}, ${license}${text}\n`;
  });
  return `The command holds code of these packages.\n\n${texts.join("\n---\n\n")}`;
}
