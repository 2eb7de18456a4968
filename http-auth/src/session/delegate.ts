import { parseAccountId } from "../account/accountId.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { isAccountProfile } from "../grants/delegate.ts";
import { widenings } from "../grants/narrowing.ts";
import type { ChainedGrant, Grant } from "../grants/types.ts";
import { GrantTooWideError } from "./errors.ts";
import { grantFrom } from "./grantFrom.ts";
import { publicKeyOf } from "./publicKey.ts";
import { readEpoch } from "./readEpoch.ts";
import { signGrant } from "./signGrant.ts";
import type { Delegated, DelegateKey, DelegateOptions, Revocations, SessionKey } from "./types.ts";

/** Who hands on, and by which grants. */
export interface Delegator {
  readonly key: SessionKey;
  readonly grants: readonly ChainedGrant[];
  readonly leaf: ChainedGrant;
  readonly revocations: Revocations | undefined;
  /** Seconds since 1970. */
  readonly now: number;
}

function delegateOf(key: DelegateKey): { profile: string; delegate: string } {
  if ("account" in key) {
    if (parseAccountId(key.account) !== undefined) {
      return { profile: key.isKey === true ? "erc8128-eoa" : "erc8128", delegate: key.account };
    }
    throw new InvalidOptionError("key", "has an account that is not written as `eip155:1:0x…`, in lower case.");
  }
  if ("delegate" in key) return { profile: key.profile, delegate: key.delegate };
  return publicKeyOf(key);
}

/** A key that is no account has the epoch of the grant above; an account has its own. */
async function epochOf({ leaf, revocations }: Delegator, epoch: bigint | undefined): Promise<bigint> {
  if (!isAccountProfile(leaf.grant.delegateProfile)) return leaf.grant.epoch;
  if (epoch !== undefined) return epoch;
  return revocations === undefined ? 0n : readEpoch(revocations, leaf.delegateId);
}

function checkNarrow(parent: Grant, child: Grant): void {
  const wider = widenings(parent, child);
  if (wider.length > 0) throw new GrantTooWideError(wider, parent.remainingDelegations > 0);
}

/** Grants a part of what a session may do. */
export async function delegate(delegator: Delegator, { key, ...options }: DelegateOptions): Promise<Delegated> {
  const { leaf, now } = delegator;
  const { profile, delegate: to } = delegateOf(key);
  const place = {
    ...{ issuer: leaf.delegateId, delegate: to, delegateProfile: profile, parentGrantHash: leaf.digest },
    ...{ now, parent: leaf.grant },
  };
  // Before the registry is asked, which costs time.
  checkNarrow(leaf.grant, grantFrom(options, { ...place, epoch: 0n }));
  const grant = grantFrom(options, { ...place, epoch: await epochOf(delegator, options.epoch) });
  return signGrant(grant, delegator.grants, delegator.key.signGrant);
}
