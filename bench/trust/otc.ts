import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { score } from "@tenure/sdk/trust";
import { areaUnderCurve, averagePrecision } from "./metrics.ts";
import { flowOver, membersOf, type Network } from "./network.ts";
import { degree, meanRating } from "./rivals/counting.ts";
import { fairnessGoodness } from "./rivals/fairnessGoodness.ts";
import { eigenTrust, pageRank } from "./rivals/walks.ts";

/** What a method finds on the task. */
export interface OtcRow {
  method: string;
  auc: string;
  ap: string;
}

/** The task: a network, and who in it is a fraud. */
export interface OtcTask {
  network: Network;
  labels: Map<number, boolean>;
  /** First digits of the SHA-256 of each file. */
  files: Record<string, string>;
}

/** The goals, as `design/trust.md` sets them. */
export const OTC_GOALS = { auc: 0.955, ap: 0.969 };

/** Reads `edges.csv`, `seeds.csv` and `eval.csv` of a folder; undefined where there is none. */
export async function readOtc(folder: string | undefined): Promise<OtcTask | undefined> {
  if (folder === undefined) return undefined;
  const files: Record<string, string> = {};
  const read = async (name: string) => {
    const text = await readFile(path.join(folder, name), "utf8");
    files[name] = createHash("sha256").update(text).digest("hex").slice(0, 16);
    return text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
  };
  const ratings = (await read("edges.csv")).map(([from = 0, to = 0, rating = 0, time = 0]) => ({
    from,
    to,
    rating,
    time,
  }));
  const anchors = (await read("seeds.csv")).map(([id = 0]) => id);
  const labels = new Map((await read("eval.csv")).map(([id = 0, label]) => [id, label === -1]));
  const now = ratings.reduce((latest, { time }) => Math.max(latest, time), 0);
  return { network: { name: "Bitcoin OTC", ratings, anchors, now }, labels, files };
}

export function measureOtc({ network, labels }: OtcTask): OtcRow[] {
  const flow = (lambda: number) => {
    const trust = flowOver(network, { lambda });
    return new Map(membersOf(network).map((id) => [id, score(trust, id).score]));
  };
  const methods: [string, Map<number, number>][] = [
    ["vouches received", degree(network)],
    ["mean rating", meanRating(network)],
    ["EigenTrust from the anchors", eigenTrust(network)],
    ["personalised PageRank", pageRank(network)],
    ["fairness and goodness", fairnessGoodness(network)],
    ["flow, lambda 0.5", flow(0.5)],
    ["flow", flow(1)],
  ];
  return methods.map(([method, scores]) => {
    const judged = [...labels].map(([id, isFraud]) => ({ score: scores.get(id) ?? 0, isFraud }));
    return { method, auc: areaUnderCurve(judged).toFixed(4), ap: averagePrecision(judged).toFixed(4) };
  });
}
