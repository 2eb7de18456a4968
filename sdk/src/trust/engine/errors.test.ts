import { expect } from "chai";
import { NOW } from "../../../test/utils/graphs.ts";
import { buildTrustGraph, explain, mix, solve, type TrustEdge } from "../index.ts";

const DAY = 86_400;
const old = NOW - 180 * DAY;
const edge = (voucherId: number, subjectId: number, more: Partial<TrustEdge> = {}): TrustEdge => ({
  voucherId,
  subjectId,
  stake: 10,
  since: old,
  ...more,
});
const people = (standings: readonly number[]) => standings.map((standing, i) => ({ id: i + 1, standing }));

describe("trust > given what cannot be", () => {
  const build = (edges: TrustEdge[], more: object = {}) => buildTrustGraph({ edges, now: NOW, ...more });
  const solved = (anchors: readonly never[], more: object = {}) => solve(build([edge(1, 2)]), { anchors, ...more });
  const cases: [string, string, () => unknown][] = [
    ["a stake that is no number", "InvalidEdgeError", () => build([edge(1, 2, { stake: Number.NaN })])],
    ["a stake below zero", "InvalidEdgeError", () => build([edge(1, 2, { stake: -1 })])],
    ["a stake of zero", "InvalidEdgeError", () => build([edge(1, 2, { stake: 0 })])],
    ["a stake without end", "InvalidEdgeError", () => build([edge(1, 2, { stake: Number.POSITIVE_INFINITY })])],
    ["a date that is no number", "InvalidEdgeError", () => build([edge(1, 2, { since: Number.NaN })])],
    ["identity 0", "InvalidEdgeError", () => build([edge(0, 2)])],
    ["half an identity", "InvalidEdgeError", () => build([edge(1, 2.5)])],
    ["another stance", "InvalidEdgeError", () => build([edge(1, 2, { stance: "none" as never })])],
    ["an edge to itself", "SelfEdgeError", () => build([edge(2, 2)])],
    ["a pair twice", "DuplicateEdgeError", () => build([edge(1, 2), edge(3, 2), edge(1, 2, { stance: "against" })])],
    ["an edge to nobody", "UnknownEndpointError", () => build([edge(1, 2)], { identities: people([1]) })],
    ["an edge of nobody", "UnknownEndpointError", () => build([edge(9, 1)], { identities: people([1]) })],
    ["a standing below zero", "InvalidIdentityError", () => build([], { identities: people([-1]) })],
    ["a standing that is no number", "InvalidIdentityError", () => build([], { identities: people([Number.NaN]) })],
    [
      "an unknown status",
      "InvalidIdentityError",
      () => build([], { identities: [{ id: 1, standing: 1, status: "x" }] }),
    ],
    ["an identity twice", "DuplicateIdentityError", () => build([], { identities: [...people([1]), ...people([2])] })],
    [
      "columns of different lengths",
      "InvalidEdgeError",
      () => buildTrustGraph({ edges: { voucherIds: [1], subjectIds: [2, 3], stakes: [1], since: [1] }, now: NOW }),
    ],
    [
      "a column of other bits",
      "InvalidEdgeError",
      () =>
        buildTrustGraph({
          edges: { voucherIds: [1], subjectIds: [2], stakes: [1], since: [1], against: [2] },
          now: NOW,
        }),
    ],
    ["no moment", "InvalidParameterError", () => buildTrustGraph({ edges: [], now: Number.NaN })],
    ...["alpha", "lambda", "kappa", "freshFloor", "freshAfter"].flatMap((name) =>
      [Number.NaN, -1, Number.POSITIVE_INFINITY, "1"].map(
        (value) =>
          [`${name} ${value}`, "InvalidParameterError", () => build([], { [name]: value })] as [
            string,
            string,
            () => unknown,
          ],
      ),
    ),
    ["alpha 0", "InvalidParameterError", () => build([], { alpha: 0 })],
    ["alpha 1", "InvalidParameterError", () => build([], { alpha: 1 })],
    ["another policy", "InvalidParameterError", () => build([], { suspended: "some" })],
    ["no anchors", "NoAnchorsError", () => solved([])],
    ["an anchor that is not there", "UnknownAnchorError", () => solved([7] as never)],
    ["an anchor twice", "DuplicateAnchorError", () => solved([1, 2, 1] as never)],
    ["an anchor without weight", "InvalidAnchorError", () => solved([{ id: 1, weight: 0 }] as never)],
    ["an anchor that is no number", "InvalidAnchorError", () => solved(["1"] as never)],
    ["a weight in words", "InvalidAnchorError", () => solved([{ id: 1, weight: "5" }] as never)],
    ["weights whose sum is infinite", "InvalidAnchorError", () => solved([{ id: 1, weight: 1.7e308 }] as never)],
    ["a tolerance beyond arithmetic", "InvalidParameterError", () => solved([1] as never, { tolerance: 1e-20 })],
    ["nothing to mix", "NoAnchorsError", () => mix([])],
    [
      "a weight that is no number",
      "InvalidParameterError",
      () => mix([{ trust: solved([1] as never), weight: Number.NaN }]),
    ],
    ["half a digit", "InvalidParameterError", () => explain(solved([1] as never), 2, { digits: 0.5 })],
  ];
  for (const [what, name, run] of cases) {
    it(`should refuse ${what} with ${name}`, () => {
      expect(run).to.throw().with.property("name", name);
    });
  }
});
