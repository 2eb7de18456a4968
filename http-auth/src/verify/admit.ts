import { Refusal } from "../errors/refusal.ts";
import { identify } from "../identity/identify.ts";
import type { CallerIdentity } from "../identity/types.ts";
import type { Case, Claim } from "./case.ts";
import type { Caller } from "./types.ts";

/** A store that cannot say, or says what is neither yes nor no, counts as one that cannot be asked: never as a yes. */
async function orUnavailable(answer: () => unknown): Promise<boolean | Refusal> {
  const said = await Promise.resolve()
    .then(answer)
    .catch(() => undefined);
  if (typeof said === "boolean") return said;
  return new Refusal("signature_verification_unavailable", "Whether the signature came before cannot be said now.");
}

/** Whom the registries have the principal for. Whoever lets others sign for them has to be somebody now. */
async function identityOf(claim: Claim, { settings, policy }: Case): Promise<CallerIdentity | undefined | Refusal> {
  if (settings.identities === undefined) return undefined;
  return identify(settings.identities, claim.principal, policy.isIdentityRequired || claim.grants.length > 0);
}

function checkPermissions({ permissions }: Claim, { policy }: Case): Refusal | undefined {
  const lacking = permissions && policy.permissions.filter((permission) => !permissions.includes(permission));
  if (lacking === undefined || lacking.length === 0) return undefined;
  return new Refusal("insufficient_permissions", `The grants do not permit ${lacking.join(", ")} here.`);
}

async function checkInvalidation({ nonce, signer, window, hash }: Claim, { settings }: Case) {
  if (nonce !== undefined) return undefined;
  const signature = { keyid: signer, created: window.created, hash: hash() };
  const ended = await orUnavailable(() => settings.invalidations?.isInvalidated(signature));
  if (ended instanceof Refusal) return ended;
  return ended ? new Refusal("replayable_not_allowed", "The signer has ended this signature.") : undefined;
}

/**
 * Lets somebody in whose signatures all hold: if they are who they have to be, and may do this. The nonce comes last, and is used
 * up by nobody who is refused.
 */
export async function admit(claim: Claim, facts: Case): Promise<Caller | Refusal> {
  const { settings, policy, origin } = facts;
  const { principal, signer, binding, window, nonce, grants, permissions } = claim;
  const identity = await identityOf(claim, facts);
  if (identity instanceof Refusal) return identity;
  const unfit = checkPermissions(claim, facts) ?? (await checkInvalidation(claim, facts));
  if (unfit !== undefined) return unfit;
  const caller: Caller = {
    ...{ principal, signer, binding, replayable: nonce === undefined, expiresAt: window.expires, origin },
    ...{ grants, permissions, identity },
  };
  // Whatever is not `true` is no yes, whoever wrote it in JavaScript.
  if (policy.decide !== undefined && (await policy.decide(caller)) !== true) {
    return new Refusal("access_denied", "The caller is known, and may not do this.");
  }

  // The clock again: a mark that has ended when it is made would be forgotten at once.
  const now = settings.now();
  const { until } = window;
  if (now > until) return new Refusal("request_expired", "The signature ended while it was checked. Sign again.");
  if (nonce === undefined) return caller;
  const isFirst = await orUnavailable(() => settings.replay.consume({ keyid: signer, nonce, until, now }));
  if (isFirst instanceof Refusal) return isFirst;
  return isFirst ? caller : new Refusal("nonce_reused", "The request came before. Sign it again, with a new nonce.");
}
