import { markdownFiles } from "../files.ts";
import { sourcePages } from "../sources.ts";

// What VitePress calls a dynamic route, and asks for as a default export: one page for each file that a page links.
export default {
  paths: () => sourcePages(markdownFiles()).map(({ path, content }) => ({ params: { path }, content })),
};
