// Who is registered here.
import { formatDuration, formatHex, getProfile, type Profile, type Status } from "@tenure/sdk";
import { type Command, Option } from "commander";
import type { Address } from "viem";
import type { ReadClient } from "../chain/connect.ts";
import { type Moment, thisMoment, walkProfiles } from "../chain/profiles.ts";
import { Context } from "../context.ts";
import { parseAddress, parseAmount, parseDuration, parseId, parsePage } from "../parse/values.ts";
import { colors } from "../view/colors.ts";
import { table } from "../view/table.ts";

type Filters = {
  owner?: Address;
  status?: Status;
  minAge?: number;
  minTenure?: number;
  maxSilence?: number;
  minStanding?: number;
  minSupport?: number;
  oppositionLimit?: number;
  arbiters?: true;
  keyOwned?: true;
};

type Options = Filters & { from: number; limit: number };

/** What was found, and where to go on; `next` is undefined where there is no more. */
type Found = { profiles: Profile[]; next: number | undefined };

export function addIdentities(program: Command): void {
  program
    .command("identities")
    .description("who is registered here, all of them or by what they are")
    .option("--owner <address>", "the one that this key owns", parseAddress)
    .addOption(new Option("--status <status>", "what it is now").choices(["active", "suspended", "retired"]))
    .option("--min-age <span>", "since it was registered", parseDuration)
    .option("--min-tenure <span>", "witnessed time", parseDuration)
    .option("--max-silence <span>", "since it last checked in", parseDuration)
    .option("--min-standing <points>", "points that it has", parseAmount)
    .option("--min-support <points>", "staked for it", parseAmount)
    .option("--opposition-limit <points>", "left out from so many staked against it on", parseAmount)
    .option("--arbiters", "those that agreed to be named as arbiter")
    .option("--key-owned", "those whose owner was proven to be a key")
    .option("--from <id>", "the number to begin with", parseId, 1)
    .option("--limit <n>", "how many at most, 1 to 10000", parsePage, 50)
    .action(async (options: Options, command: Command) => {
      const context = new Context(command);
      const client = await context.read();
      const moment = await thisMoment(client);
      const { profiles, next } = await find(client, moment, options);
      const { time, total } = moment;
      const result = { identities: profiles, total, next, time, blockNumber: Number(moment.blockNumber) };
      context.print(result, context.isJson ? "" : text(profiles, moment, next));
    });
}

async function find(client: ReadClient, moment: Moment, options: Options): Promise<Found> {
  const { owner, from, limit } = options;
  const profiles: Profile[] = [];
  if (owner !== undefined) {
    // A key owns one identity at most, and the registry knows which.
    const profile = await getProfile(client, { address: owner, blockNumber: moment.blockNumber });
    const isOwner = profile.role === "owner" && profile.id >= from;
    return { profiles: isOwner && isWanted(profile, options, moment.time) ? [profile] : [], next: undefined };
  }
  const hasFilter = Object.keys(options).some((name) => name !== "from" && name !== "limit");
  // Without a filter each one counts, so that no more of them are asked for than are shown.
  const page = hasFilter ? undefined : Math.min(limit, 1_000);
  for await (const profile of walkProfiles(client, moment, { from, ...(page && { page }) })) {
    if (!isWanted(profile, options, moment.time)) continue;
    profiles.push(profile);
    if (profiles.length === limit) return { profiles, next: profile.id < moment.total ? profile.id + 1 : undefined };
  }
  return { profiles, next: undefined };
}

function isWanted(profile: Profile, filters: Filters, time: number): boolean {
  const { status, minAge = 0, minTenure = 0, maxSilence, minStanding = 0, minSupport = 0 } = filters;
  const { oppositionLimit, arbiters, keyOwned } = filters;
  return (
    (status === undefined || profile.status === status) &&
    time - profile.firstSeen >= minAge &&
    profile.tenure >= minTenure &&
    (maxSilence === undefined || time - profile.lastSeen <= maxSilence) &&
    profile.standing >= minStanding &&
    profile.support >= minSupport &&
    (oppositionLimit === undefined || profile.opposition < oppositionLimit) &&
    (!arbiters || profile.isArbiter) &&
    (!keyOwned || profile.ownerKind === "key")
  );
}

function text(profiles: readonly Profile[], { total, time }: Moment, next: number | undefined): string {
  if (profiles.length === 0) return `Nobody of ${total} registered.`;
  const rows = profiles.map((profile) => [
    String(profile.id),
    profile.status,
    profile.owner === undefined ? "–" : formatHex(profile.owner),
    formatDuration(time - profile.firstSeen),
    formatDuration(profile.tenure),
    String(profile.standing),
    String(profile.support),
    String(profile.opposition),
  ]);
  const columns = [
    { title: "id", align: "right" },
    { title: "status" },
    { title: "owner", isFlexible: true },
    { title: "age", align: "right" },
    { title: "tenure", align: "right" },
    { title: "points", align: "right" },
    { title: "for", align: "right" },
    { title: "against", align: "right" },
  ] as const;
  const more = next === undefined ? "" : colors().dim(`\n\n  There may be more: --from ${next}`);
  return `${table(columns, rows)}\n\n  ${profiles.length} of ${total} registered${more}`;
}
