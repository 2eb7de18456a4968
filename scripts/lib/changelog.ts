/** How much of a version a change moves, the most first. */
const BUMPS = ["major", "minor", "patch"] as const;

/** A change that waits for its release: a file in `.changeset/`. */
export type Change = { bump: (typeof BUMPS)[number]; packages: readonly string[]; text: string };

/** Reads a file of `.changeset/`: which packages move how far, and what their users have to know. */
export function parseChange(file: string): Change {
  const [, head = "", text = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  const moves = [...head.matchAll(/^["']?([^"':\n]+)["']?: (\w+)$/gm)];
  const bump = BUMPS.find((name) => moves.some(([, , found]) => found === name));
  if (bump === undefined || text.trim() === "") {
    throw new Error("A change names a package, major, minor or patch for it, and says in words what changes.");
  }
  return { bump, packages: moves.map(([, name = ""]) => name), text: text.trim() };
}

/** Puts a release before the ones that the changelog has. */
export function addRelease(changelog: string, version: string, changes: readonly Change[]): string {
  const sections = BUMPS.flatMap((bump) => {
    const items = changes.filter((change) => change.bump === bump).map(item);
    return items.length === 0 ? [] : [`### ${bump.charAt(0).toUpperCase()}${bump.slice(1)}\n\n${items.join("\n")}`];
  });
  const place = changelog.indexOf("\n## ") + 1;
  if (place === 0) throw new Error("The changelog has no release yet, so that it is unknown where the next one goes.");
  return `${changelog.slice(0, place)}## ${version}\n\n${sections.join("\n\n")}\n\n${changelog.slice(place)}`;
}

function item({ packages, text }: Change): string {
  const [first = "", ...rest] = text.split("\n");
  const names = packages.map((name) => `\`${name}\``).join(", ");
  return [`- ${names}: ${first}`, ...rest.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
}
