import { requireConsent, type Signature, useNonce } from "./consent.ts";
import { edgeOf, requireEdge, stateOf, wordOf } from "./edges.ts";
import { requireActiveParty, requireParty, requirePartyOwner } from "./parties.ts";
import { currentPeriod } from "./periods.ts";
import { refuse } from "./refusal.ts";
import { emit, Stance, type State, Status } from "./state.ts";

/** The edge counts no more; its stake stays locked to the end of the next period. */
function end(state: State, voucherId: bigint, subjectId: bigint, fate: "revoked" | "disowned"): void {
  const edge = requireEdge(state, voucherId, subjectId);
  const current = currentPeriod(state);
  if (edge.fate !== "live" || edge.endPeriod < current) {
    refuse("VouchNotLive", voucherId, subjectId, stateOf(state, edge, edge.subjectKeyEpoch));
  }
  edge.fate = fate;
  if (fate === "disowned") edge.refused = true;
  else edge.since = state.now; // so that nothing which was signed for the pair before is good any more
  edge.releasePeriod = current + 1n;
  const name = fate === "revoked" ? "Revoked" : "Disowned";
  emit(state, "vouches", name, voucherId, subjectId, wordOf(state, edge));
}

/** By the owner, suspended or not; by the guardian while suspended. */
export function revoke(state: State, caller: string, voucherId: bigint, subjectId: bigint): void {
  const voucher = requireParty(state, voucherId);
  const isGuardians = voucher.status === Status.Suspended && caller === voucher.guardian;
  if (!isGuardians) requirePartyOwner(voucher, caller);
  end(state, voucherId, subjectId, "revoked");
}

export function revokeFor(
  state: State,
  voucherId: bigint,
  subjectId: bigint,
  nonce: bigint,
  deadline: bigint,
  signature: Signature,
): void {
  const { owner, keyEpoch } = requireParty(state, voucherId);
  useNonce(state, "vouches", owner, nonce);
  const since = edgeOf(state, voucherId, subjectId)?.since ?? 0n;
  const message = { voucherId, subjectId, keyEpoch, since, nonce, deadline };
  requireConsent(state, owner, deadline, signature, { registry: "vouches", primaryType: "Revoke", message });
  end(state, voucherId, subjectId, "revoked");
}

export function disown(state: State, caller: string, voucherId: bigint, subjectId: bigint): void {
  requirePartyOwner(requireActiveParty(state, subjectId), caller);
  if (edgeOf(state, voucherId, subjectId)?.stance === Stance.Against) {
    refuse("WarningNotDisownable", voucherId, subjectId);
  }
  end(state, voucherId, subjectId, "disowned");
}
