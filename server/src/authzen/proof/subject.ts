import type { Entity } from "../../types/question.ts";
import type { SubjectAccounts } from "../types.ts";

/** CAIP-10, by itself or in a did:pkh. */
const ACCOUNT = /^(?:did:pkh:)?(eip155:[1-9]\d{0,15}:0x[0-9a-f]{40})$/i;

/** The account that an id is, in lower case; `undefined` where it is something else. */
export function accountOf(id: string): string | undefined {
  return ACCOUNT.exec(id)?.[1]?.toLowerCase();
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
