import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const source = path.join(import.meta.dirname, "../../../sdk/src");

/** An example in the JSDoc of an export. */
export type Example = { file: string; of: string; code: string };

const DOCUMENTED =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:declare )?(?:abstract )?(?:async )?(?:const|function|class|type)\*? (\w+)/g;

/** Every example in the sources of the SDK. */
export function readExamples(): Example[] {
  const examples: Example[] = [];
  for (const { file, text } of sources()) {
    for (const [, comment = "", of = ""] of text.matchAll(DOCUMENTED)) {
      for (const example of comment.split("@example").slice(1)) {
        const [code = ""] = example.split(/^\s*\* @/m);
        examples.push({ file, of, code: code.replace(/^\s*\* ?/gm, "").trim() });
      }
    }
  }
  return examples;
}

/** How often the sources say `@example`, however it is written. */
export function countExamples(): number {
  return sources().reduce((count, { text }) => count + text.split("@example").length - 1, 0);
}

function sources(): { file: string; text: string }[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).sort();
  return files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file, text: readFileSync(path.join(source, file), "utf8") }));
}
