import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { ContractTransactionResponse } from "ethers";
import { EdgeState, Stance } from "./vouchEdge.ts";
import { bindingOf, type Offer, sendOffer, signOffer, signRevoke } from "./vouchSignatures.ts";
import { type Agent, EVIDENCE, TOPIC, type World } from "./vouchWorld.ts";

/** Late enough for every test, wherever it travels. */
const NEVER = (1n << 40n) - 1n;

type Refusal = [error: string, ...args: unknown[]];

/** One way to stake. The same rules hold for all of them, so one suite runs over all of them. */
export interface StakingFunction {
  name: "vouch" | "warn" | "vouchFor" | "warnFor";
  stance: bigint;
  event: "Vouched" | "Warned";
  /** Stakes what is offered, as `actor`: the actor sends it, or signs it and the relayer sends it. */
  stake(world: World, offer: Offer, actor: HardhatEthersSigner): Promise<ContractTransactionResponse>;
  /** How an actor is refused who is not the voucher's owner. */
  refusal(voucher: Agent, actor: HardhatEthersSigner): Refusal;
}

/** One way to revoke. */
export interface RevokingFunction {
  name: "revoke" | "revokeFor";
  revoke(
    world: World,
    voucherId: bigint,
    subjectId: bigint,
    actor: HardhatEthersSigner,
  ): Promise<ContractTransactionResponse>;
  refusal(voucher: Agent, actor: HardhatEthersSigner): Refusal;
}

export function offerOf(voucher: Agent, subject: Agent, changes: Partial<Offer> = {}): Offer {
  const ids = { voucherId: voucher.id, subjectId: subject.id };
  return { ...ids, stake: 10n, periods: 1n, arbiterId: 0n, topic: TOPIC, evidence: EVIDENCE, ...changes };
}

const notOwner = (voucher: Agent, actor: HardhatEthersSigner): Refusal => ["NotOwner", voucher.id, actor.address];
const notSigner = (voucher: Agent): Refusal => ["InvalidSignature", voucher.owner.address];

function directly(name: "vouch" | "warn"): Pick<StakingFunction, "name" | "stake" | "refusal"> {
  return {
    name,
    refusal: notOwner,
    stake: ({ vouches }, offer, actor) => {
      const { voucherId, subjectId, stake, periods, arbiterId, topic, evidence } = offer;
      return vouches.connect(actor)[name](voucherId, subjectId, stake, periods, arbiterId, topic, evidence);
    },
  };
}

function bySignature(name: "vouchFor" | "warnFor"): Pick<StakingFunction, "name" | "stake" | "refusal"> {
  return {
    name,
    refusal: notSigner,
    stake: async (world, offer, actor) => {
      const binding = await bindingOf(world, offer);
      const kind = name === "vouchFor" ? "Vouch" : "Warn";
      const signature = await signOffer(kind, actor, offer, binding, NEVER);
      return sendOffer(world.vouches.connect(world.relayer), kind, offer, binding, NEVER, signature);
    },
  };
}

export const stakingFunctions: StakingFunction[] = [
  { ...directly("vouch"), stance: Stance.For, event: "Vouched" },
  { ...directly("warn"), stance: Stance.Against, event: "Warned" },
  { ...bySignature("vouchFor"), stance: Stance.For, event: "Vouched" },
  { ...bySignature("warnFor"), stance: Stance.Against, event: "Warned" },
];

export const revokingFunctions: RevokingFunction[] = [
  {
    name: "revoke",
    refusal: notOwner,
    revoke: ({ vouches }, voucherId, subjectId, actor) => vouches.connect(actor).revoke(voucherId, subjectId),
  },
  {
    name: "revokeFor",
    refusal: notSigner,
    revoke: async (world, voucherId, subjectId, actor) => {
      const binding = await bindingOf(world, { voucherId, subjectId });
      const signature = await signRevoke(actor, voucherId, subjectId, binding, NEVER);
      return world.vouches.connect(world.relayer).revokeFor(voucherId, subjectId, binding.nonce, NEVER, signature);
    },
  },
];

/** The word of an edge just made in `period` by an offer between two keys that never changed. */
export function freshEdge(fn: StakingFunction, offer: Offer, since: bigint, period: bigint) {
  return {
    stake: offer.stake,
    since,
    endPeriod: period + offer.periods,
    releasePeriod: period + offer.periods + 1n,
    stance: fn.stance,
    state: EdgeState.Live,
    subjectKeyEpoch: 0n,
    voucherKeyEpoch: 0n,
    arbiterId: offer.arbiterId,
    nextVoucher: 0n,
    nextSubject: 0n,
    refused: 0n,
  };
}
