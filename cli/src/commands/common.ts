import { currentTime } from "@tenure/sdk";
import type { ReadClient, WriteClient } from "../chain/connect.ts";
import { idOfKey } from "../chain/identity.ts";
import type { Sent } from "../chain/send.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { type SignedFile, writeSigned } from "../signed.ts";
import { colors } from "../view/colors.ts";

/** Options of everything that can be signed instead of sent. */
export type SignOptions = { sign?: string; valid?: number };

/** The identity that acts: the one given, else the one for which the key speaks. */
export async function actor(client: WriteClient, id: number | undefined): Promise<number> {
  return id ?? idOfKey(client, client.account.address);
}

/** Says what was done, and by which transaction. */
export function done(context: Context, result: { transaction: Sent }, sentence: string): void {
  const { hash, gasUsed } = result.transaction;
  context.print(result, `${colors().green("✓")} ${sentence}\n${colors().dim(`  ${hash}, ${gasUsed} gas`)}`);
}

/**
 * Until when a signature counts: from the time of the block that comes. Undefined leaves it to the SDK: an hour.
 */
export async function deadline(client: ReadClient, valid: number | undefined): Promise<{ deadline?: number }> {
  if (valid === undefined) return {};
  return { deadline: (await currentTime(client)) + valid };
}

/** What is sent counts for ever: whoever says how long it counts meant to sign. */
export function requireSign({ sign, valid }: SignOptions): void {
  if (valid !== undefined && sign === undefined) {
    throw new UsageError("--valid is about a signature, and nothing is signed here.", "Say --sign FILE too.");
  }
}

/** Writes a signature, and says what to do with it. */
export function handOver(
  context: Context,
  file: string,
  signed: SignedFile,
  next = `Whoever has it can send it, and pays: tenure submit ${file}`,
): void {
  if (!writeSigned(file, signed)) return;
  context.print(signed, `${colors().green("✓")} Signed into ${file}. ${next}`);
}
