// Signatures as files: what one signs, another submits and pays for.
import {
  type CalledContract,
  getRegistryAddress,
  InvalidSignedError,
  parseSigned,
  type SignedAgentWallet,
  type SignedDelegationRevocation,
  SignedElsewhereError,
  type SignedPulse,
  type SignedRegister,
  type SignedRevoke,
  type SignedRotateKey,
  type SignedVouch,
  type SignedWarn,
} from "@tenure/sdk";
import { isAddressEqual } from "viem";
import type { ReadClient } from "./chain/connect.ts";
import { UsageError } from "./errors/cliError.ts";
import { readJsonFile, readJsonStdin } from "./parse/textFile.ts";
import { surroundings } from "./surroundings.ts";
import { toJson } from "./view/output.ts";
import { writeText } from "./view/textFile.ts";

/** A signature in a file. `kind` says what was signed. */
export type SignedFile =
  | ({ kind: "register" } & SignedRegister)
  | ({ kind: "pulse" } & SignedPulse)
  | ({ kind: "vouch" } & SignedVouch)
  | ({ kind: "warn" } & SignedWarn)
  | ({ kind: "revoke" } & SignedRevoke)
  | ({ kind: "rotateKey" } & SignedRotateKey)
  | ({ kind: "agentWallet" } & SignedAgentWallet)
  | ({ kind: "delegationRevocation" } & SignedDelegationRevocation);

type Kind = SignedFile["kind"];

/** Which registry of a chain each kind is for. */
const registries = {
  register: "identityRegistry",
  pulse: "identityRegistry",
  vouch: "vouchRegistry",
  warn: "vouchRegistry",
  revoke: "vouchRegistry",
  rotateKey: "identityRegistry",
  agentWallet: "identityRegistry",
  delegationRevocation: "delegationRegistry",
} as const satisfies Record<Kind, CalledContract>;

/** Writes a signature to a new file, or to stdout where the file is "-". Answers whether it was a file. */
export function writeSigned(file: string, signed: SignedFile): boolean {
  const text = `${toJson(signed, 2)}\n`;
  if (file === "-") {
    surroundings().stdout.write(text);
    return false;
  }
  writeText(file, text);
  return true;
}

/**
 * Reads a signature; a broken file is refused before anything is sent. The answer has the fields of its kind and no
 * others, whatever else a stranger wrote.
 */
export async function readSigned(file: string): Promise<SignedFile> {
  const name = file === "-" ? "stdin" : file;
  const json = ownFields(file === "-" ? await readJsonStdin() : readJsonFile(file));
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

/** Without a prototype, nothing is inherited: neither "constructor" nor what the file calls "__proto__". */
function ownFields(json: unknown): Record<string, unknown> {
  return Object.assign(Object.create(null), json) as Record<string, unknown>;
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === "string" && Object.hasOwn(registries, kind);
}

/** A signature counts on one chain and for one registry. */
export function requireSameRegistry(client: ReadClient, signed: SignedFile): void {
  const here = { chainId: client.chain.id, registry: getRegistryAddress(client, registries[signed.kind]) };
  if (signed.chainId !== here.chainId || !isAddressEqual(signed.registry, here.registry)) {
    throw new SignedElsewhereError({ signedFor: signed, here });
  }
}
