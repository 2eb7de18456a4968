import { ZeroAddress, ZeroHash } from "ethers";
import { setArbitration } from "../rules/arbitration.ts";
import { burn } from "../rules/burning.ts";
import { disown, revoke } from "../rules/ending.ts";
import { claimRecovery, proposeRecovery, setGuardian } from "../rules/guardian.ts";
import { find } from "../rules/lookups.ts";
import { pulse } from "../rules/presence.ts";
import { rotateKey } from "../rules/rotation.ts";
import { type Offer, stakeFor } from "../rules/staking.ts";
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

/** An arbiter who agreed and does so no longer judges what it was named for, and cannot be named anew. */
function* arbitration(scene: Scene): Plot {
  yield warns(scene, 3n, 4n);
  yield vouches(scene, 3n, 4n, { arbiterId: 2n }); // it has not agreed
  yield arbitrates(scene, 2n, true);
  yield vouches(scene, 3n, 4n, { arbiterId: 2n });
  yield arbitrates(scene, 2n, false);
  yield warns(scene, 3n, 4n); // without it
  yield warns(scene, 3n, 4n, { arbiterId: 2n });
  yield byOwner(scene, 2n, "burn", [3n, 4n, 2n, "case 1"], (state, by) => burn(state, by, 3n, 4n, 2n, "case 1"));
}

/** The subject's key changes, to a smart account that is nobody's yet: the vouch lapses, and the voucher warns. */
function* lapse(scene: Scene): Plot {
  const { state } = scene;
  const account = [...state.smartAccounts.keys()].find((address) => !state.keys.has(address));
  yield vouches(scene, 3n, 1n);
  const [agentId, newOwner] = [1n, account ?? scene.newcomer()];
  const [owner, keyEpoch, deadline] = [ownerOf(scene, 1n), find(state, 1n)?.keyEpoch ?? 0n, state.now + 1_000n];
  const message = { agentId, owner, newOwner, keyEpoch, deadline };
  const signature = faithfully(scene, newOwner, { registry: "identities", primaryType: "RotateKey", message });
  yield byOwner(scene, 1n, "rotateKey", [1n, newOwner, deadline, signature.bytes], (then, by) =>
    rotateKey(then, by, 1n, newOwner, deadline, signature),
  );
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
}

/** What chance alone hardly ever tells in order. For the first four identities, which nothing has happened to yet. */
export function* plots(scene: Scene): Plot {
  for (const id of [1n, 2n, 3n, 4n]) yield checksIn(scene, id, scene.state.parameters.maxSilence / 2n);
  for (const plot of [refusal, wavering, tail, arbitration, lapse, rescue]) yield* plot(scene);
}
