// What an identity does about itself.
import {
  formatDuration,
  getIdentity,
  type PulseEvent,
  proveKey,
  pulse,
  resume,
  retire,
  signPulse,
  suspend,
} from "@tenure/sdk";
import type { Command } from "commander";
import type { Hex } from "viem";
import type { WriteClient } from "../chain/connect.ts";
import { follow, type Sent, send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseBytes32, parseDuration, parseFile, parseId } from "../parse/values.ts";
import { moment } from "../view/text.ts";
import { actor, deadline, done, handOver, requireSign, type SignOptions } from "./common.ts";
import { type ConfirmOptions, confirm, requireConfirmation } from "./confirm.ts";

type PulseOptions = SignOptions & { checkpoint?: Hex; prove?: true };

export function addPulse(program: Command): void {
  program
    .command("pulse")
    .description("check in: it is still here")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .option("--checkpoint <hash>", "32 bytes, such as the Merkle root of a log", parseBytes32)
    .option("--prove", "sign the check-in too, as the owner, which proves that it is a key")
    .option(
      "--sign <file>",
      'sign only, as the owner, into a file ("-" is stdout), for somebody else to submit',
      parseFile,
    )
    .option("--valid <span>", "how long the signature counts (1h)", parseDuration)
    .action(async (id: number | undefined, { checkpoint, prove, sign, valid }: PulseOptions, command: Command) => {
      const context = new Context(command);
      // --prove signs too.
      if (!prove) requireSign({ sign, valid });
      if (prove && sign !== undefined) {
        throw new UsageError(
          "--prove sends, and --sign does not.",
          "What --sign makes proves the key when it is submitted.",
        );
      }
      const client = await context.write();
      const checkIn = { id: await actor(client, id), checkpoint };
      const toSign = { ...checkIn, ...(await deadline(client, valid)) };
      if (sign !== undefined) {
        return handOver(context, sign, { kind: "pulse", ...(await signPulse(client, toSign)) });
      }
      await earn(context, client, { ...checkIn, prove }, () =>
        prove ? follow(client, pulse, checkIn, proveKey(client, toSign)) : send(client, pulse, checkIn),
      );
    });
}

const PROVEN = " Its owner has proven to be a key.";
const PROVEN_BEFORE = " Its owner had proven to be a key before.";

/** Sends a check-in, and says what it earned, and whether it proved the owner to be a key; where asked to, that it did not. */
export async function earn(
  context: Context,
  client: WriteClient,
  { id, prove }: { id: number; prove?: true | undefined },
  checkIn: () => Promise<PulseEvent & { transaction: Sent }>,
): Promise<void> {
  const before = await getIdentity(client, { id });
  const result = await checkIn();
  const { tenure, ownerKind } = await getIdentity(client, { id });
  const credited = tenure - before.tenure;
  // Any other change is no proof: a rotation meanwhile, to a key that has proven nothing.
  const proof = ownerKind !== "key" ? "" : before.ownerKind !== "key" ? PROVEN : prove ? PROVEN_BEFORE : "";
  const sentence = `Identity ${id} checked in: ${formatDuration(credited)} credited, ${formatDuration(tenure)} of tenure.${proof}`;
  const outcome = { ...result, tenure, credited, ownerKind };
  done(context, outcome, sentence);
}

export function addSuspend(program: Command): void {
  program
    .command("suspend")
    .description("stop it from acting, at once (owner or guardian)")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, suspend, { id: await actor(client, id) });
      done(context, result, `Identity ${result.id} is suspended.`);
    });
}

export function addResume(program: Command): void {
  program
    .command("resume")
    .description("let it act again (the guardian, or the owner where there is none)")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, resume, { id: await actor(client, id) });
      done(context, result, `Identity ${result.id} is active again.`);
    });
}

export function addRetire(program: Command): void {
  program
    .command("retire")
    .description("end it for ever; its key can never be a key here again")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .option("--yes", "do not ask")
    .action(async (id: number | undefined, options: ConfirmOptions, command: Command) => {
      const context = new Context(command);
      requireConfirmation(options, "Retiring");
      const client = await context.write();
      const retired = await actor(client, id);
      await confirm(options, `Retiring identity ${retired}`, retired);
      const result = await send(client, retire, { id: retired });
      const sentence =
        result.outcome === "retired"
          ? `Identity ${result.id} is retired.`
          : `Identity ${result.id} can retire at ${moment(result.readyAt ?? 0)} UTC: call this again then.`;
      done(context, result, sentence);
    });
}
