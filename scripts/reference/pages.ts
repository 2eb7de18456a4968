import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "../..");
const source = path.join(root, "sdk/src");

/** The pages, and the folders of the SDK whose exports are on them. */
export const pages: Readonly<Record<string, { folders: readonly string[]; about: string }>> = {
  clients: { folders: ["decorators", "ports"], about: "all actions, on any client of viem, and behind ports" },
  identity: {
    folders: ["actions/identity"],
    about: "registering, checking in, keys and guardians; looking identities up",
  },
  vouch: { folders: ["actions/vouch"], about: "vouches and warnings, and what they add up to" },
  links: { folders: ["actions/link"], about: "which transferable agents an identity operates" },
  delegation: {
    folders: ["actions/delegation"],
    about: "grants taken back, for whoever issues and whoever verifies them",
  },
  nonces: { folders: ["actions/nonces", "signatures"], about: "signatures taken back, and which can still be made" },
  requirements: { folders: ["actions/gate", "requirements"], about: "judging an identity as a `TrustGate` does" },
  events: { folders: ["actions/events"], about: "what happened, and what happens" },
  codecs: { folders: ["codecs"], about: "words, logs, periods and reasons, unpacked without a chain" },
  deployments: {
    folders: ["deployments", "actions/deployment", "rpc", "writes"],
    about: "where the registries are, and how they get there",
  },
  errors: { folders: ["errors"], about: "every refusal, by name" },
  trust: { folders: [], about: "`@tenure/sdk/trust`: how far trust reaches from a platform's own anchors" },
  types: { folders: ["types", "files"], about: "what the others speak of" },
};

/** Made from the contracts; the types of these are as long as the contracts' interfaces themselves. */
const left = ["abi"];

/** Makes an entry point for each page out of the package's own, so that no export is forgotten, and answers them. */
export function makeEntries(folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const content = new Map([["trust", 'export * from "../../sdk/src/trust/index.ts";\n']]);
  const lines = readFileSync(path.join(source, "index.ts"), "utf8").matchAll(/^export [^;]*? from "\.\/([^"]+)";$/gm);
  for (const [line, file = ""] of lines) {
    const of = path.posix.dirname(file);
    if (left.includes(of)) continue;
    const page = Object.keys(pages).find((name) => pages[name]?.folders.includes(of));
    if (page === undefined) throw new Error(`No page of the reference is for ${of}.`);
    content.set(page, `${content.get(page) ?? ""}${line.replace(`"./${file}"`, `"../../sdk/src/${file}"`)}\n`);
  }
  const compilerOptions = { rootDir: root, noEmit: true, allowImportingTsExtensions: true };
  const config = { extends: path.join(root, "sdk/tsconfig.json"), compilerOptions, include: ["*.ts"], exclude: [] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  return Object.keys(pages).map((page) => {
    const file = path.join(folder, `${page}.ts`);
    writeFileSync(file, content.get(page) ?? "");
    return file;
  });
}
