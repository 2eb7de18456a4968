// Signatures as files: what one signs, another submits and pays for.
import { readFileSync, writeFileSync } from "node:fs";
import { isatty } from "node:tty";
import {
  getRegistryAddress,
  InvalidSignedError,
  type NonceRegistry,
  parseSigned,
  type SignedPulse,
  type SignedRegister,
  type SignedRevoke,
  type SignedRotateKey,
  type SignedVouch,
  type SignedWarn,
} from "@tenure/sdk";
import type { ReadClient } from "./chain/connect.ts";
import { UsageError, WrongChainError } from "./errors/cliError.ts";
import { whyUnreadable } from "./errors/unreadable.ts";
import { toJson } from "./view/output.ts";

/** A signature in a file. `kind` says what was signed. */
export type SignedFile =
  | ({ kind: "register" } & SignedRegister)
  | ({ kind: "pulse" } & SignedPulse)
  | ({ kind: "vouch" } & SignedVouch)
  | ({ kind: "warn" } & SignedWarn)
  | ({ kind: "revoke" } & SignedRevoke)
  | ({ kind: "rotateKey" } & SignedRotateKey);

type Kind = SignedFile["kind"];

/** Which registry of a chain each kind is for. */
const registries = {
  register: "identityRegistry",
  pulse: "identityRegistry",
  vouch: "vouchRegistry",
  warn: "vouchRegistry",
  revoke: "vouchRegistry",
  rotateKey: "identityRegistry",
} as const satisfies Record<Kind, NonceRegistry>;

/** Writes a signature to a new file, or to stdout where the file is "-". Answers whether it was a file. */
export function writeSigned(file: string, signed: SignedFile): boolean {
  const text = `${toJson(signed, 2)}\n`;
  if (file === "-") {
    process.stdout.write(text);
    return false;
  }
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new UsageError(isThere ? `${file} exists already.` : `${file} cannot be written.`);
  }
  return true;
}

/**
 * Reads a signature; a broken file is refused before anything is sent. The answer has the fields of its kind and no
 * others: what else a stranger wrote (fees, gas, a nonce, an account, addresses) would be taken by the SDK for the wish
 * of whoever submits, and pays.
 */
export async function readSigned(file: string): Promise<SignedFile> {
  const name = file === "-" ? "stdin" : file;
  const json = await readObject(file, name);
  const { kind } = json;
  if (!isKind(kind)) {
    throw new UsageError(
      `${name} holds no signature of Tenure.`,
      `Its "kind" is one of ${Object.keys(registries).join(", ")}.`,
    );
  }
  try {
    return { kind, ...parseSigned(kind, json) } as SignedFile;
  } catch (error) {
    if (!(error instanceof InvalidSignedError)) throw error;
    throw new UsageError(`${name} is wrong: ${error.shortMessage}`, error.metaMessages?.[0]);
  }
}

/** The own fields of the object in a file. */
async function readObject(file: string, name: string): Promise<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(file === "-" ? await readStdin() : readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${whyUnreadable(error)}.`);
  }
  // Without a prototype, nothing is inherited: neither "constructor" nor what the file calls "__proto__".
  return Object.assign(Object.create(null), json) as Record<string, unknown>;
}

/** All of it, however long whoever writes it takes: read at once, a pipe that is empty for now would be an error. */
async function readStdin(): Promise<string> {
  // A terminal is asked for a password afterwards: as a stream, it would have ended.
  if (isatty(0)) return readFileSync(0, "utf8");
  let text = "";
  for await (const piece of process.stdin.setEncoding("utf8")) text += piece;
  return text;
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === "string" && Object.hasOwn(registries, kind);
}

/** A signature counts on one chain and for one registry. */
export function requireSameRegistry(client: ReadClient, signed: SignedFile): void {
  if (signed.chainId !== client.chain.id) {
    throw new WrongChainError(
      `It was signed for chain ${signed.chainId}, but the node runs chain ${client.chain.id}.`,
      "Name a node of that chain with --rpc.",
    );
  }
  const ours = getRegistryAddress(client, registries[signed.kind]);
  if (ours.toLowerCase() !== signed.registry.toLowerCase()) {
    throw new WrongChainError(`It was signed for the registry at ${signed.registry}, which is not the one used here.`);
  }
}
