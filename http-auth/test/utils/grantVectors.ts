import { readFileSync } from "node:fs";
import path from "node:path";
import type { Hash, Hex } from "viem";
import type { Grant, SignedGrant } from "../../src/index.ts";

/** A grant as the file of the draft's vectors has it: numbers are numbers there. */
interface GrantVector {
  message: Omit<Grant, "epoch" | "validAfter" | "validUntil"> & {
    epoch: number;
    validAfter: number;
    validUntil: number;
  };
  structHash: Hash;
  digest: Hash;
  signature: Hex;
  registryHandle?: Hash;
  linkBytes: number;
  link: string;
}

/** The file of the draft's vectors, as far as the tests read it. */
export interface GrantVectors {
  domain: { name: string; version: string; chainId: number; verifyingContract: string };
  domainSeparator: Hash;
  types: Record<string, { name: string; type: string }[]>;
  limits: Record<string, number>;
  keys: Record<string, Hex>;
  grants: Record<string, GrantVector>;
  requests: Record<
    string,
    {
      method: string;
      target: string;
      host: string;
      delegation: string[];
      signatureInput: string;
      signature: string;
      signatureBaseBytes: number;
      H?: Hash;
      SHA256?: Hash;
      expect: { principal: string; signer: string; binding: string; nonceConsumedFor: string };
    }
  >;
  state: { route: { permissions: string[] } };
  codes: string[];
  status400: string[];
  status403: string[];
  status503: string[];
  negative: { set: string; row: number; mutation: string; expect: string }[];
  structHashMutations: { mutation: string; set: Partial<Grant>; structHash: Hash }[];
}

export const grantVectors = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../vectors/erc8395.json"), "utf8"),
) as GrantVectors;

/** A grant of the vectors by its name, as this package has it. */
export function vectorGrant(name: string): GrantVector & SignedGrant {
  const vector = grantVectors.grants[name];
  if (vector === undefined) throw new Error(`no grant ${name}`);
  const { epoch, validAfter, validUntil } = vector.message;
  const times = { epoch: BigInt(epoch), validAfter: BigInt(validAfter), validUntil: BigInt(validUntil) };
  return { ...vector, grant: { ...vector.message, ...times } };
}

/** The field for some grants of the vectors, out of their own bytes. */
export function vectorField(...names: string[]): string {
  return names.map((name, index) => `g${index}=:${vectorGrant(name).link}:`).join(", ");
}
