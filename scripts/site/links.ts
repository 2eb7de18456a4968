import path from "node:path";
import { pageOf } from "./paths.ts";

/** Whether a link leads out of this repository, or is an anchor of its own page. */
const isOwn = (href: string) => href !== "" && !/^(?:[a-z][a-z+.-]*:|\/|#)/i.test(href);

/**
 * Where a link of a Markdown file leads in the site. GitHub shows every file of the repository; the site has pages: a
 * Markdown file is one, and any other file, or a folder, has one under `source/`.
 *
 * @param href - The link, as it stands in the file.
 * @param from - The file, from the root of the repository on.
 */
export function linkOf(href: string, from: string): string {
  if (!isOwn(href)) return href;
  const target = targetOf(href, from);
  const [, anchor = ""] = /(#.*)$/.exec(href) ?? [];
  if (!target.endsWith(".md")) return `/source/${target}.html${anchor}`;
  const page = pageOf(target);
  return `/${page === "index.md" ? "" : page.replace(/\.md$/, ".html")}${anchor}`;
}

/** The files and folders, from the root of the repository on, that a Markdown file links and that are no pages themselves. */
export function sourcesIn(markdown: string, from: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, "");
  const hrefs = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = ""]) => href);
  return hrefs
    .filter(isOwn)
    .map((href) => targetOf(href, from))
    .filter((target) => !target.endsWith(".md"));
}

function targetOf(href: string, from: string): string {
  const [place = ""] = href.split("#");
  return path.posix.join(path.posix.dirname(from), place).replace(/\/$/, "");
}
