import type { AccessQuestion } from "../types/question.ts";
import type { ChainFacts } from "./chainFacts.ts";
import { parseSubject, type SubjectName, tokenName } from "./subject.ts";

/** The account whose proof counts for a subject: one of the subject's own chain, as code may be somebody else's elsewhere. */
export function provenAccount({ proof }: AccessQuestion, name: SubjectName): `0x${string}` | undefined {
  const principal = parseSubject(proof.principal);
  if (name.kind === "unknown" || principal.kind !== "account" || principal.chainId !== name.chainId) return undefined;
  return principal.address;
}

/** An account that is asked about has its role for itself alone: whoever else signed has none. */
export function asProven(
  facts: ChainFacts | undefined,
  { proof }: AccessQuestion,
  name: SubjectName,
  proven: `0x${string}` | undefined,
): ChainFacts | undefined {
  if (facts === undefined || name.kind !== "account" || proof.scheme === "asserted" || proven === name.address)
    return facts;
  return { ...facts, identity: { ...facts.identity, role: "none" } };
}

/** A subject that no registry knows, by the name that it was asked about: addresses in lower case. */
export function nameOf(name: SubjectName, id: string): string {
  if (name.kind === "account") return `eip155:${name.chainId}:${name.address}`;
  return name.kind === "token" ? tokenName(name.chainId, name.registry, name.id) : id;
}
