import { Refusal } from "../errors/refusal.ts";
import type { Candidate } from "../message/candidates.ts";
import { admit } from "./admit.ts";
import type { Case } from "./case.ts";
import { delegatedClaim } from "./delegated.ts";
import { directClaim } from "./direct.ts";
import type { Caller } from "./types.ts";

/** One signature, as one of its class and of no other: from what is cheap to what costs a node's time. */
export async function judge(candidate: Candidate, facts: Case): Promise<Caller | Refusal> {
  const claim = candidate.isDelegated ? await delegatedClaim(candidate, facts) : await directClaim(candidate, facts);
  return claim instanceof Refusal ? claim : admit(claim, facts);
}
