import { ZeroAddress, ZeroHash } from "ethers";
import { setArbitration } from "../rules/arbitration.ts";
import { burn } from "../rules/burning.ts";
import { edgeOf } from "../rules/edges.ts";
import { disown, revoke, revokeFor } from "../rules/ending.ts";
import { claimRecovery, proposeRecovery, setGuardian } from "../rules/guardian.ts";
import { find } from "../rules/lookups.ts";
import { pulse, pulseFor } from "../rules/presence.ts";
import { Refusal } from "../rules/refusal.ts";
import { renew } from "../rules/renewal.ts";
import { rotateKey } from "../rules/rotation.ts";
import { type Offer, stakeBySignature, stakeFor } from "../rules/staking.ts";
import { Stance, type State } from "../rules/state.ts";
import { resume, suspend } from "../rules/suspension.ts";
import { setAgentWallet, unsetAgentWallet } from "../rules/wallet.ts";
import type { Action } from "./action.ts";
import type { Scene } from "./scene.ts";
import { faithfully } from "./signing.ts";

/** An action, and how many seconds pass before it. */
export interface Turn {
  action: Action;
  after: bigint;
}

type Plot = Generator<Turn, void>;

function turn(action: Omit<Action, "registry">, registry: Action["registry"], after = 1n): Turn {
  return { action: { ...action, registry }, after };
}

const ownerOf = ({ state }: Scene, id: bigint): string => find(state, id)?.owner ?? ZeroAddress;

function byOwner(scene: Scene, id: bigint, name: string, args: unknown[], rule: Action["rule"], after = 1n): Turn {
  const isOfIdentities = ["pulse", "setArbitration", "setGuardian", "setAgentWallet", "rotateKey"].includes(name);
  return turn({ name, caller: ownerOf(scene, id), args, rule }, isOfIdentities ? "identities" : "vouches", after);
}

/** Five points for four periods, if nothing else is said. */
function stake(scene: Scene, stance: bigint, voucherId: bigint, subjectId: bigint, terms: Partial<Offer> = {}): Turn {
  const usual = { stake: 5n, periods: 4n, arbiterId: 0n, topic: ZeroHash, evidence: "" };
  const offer: Offer = { voucherId, subjectId, ...usual, ...terms };
  const rule = (state: State, by: string) => stakeFor(state, by, stance, offer);
  return byOwner(scene, voucherId, stance === Stance.For ? "vouch" : "warn", Object.values(offer), rule);
}

const vouches = (scene: Scene, voucher: bigint, subject: bigint, terms?: Partial<Offer>) =>
  stake(scene, Stance.For, voucher, subject, terms);
const warns = (scene: Scene, voucher: bigint, subject: bigint, terms?: Partial<Offer>) =>
  stake(scene, Stance.Against, voucher, subject, terms);
const revokes = (scene: Scene, voucher: bigint, subject: bigint) =>
  byOwner(scene, voucher, "revoke", [voucher, subject], (state, by) => revoke(state, by, voucher, subject));

function checksIn(scene: Scene, id: bigint, after = 1n): Turn {
  return byOwner(scene, id, "pulse", [id, ZeroHash], (state, by) => pulse(state, by, id, ZeroHash), after);
}

function arbitrates(scene: Scene, id: bigint, isOpen: boolean): Turn {
  return byOwner(scene, id, "setArbitration", [id, isOpen], (state, by) => setArbitration(state, by, id, isOpen));
}

function rotates(scene: Scene, agentId: bigint, newOwner: string): Turn {
  const agent = find(scene.state, agentId);
  const [owner, keyEpoch, deadline] = [ownerOf(scene, agentId), agent?.keyEpoch ?? 0n, scene.state.now + 1_000n];
  const message = { agentId, owner, newOwner, keyEpoch, deadline };
  const signature = faithfully(scene, newOwner, { registry: "identities", primaryType: "RotateKey", message });
  return byOwner(scene, agentId, "rotateKey", [agentId, newOwner, deadline, signature.bytes], (then, by) =>
    rotateKey(then, by, agentId, newOwner, deadline, signature),
  );
}

/** Disowned by its subject, a voucher warns, takes that back and warns again; it cannot vouch for it again yet. */
function* refusal(scene: Scene): Plot {
  yield vouches(scene, 1n, 2n);
  yield byOwner(scene, 2n, "disown", [1n, 2n], (state, by) => disown(state, by, 1n, 2n));
  yield vouches(scene, 1n, 2n, { periods: 6n }); // refused
  yield warns(scene, 1n, 2n);
  yield vouches(scene, 1n, 2n, { periods: 6n }); // refused
  yield revokes(scene, 1n, 2n);
  yield warns(scene, 1n, 2n, { stake: 6n });
  yield vouches(scene, 1n, 2n, { stake: 6n, periods: 6n }); // refused
}

/** Each stance over each, taken back in between. */
function* wavering(scene: Scene): Plot {
  yield vouches(scene, 2n, 3n);
  yield vouches(scene, 2n, 3n); // it counts: to be renewed
  yield revokes(scene, 2n, 3n);
  yield vouches(scene, 2n, 3n);
  yield warns(scene, 2n, 3n);
  yield vouches(scene, 2n, 3n, { stake: 7n });
  yield revokes(scene, 2n, 3n);
  yield warns(scene, 2n, 3n, { stake: 7n });
  yield revokes(scene, 2n, 3n);
  yield vouches(scene, 2n, 3n, { stake: 6n }); // less than is locked
  yield vouches(scene, 2n, 3n, { stake: 7n });
}

/** Over what has ended, in its tail. */
function* tail(scene: Scene): Plot {
  const { period } = scene.state.parameters;
  yield vouches(scene, 2n, 4n, { periods: 1n });
  yield checksIn(scene, 3n, 2n * period);
  yield vouches(scene, 2n, 4n, { periods: 1n });
  yield checksIn(scene, 3n, 2n * period);
  yield warns(scene, 2n, 4n, { periods: 1n });
}

/** Refuses, as what was signed is not what would have to be signed now. The program would prove nothing if it did not. */
function isOutdated(rule: (state: State) => void): Action["rule"] {
  return (state) => {
    try {
      rule(state);
    } catch (error) {
      if (error instanceof Refusal && error.error === "InvalidSignature") throw error;
    }
    throw new Error("what was signed before something changed is not refused for that");
  };
}

/** What its owner signs now and anybody sends later: a vouch or a warning of nine points, or that it takes one back. */
function signs(scene: Scene, kind: "Vouch" | "Warn" | "Revoke", voucherId: bigint, subjectId: bigint, arbiterId = 0n) {
  const { state } = scene;
  const owner = ownerOf(scene, voucherId);
  const subject = ownerOf(scene, subjectId);
  const since = edgeOf(state, voucherId, subjectId)?.since ?? 0n;
  const [keyEpoch, deadline] = [find(state, voucherId)?.keyEpoch ?? 0n, state.now + 10n ** 9n];
  const nonce = BigInt(scene.archive.length) + 10_000n; // of its own
  const offer: Offer = { voucherId, subjectId, stake: 9n, periods: 6n, arbiterId, topic: ZeroHash, evidence: "" };
  const bound = { keyEpoch, since, nonce, deadline };
  const terms = { ...offer, ...bound, arbiterOwner: ownerOf(scene, arbiterId) };
  const messages = {
    Vouch: { ...terms, subjectOwner: subject },
    Warn: { ...terms, subjectKey: subject },
    Revoke: { voucherId, subjectId, ...bound },
  };
  const message = messages[kind];
  const signature = faithfully(scene, owner, { registry: "vouches", primaryType: kind, message });
  const rest = [nonce, deadline, signature.bytes];
  const stance = kind === "Vouch" ? Stance.For : Stance.Against;
  const rule = (then: State) =>
    kind === "Revoke"
      ? revokeFor(then, voucherId, subjectId, nonce, deadline, signature)
      : stakeBySignature(then, stance, offer, subject, nonce, deadline, signature);
  const args = { Vouch: [offer, ...rest], Warn: [offer, subject, ...rest], Revoke: [voucherId, subjectId, ...rest] };
  const name = { Vouch: "vouchFor", Warn: "warnFor", Revoke: "revokeFor" }[kind];
  return (isLate: boolean): Turn =>
    turn({ name, caller: scene.anybody(), args: args[kind], rule: isLate ? isOutdated(rule) : rule }, "vouches");
}

/** As `signs`, of a check-in. */
function signsCheckIn(scene: Scene, agentId: bigint) {
  const [owner, deadline] = [ownerOf(scene, agentId), scene.state.now + 10n ** 9n];
  const lastSeen = find(scene.state, agentId)?.lastSeen ?? 0n;
  const message = { agentId, owner, checkpoint: ZeroHash, lastSeen, deadline };
  const signature = faithfully(scene, owner, { registry: "identities", primaryType: "Pulse", message });
  const args = [agentId, ZeroHash, deadline, signature.bytes];
  const rule = (then: State) => pulseFor(then, agentId, ZeroHash, deadline, signature);
  return (isLate: boolean): Turn =>
    turn({ name: "pulseFor", caller: scene.anybody(), args, rule: isLate ? isOutdated(rule) : rule }, "identities");
}

/** What was signed before the pair's edge changed, the arbiter's owner did, or its signer checked in, is void since. */
function* outdated(scene: Scene): Plot {
  const overNothing = [signs(scene, "Vouch", 1n, 3n), signs(scene, "Warn", 1n, 3n), signs(scene, "Revoke", 1n, 3n)];
  yield warns(scene, 1n, 3n);
  for (const sent of overNothing) yield sent(true);
  const overTheWarning = [signs(scene, "Warn", 1n, 3n), signs(scene, "Revoke", 1n, 3n)];
  const anew = signs(scene, "Vouch", 1n, 3n);
  yield anew(false);
  for (const sent of overTheWarning) yield sent(true);
  const revocation = signs(scene, "Revoke", 1n, 3n);
  yield byOwner(scene, 1n, "renew", [1n, 3n, 2n, 6n], (state, by) => renew(state, by, 1n, 3n, 2n, 6n));
  yield revocation(true);
  yield signs(scene, "Revoke", 1n, 3n)(false);

  yield arbitrates(scene, 2n, true);
  const before = [signs(scene, "Vouch", 1n, 4n, 2n), signs(scene, "Warn", 1n, 4n, 2n)];
  yield rotates(scene, 2n, scene.newcomer());
  for (const sent of before) yield sent(true);
  yield signs(scene, "Vouch", 1n, 4n, 2n)(false);

  const checkIn = signsCheckIn(scene, 3n);
  yield checksIn(scene, 3n);
  yield checkIn(true);
  const next = signsCheckIn(scene, 3n);
  yield next(false);
  yield next(true);
}

/** An arbiter who agreed and does so no longer judges what it was named for, and cannot be named anew. Where it has burned
 * everything, it need not be named, and the lock may be shorter. */
function* arbitration(scene: Scene): Plot {
  yield warns(scene, 3n, 4n);
  yield vouches(scene, 3n, 4n, { arbiterId: 2n }); // it has not agreed
  yield arbitrates(scene, 2n, true);
  yield vouches(scene, 3n, 4n, { arbiterId: 2n });
  yield arbitrates(scene, 2n, false);
  yield warns(scene, 3n, 4n); // without it
  yield warns(scene, 3n, 4n, { arbiterId: 2n });
  yield byOwner(scene, 2n, "burn", [3n, 4n, 2n, "case 1"], (state, by) => burn(state, by, 3n, 4n, 2n, "case 1"));
  yield vouches(scene, 3n, 4n, { periods: 5n }); // without it
  yield byOwner(scene, 2n, "burn", [3n, 4n, 3n, "case 2"], (state, by) => burn(state, by, 3n, 4n, 3n, "case 2"));
  yield vouches(scene, 3n, 4n, { stake: 1n, periods: 1n });
}

/** The subject's key changes, to a smart account that is nobody's yet: the vouch lapses, and the voucher warns. */
function* lapse(scene: Scene): Plot {
  const { keys, smartAccounts } = scene.state;
  const account = [...smartAccounts.keys()].find((address) => !keys.has(address));
  yield vouches(scene, 3n, 1n);
  yield rotates(scene, 1n, account ?? scene.newcomer());
  yield warns(scene, 3n, 1n);
}

/** A stolen key: the guardian suspends, cleans up and recovers; the new owner cleans up; the guardian resumes. */
function* rescue(scene: Scene): Plot {
  const [guardian, rescuer, newWallet] = [scene.newcomer(), scene.newcomer(), scene.newcomer()];
  yield byOwner(scene, 4n, "setGuardian", [4n, guardian], (state, by) => setGuardian(state, by, 4n, guardian));
  const [agentId, owner, deadline] = [4n, ownerOf(scene, 4n), scene.state.now + 200n];
  const message = { agentId, newWallet, owner, deadline };
  const signature = faithfully(scene, newWallet, { registry: "identities", primaryType: "AgentWalletSet", message });
  yield byOwner(scene, 4n, "setAgentWallet", [4n, newWallet, deadline, signature.bytes], (state, by) =>
    setAgentWallet(state, by, 4n, newWallet, deadline, signature),
  );
  yield vouches(scene, 4n, 1n);
  yield vouches(scene, 4n, 2n);
  const guards = (name: string, args: unknown[], rule: Action["rule"], registry: Action["registry"] = "identities") =>
    turn({ name, caller: guardian, args, rule }, registry);
  yield guards("revoke", [4n, 1n], (state, by) => revoke(state, by, 4n, 1n), "vouches"); // not yet
  yield guards("suspend", [4n], (state, by) => suspend(state, by, 4n));
  yield guards("unsetAgentWallet", [4n], (state, by) => unsetAgentWallet(state, by, 4n));
  yield guards("revoke", [4n, 1n], (state, by) => revoke(state, by, 4n, 1n), "vouches");
  yield guards("proposeRecovery", [4n, rescuer], (state, by) => proposeRecovery(state, by, 4n, rescuer));
  const { recoveryDelay } = scene.state.parameters;
  const claims: Action["rule"] = (state, by) => claimRecovery(state, by, 4n);
  yield turn({ name: "claimRecovery", caller: rescuer, args: [4n], rule: claims }, "identities", recoveryDelay);
  yield revokes(scene, 4n, 2n);
  yield checksIn(scene, 4n); // suspended
  yield guards("resume", [4n], (state, by) => resume(state, by, 4n));
  yield checksIn(scene, 4n);
  yield signsCheckIn(scene, 4n)(false); // which proves it
}

/** What chance alone hardly ever tells in order. For the first four identities, which nothing has happened to yet. */
export function* plots(scene: Scene): Plot {
  for (const id of [1n, 2n, 3n, 4n]) yield checksIn(scene, id, scene.state.parameters.maxSilence / 2n);
  for (const plot of [refusal, wavering, tail, arbitration, outdated, lapse, rescue]) yield* plot(scene);
}
