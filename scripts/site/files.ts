import { readdirSync } from "node:fs";
import path from "node:path";

/** The root of this repository. */
export const root = path.join(import.meta.dirname, "../..");

/** What holds no page, wherever it is: made by tools, by others, or by the build of the site itself. */
const EXCLUDED = ["node_modules", "artifacts", "cache", "dist", "out"];

/** The same in the repository's root; elsewhere a folder of that name is the project's. */
const EXCLUDED_IN_ROOT = ["cache_forge", "coverage", "types"];

/** Both, as patterns. */
export const excluded = [
  ...EXCLUDED.map((folder) => `**/${folder}/**`),
  ...EXCLUDED_IN_ROOT.map((folder) => `${folder}/**`),
];

const isExcluded = (place: string, name: string): boolean =>
  name.startsWith(".") || EXCLUDED.includes(name) || EXCLUDED_IN_ROOT.includes(place);

/** Every Markdown file that is a page, from the root of the repository on. Folders with a dot are for tools. */
export function markdownFiles(folder = ""): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const place = path.posix.join(folder, entry.name);
    if (isExcluded(place, entry.name)) return [];
    if (entry.isDirectory()) return markdownFiles(place);
    return place.endsWith(".md") && !entry.name.startsWith("[") ? [place] : [];
  });
}
