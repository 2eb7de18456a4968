/**
 * The page of the site that a Markdown file of this repository becomes. `docs/` is the root of the site, so that what lies at
 * the root of the repository needs a folder: there are two pages on security.
 */
export function pageOf(file: string): string {
  if (!file.includes("/")) return `project/${file.toLowerCase()}`;
  return file
    .replace(/^(docs|scripts\/site(?=\/source\/))\//, "")
    .replace(/(^|\/)README\.md$/, (_, folder: string) => `${folder}index.md`);
}

/** The name of a heading, as GitHub makes it, so that a link with an anchor leads to the same place in both. */
export function anchorOf(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replace(/ /g, "-");
}
