import { parseSubject } from "../../facts/index.ts";
import type { Entity } from "../../types/question.ts";
import type { SubjectAccounts } from "../types.ts";

/** The account that an id is, `eip155:1:0x…` in lower case; `undefined` where it is something else. */
export function accountOf(id: string): string | undefined {
  const name = parseSubject(id);
  return name.kind === "account" ? `eip155:${name.chainId}:${name.address}` : undefined;
}

/** Whether an account may speak for a subject: it is the one that the subject is, or one of those of their identity. */
export async function isAccountOf(
  principal: string,
  subject: Entity,
  accounts: SubjectAccounts | undefined,
): Promise<boolean> {
  const only = accountOf(subject.id);
  if (only !== undefined) return only === principal;
  const known = await accounts?.(subject);
  return known?.includes(principal) === true;
}
