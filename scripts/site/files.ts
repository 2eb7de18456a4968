import { readdirSync } from "node:fs";
import path from "node:path";

/** The root of this repository. */
export const root = path.join(import.meta.dirname, "../..");

/** What holds no page: made by tools, by others, or by the build of the site itself. */
export const excluded = ["node_modules", "artifacts", "cache", "cache_forge", "coverage", "dist", "out", "types"];

/** Every Markdown file that is a page, from the root of the repository on. Folders with a dot are for tools. */
export function markdownFiles(folder = ""): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const place = path.posix.join(folder, entry.name);
    if (entry.name.startsWith(".") || excluded.includes(entry.name)) return [];
    if (entry.isDirectory()) return markdownFiles(place);
    return place.endsWith(".md") && !entry.name.startsWith("[") ? [place] : [];
  });
}
