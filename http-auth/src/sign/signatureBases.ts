import { Refusal } from "../errors/refusal.ts";
import { signatureBase } from "../message/base.ts";
import { parseCandidates } from "../message/candidates.ts";
import { messageOf } from "../message/target.ts";

/**
 * What the signatures of a request are about, as RFC 9421 has it (section 2.5): for whoever looks for the line in which signer and
 * verifier differ. No signature is checked.
 *
 * @param request A signed request.
 * @param origin Where it was sent, if its own URL does not say so, as behind a proxy.
 * @returns The base of each signature of ERC-8128 and ERC-8395, by its label. One that cannot be read, or that covers what the
 * request does not have, is not among them.
 */
export function signatureBases(request: Request, origin?: string): ReadonlyMap<string, string> {
  const candidates = parseCandidates(request.headers);
  const message = messageOf(request, origin);
  const bases = new Map<string, string>();
  for (const candidate of candidates instanceof Refusal ? [] : candidates) {
    if (candidate instanceof Refusal) continue;
    const base = signatureBase(message, candidate);
    if (base !== undefined) bases.set(candidate.label, new TextDecoder().decode(base));
  }
  return bases;
}
