import { id as hash, ZeroAddress, ZeroHash } from "ethers";
import { burn } from "../rules/burning.ts";
import { invalidateNonces } from "../rules/consent.ts";
import { edgeOf } from "../rules/edges.ts";
import { disown, revoke, revokeFor } from "../rules/ending.ts";
import { find } from "../rules/lookups.ts";
import { currentPeriod } from "../rules/periods.ts";
import { renew } from "../rules/renewal.ts";
import { type Offer, stakeBySignature, stakeFor } from "../rules/staking.ts";
import { staked, standing } from "../rules/standing.ts";
import { type Agent, type Edge, Stance, Status } from "../rules/state.ts";
import { least } from "../rules/tenure.ts";
import type { Action } from "./action.ts";
import { DEADLINES, MASKS } from "./identityActions.ts";
import type { Scene } from "./scene.ts";
import { consent, someNonce } from "./signing.ts";

function action(name: string, caller: string, args: unknown[], rule: Action["rule"]): Action {
  return { registry: "vouches", name, caller, args, rule };
}

const HUGE = 2n ** 256n - 1n;

function freeOf({ state }: Scene, id: bigint): bigint {
  return find(state, id) === undefined ? 0n : standing(state, id) - staked(state, id);
}

function somePeriods({ chance }: Scene): bigint {
  return chance.happens(0.04) ? chance.pick([0n, 7n, HUGE]) : chance.between(1n, 6n);
}

function someStake(scene: Scene, free: bigint): bigint {
  const { chance } = scene;
  if (chance.happens(0.06)) return chance.pick([0n, free + 1n, HUGE]);
  return chance.happens(0.3) ? free : chance.between(1n, free / 3n);
}

/** Over a stake that is locked, with terms that may just do. */
function offerAnew(
  scene: Scene,
  { voucherId, subjectId, edge }: { voucherId: bigint; subjectId: bigint; edge: Edge },
): Offer {
  const { chance, state } = scene;
  const current = currentPeriod(state);
  const left = edge.releasePeriod - current - 1n;
  const periods = chance.between(left < 1n ? 1n : left, 6n);
  const more = someStake(scene, freeOf(scene, voucherId));
  return {
    voucherId,
    subjectId,
    stake: chance.happens(0.6)
      ? edge.stake
      : chance.pick([least(edge.stake + more, HUGE), edge.stake - 1n < 0n ? 0n : edge.stake - 1n]),
    periods: chance.happens(0.9) ? periods : somePeriods(scene),
    arbiterId: chance.happens(edge.stake === 0n ? 0.3 : 0.85)
      ? edge.arbiterId
      : scene.idWhere(({ arbitrates }) => arbitrates),
    topic: ZeroHash,
    evidence: "",
  };
}

function someOffer(scene: Scene): Offer {
  const { chance } = scene;
  const met = somePair(scene);
  if (met.edge !== undefined && chance.happens(0.4)) return offerAnew(scene, { ...met, edge: met.edge });
  const voucherId = scene.idWhere(({ id, status }) => status === Status.Active && freeOf(scene, id) > 0n, 0.95);
  const subjectId = scene.idWhere(({ id }) => id !== voucherId, 0.97);
  const isOther = ({ id, arbitrates }: Agent) => id !== voucherId && id !== subjectId && arbitrates;
  return {
    voucherId,
    subjectId,
    stake: someStake(scene, freeOf(scene, voucherId)),
    periods: somePeriods(scene),
    arbiterId: chance.happens(0.2) ? 0n : scene.idWhere(isOther, 0.95),
    topic: chance.pick([ZeroHash, hash("code review")]),
    evidence: chance.pick(["", "ipfs://größe"]),
  };
}

/** A pair that met, preferably one whose stake is still locked. */
function somePair(scene: Scene): { voucherId: bigint; subjectId: bigint; edge: Edge | undefined } {
  const { chance, state } = scene;
  const locked = state.edges.filter(({ releasePeriod }) => releasePeriod >= currentPeriod(state));
  if (state.edges.length === 0 || chance.happens(0.04)) {
    return { voucherId: scene.anyId(), subjectId: scene.anyId(), edge: undefined };
  }
  const edge = chance.pick(locked.length > 0 && chance.happens(0.9) ? locked : state.edges);
  return { voucherId: edge.voucherId, subjectId: edge.subjectId, edge };
}

function directly(name: "vouch" | "warn", stance: bigint) {
  return (scene: Scene): Action => {
    const offer = someOffer(scene);
    return action(name, scene.ownerOf(offer.voucherId), Object.values(offer), (state, by) =>
      stakeFor(state, by, stance, offer),
    );
  };
}

function bySignature(name: "vouchFor" | "warnFor", stance: bigint) {
  return (scene: Scene): Action => {
    const { state } = scene;
    const offer = someOffer(scene);
    const voucher = find(state, offer.voucherId);
    const owner = voucher?.owner ?? scene.anybody();
    const subjectOwner = find(state, offer.subjectId)?.owner ?? ZeroAddress;
    const owned = [...state.keys].filter(([, { id }]) => id === offer.subjectId).map(([address]) => address);
    const subjectKey = owned.length > 0 && scene.chance.happens(0.95) ? scene.chance.pick(owned) : scene.anybody();
    const deadline = state.now + scene.chance.pick(DEADLINES);
    const nonce = someNonce(scene, "vouches", owner);
    const arbiterOwner = find(state, offer.arbiterId)?.owner ?? ZeroAddress;
    const since = edgeOf(state, offer.voucherId, offer.subjectId)?.since ?? 0n;
    const message = { ...offer, keyEpoch: voucher?.keyEpoch ?? 0n, arbiterOwner, since, nonce, deadline };
    const content =
      stance === Stance.For
        ? { primaryType: "Vouch", message: { ...message, subjectOwner } }
        : { primaryType: "Warn", message: { ...message, subjectKey } };
    const signature = consent(scene, owner, { registry: "vouches", ...content });
    const rule: Action["rule"] = (then) =>
      stakeBySignature(then, stance, offer, subjectKey, nonce, deadline, signature);
    const named = name === "warnFor" ? [subjectKey] : [];
    const args = [offer, ...named, nonce, deadline, signature.bytes];
    return { ...action(name, scene.anybody(), args, rule), isBySignature: true };
  };
}

export const vouchActions: Record<string, (scene: Scene) => Action> = {
  vouch: directly("vouch", Stance.For),
  warn: directly("warn", Stance.Against),
  vouchFor: bySignature("vouchFor", Stance.For),
  warnFor: bySignature("warnFor", Stance.Against),

  renew: (scene) => {
    const { voucherId, subjectId, edge } = somePair(scene);
    const free = freeOf(scene, voucherId);
    const added = scene.chance.happens(0.5) ? 0n : someStake(scene, free);
    const left = edge === undefined ? 1n : edge.endPeriod - currentPeriod(scene.state);
    const longer = scene.chance.between(left < 1n ? 1n : left, 6n);
    const periods = scene.chance.happens(0.7) ? longer : somePeriods(scene);
    return action("renew", scene.ownerOf(voucherId), [voucherId, subjectId, added, periods], (state, by) =>
      renew(state, by, voucherId, subjectId, added, periods),
    );
  },

  revoke: (scene) => {
    const { voucherId, subjectId } = somePair(scene);
    return action("revoke", scene.ownerOf(voucherId), [voucherId, subjectId], (state, by) =>
      revoke(state, by, voucherId, subjectId),
    );
  },

  revokeFor: (scene) => {
    const { state } = scene;
    const { voucherId, subjectId, edge } = somePair(scene);
    const voucher = find(state, voucherId);
    const owner = voucher?.owner ?? scene.anybody();
    const deadline = state.now + scene.chance.pick(DEADLINES);
    const nonce = someNonce(scene, "vouches", owner);
    const since = (edge ?? edgeOf(state, voucherId, subjectId))?.since ?? 0n;
    const message = { voucherId, subjectId, keyEpoch: voucher?.keyEpoch ?? 0n, since, nonce, deadline };
    const signature = consent(scene, owner, { registry: "vouches", primaryType: "Revoke", message });
    const rule: Action["rule"] = (then) => revokeFor(then, voucherId, subjectId, nonce, deadline, signature);
    const args = [voucherId, subjectId, nonce, deadline, signature.bytes];
    return { ...action("revokeFor", scene.anybody(), args, rule), isBySignature: true };
  },

  disown: (scene) => {
    const { voucherId, subjectId } = somePair(scene);
    return action("disown", scene.ownerOf(subjectId), [voucherId, subjectId], (state, by) =>
      disown(state, by, voucherId, subjectId),
    );
  },

  invalidateVouchNonces: (scene) => {
    const mask = scene.chance.pick(MASKS);
    return action("invalidateNonces", scene.ownerOf(scene.anyId()), [0n, mask], (state, by) =>
      invalidateNonces(state, "vouches", by, 0n, mask),
    );
  },

  burn: (scene) => {
    const { voucherId, subjectId, edge } = somePair(scene);
    const stake = edge?.stake ?? 1n;
    const part = scene.chance.happens(0.1)
      ? scene.chance.pick([0n, stake + 1n, HUGE])
      : scene.chance.between(1n, stake);
    const amount = scene.chance.happens(0.2) ? stake : part;
    const caller = scene.ownerOf(edge?.arbiterId ?? 0n);
    return action("burn", caller, [voucherId, subjectId, amount, "why"], (state, by) =>
      burn(state, by, voucherId, subjectId, amount, "why"),
    );
  },
};
