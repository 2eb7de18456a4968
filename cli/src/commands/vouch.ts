// What an identity stakes on others.
import {
  formatCount,
  getParameters,
  getVouch,
  periodAt,
  periodEnd,
  type RenewEvent,
  renew,
  revoke,
  signRevoke,
  signVouch,
  signWarn,
  type VouchEvent,
  vouch,
  warn,
} from "@tenure/sdk";
import type { Command } from "commander";
import type { Hex } from "viem";
import { getBlock } from "viem/actions";
import type { WriteClient } from "../chain/connect.ts";
import { idOfTarget } from "../chain/identity.ts";
import { type Sent, send } from "../chain/send.ts";
import { Context } from "../context.ts";
import {
  parseAmount,
  parseDuration,
  parseFile,
  parseId,
  parsePeriods,
  parsePoints,
  parseTarget,
  parseTopic,
  type Target,
} from "../parse/values.ts";
import { moment } from "../view/text.ts";
import { actor, deadline, done, handOver, requireSign, type SignOptions } from "./common.ts";

type OfferOptions = SignOptions & {
  stake: number;
  periods: number;
  arbiter?: number;
  topic?: Hex;
  evidence?: string;
  as?: number;
};

export function addVouch(program: Command): void {
  addOffer(program, "vouch", "stake points for somebody");
}

export function addWarn(program: Command): void {
  addOffer(program, "warn", "stake points against somebody");
}

function addOffer(program: Command, kind: "vouch" | "warn", description: string): void {
  program
    .command(kind)
    .description(description)
    .argument("<subject>", "number or address", parseTarget)
    .requiredOption("--stake <points>", "how many", parsePoints)
    .option("--periods <n>", "how many periods ahead it ends, 1 to 6", parsePeriods, 1)
    .option("--arbiter <id>", "who may burn the stake: one that opened arbitration", parseId)
    .option("--topic <text>", "what it is about: 32 bytes, or a text, which is hashed", parseTopic)
    .option("--evidence <uri>", "where the evidence is")
    .option("--as <id>", "who stakes; the key's own identity where left out", parseId)
    .option("--sign <file>", 'sign only, into a file ("-" is stdout), for somebody else to submit', parseFile)
    .option("--valid <span>", "how long the signature counts (1h)", parseDuration)
    .action(async (subject: Target, options: OfferOptions, command: Command) => {
      const context = new Context(command);
      const { stake, periods, arbiter, topic, evidence, sign, valid } = options;
      requireSign(options);
      const client = await context.write();
      const voucherId = await actor(client, options.as);
      const subjectId = await idOfTarget(client, subject);
      const offer = { voucherId, subjectId, stake, periods, arbiterId: arbiter, topic, evidence };
      if (sign !== undefined) {
        const terms = { ...offer, ...(await deadline(client, valid)) };
        const signed =
          kind === "vouch"
            ? ({ kind, ...(await signVouch(client, terms)) } as const)
            : ({ kind, ...(await signWarn(client, terms)) } as const);
        return handOver(context, sign, signed);
      }
      const result = kind === "vouch" ? await send(client, vouch, offer) : await send(client, warn, offer);
      await report(context, client, result, kind);
    });
}

/** Says what is staked now. */
export async function report(
  context: Context,
  client: WriteClient,
  result: (VouchEvent | RenewEvent) & { transaction: Sent },
  kind: "vouch" | "warn",
): Promise<void> {
  const { voucherId, subjectId, edge } = result;
  const ends = moment(periodEnd(edge.endPeriod, await getParameters(client)));
  const sentence =
    kind === "vouch"
      ? `Identity ${voucherId} vouches for ${subjectId} with ${formatCount(edge.stake, "point")} until ${ends} UTC.`
      : `Identity ${voucherId} warns about ${subjectId} with ${formatCount(edge.stake, "point")} until ${ends} UTC.`;
  done(context, result, sentence);
}

export function addRenew(program: Command): void {
  program
    .command("renew")
    .description("extend, raise or affirm again what was staked")
    .argument("<subject>", "number or address", parseTarget)
    .option("--periods <n>", "how many periods ahead it ends now, 1 to 6; as it did where left out", parsePeriods)
    .option("--add <points>", "points more", parseAmount, 0)
    .option("--as <id>", "who staked; the key's own identity where left out", parseId)
    .action(async (subject: Target, options: { periods?: number; add: number; as?: number }, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const pair = { voucherId: await actor(client, options.as), subjectId: await idOfTarget(client, subject) };
      const periods = options.periods ?? (await periodsLeft(client, pair));
      const result = await send(client, renew, { ...pair, addedStake: options.add, periods });
      await report(context, client, result, result.edge.stance === "against" ? "warn" : "vouch");
    });
}

/** How many periods ahead a vouch ends already; at least 1, as one that has ended can be renewed in its tail. */
async function periodsLeft(client: WriteClient, pair: { voucherId: number; subjectId: number }): Promise<number> {
  const [{ endPeriod }, clock, { timestamp }] = await Promise.all([
    getVouch(client, pair),
    getParameters(client),
    getBlock(client),
  ]);
  return Math.max(1, endPeriod - periodAt(Number(timestamp), clock));
}

export function addRevoke(program: Command): void {
  program
    .command("revoke")
    .description("take a vouch or warning back; its stake stays locked to the end of the next period")
    .argument("<subject>", "number or address", parseTarget)
    .option(
      "--as <id>",
      "who staked; the key's own identity where left out (a guardian names one that is suspended)",
      parseId,
    )
    .option("--sign <file>", 'sign only, into a file ("-" is stdout), for somebody else to submit', parseFile)
    .option("--valid <span>", "how long the signature counts (1h)", parseDuration)
    .action(async (subject: Target, { as, sign, valid }: SignOptions & { as?: number }, command: Command) => {
      const context = new Context(command);
      requireSign({ sign, valid });
      const client = await context.write();
      const pair = { voucherId: await actor(client, as), subjectId: await idOfTarget(client, subject) };
      if (sign !== undefined) {
        const signed = await signRevoke(client, { ...pair, ...(await deadline(client, valid)) });
        return handOver(context, sign, { kind: "revoke", ...signed });
      }
      const result = await send(client, revoke, pair);
      const { stake, releasePeriod } = result.edge;
      const until = moment(periodEnd(releasePeriod, await getParameters(client)));
      const left = stake === 0 ? "all of it was burned" : `its points are free after ${until} UTC`;
      done(context, result, `What identity ${pair.voucherId} staked on ${pair.subjectId} counts no more; ${left}.`);
    });
}
