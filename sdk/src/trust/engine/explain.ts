import { InvalidParameterError } from "./errors.ts";
import { freshOf } from "./fresh.ts";
import { AGAINST, type EdgeView, REKEYED } from "./graph.ts";
import { apportion, decimal } from "./print.ts";
import { judge, partsOf, ratioOf, type TrustScore } from "./score.ts";
import type { Trust } from "./trust.ts";
import type { MutedReason, TrustStance } from "./types.ts";

/** One vouch or warning, and how much trust flows over it: `trust / budget * stake * fresh`. */
export type TrustLine = {
  /** Who staked. */
  voucherId: number;
  /** For or against. */
  stance: TrustStance;
  /** The voucher's own trust: its share of all. */
  trust: number;
  /** What the voucher divides it by: its standing, or all that it staked where that is more. */
  budget: number;
  /** What it staked here. */
  stake: number;
  /** What that counts by its age, 1 at most. */
  fresh: number;
  /** When it was made (unix seconds). */
  since: number;
  /** What flows, from 0. */
  flow: number;
  /** Why nothing flows although something is staked. */
  muted: MutedReason | undefined;
  /** Whether the voucher's key has changed since. */
  voucherRekeyed: boolean;
  /** In millionths of all trust, as in `Explanation.printed`. */
  printed: { trust: string; flow: string };
};

/** A score with its arithmetic. */
export type Explanation = TrustScore & {
  /** Every vouch and warning that counts now, the greatest flow first. */
  lines: TrustLine[];
  /**
   * The same in millionths of all trust, with so many digits that one can add it up: the printed flows of the vouches
   * make the printed support, those of the warnings the opposition, and the printed score is that of the printed parts,
   * or 0 where the verdict is `unknown`.
   */
  printed: { support: string; opposition: string; anchored: string; kappa: string; lambda: string; score: string };
};

/** Parameters of `explain`. */
export type ExplainParameters = {
  /** Digits after the point, of millionths of all trust and of the score: 0 to 9; 3 where left out. */
  digits?: number | undefined;
};

/**
 * Shows the arithmetic of a score: who vouches and who warns, how far the platform trusts each of them, and how much of
 * that flows.
 *
 * @param trust - What `solve` found.
 * @param id - The identity.
 * @param parameters - {@link ExplainParameters}
 * @returns The score and each line of it.
 *
 * @example
 * const { lines, printed } = explain(trust, 42);
 * for (const { voucherId, stance, printed } of lines) console.log(stance, voucherId, printed.flow);
 */
export function explain(trust: Trust, id: number, { digits = 3 }: ExplainParameters = {}): Explanation {
  trust.requireCurrent();
  if (!(Number.isInteger(digits) && digits >= 0 && digits <= 9)) {
    throw new InvalidParameterError({ parameter: "digits", value: digits, demanded: "a whole number from 0 to 9" });
  }
  const { graph } = trust;
  const place = graph.placeOf(id);
  const edges = place === -1 ? [] : graph.edgesTo(place);
  const parts = partsOf(trust, place, edges);
  const lines = edges.map((edge) => lineOf(trust, edge));

  const scale = 10 ** digits;
  const units = (value: number) => Math.round(value * 1e6 * scale);
  const totals = { for: units(parts.support), against: units(parts.opposition) };
  for (const stance of ["for", "against"] as const) {
    const members = lines.filter((line) => line.stance === stance);
    const shares = apportion(
      members.map(({ flow }) => flow * 1e6 * scale),
      totals[stance],
    );
    members.forEach((line, i) => {
      line.printed.flow = decimal(shares[i] ?? 0, digits);
    });
  }
  for (const line of lines) line.printed.trust = decimal(units(line.trust), digits);

  const { lambda, kappa } = graph.parameters;
  const anchored = units(parts.anchored);
  const whole = { support: totals.for, opposition: totals.against, anchored };
  const judged = judge(trust, parts);
  const ofPrinted = ratioOf(whole, { ...graph.parameters, kappa: kappa * 1e6 * scale });
  const printedScore = judged.verdict === "unknown" ? 0 : ofPrinted;
  return {
    id,
    ...judged,
    trust: place === -1 ? 0 : Math.max(trust.values[place] as number, 0),
    ...parts,
    lines: lines.sort((a, b) => b.flow - a.flow || a.voucherId - b.voucherId),
    printed: {
      support: decimal(totals.for, digits),
      opposition: decimal(totals.against, digits),
      anchored: decimal(anchored, digits),
      kappa: String(Number((kappa * 1e6).toPrecision(12))),
      lambda: String(lambda),
      score: decimal(Math.round(printedScore * scale), digits),
    },
  };
}

function lineOf({ graph, values }: Trust, { from, stake, since, flags, phi }: EdgeView): TrustLine {
  const trust = Math.max(values[from] as number, 0);
  return {
    voucherId: graph.ids[from] as number,
    stance: (flags & AGAINST) === 0 ? "for" : "against",
    trust,
    budget: graph.budgetOf(from),
    stake,
    fresh: freshOf(since, graph.now, graph.parameters),
    since,
    flow: trust * Math.abs(phi),
    muted: graph.mutedBy(from, flags),
    voucherRekeyed: (flags & REKEYED) !== 0,
    printed: { trust: "", flow: "" },
  };
}
