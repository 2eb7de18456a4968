import { readFileSync } from "node:fs";
import path from "node:path";
import { type DefaultTheme, defineConfig } from "vitepress";
import { excluded, root } from "../files.ts";
import { linkOf } from "../links.ts";
import { markdown } from "../markdown.ts";
import { pageOf } from "../paths.ts";
import { readersSidebar, referenceSidebar } from "../sidebar.ts";

const read = (file: string) => readFileSync(path.join(root, file), "utf8");

const project: DefaultTheme.SidebarItem = {
  text: "The project",
  collapsed: true,
  items: [
    { text: "Read me", link: linkOf("README.md", "") },
    { text: "Glossary", link: linkOf("docs/glossary.md", "") },
    { text: "What has changed", link: linkOf("CHANGELOG.md", "") },
  ],
};

// VitePress asks for a default export.
export default defineConfig({
  title: "Tenure",
  description: "Who is this agent, how long has it been here, and who has staked their own reputation on it?",
  // The pages are the files where they are. Nothing is copied.
  srcDir: root,
  srcExclude: excluded,
  outDir: path.join(root, "dist/site"),
  cacheDir: path.join(root, "cache/site"),
  rewrites: pageOf,
  ignoreDeadLinks: false,
  lastUpdated: false,
  markdown,
  themeConfig: {
    nav: [
      { text: "Where to start", link: "/" },
      { text: "Reference", link: "/reference/" },
      { text: "Glossary", link: "/glossary.html" },
    ],
    sidebar: [...readersSidebar(read("docs/README.md")), referenceSidebar(read("docs/reference/index.md")), project],
    outline: { level: [2, 3] },
    search: { provider: "local" },
  },
});
