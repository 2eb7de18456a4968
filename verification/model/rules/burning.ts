import { requireEdge, wordOf } from "./edges.ts";
import { requireActiveParty, requirePartyOwner } from "./parties.ts";
import { currentPeriod } from "./periods.ts";
import { refuse } from "./refusal.ts";
import { burnsOf } from "./standing.ts";
import { emit, type State } from "./state.ts";
import { least } from "./tenure.ts";

const MOST_SCARS = 255n;

export function burn(
  state: State,
  caller: string,
  voucherId: bigint,
  subjectId: bigint,
  amount: bigint,
  evidence: string,
): void {
  const edge = requireEdge(state, voucherId, subjectId);
  if (edge.arbiterId === 0n) refuse("NoArbiter", voucherId, subjectId);
  requirePartyOwner(requireActiveParty(state, edge.arbiterId), caller);
  if (edge.releasePeriod < currentPeriod(state)) refuse("VouchReleased", voucherId, subjectId, edge.releasePeriod);
  if (amount < 1n || amount > edge.stake) refuse("InvalidBurn", amount, edge.stake);
  const { burned, scars } = burnsOf(state, voucherId);
  state.burns.set(voucherId, { burned: burned + amount, scars: least(scars + 1n, MOST_SCARS) });
  edge.stake -= amount;
  emit(state, "vouches", "Burned", voucherId, subjectId, wordOf(state, edge), amount, evidence);
}
