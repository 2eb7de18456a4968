import { hashMessage } from "viem";
import { verifyAccount } from "../account/verifyAccount.ts";
import { EOA_MODE } from "../constants.ts";
import { Refusal } from "../errors/refusal.ts";
import { signatureBase } from "../message/base.ts";
import type { Candidate } from "../message/candidates.ts";
import { stringOf } from "../message/components.ts";
import type { Case, Claim } from "./case.ts";
import { checkAccount, checkCoverage, checkNonce, checkTime, checkValidity } from "./checks.ts";
import { checkContent, checkPosture, checkPrincipal } from "./conditions.ts";

/** Why nothing can be said of a signature whose base is not known. */
export const NO_BASE = new Refusal("bad_signature", "The signature covers a component that the request does not have.");

/** Why a signature is none, and why nobody could say. */
export const PROOF_REFUSALS = {
  invalid: new Refusal("bad_signature", "The signature is not that of the account for this request."),
  unavailable: new Refusal(
    "signature_verification_unavailable",
    "The chain of the account cannot be asked now. Try again.",
  ),
} as const;

/** No grants, for everybody who signs for themselves. */
const NO_GRANTS = Object.freeze([]);

/** What a signature by an account itself proves (ERC-8128), from what is cheap to what costs a node's time. */
export async function directClaim(candidate: Candidate, facts: Case): Promise<Claim | Refusal> {
  const { settings, policy, message } = facts;
  const { parameters, signature } = candidate;
  const identified = checkAccount(candidate, settings);
  if (identified instanceof Refusal) return identified;
  const { keyid, account, client } = identified;
  const window = checkTime(parameters, settings, settings.now());
  if (window instanceof Refusal) return window;
  const tooLong = checkValidity(window, policy);
  if (tooLong !== undefined) return tooLong;
  const replay = checkNonce(parameters);
  if (replay instanceof Refusal) return replay;
  const binding = checkCoverage(candidate, message, policy);
  if (binding instanceof Refusal) return binding;
  const unfit =
    (await checkContent(facts)) ??
    (await checkPrincipal(facts, keyid)) ??
    (replay.nonce === undefined ? await checkPosture(facts, keyid) : undefined);
  if (unfit !== undefined) return unfit;

  const base = signatureBase(message, candidate);
  if (base === undefined) return NO_BASE;
  const hash = hashMessage({ raw: base });
  const isByKey = stringOf(parameters.get("mode")) === EOA_MODE;
  const { timeout, recover } = settings;
  const { address } = account;
  const verdict = await verifyAccount({ client, address, hash, signature, isByKey, timeout, recover });
  if (verdict !== "valid") return PROOF_REFUSALS[verdict];
  return {
    ...{ principal: keyid, signer: keyid, window, nonce: replay.nonce, binding },
    ...{ hash: () => hash, grants: NO_GRANTS, permissions: undefined },
  };
}
