// Makes of the sources, and of everything that they import, one file: a shell starts the command many times, and Node takes
// longer to find and read 800 modules than to do what they say.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "..");
const dist = path.join(root, "dist");

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts"],
  outfile: path.join(dist, "main.js"),
  write: false,
  metafile: true,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  // Names stay, so that the stack that TENURE_DEBUG shows can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  logLevel: "warning",
  // Some of what is bundled is CommonJS, and asks for Node's own modules.
  banner: {
    js: 'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);',
  },
});

mkdirSync(dist, { recursive: true });
for (const { path: file, contents } of outputFiles) replace(file, contents);
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
