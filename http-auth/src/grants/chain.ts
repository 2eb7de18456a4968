import { concatHex, keccak256 } from "viem";
import { parseAccountId } from "../account/accountId.ts";
import { delegateIdOf, isAccountProfile } from "./delegate.ts";
import { grantSigningInput } from "./digest.ts";
import { malformed } from "./grantError.ts";
import type { Inherited } from "./link.ts";
import type { ChainedGrant, SignedGrant } from "./types.ts";

/** What a grant takes from the one above it. */
export function inheritedFrom(parent: ChainedGrant | undefined): Inherited {
  if (parent === undefined) return { issuer: undefined, epoch: undefined };
  const hasEpoch = isAccountProfile(parent.grant.delegateProfile);
  return { issuer: parent.delegateId, epoch: hasEpoch ? undefined : parent.grant.epoch };
}

/** A grant below another one, or at the root, with all that follows of its place. */
export function chained(signed: SignedGrant, parent: ChainedGrant | undefined): ChainedGrant {
  const { grant } = signed;
  // A key has no account that could revoke: the nearest account above it does.
  const isByAccount = parent === undefined || isAccountProfile(parent.grant.delegateProfile);
  const revocationAccount = isByAccount ? grant.issuer : parent.revocationAccount;
  const account = parseAccountId(revocationAccount);
  if (account === undefined) throw malformed("The issuer of a grant is no account in the form of CAIP-10.");
  const signingInput = grantSigningInput(grant, account.chainId);
  return {
    ...signed,
    digest: keccak256(signingInput),
    signingInput,
    delegateId: delegateIdOf(grant.delegateProfile, grant.delegate),
    revocationAccount,
    revocationHandle: isByAccount ? grant.id : keccak256(concatHex([grant.parentGrantHash, grant.id])),
  };
}
