import path from "node:path";
import type { MarkdownOptions, MarkdownRenderer } from "vitepress";
import { root } from "./files.ts";
import { linkOf } from "./links.ts";
import { anchorOf } from "./paths.ts";

/** A page of VitePress is a component of Vue. These make it the page that GitHub shows: text is text. */
export const markdown: MarkdownOptions = {
  anchor: { slugify: anchorOf },
  attrs: { disable: true },
  config(md) {
    // Before VitePress puts HTML of its own into the headings.
    md.core.ruler.after("inline", "html_outside_of_code", ({ tokens, env }) => refuseHtml(tokens, fileOf(env)));
    md.core.ruler.push("links_in_the_repository", ({ tokens, env }) => {
      for (const token of tokens.flatMap(({ children }) => children ?? [])) {
        const href = token.type === "link_open" ? token.attrGet("href") : null;
        if (href !== null) token.attrSet("href", linkOf(href, fileOf(env)));
      }
    });
    const render = md.renderer.render.bind(md.renderer);
    // Vue looks for braces before it reads entities.
    md.renderer.render = (...given) => render(...given).replaceAll("{{", "&#123;&#123;");
  },
};

type Token = ReturnType<MarkdownRenderer["parse"]>[number];

/** The file that is rendered, from the root of the repository on. */
function fileOf({ realPath, path: place }: { realPath?: string; path: string }): string {
  return path.relative(root, realPath ?? place).replaceAll(path.sep, "/");
}

/** What GitHub shows as nothing, and the site too: comments, and anchors of the generated reference. */
const SILENT = /<!--[\s\S]*?-->|<a id="[^"]*">|<\/a>/g;

/** GitHub leaves out an element that it does not know; here it would be a component, and a script would run. */
function refuseHtml(tokens: readonly Token[], file: string): void {
  let line = 1;
  for (const token of tokens) {
    // Cells of a table have no lines of their own; their row has.
    if (token.map !== null) line = token.map[0] + 1;
    let within = line;
    for (const piece of token.children ?? [token]) {
      if (piece.type === "html_block" || piece.type === "html_inline") {
        const [html = ""] = piece.content.replace(SILENT, "").trim().split("\n");
        if (html !== "") {
          throw new Error(
            `${file}:${within} has HTML outside of code: ${html} ` +
              "GitHub would not show it, and the site would run it. Put it between backticks, or write \\< for <.",
          );
        }
      }
      within += /break$/.test(piece.type) ? 1 : piece.content.split("\n").length - 1;
    }
  }
}
