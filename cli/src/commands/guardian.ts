// Who may stop an identity and hand it to another key.
import { cancelPending, claimRecovery, proposeRecovery, setGuardian } from "@tenure/sdk";
import type { Command } from "commander";
import type { Address } from "viem";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parseAddress, parseId } from "../parse/values.ts";
import { moment } from "../view/text.ts";
import { actor, done } from "./common.ts";

/** What takes a guardian away. */
const NONE = "none";

export function addGuardian(program: Command): void {
  const guardian = program.command("guardian").description("who may suspend it, and recover it to another key");
  addSet(guardian);
  addPropose(guardian);
  addClaim(guardian);
  addCancel(guardian);
}

function addSet(guardian: Command): void {
  guardian
    .command("set")
    .description("name its guardian; where it has one, say it again after the delay (owner)")
    .argument("<guardian>", `an address, or "${NONE}"`, parseGuardian)
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (wanted: Address | typeof NONE, id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const next = wanted === NONE ? undefined : wanted;
      const result = await send(client, setGuardian, { id: await actor(client, id), guardian: next });
      const when = moment(result.readyAt ?? 0);
      const sentence =
        result.outcome === "proposed"
          ? `Identity ${result.id} can change its guardian at ${when} UTC: say this again then. Its guardian may cancel it.`
          : next === undefined
            ? `Identity ${result.id} has no guardian.`
            : `${next} is the guardian of identity ${result.id}: it may suspend it, and recover it to another key.`;
      done(context, result, sentence);
    });
}

function addPropose(guardian: Command): void {
  guardian
    .command("propose")
    .description("start to recover it to another key (guardian)")
    .argument("<id>", "the identity", parseId)
    .argument("<candidate>", "address of the next key, which never was one here", parseAddress)
    .action(async (id: number, candidate: Address, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, proposeRecovery, { id, candidate });
      done(
        context,
        result,
        `${result.candidate} can claim identity ${id} from ${moment(result.readyAt)} UTC: tenure guardian claim ${id}`,
      );
    });
}

function addClaim(guardian: Command): void {
  guardian
    .command("claim")
    .description("complete a recovery: it belongs to the key from now on (candidate)")
    .argument("<id>", "the identity", parseId)
    .action(async (id: number, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, claimRecovery, { id });
      done(context, result, `${result.newOwner} speaks for identity ${id} from now on; vouches for it have lapsed.`);
    });
}

function addCancel(guardian: Command): void {
  guardian
    .command("cancel")
    .description("cancel a change that waits (guardian; the owner, what the owner proposed)")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, cancelPending, { id: await actor(client, id) });
      done(context, result, `The ${result.kind} of identity ${result.id} is cancelled.`);
    });
}

function parseGuardian(text: string): Address | typeof NONE {
  return text === NONE ? NONE : parseAddress(text);
}
