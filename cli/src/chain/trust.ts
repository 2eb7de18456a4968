import { formatCount } from "@tenure/sdk";
import {
  type LoadTrustGraphReturnType,
  loadTrustGraph,
  type StakesThatCount,
  type TrustParameters,
} from "@tenure/sdk/trust";
import type { Command } from "commander";
import { UsageError } from "../errors/cliError.ts";
import { parseBlock, parseIds } from "../parse/values.ts";
import { surroundings } from "../surroundings.ts";
import { loading } from "../view/loading.ts";
import type { ReadClient } from "./connect.ts";

/** What both commands that show trust take. */
export type TrustOptions = {
  anchors: number[];
  lambda?: number;
  suspended?: StakesThatCount;
  retired?: StakesThatCount;
  rekeyed?: StakesThatCount;
  fromBlock?: bigint;
  storage?: true;
};

/** Adds those options to a command. */
export function withTrustOptions(command: Command): Command {
  return command
    .requiredOption("--anchors <ids>", "identities that you trust: 1,7,12", (text) => [...new Set(parseIds(text))])
    .option("--lambda <n>", "what a warning weighs against a vouch (1)", parseLambda)
    .option("--suspended <what>", "what counts of suspended vouchers: all, warnings (as here), none", parseCounts)
    .option("--retired <what>", "what counts of retired vouchers: all, warnings (as here), none", parseCounts)
    .option(
      "--rekeyed <what>",
      "what counts of what was staked with an earlier key: all (as here), warnings, none",
      parseCounts,
    )
    .option("--from-block <n>", "where the logs begin (0): the block of the deployment", parseBlock)
    .option("--storage", "read the registry's lists instead of logs");
}

/** Reads everything, tells how far it is, and says on stderr where it does not add up. */
export async function readTrust(client: ReadClient, options: TrustOptions): Promise<LoadTrustGraphReturnType> {
  const { lambda, suspended, retired, rekeyed, fromBlock, storage } = options;
  const given = Object.entries({ lambda, suspended, retired, rekeyed }).filter(([, value]) => value !== undefined);
  const parameters = Object.fromEntries(given) as Partial<TrustParameters>;
  const loaded = await loading((onProgress) =>
    loadTrustGraph(client, { fromBlock, source: storage ? "storage" : "logs", parameters, onProgress }),
  );
  const { length } = loaded.differences;
  if (length > 0) {
    surroundings().stderr.write(
      `tenure: ${formatCount(length, "sum")} of the registry ${length === 1 ? "is" : "are"} not what the logs make. Try --storage.\n`,
    );
  }
  return loaded;
}

function parseLambda(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 1_000) {
    throw new UsageError(`"${text.slice(0, 48)}" is not a weight.`, "It is a number from 0, as 0.5.");
  }
  return value;
}

function parseCounts(text: string): StakesThatCount {
  if (text === "all" || text === "warnings" || text === "none") return text;
  throw new UsageError(`"${text.slice(0, 48)}" is not what can count.`, "It is all, warnings or none.");
}
