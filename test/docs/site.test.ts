// The site is built from the files themselves: every page is in it, no link is dead, and nothing comes from elsewhere.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { markdownFiles } from "../../scripts/site/files.ts";
import { linkOf, sourcesIn } from "../../scripts/site/links.ts";
import { anchorOf, pageOf } from "../../scripts/site/paths.ts";
import { readersSidebar } from "../../scripts/site/sidebar.ts";

const root = path.join(import.meta.dirname, "../..");

/** A limit for a build that hangs, many times what it takes. */
const LIMIT = 600_000;

const unescaped = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

describe("the site of the documentation", () => {
  let site: string;
  let pages: Map<string, string>;

  before(function () {
    this.timeout(LIMIT);
    site = mkdtempSync(path.join(tmpdir(), "tenure-site-"));
    const vitepress = path.join(root, "node_modules/vitepress/bin/vitepress.js");
    const build = spawnSync(process.execPath, [vitepress, "build", "scripts/site", "--outDir", site], {
      cwd: root,
      encoding: "utf8",
      timeout: LIMIT,
    });
    expect(build.status, build.stdout + build.stderr).to.equal(0);
    const files = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
    pages = new Map(files.map((file) => [file.replaceAll(path.sep, "/"), readFileSync(path.join(site, file), "utf8")]));
  });
  after(() => rmSync(site, { recursive: true, force: true }));

  it("should have a page for every Markdown file", () => {
    const wanted = markdownFiles().map((file) => pageOf(file).replace(/md$/, "html"));
    expect(wanted).to.include.members(["index.html", "errors.html", "glossary.html", "reference/errors.html"]);
    expect(wanted.filter((page) => !pages.has(page))).to.deep.equal([]);
    expect(new Set(wanted).size).to.equal(wanted.length);
  });

  it("should have a page for the sources that pages link, and say which file it is", () => {
    const page = pages.get("source/contracts/interfaces/IVouchRegistry.sol.html") ?? "";
    expect(page).to.include("<title>contracts/interfaces/IVouchRegistry.sol | Tenure</title>");
    expect(page).to.include("InsufficientStanding");
  });

  it("should have no dead link, anchors included", () => {
    const ids = new Map(
      [...pages].map(([page, html]) => [page, new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))]),
    );
    const dead: string[] = [];
    for (const [page, html] of pages) {
      for (const [, link = ""] of html.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
        const href = unescaped(link);
        if (/^[a-z]+:/.test(href)) continue;
        const { pathname, hash } = new URL(href, `http://site/${page}`);
        const target = decodeURIComponent(pathname)
          .replace(/^\//, "")
          .replace(/(^|\/)$/, "$1index.html");
        const anchor = decodeURIComponent(hash.slice(1));
        if (page === "404.html" || (existsSync(path.join(site, target)) && anchor === "")) continue;
        if (!ids.get(target)?.has(anchor)) dead.push(`${page}: ${href}`);
      }
    }
    expect(dead).to.deep.equal([]);
  });

  it("should find words of the project by its search", () => {
    const [index] = readdirSync(path.join(site, "assets/chunks")).filter((file) => file.includes("localSearchIndex"));
    const text = readFileSync(path.join(site, "assets/chunks", index ?? ""), "utf8");
    for (const word of ["soulbound", "reorg", "insufficientstandingerror"]) expect(text).to.include(word);
    // Sources are shown, and would drown what explains them.
    expect(text).to.not.include("source/contracts");
  });

  it("should load nothing from elsewhere", () => {
    for (const [page, html] of pages) {
      const loaded = [...html.matchAll(/<(?:script|link|img|iframe)[^>]*? (?:src|href)="([^"]*)"/g)].map(
        ([, url]) => url,
      );
      expect(
        loaded.filter((url) => /^(?:[a-z]+:)?\/\//.test(url ?? "")),
        page,
      ).to.deep.equal([]);
    }
    const styles = readdirSync(path.join(site, "assets")).filter((file) => file.endsWith(".css"));
    for (const file of styles) {
      expect(readFileSync(path.join(site, "assets", file), "utf8"), file).to.not.match(/url\(["']?(?:https?:)?\/\//);
    }
  });
});

describe("a page of the site with what is special in Vue", () => {
  /** Builds a site of one page, and gives the page's text; or what the build said. */
  function build(markdown: string): { page: string } | { refusal: string } {
    const folder = mkdtempSync(path.join(tmpdir(), "tenure-page-"));
    try {
      symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
      mkdirSync(path.join(folder, ".vitepress"));
      const module = path.join(root, "scripts/site/markdown.ts");
      const config = `import { markdown } from ${JSON.stringify(module)};\nexport default { markdown };\n`;
      writeFileSync(path.join(folder, ".vitepress/config.ts"), config);
      writeFileSync(path.join(folder, "index.md"), markdown);
      const vitepress = path.join(root, "node_modules/vitepress/bin/vitepress.js");
      const { status, stderr } = spawnSync(process.execPath, [vitepress, "build", folder], {
        cwd: root,
        encoding: "utf8",
        timeout: LIMIT,
      });
      if (status !== 0) return { refusal: stderr };
      const html = readFileSync(path.join(folder, ".vitepress/dist/index.html"), "utf8");
      const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(html) ?? [];
      return { page: unescaped(main.replace(/<[^>]*>/g, "")) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it("should show braces as GitHub does", () => {
    const pieces = ["{{ 1 + 1 }} head", "in {{ 1 + 2 }} prose", "*{{ 1 + 3 }}*", "`{{ 1 + 4 }}`", "\\{{ 1 + 5 }}"];
    const [head, ...rest] = pieces;
    const table = "| {{ 1 + 6 }} |\n|---|\n| [{{ 1 + 7 }}](#x){.red @click=x} |";
    const markdown = `# ${head}\n\n${rest.join("\n\n")}\n\n${table}\n\n\`\`\`ts\n{{ 1 + 8 }}\n\`\`\`\n\n    {{ 1 + 9 }}\n`;
    const built = build(markdown);
    const page = "page" in built ? built.page : built.refusal;
    for (let term = 1; term <= 9; term++) expect(page).to.include(`{{ 1 + ${term} }}`);
    expect(page).to.include("{.red @click=x}");
  }).timeout(LIMIT);

  it("should show angle brackets that are code or escaped, comments not, and keep anchors", () => {
    const built = build('<!-- {{ silent }} -->\n\n<a id="here"></a> A `Map<K, V>`, and \\<T>, 1 < 2.\n');
    expect(built).to.have.property("page").that.includes("A Map<K, V>, and <T>, 1 < 2.").and.not.includes("silent");
  }).timeout(LIMIT);

  for (const [what, markdown, line, html] of [
    ["a type parameter", "# A\n\nA list\nof <T> things.\n", 4, "<T>"],
    ["a script", "# A\n\n<script>\nalert(1)\n</script>\n", 3, "<script>"],
    ["a component in a table", "# A\n\n| a |\n|---|\n| x |\n| <Badge/> |\n", 6, "<Badge/>"],
    ["text beside a comment", "# A\n\n- b\n\n<!-- c -->{{ d }}\n", 5, "{{ d }}"],
  ] as const) {
    it(`should be refused by its file and line: ${what}`, () => {
      const built = build(markdown);
      expect(built)
        .to.have.property("refusal")
        .that.includes(`index.md:${line} has HTML outside of code: ${html} GitHub`);
    }).timeout(LIMIT);
  }
});

describe("a link of the documentation in the site", () => {
  for (const [what, href, from, expected] of [
    ["another guide", "agents.md#look", "docs/README.md", "/agents.html#look"],
    ["the entry page", "README.md", "docs/cli.md", "/"],
    ["the reference", "reference/index.md", "docs/README.md", "/reference/index.html"],
    ["a file at the root", "../SECURITY.md", "docs/security.md", "/project/security.html"],
    ["a page beside docs", "../bench/gas.md#vouch", "docs/contracts.md", "/bench/gas.html#vouch"],
    ["a source", "../contracts/libraries/Edge.sol", "docs/rebuild.md", "/source/contracts/libraries/Edge.sol.html"],
    ["a folder", "../test/signatures/", "docs/security.md", "/source/test/signatures.html"],
    ["its own page", "#errors", "docs/contracts.md", "#errors"],
    ["another site", "https://eips.ethereum.org", "docs/erc8004.md", "https://eips.ethereum.org"],
  ] as const) {
    it(`should lead to ${what}`, () => expect(linkOf(href, from)).to.equal(expected));
  }

  it("should ask for a page of its own where it names a source, and not within code", () => {
    const text = "[a](../contracts/A.sol) [b](b.md)\n```md\n[c](c.ts)\n```\n[d](https://d.example/d.ts)\n";
    expect(sourcesIn(text, "docs/x.md")).to.deep.equal(["contracts/A.sol"]);
  });

  it("should name a heading as GitHub does", () => {
    expect(anchorOf("`tenure`, the command line")).to.equal("tenure-the-command-line");
    expect(anchorOf("What's here: a → b")).to.equal("whats-here-a--b");
  });

  it("should stand in the sidebar under its reader, in the order of the entry page", () => {
    const page = "# Docs\n\n## You audit\n\n1. [Security](security.md): x, [what\n   remains](security.md#left).\n";
    expect(readersSidebar(page)).to.deep.equal([
      {
        text: "You audit",
        collapsed: true,
        items: [
          { text: "Security", link: "/security.html" },
          { text: "What remains", link: "/security.html#left" },
        ],
      },
    ]);
  });
});
