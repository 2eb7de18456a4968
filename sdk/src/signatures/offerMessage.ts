// What a voucher signs: a vouch or a warning.
import { type Address, type TypedDataDefinition, zeroAddress } from "viem";
import type { offerStruct } from "../check/offer.ts";
import { keyEpochOf } from "../check/signed.ts";
import { vouchDomain, vouchTypes, warnTypes } from "./typedData.ts";

/** What an offer is. */
export type OfferKind = "vouch" | "warn";

/** What binds an offer to keys, to what the pair has, to a nonce and to a time. */
type Binding = {
  keyEpoch: number;
  /** For a vouch the subject's present owner; for a warning any key that it has or had. */
  subject: Address;
  /** The arbiter's present owner; undefined, which is signed as zero, without an arbiter and where it is retired. */
  arbiterOwner: Address | undefined;
  /** The date of the edge that the pair has, in whatever state; 0 where it has none. */
  since: number;
  signatureNonce: number;
  deadline: number;
};

/** The EIP-712 message of a vouch or warning. */
export function offerMessage(
  kind: OfferKind,
  chainId: number,
  registry: Address,
  offer: ReturnType<typeof offerStruct>,
  { keyEpoch, subject, arbiterOwner = zeroAddress, since, signatureNonce, deadline }: Binding,
): TypedDataDefinition {
  const domain = vouchDomain(chainId, registry);
  const message = {
    ...offer,
    keyEpoch: keyEpochOf(keyEpoch),
    arbiterOwner,
    since,
    nonce: BigInt(signatureNonce),
    deadline: BigInt(deadline),
  };
  return kind === "vouch"
    ? { domain, types: vouchTypes, primaryType: "Vouch", message: { ...message, subjectOwner: subject } }
    : { domain, types: warnTypes, primaryType: "Warn", message: { ...message, subjectKey: subject } };
}
