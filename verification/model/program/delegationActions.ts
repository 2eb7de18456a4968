import { id as hash, ZeroHash } from "ethers";
import { advanceEpoch, revokeGrant, revokeGrantBySignature } from "../rules/delegation.ts";
import type { Action } from "./action.ts";
import type { Scene } from "./scene.ts";
import { consent } from "./signing.ts";

/** Few enough for each to be met by several issuers, and again by one. */
export const HANDLES = [hash("grant"), hash("another grant"), ZeroHash];

function action(name: string, caller: string, args: unknown[], rule: Action["rule"]): Action {
  return { registry: "delegations", name, caller, args, rule };
}

export const delegationActions: Record<string, (scene: Scene) => Action> = {
  revokeGrant: (scene) => {
    const handle = scene.chance.pick(HANDLES);
    return action("revoke", scene.anybody(), [handle], (state, by) => revokeGrant(state, by, handle));
  },

  revokeGrantBySignature: (scene) => {
    const [issuer, handle] = [scene.anybody(), scene.chance.pick(HANDLES)];
    const message = { issuer, id: handle };
    const signature = consent(scene, issuer, { registry: "delegations", primaryType: "Revocation", message });
    return {
      ...action("revokeBySig", scene.anybody(), [issuer, handle, signature.bytes], (state) =>
        revokeGrantBySignature(state, issuer, handle, signature),
      ),
      isBySignature: true,
    };
  },

  advanceEpoch: (scene) => action("advanceEpoch", scene.anybody(), [], (state, by) => advanceEpoch(state, by)),
};
