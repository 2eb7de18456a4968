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

/** The fields that each kind needs, and of which type. */
const offer = { voucherId: "number", subjectId: "number", stake: "number", periods: "number" } as const;
const fields: Record<SignedFile["kind"], Readonly<Record<string, "number" | "string">>> = {
  register: { owner: "string", agentURI: "string" },
  vouch: { ...offer, topic: "string", evidence: "string", subjectKeyEpoch: "number" },
  warn: { ...offer, topic: "string", evidence: "string" },
  revoke: { voucherId: "number", subjectId: "number" },
  rotateKey: { id: "number", newOwner: "string" },
};

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

/** Reads a signature; a broken file is refused before anything is sent. */
export function readSigned(file: string): SignedFile {
  let json: Record<string, unknown>;
  try {
    // 0 is stdin.
    json = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file} holds no JSON.`);
    throw new UsageError(`${file} cannot be read.`);
  }
  const kind = json?.kind as SignedFile["kind"];
  const expected = typeof kind === "string" && Object.hasOwn(fields, kind) ? fields[kind] : undefined;
  if (expected === undefined) {
    throw new UsageError(
      `${file} holds no signature of Tenure.`,
      `Its "kind" is one of ${Object.keys(fields).join(", ")}.`,
    );
  }
  const all = { ...expected, chainId: "number", registry: "string", deadline: "number", signature: "string" };
  for (const [field, type] of Object.entries(all)) {
    if (typeof json[field] !== type) throw new UsageError(`${file} lacks "${field}", or it is not a ${type}.`);
  }
  if (!isHex(json.signature)) throw new UsageError(`The signature in ${file} is not hexadecimal.`);
  for (const field of ["owner", "newOwner"]) {
    if (json[field] !== undefined && !isAddress(json[field] as string)) {
      throw new UsageError(`"${field}" in ${file} is not an address.`);
    }
  }
  return json as SignedFile;
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
