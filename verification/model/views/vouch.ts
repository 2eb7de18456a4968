import { edgeOf, stateOf, sumOf, VouchState, vouchersOf, vouchesBy } from "../rules/edges.ts";
import { find } from "../rules/lookups.ts";
import { currentPeriod, LAST_PERIOD } from "../rules/periods.ts";
import { refuse } from "../rules/refusal.ts";
import { burnsOf, staked, standing } from "../rules/standing.ts";
import { Stance, type State, Status } from "../rules/state.ts";
import type { View } from "./view.ts";

/** Every field of `vouchOf`, in the order of the struct. */
export function vouchFields(state: State, voucherId: bigint, subjectId: bigint): unknown[] {
  const edge = edgeOf(state, voucherId, subjectId);
  const voucher = find(state, voucherId);
  const status = voucher?.status ?? Status.None;
  if (edge === undefined) {
    return [voucherId, subjectId, 0n, 0n, VouchState.None, false, false, 0n, 0n, 0n, 0n, 0n, 0n, status, false, 0n];
  }
  const vouchState = stateOf(state, edge, find(state, subjectId)?.keyEpoch ?? 0n);
  const isLocked = currentPeriod(state) <= edge.releasePeriod;
  const arbiterStatus = find(state, edge.arbiterId)?.status ?? Status.None;
  return [
    voucherId,
    subjectId,
    edge.arbiterId,
    edge.stance,
    vouchState,
    vouchState === VouchState.Active,
    arbiterStatus === Status.Active && edge.stake > 0n && isLocked,
    edge.stake,
    edge.since,
    edge.endPeriod,
    edge.releasePeriod,
    edge.subjectKeyEpoch,
    edge.voucherKeyEpoch,
    status,
    voucher?.keyEpoch !== edge.voucherKeyEpoch,
    arbiterStatus,
  ];
}

export function standingFields(state: State, id: bigint): bigint[] {
  const { burned, scars } = burnsOf(state, id);
  const points = standing(state, id);
  const locked = staked(state, id);
  return [points, locked, burned, points - locked, scars];
}

export function sumsOf(state: State, id: bigint, period = currentPeriod(state)): bigint[] {
  return [sumOf(state, id, Stance.For, period), sumOf(state, id, Stance.Against, period)];
}

/** A page of a list, from the entry after which nothing was shown yet, and where the next one begins. */
export function pageOf(list: bigint[], cursor: bigint, limit: bigint): { page: bigint[]; next: bigint } {
  const start = cursor === 0n ? 0 : list.indexOf(cursor);
  if (start < 0) refuse("InvalidCursor", cursor);
  const end = start + Number(limit);
  return { page: list.slice(start, end), next: list[end] ?? 0n };
}

function neighbour(id: bigint, ids: bigint[], distance: number): bigint {
  return ids[(ids.indexOf(id) + distance) % ids.length] ?? 0n;
}

function pages(id: bigint, ids: bigint[]): View[] {
  const parts = [
    { cursor: 0n, limit: 100n },
    { cursor: 0n, limit: 2n },
    { cursor: neighbour(id, ids, 1), limit: 1n },
    { cursor: neighbour(id, ids, 2), limit: 0n },
  ];
  return parts.flatMap(({ cursor, limit }): View[] => [
    {
      contract: "vouches",
      name: "vouchersOf",
      args: [id, cursor, limit],
      expected: (state) => {
        const { page, next } = pageOf(vouchersOf(state, id), cursor, limit);
        return [page.map((voucherId) => vouchFields(state, voucherId, id)), next];
      },
    },
    {
      contract: "vouches",
      name: "vouchesBy",
      args: [id, cursor, limit],
      expected: (state) => {
        const { page, next } = pageOf(vouchesBy(state, id), cursor, limit);
        return [page.map((subjectId) => vouchFields(state, id, subjectId)), next];
      },
    },
  ]);
}

function ofNumber(id: bigint, ids: bigint[]): View[] {
  const view = (name: string, expected: View["expected"]): View => ({
    contract: "vouches",
    name,
    args: [id],
    expected,
  });
  return [
    view("supportOf", (state) => sumsOf(state, id)),
    view("standingOf", (state) => standingFields(state, id)),
    ...ids.map(
      (subjectId): View => ({
        contract: "vouches",
        name: "vouchOf",
        args: [id, subjectId],
        expected: (state) => [vouchFields(state, id, subjectId)],
      }),
    ),
    ...pages(id, ids),
  ];
}

/** Sums in the future; which periods these are depends on the moment, so they are asked for anew in each. */
export function futureViews(ids: bigint[], current: bigint): View[] {
  const periods = [0n, 1n, 2n, 5n, 6n, 7n].map((ahead) => current + ahead);
  if (current > 0n) periods.push(current - 1n);
  return ids.flatMap((id) =>
    [...periods, LAST_PERIOD + 1n].map(
      (period): View => ({
        contract: "vouches",
        name: "supportAt",
        args: [id, period],
        expected: (state) => {
          if (period < current) refuse("PeriodPassed", period, current);
          return sumsOf(state, id, period);
        },
      }),
    ),
  );
}

export function vouchViews(ids: bigint[]): View[] {
  const end = (number: bigint): View => ({
    contract: "vouches",
    name: "periodEnd",
    args: [number],
    expected: ({ parameters: { origin, period } }) => [origin + (number + 1n) * period],
  });
  return [
    { contract: "vouches", name: "currentPeriod", args: [], expected: (state) => [currentPeriod(state)] },
    end(0n),
    end(7n),
    ...ids.flatMap((id) => ofNumber(id, ids)),
  ];
}
