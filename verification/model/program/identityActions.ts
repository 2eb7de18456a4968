import { id as hash, ZeroAddress, ZeroHash } from "ethers";
import { approve, setApprovalForAll, transfer } from "../rules/approvals.ts";
import { setArbitration } from "../rules/arbitration.ts";
import { invalidateNonces, voidConsent } from "../rules/consent.ts";
import { claimRecovery, proposeRecovery, setGuardian } from "../rules/guardian.ts";
import { find } from "../rules/lookups.ts";
import { setAgentURI, setMetadata } from "../rules/metadata.ts";
import { cancelPending, waiting } from "../rules/pending.ts";
import { pulse, pulseFor } from "../rules/presence.ts";
import { register, registerFor } from "../rules/registering.ts";
import { retire } from "../rules/retirement.ts";
import { rotateKey } from "../rules/rotation.ts";
import { type Agent, ChangeKind, Status } from "../rules/state.ts";
import { resume, suspend } from "../rules/suspension.ts";
import { setAgentWallet, unsetAgentWallet } from "../rules/wallet.ts";
import type { Action } from "./action.ts";
import type { Scene } from "./scene.ts";
import { consent, someNonce } from "./signing.ts";

type Rule = Action["rule"];

function action(name: string, caller: string, args: unknown[], rule: Rule): Action {
  return { registry: "identities", name, caller, args, rule };
}

/** Seconds ahead of now. */
export const DEADLINES = [0n, 1n, 1n, 10n ** 6n, 10n ** 9n, 10n ** 9n, 10n ** 9n, -1n];

export const MASKS = [0n, 1n, 6n, 2n ** 255n, 2n ** 9n + 4n];

const URIS = ["", "ipfs://agent", "https://agent.example/a-rather-long-uri-that-takes-more-than-one-word.json"];
const KEYS = ["model", "", "agentWallet"];
const VALUES = ["0x", "0x01", `0x${"ab".repeat(40)}`];

/** Few enough for every view to be compared, and still some who are not retired. */
const MOST_ALIVE = 7;
const MOST_AGENTS = 10;

/** No newcomer where there are enough. */
function registrant(scene: Scene): string {
  const { agents } = scene.state;
  const alive = agents.filter(({ status }) => status !== Status.Retired);
  const isFull = alive.length >= MOST_ALIVE || agents.length >= MOST_AGENTS;
  if (isFull) return scene.chance.pick([...scene.state.keys.keys()]);
  return scene.chance.happens(0.6) ? scene.newcomer() : scene.anybody();
}

/** Whether a change of this kind can be completed now. */
export function isReady({ state }: Scene, agent: Agent, kind: bigint): boolean {
  const change = waiting(state, agent);
  return change.kind === kind && state.now >= change.readyAt;
}

export const identityActions: Record<string, (scene: Scene) => Action> = {
  register: (scene) => {
    const caller = registrant(scene);
    const uri = scene.chance.pick(URIS);
    const entries = VALUES.slice(0, Number(scene.chance.between(0n, 2n))).map((metadataValue, i) => ({
      metadataKey: scene.chance.happens(0.1) ? "agentWallet" : `key ${i % 2}`,
      metadataValue,
    }));
    const forms = [
      action("register()", caller, [], (state, by) => register(state, by)),
      action("register(string)", caller, [uri], (state, by) => register(state, by, uri)),
      action("register(string,(string,bytes)[])", caller, [uri, entries], (state, by) =>
        register(state, by, uri, entries),
      ),
    ];
    // In turn: few register, and each form has to be met.
    return forms[scene.state.agents.length % forms.length] as Action;
  },

  registerFor: (scene) => {
    const owner = registrant(scene);
    const uri = scene.chance.pick(URIS);
    const deadline = scene.state.now + scene.chance.pick(DEADLINES);
    const nonce = someNonce(scene, "identities", owner);
    const message = { owner, agentURI: uri, nonce, deadline };
    const signature = consent(scene, owner, { registry: "identities", primaryType: "Register", message });
    const caller = scene.chance.happens(0.2) ? owner : scene.anybody();
    return action("registerFor", caller, [owner, uri, nonce, deadline, signature.bytes], (state) =>
      registerFor(state, owner, uri, nonce, deadline, signature),
    );
  },

  pulse: (scene) => {
    const id = scene.anyId();
    const agent = find(scene.state, id);
    const caller = scene.oneOf([agent?.owner, agent?.owner, agent?.wallet, agent?.approved], 0.8);
    const checkpoint = scene.chance.pick([ZeroHash, hash("log")]);
    return action("pulse", caller, [id, checkpoint], (state, by) => pulse(state, by, id, checkpoint));
  },

  pulseFor: (scene) => {
    const id = scene.anyId();
    const { owner, lastSeen } = find(scene.state, id) ?? { owner: ZeroAddress, lastSeen: 0n };
    const checkpoint = scene.chance.pick([ZeroHash, hash("log")]);
    const deadline = scene.state.now + scene.chance.pick(DEADLINES);
    const message = { agentId: id, owner, checkpoint, lastSeen, deadline };
    const signature = consent(scene, owner, { registry: "identities", primaryType: "Pulse", message });
    return action("pulseFor", scene.anybody(), [id, checkpoint, deadline, signature.bytes], (state) =>
      pulseFor(state, id, checkpoint, deadline, signature),
    );
  },

  invalidateNonces: (scene) => {
    const [word, mask] = [scene.chance.pick([0n, 0n, 1n, 2n ** 248n - 1n]), scene.chance.pick(MASKS)];
    return action("invalidateNonces", scene.anybody(), [word, mask], (state, by) =>
      invalidateNonces(state, "identities", by, word, mask),
    );
  },

  voidConsent: (scene) => {
    const named = { RotateKey: "newOwner", AgentWalletSet: "newWallet", Pulse: "owner" } as Record<string, string>;
    const consents = scene.archive.filter(({ signed }) => signed.primaryType in named);
    const recent = consents.at(-1);
    if (recent === undefined)
      return action("invalidateNonces", scene.anybody(), [0n, 0n], (state, by) =>
        invalidateNonces(state, "identities", by, 0n, 0n),
      );
    const { digest, signed } = scene.chance.happens(0.5) ? recent : scene.chance.pick(consents);
    const signer = String(signed.message[named[signed.primaryType] ?? ""]);
    return action("invalidateNonces", signer, [digest >> 8n, 1n << (digest & 255n)], (state, by) =>
      voidConsent(state, by, { bytes: "", digest, signed }),
    );
  },

  setArbitration: (scene) => {
    const id = scene.idWhere(({ arbitrates, status }) => !arbitrates && status === Status.Active, 0.7);
    const isOpen = scene.chance.happens(0.8);
    return action("setArbitration", scene.ownerOf(id), [id, isOpen], (state, by) =>
      setArbitration(state, by, id, isOpen),
    );
  },

  setAgentURI: (scene) => {
    const id = scene.anyId();
    const uri = scene.chance.pick(URIS);
    return action("setAgentURI", scene.ownerOf(id), [id, uri], (state, by) => setAgentURI(state, by, id, uri));
  },

  setMetadata: (scene) => {
    const id = scene.anyId();
    const caller = scene.oneOf([scene.ownerOf(id), find(scene.state, id)?.approved]);
    const [key, value] = [scene.chance.pick(KEYS), scene.chance.pick(VALUES)];
    return action("setMetadata", caller, [id, key, value], (state, by) => setMetadata(state, by, id, key, value));
  },

  setAgentWallet: (scene) => {
    const id = scene.idWhere(({ status }) => status === Status.Active, 0.8);
    const agent = find(scene.state, id);
    const wallet = scene.chance.happens(0.5) ? scene.newcomer() : scene.oneOf([agent?.wallet, agent?.owner], 0.4);
    const deadline = scene.state.now + scene.chance.pick([0n, 60n, 300n, 300n, 301n, -1n]);
    const message = { agentId: id, newWallet: wallet, owner: agent?.owner ?? ZeroAddress, deadline };
    const signature = consent(scene, wallet, { registry: "identities", primaryType: "AgentWalletSet", message });
    return action("setAgentWallet", scene.ownerOf(id), [id, wallet, deadline, signature.bytes], (state, by) =>
      setAgentWallet(state, by, id, wallet, deadline, signature),
    );
  },

  unsetAgentWallet: (scene) => {
    const id = scene.anyId();
    const agent = find(scene.state, id);
    const caller = scene.oneOf([agent?.owner, agent?.wallet, agent?.approved, agent?.guardian]);
    return action("unsetAgentWallet", caller, [id], (state, by) => unsetAgentWallet(state, by, id));
  },

  approve: (scene) => {
    const id = scene.anyId();
    const to = scene.chance.happens(0.2) ? ZeroAddress : scene.anybody();
    return action("approve", scene.ownerOf(id, 0.7), [to, id], (state, by) => approve(state, by, to, id));
  },

  setApprovalForAll: (scene) => {
    const operator = scene.chance.happens(0.05) ? ZeroAddress : scene.anybody();
    const approved = scene.chance.happens(0.5);
    return action("setApprovalForAll", scene.ownerOf(scene.anyId()), [operator, approved], (state, by) =>
      setApprovalForAll(state, by, operator, approved),
    );
  },

  transfer: (scene) => {
    const id = scene.anyId();
    const owner = scene.ownerOf(id);
    const args = [owner, scene.anybody(), id];
    return scene.chance.pick([
      action("transferFrom", owner, args, () => transfer(id)),
      action("safeTransferFrom(address,address,uint256)", owner, args, () => transfer(id)),
      action("safeTransferFrom(address,address,uint256,bytes)", owner, [...args, "0x01"], () => transfer(id)),
    ]);
  },

  rotateKey: (scene) => {
    const id = scene.anyId();
    const agent = find(scene.state, id);
    const known = scene.oneOf([agent?.pending.candidate, agent?.guardian], 0.7);
    const newOwner = scene.chance.happens(0.7) ? scene.newcomer() : known;
    const deadline = scene.state.now + scene.chance.pick(DEADLINES);
    const owner = agent?.owner ?? ZeroAddress;
    const message = { agentId: id, owner, newOwner, keyEpoch: agent?.keyEpoch ?? 0n, deadline };
    const signature = consent(scene, newOwner, { registry: "identities", primaryType: "RotateKey", message });
    return action("rotateKey", scene.ownerOf(id), [id, newOwner, deadline, signature.bytes], (state, by) =>
      rotateKey(state, by, id, newOwner, deadline, signature),
    );
  },

  suspend: (scene) => {
    const id = scene.anyId();
    const agent = find(scene.state, id);
    const caller = scene.oneOf([agent?.owner, agent?.guardian], 0.85);
    return action("suspend", caller, [id], (state, by) => suspend(state, by, id));
  },

  resume: (scene) => {
    const id = scene.idWhere(({ status }) => status === Status.Suspended);
    const agent = find(scene.state, id);
    const caller = scene.oneOf([agent?.guardian === ZeroAddress ? agent.owner : agent?.guardian]);
    return action("resume", caller, [id], (state, by) => resume(state, by, id));
  },

  setGuardian: (scene) => {
    const id = scene.idWhere((agent) => isReady(scene, agent, ChangeKind.Guardian), 0.5);
    const agent = find(scene.state, id);
    const waiting = agent?.pending.kind === ChangeKind.Guardian ? agent.pending.candidate : undefined;
    const other = scene.chance.happens(0.2) ? ZeroAddress : scene.anybody();
    const guardian = waiting !== undefined && scene.chance.happens(0.7) ? waiting : other;
    return action("setGuardian", scene.ownerOf(id), [id, guardian], (state, by) =>
      setGuardian(state, by, id, guardian),
    );
  },

  proposeRecovery: (scene) => {
    const id = scene.idWhere(({ guardian }) => guardian !== ZeroAddress);
    const stranger = scene.chance.happens(0.6) ? scene.newcomer() : scene.anybody();
    const candidate = scene.chance.happens(0.03) ? ZeroAddress : stranger;
    const caller = scene.oneOf([find(scene.state, id)?.guardian]);
    return action("proposeRecovery", caller, [id, candidate], (state, by) => proposeRecovery(state, by, id, candidate));
  },

  claimRecovery: (scene) => {
    const waits = scene.idWhere(({ pending }) => pending.kind === ChangeKind.Recovery);
    const ready = scene.idWhere((agent) => isReady(scene, agent, ChangeKind.Recovery), 1);
    const id = scene.chance.happens(0.8) ? ready : waits;
    const caller = scene.oneOf([find(scene.state, id)?.pending.candidate]);
    return action("claimRecovery", caller, [id], (state, by) => claimRecovery(state, by, id));
  },

  cancelPending: (scene) => {
    const id = scene.idWhere((agent) => waiting(scene.state, agent).kind !== ChangeKind.None, 0.7);
    const agent = find(scene.state, id);
    return action("cancelPending", scene.oneOf([agent?.owner, agent?.guardian, agent?.guardian]), [id], (state, by) =>
      cancelPending(state, by, id),
    );
  },

  retire: (scene) => {
    const waiting = scene.idWhere(({ pending }) => pending.kind === ChangeKind.Retirement);
    const id = scene.chance.happens(0.6) ? waiting : scene.anyId();
    return action("retire", scene.ownerOf(id), [id], (state, by) => retire(state, by, id));
  },
};
