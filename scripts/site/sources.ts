import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "./files.ts";
import { linkOf, sourcesIn } from "./links.ts";

/** The page that shows a file or a folder: its path, and its Markdown. */
export type SourcePage = { path: string; content: string };

/** The pages of all files and folders that the Markdown files link. A folder brings the files in it. */
export function sourcePages(markdownFiles: readonly string[]): SourcePage[] {
  const linked = new Set(markdownFiles.flatMap((file) => sourcesIn(readFileSync(path.join(root, file), "utf8"), file)));
  // A set goes on with what is added while it is walked.
  for (const place of linked) {
    if (isFolder(place)) for (const name of readdirSync(path.join(root, place))) linked.add(`${place}/${name}`);
  }
  return [...linked]
    .filter((place) => !place.endsWith(".md"))
    .sort()
    .map((place) => ({ path: place, content: `# ${place}\n\n${contentOf(place)}` }));
}

const isFolder = (place: string) => statSync(path.join(root, place)).isDirectory();

function contentOf(place: string): string {
  if (isFolder(place)) {
    const names = readdirSync(path.join(root, place)).sort();
    return names.map((name) => `- [\`${name}\`](${linkOf(name, `${place}/x`)})`).join("\n");
  }
  const text = readFileSync(path.join(root, place), "utf8");
  const ending = path.extname(place).slice(1);
  const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length + 1)));
  return `${fence}${ending === "sol" ? "solidity" : "text"}\n${text.replace(/\n$/, "")}\n${fence}`;
}
