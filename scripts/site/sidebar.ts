import type { DefaultTheme } from "vitepress";
import { linkOf } from "./links.ts";

/** The sidebar by reader: the entry page's own headings and links, so that nobody has to keep two lists. */
export function readersSidebar(entryPage: string): DefaultTheme.SidebarItem[] {
  const [, ...sections] = entryPage.split(/^## /m);
  return sections.map((section) => {
    const [text = "", ...lines] = section.split("\n");
    return { text, collapsed: true, items: itemsOf(lines.join("\n"), "docs/README.md") };
  });
}

/** The pages of the reference, as its first page lists them. */
export function referenceSidebar(firstPage: string): DefaultTheme.SidebarItem {
  return {
    text: "Reference of the SDK",
    collapsed: true,
    items: itemsOf(firstPage, "docs/reference/index.md"),
  };
}

function itemsOf(markdown: string, from: string): DefaultTheme.SidebarItem[] {
  return [...markdown.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)].map(([, title = "", href = ""]) => {
    const text = title.replace(/`/g, "").replace(/\s+/g, " ");
    // A path is no word that could begin a sentence.
    const first = text.includes("/") ? text.charAt(0) : text.charAt(0).toUpperCase();
    return { text: first + text.slice(1), link: linkOf(href, from) };
  });
}
