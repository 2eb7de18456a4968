// What cannot be undone is done by whoever typed its number, or said --yes.
import { RefusedError, UsageError } from "../errors/cliError.ts";
import { askOpenly, canAsk } from "../keys/password.ts";

/** The option of such a command. */
export type ConfirmOptions = { yes?: true };

/** Refuses, before a key is opened, what nobody is there to confirm. */
export function requireConfirmation({ yes }: ConfirmOptions, what: string): void {
  if (!yes && !canAsk()) throw new UsageError(`${what} cannot be undone.`, "Say --yes if you mean it.");
}

/** Asks for the number of the identity that it is about. */
export async function confirm({ yes }: ConfirmOptions, what: string, id: number): Promise<void> {
  if (yes) return;
  const answer = await askOpenly(`${what} cannot be undone. Type its number: `);
  if (answer.trim() !== String(id)) throw new RefusedError("Nothing was done.");
}
