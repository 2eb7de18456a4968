import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "../..");

/** What a program weighs for a browser, minified and compressed, in bytes. */
async function weigh(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}

/** The most that `getProfile` may add to viem's own public client, in bytes. */
export const BUNDLE_GOAL = 12_000;

export interface Bundle {
  program: string;
  /** Bytes, minified and compressed. */
  size: number;
  /** Bytes over viem's public client. */
  added?: number;
}

export async function measureBundles(): Promise<Bundle[]> {
  const client =
    'import { createPublicClient, http } from "viem"; const client = createPublicClient({ transport: http() });';
  const lean = 'import { createClient, http } from "viem"; const client = createClient({ transport: http() });';
  const profile = 'import { getProfile } from "@tenure/sdk"; console.log(getProfile(client, { id: 1 }));';
  const decorator =
    'import { tenurePublicActions } from "@tenure/sdk"; console.log(client.extend(tenurePublicActions()));';
  const base = await weigh(`${client} console.log(client);`);
  const programs = {
    "viem's public client": `${client} console.log(client);`,
    "and getProfile": `${client} ${profile}`,
    "viem's bare client and getProfile": `${lean} ${profile}`,
    "viem's public client and all reads": `${client} ${decorator}`,
  };
  const rows: Bundle[] = [];
  for (const [program, text] of Object.entries(programs)) {
    const size = await weigh(text);
    rows.push(size === base ? { program, size } : { program, size, added: size - base });
  }
  return rows;
}
