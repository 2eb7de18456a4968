import { type Hash, hashMessage } from "viem";
import { ACCOUNT_PROFILES, EOA_MODE, GRANT_FIELD } from "../constants.ts";
import type { Chain } from "../delegation/chain.ts";
import { checkChains, checkComponents, checkGrantTime, checkRequestTime, checkSigner } from "../delegation/checks.ts";
import type { Delegation } from "../delegation/settings.ts";
import { verdictOn } from "../delegation/signatory.ts";
import { Refusal } from "../errors/refusal.ts";
import { signatureBase } from "../message/base.ts";
import type { Candidate } from "../message/candidates.ts";
import { stringOf } from "../message/components.ts";
import type { Case, Claim } from "./case.ts";
import { checkCoverage, checkNonce, checkTime, checkValidity } from "./checks.ts";
import { checkContent, checkPosture, checkPrincipal } from "./conditions.ts";
import { NO_BASE, PROOF_REFUSALS } from "./direct.ts";

const UNSUPPORTED = new Refusal(
  "unsupported_delegation",
  "Requests by grants are not let in here. Sign by the account.",
);
const BAD_GRANT = new Refusal("bad_grant_signature", "A grant is not signed by whoever it says.");
const GRANT_UNAVAILABLE = new Refusal(
  "grant_verification_unavailable",
  "The chain of an account that signed a grant cannot be asked now. Try again.",
);

/** What is asked of a request by grants before anybody signed anything: in this order, as the first failure is told. */
async function checkBefore(candidate: Candidate, facts: Case, chain: Chain, delegation: Delegation) {
  const { settings, policy, message, origin } = facts;
  const { clockSkew } = settings;
  const { parameters } = candidate;
  const now = settings.now();
  const { maxGrantValidity, understandsPermissions } = delegation;
  const { maxGrantWindow } = policy;
  const untimely = checkGrantTime(chain, { maxGrantValidity, maxGrantWindow }, now, clockSkew);
  if (untimely !== undefined) return untimely;
  const window = checkTime(parameters, settings, now);
  if (window instanceof Refusal) return window;
  const tooLong = checkRequestTime(chain, window, clockSkew) ?? checkValidity(window, policy);
  if (tooLong !== undefined) return tooLong;
  const replay = checkNonce(parameters);
  if (replay instanceof Refusal) return replay;
  const view = chain.viewAt(origin);
  if (view === undefined) return new Refusal("audience_mismatch", "The grants are not for this origin.");
  const binding = checkCoverage(candidate, message, policy);
  if (binding instanceof Refusal) return binding;
  const unfit = checkComponents(chain, candidate) ?? (await checkContent(facts));
  if (unfit !== undefined) return unfit;
  if (!understandsPermissions && view.hasPermissions) {
    return new Refusal("unsupported_permissions", "The grants give permissions, and there are none here.");
  }
  const unwelcome = await checkPrincipal(facts, chain.principal);
  if (unwelcome !== undefined) return unwelcome;
  if (replay.nonce === undefined) {
    if (chain.isNonceRequired) {
      return new Refusal("delegation_nonce_required", "A grant lets no request be without a `nonce`.");
    }
    const posture = await checkPosture(facts, chain.principal);
    if (posture !== undefined) return posture;
  }
  return { window, nonce: replay.nonce, view, binding };
}

/** That every grant is signed, from the last to the root's, by whoever the one above it names. */
async function checkProofs({ links }: Chain, { proofs }: Delegation, now: () => number): Promise<Refusal | undefined> {
  for (let index = links.length - 1; index >= 0; index--) {
    const link = links[index];
    const answer = link === undefined ? "invalid" : proofs.verdictOn(link, now());
    const verdict = typeof answer === "string" ? answer : await answer;
    if (verdict === "invalid") return BAD_GRANT;
    if (verdict === "unavailable") return GRANT_UNAVAILABLE;
  }
  return undefined;
}

/** The grants of a request as a chain for its signer, or why they are none. */
function chainFor({ parameters }: Candidate, { presented, policy, settings }: Case): Chain | Refusal {
  if (presented === undefined || !policy.takesGrants) return UNSUPPORTED;
  const { read } = presented;
  if (read instanceof Refusal) return read;
  // Accounts end their signatures themselves; only a key that is no account's has no other way.
  if (policy.isInvalidationEndpoint && ACCOUNT_PROFILES.includes(read.last.grant.delegateProfile)) return UNSUPPORTED;
  const stranger = checkSigner(parameters, read) ?? checkChains(read, (chainId) => settings.clients.has(chainId));
  return stranger ?? presented.chain;
}

/** What a signature by grants proves (ERC-8395), in the order of its section 4.1. */
export async function delegatedClaim(candidate: Candidate, facts: Case): Promise<Claim | Refusal> {
  const { settings, presented } = facts;
  const { delegation } = settings;
  if (delegation === undefined) return UNSUPPORTED;
  const chain = chainFor(candidate, facts);
  if (chain instanceof Refusal) return chain;
  const before = await checkBefore(candidate, facts, chain, delegation);
  if (before instanceof Refusal) return before;
  const { window, nonce, view, binding } = before;

  const message = { ...facts.message, strict: new Map([[GRANT_FIELD, chain.strictField]]) };
  const base = signatureBase(message, candidate);
  if (base === undefined) return NO_BASE;
  let hashed: Hash | undefined;
  const hash = () => {
    hashed ??= hashMessage({ raw: base });
    return hashed;
  };
  const isByKey = stringOf(candidate.parameters.get("mode")) === EOA_MODE;
  const statement = { hash, message: () => base, signature: candidate.signature, isByKey };
  const answer = verdictOn(chain.leaf, statement, settings);
  const verdict = typeof answer === "string" ? answer : await answer;
  if (verdict !== "valid") return PROOF_REFUSALS[verdict];
  const unproved = await checkProofs(chain, delegation, settings.now);
  if (unproved !== undefined) return unproved;
  presented?.keep(chain);
  const inactive = await delegation.statuses.check(chain, settings.now());
  if (inactive !== undefined) return inactive;
  const { principal, leaf } = chain;
  const { grants, permissions } = view;
  return { principal, signer: leaf.id, window, nonce, binding, hash, grants, permissions };
}
