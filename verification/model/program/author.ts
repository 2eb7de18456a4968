import { Refusal } from "../rules/refusal.ts";
import { ChangeKind, type State } from "../rules/state.ts";
import type { Action } from "./action.ts";
import { delegationActions } from "./delegationActions.ts";
import { identityActions, isReady } from "./identityActions.ts";
import type { Scene } from "./scene.ts";
import { vouchActions } from "./vouchActions.ts";

/** How often which action is tried. */
const WEIGHTS: Record<string, number> = {
  register: 3,
  registerFor: 3,
  pulse: 16,
  pulseFor: 5,
  setAgentURI: 2,
  setMetadata: 3,
  setAgentWallet: 4,
  unsetAgentWallet: 2,
  approve: 2,
  setApprovalForAll: 2,
  transfer: 0.5,
  invalidateNonces: 1,
  invalidateVouchNonces: 1,
  voidConsent: 1,
  setArbitration: 5,
  rotateKey: 5,
  suspend: 3,
  resume: 4,
  setGuardian: 5,
  proposeRecovery: 5,
  claimRecovery: 2,
  cancelPending: 2,
  retire: 1.5,
  vouch: 12,
  warn: 8,
  vouchFor: 5,
  warnFor: 4,
  renew: 12,
  revoke: 5,
  revokeFor: 3,
  disown: 4,
  burn: 6,
  revokeGrant: 1.5,
  revokeGrantBySignature: 2,
  advanceEpoch: 1,
  multicall: 5,
  late: 6,
};

const authors: Record<string, (scene: Scene) => Action> = {
  ...identityActions,
  ...vouchActions,
  ...delegationActions,
  multicall: batch,
  late,
};

const SIGNED = ["registerFor", "pulseFor", "pulseFor", "vouchFor", "warnFor", "revokeFor", "revokeGrantBySignature"];

function choose(scene: Scene, names: string[]): string {
  if (scene.chance.happens(0.25)) return scene.chance.pick(names); // so that the rare ones come up in short programs too
  const weightOf = (name: string) => (WEIGHTS[name] ?? 0) * (scene.favoured.includes(name) ? 6 : 1);
  const total = names.reduce((sum, name) => sum + weightOf(name), 0);
  let rest = (Number(scene.chance.between(0n, 999_999n)) / 1_000_000) * total;
  for (const name of names) {
    rest -= weightOf(name);
    if (rest < 0) return name;
  }
  return names[0] ?? "register";
}

function write(scene: Scene, names: string[]): Action {
  const author = authors[choose(scene, names)];
  if (author === undefined) throw new Error("nobody writes that");
  return author(scene);
}

const COMPLETIONS: [string, bigint][] = [
  ["setGuardian", ChangeKind.Guardian],
  ["claimRecovery", ChangeKind.Recovery],
];

export function nextAction(scene: Scene): Action {
  if (scene.state.agents.length < 4) return write(scene, ["register", "registerFor"]);
  // Left to chance alone, hardly a program would see a change come true, or stopped in the last moment.
  const ready = COMPLETIONS.filter(([, kind]) => scene.state.agents.some((agent) => isReady(scene, agent, kind)));
  const isTaken = ready.length > 0 && scene.chance.happens(0.4);
  return write(scene, isTaken ? ["cancelPending", ...ready.map(([name]) => name)] : Object.keys(authors));
}

/** Whether it goes through; where it does, the state has changed. */
function attempt(state: State, { rule, caller }: Action): boolean {
  try {
    rule(state, caller);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Something is signed and kept, and something is sent that was: of late or long ago, for the first time or again. */
function late(scene: Scene): Action {
  scene.kept.push(write(scene, SIGNED));
  return scene.chance.pick(scene.chance.happens(0.7) ? scene.kept.slice(-5) : scene.kept);
}

/** Several calls of one sender, each written with what those before it will have done in mind. */
function batch(scene: Scene): Action {
  const real = scene.state;
  scene.state = structuredClone(real);
  const calls: Action[] = [];
  const size = scene.chance.between(0n, 3n);
  let caller = scene.anybody();
  for (let tries = 0; BigInt(calls.length) < size && tries < 12; ++tries) {
    const call = write(scene, Object.keys(vouchActions));
    if (calls.length === 0) caller = call.caller;
    if (call.caller !== caller && call.isBySignature !== true) continue;
    calls.push(call);
    const before = structuredClone(scene.state);
    if (!attempt(scene.state, { ...call, caller })) scene.state = before;
  }
  scene.state = real;
  return {
    registry: "vouches",
    name: "multicall",
    caller,
    args: [calls],
    rule: (state, by) => {
      for (const call of calls) call.rule(state, by);
    },
  };
}
