import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  Application,
  type CommentDisplayPart,
  CommentTag,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
  type TagString,
} from "typedoc";
import { makeEntries, pages } from "./pages.ts";

const root = path.join(import.meta.dirname, "../..");

/** Writes the reference of the SDK into a folder, out of its JSDoc. The same sources give the same files anywhere. */
export async function makeReference(folder: string): Promise<void> {
  const entries = path.join(root, "cache/reference");
  const options: Parameters<typeof Application.bootstrapWithPlugins>[0] & Record<string, unknown> = {
    name: "@tenure/sdk",
    entryPoints: makeEntries(entries),
    tsconfig: path.join(entries, "tsconfig.json"),
    plugin: ["typedoc-plugin-markdown"],
    logLevel: "Warn",
    skipErrorChecking: true,
    // These depend on the machine and its clone of the repository.
    disableSources: true,
    disableGit: true,
    readme: "none",
    excludeExternals: true,
    preservedTypeAnnotationTags: ["@throws"],
    sort: ["source-order"],
    groupOrder: ["Functions", "Variables", "Classes", "*", "Type Aliases"],
    outputs: [{ name: "markdown", path: folder }],
    outputFileStrategy: "modules",
    entryFileName: "index",
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: "table",
    typeAliasPropertiesFormat: "table",
  };
  const app = await Application.bootstrapWithPlugins(options);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => simplify(project));
  const project = await app.convert();
  rmSync(folder, { recursive: true, force: true });
  if (project) await app.generateOutputs(project);
  if (!project || app.logger.hasErrors()) throw new Error("The reference could not be made.");
  writeFileSync(path.join(folder, "index.md"), index());
}

function index(): string {
  const list = Object.entries(pages).map(([page, { about }]) => `- [${page}](${page}.md): ${about}`);
  const title =
    "# `@tenure/sdk`\n\nWritten by `npm run docs` out of the JSDoc of the sources; every example in it is run by a test.";
  return `${title}\n\n${list.join("\n")}\n`;
}

function simplify(project: ProjectReflection): void {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
    const { comment } = reflection;
    if (comment) comment.blockTags = gather(project, comment.blockTags, reflection.kindOf(ReflectionKind.Variable));
  }
  for (const write of project.getReflectionsByKind(ReflectionKind.Variable) as DeclarationReflection[]) {
    const isAction = write.type?.type === "reference" && /^(Write|Sync)Action$/.test(write.type.name);
    if (isAction) write.comment?.blockTags.push(new CommentTag("@group", [{ kind: "text", text: "Functions" }]));
  }
  // Of an error, what it means and which values it has are enough: `extends` says the values.
  for (const error of project.getReflectionsByKind(ReflectionKind.Class) as DeclarationReflection[]) {
    for (const member of [...(error.children ?? [])]) project.removeReflection(member);
  }
}

/** Makes one list of all errors, and one of the parameters of a write, which is no function to TypeDoc. */
function gather(project: ProjectReflection, tags: readonly CommentTag[], isVariable: boolean): CommentTag[] {
  const lists = new Map<string, TagString>([["@throws", "@throws"]]);
  if (isVariable) lists.set("@param", "@parameters");
  const gathered = new Map<string, CommentTag>();
  for (const tag of tags) {
    const name = lists.get(tag.tag);
    if (name === undefined) {
      gathered.set(`${tag.tag} ${gathered.size}`, tag);
      continue;
    }
    const list = gathered.get(name) ?? new CommentTag(name, []);
    const subject = tag.typeAnnotation?.replace(/[{}]/g, "") ?? tag.name ?? "";
    list.content.push(...item(project, subject), ...tag.content, { kind: "text", text: "\n" });
    gathered.set(name, list);
  }
  return [...gathered.values()];
}

/** The beginning of an item of a list, with a link where an error has that name. */
function item(project: ProjectReflection, subject: string): CommentDisplayPart[] {
  const target = project.getChildByName(["errors", subject]) ?? project.getChildByName(["trust", subject]);
  if (!target) return [{ kind: "text", text: `- \`${subject}\`: ` }];
  const link = { kind: "inline-tag", tag: "@link", text: subject, target } as const;
  return [{ kind: "text", text: "- " }, link, { kind: "text", text: ": " }];
}
