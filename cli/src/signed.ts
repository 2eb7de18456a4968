// Signatures as files: what one signs, another submits and pays for.
import { readFileSync, writeFileSync } from "node:fs";
import type { SignedRegister, SignedRevoke, SignedRotateKey, SignedVouch, SignedWarn } from "@tenure/sdk";
import { isAddress, isHex } from "viem";
import type { ReadClient } from "./chain/connect.ts";
import { UsageError, WrongChainError } from "./errors/cliError.ts";
import { toJson } from "./view/output.ts";

/** A signature in a file. `kind` says what was signed; a vouch and a warning have the same fields. */
export type SignedFile =
  | ({ kind: "register" } & SignedRegister)
  | ({ kind: "vouch" } & SignedVouch)
  | ({ kind: "warn" } & SignedWarn)
  | ({ kind: "revoke" } & SignedRevoke)
  | ({ kind: "rotateKey" } & SignedRotateKey);

type Kind = SignedFile["kind"];

/** What a field may hold: in words, and as a check. */
const checks = {
  "a whole number": (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0,
  "an address": (value: unknown) => typeof value === "string" && isAddress(value),
  hexadecimal: (value: unknown) => isHex(value),
  text: (value: unknown) => typeof value === "string",
} as const;

type Fields = Readonly<Record<string, keyof typeof checks>>;

/** What each kind says. Nothing else in a file is passed on. */
const common: Fields = {
  chainId: "a whole number",
  registry: "an address",
  deadline: "a whole number",
  signature: "hexadecimal",
};
const epoch: Fields = { keyEpoch: "a whole number" };
const nonce: Fields = { signatureNonce: "a whole number" };
const pair: Fields = { voucherId: "a whole number", subjectId: "a whole number" };
const terms: Fields = { stake: "a whole number", periods: "a whole number", topic: "hexadecimal", evidence: "text" };
const fields: Readonly<Record<Kind, Fields>> = {
  register: { owner: "an address", agentURI: "text", ...nonce, ...common },
  vouch: { ...pair, ...terms, ...epoch, subjectKeyEpoch: "a whole number", ...nonce, ...common },
  warn: { ...pair, ...terms, ...epoch, ...nonce, ...common },
  revoke: { ...pair, ...epoch, ...nonce, ...common },
  rotateKey: { id: "a whole number", newOwner: "an address", ...epoch, ...common },
};
const isOffer = (kind: Kind) => kind === "vouch" || kind === "warn";

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
export function readSigned(file: string): SignedFile {
  const json = readObject(file);
  const { kind } = json;
  if (!isKind(kind)) {
    throw new UsageError(
      `${file} holds no signature of Tenure.`,
      `Its "kind" is one of ${Object.keys(fields).join(", ")}.`,
    );
  }
  const signed: Record<string, unknown> = { kind };
  for (const [field, type] of Object.entries(fields[kind])) {
    if (!checks[type](json[field])) throw new UsageError(`${file} lacks "${field}", or it is not ${type}.`);
    signed[field] = json[field];
  }
  // JSON may have null where there is no arbiter.
  const arbiterId = json.arbiterId ?? undefined;
  if (isOffer(kind) && arbiterId !== undefined) {
    if (!checks["a whole number"](arbiterId)) throw new UsageError(`"arbiterId" in ${file} is not a whole number.`);
    signed.arbiterId = arbiterId;
  }
  return signed as SignedFile;
}

/** The own fields of the object in a file. */
function readObject(file: string): Record<string, unknown> {
  let json: unknown;
  try {
    // 0 is stdin.
    json = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file} holds no JSON.`);
    throw new UsageError(`${file} cannot be read.`);
  }
  // Without a prototype, nothing is inherited: neither "constructor" nor what the file calls "__proto__".
  return Object.assign(Object.create(null), json) as Record<string, unknown>;
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === "string" && Object.hasOwn(fields, kind);
}

/** A signature counts on one chain and for one registry. */
export function requireSameRegistry(client: ReadClient, signed: SignedFile): void {
  if (signed.chainId !== client.chain.id) {
    throw new WrongChainError(
      `It was signed for chain ${signed.chainId}, but the node runs chain ${client.chain.id}.`,
      "Name a node of that chain with --rpc.",
    );
  }
  const ours = Object.values(client.chain.contracts ?? {}).map((contract) =>
    contract !== undefined && "address" in contract ? String(contract.address).toLowerCase() : "",
  );
  if (!ours.includes(signed.registry.toLowerCase())) {
    throw new WrongChainError(`It was signed for the registry at ${signed.registry}, which is not the one used here.`);
  }
}
