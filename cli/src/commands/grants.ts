// Grants: what they say, and those that the key has signed taken back on chain.
import {
  advanceDelegationEpoch,
  getDelegationStatuses,
  revokeDelegation,
  revokeDelegationFor,
  signDelegationRevocation,
} from "@tenure/sdk";
import type { Command } from "commander";
import type { Address, Hex } from "viem";
import type { WriteClient } from "../chain/connect.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parseAddress, parseBytes32, parseFile } from "../parse/values.ts";
import type { SignedFile } from "../signed.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { done, handOver } from "./common.ts";
import { addGrantsShow } from "./grantsShow.ts";

const GRANT = "its id; where a key without an account issued it, keccak256 of the parent's hash and the id";

export function addGrants(program: Command): void {
  const grants = program
    .command("grants")
    .description("what sub-agents may do in somebody's name: shown, taken back, or not");
  addGrantsShow(grants);
  addStatus(grants);
  addRevoke(grants);
  addAdvanceEpoch(grants);
}

function addStatus(grants: Command): void {
  grants
    .command("status")
    .description("whether it is revoked, and the epoch that it has to say to count")
    .argument("<issuer>", "the account that issued it, or the nearest above", parseAddress)
    .argument("<grant>", GRANT, parseBytes32)
    .action(async (issuer: Address, handle: Hex, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.read();
      const { statuses, block } = await waiting(
        "Reading",
        getDelegationStatuses(client, { grants: [{ issuer, handle }] }),
      );
      const { isRevoked = false, epoch = 0n } = statuses[0] ?? {};
      const text = isRevoked
        ? `${colors().red("✗")} ${issuer} has revoked it, for ever.`
        : `${colors().green("✓")} ${issuer} has not revoked it. It counts where it says epoch ${epoch}.`;
      const { number: blockNumber, timestamp: time } = block;
      context.print({ issuer, handle, isRevoked, epoch, blockNumber: Number(blockNumber), time }, text);
    });
}

function addRevoke(grants: Command): void {
  grants
    .command("revoke")
    .description("take one back, with all below it, for ever")
    .argument("<grant>", GRANT, parseBytes32)
    .option("--sign <file>", 'sign only, into a file ("-" is stdout), for somebody else to submit', parseFile)
    .action(async (handle: Hex, { sign }: { sign?: string }, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      if (sign !== undefined) {
        const signed = await signDelegationRevocation(client, { handle });
        return handOver(context, sign, { kind: "delegationRevocation", ...signed });
      }
      revoked(context, await send(client, revokeDelegation, { handle }));
    });
}

/** Sends a revocation that somebody else signed. */
export async function submitRevocation(
  context: Context,
  client: WriteClient,
  signed: Extract<SignedFile, { kind: "delegationRevocation" }>,
): Promise<void> {
  revoked(context, await send(client, revokeDelegationFor, { signed }));
}

function revoked(context: Context, result: Parameters<typeof done>[1] & { issuer: Address; handle: Hex }): void {
  done(context, result, `Grant ${result.handle} of ${result.issuer} counts no more, nor does any below it.`);
}

function addAdvanceEpoch(grants: Command): void {
  grants
    .command("advance-epoch")
    .description("take all back that the key's account has issued on this chain, for ever: a new epoch begins")
    .action(async (_: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, advanceDelegationEpoch, {});
      done(context, result, `Epoch ${result.epoch} of ${result.issuer} begins: no earlier grant counts any more.`);
    });
}
