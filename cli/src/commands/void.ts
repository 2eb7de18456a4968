// Taking back what was signed and not used.
import { formatCount, invalidateNonces, type NonceRegistry, voidConsent } from "@tenure/sdk";
import { type Command, Option } from "commander";
import type { WriteClient } from "../chain/connect.ts";
import { areNoncesUsed } from "../chain/nonces.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { RefusedError, UsageError } from "../errors/cliError.ts";
import { parseFile, parseNonces } from "../parse/values.ts";
import { readSigned, requireSameRegistry } from "../signed.ts";
import { waiting } from "../view/progress.ts";
import { done } from "./common.ts";

/** Registries, as a user names them. */
export const registries = { vouch: "vouchRegistry", identity: "identityRegistry" } as const satisfies Record<
  string,
  NonceRegistry
>;

type Options = { nonces?: bigint[]; registry?: keyof typeof registries };

export function addVoid(program: Command): void {
  program
    .command("void")
    .description("make what the key has signed void, before anybody uses it")
    .argument("[file]", 'a file that --sign made ("-" is stdin)', parseFile)
    .option("--nonces <list>", "in the place of a file: the nonces that were signed, as 3,4", parseNonces)
    .addOption(
      new Option("--registry <name>", "with --nonces: the registry that would take the signatures (vouch)").choices(
        Object.keys(registries),
      ),
    )
    .action(async (file: string | undefined, { nonces, registry }: Options, command: Command) => {
      const context = new Context(command);
      if ((file === undefined) === (nonces === undefined)) {
        throw new UsageError("It is not clear what to make void.", "Name either a file or --nonces.");
      }
      if (registry !== undefined && nonces === undefined) {
        throw new UsageError("--registry goes with --nonces.", "A file says itself which registry it is for.");
      }
      const signed = file === undefined ? undefined : await readSigned(file);
      if (signed?.kind === "delegationRevocation") {
        throw new UsageError("A signed revocation of a grant counts for ever: nothing makes it void.");
      }
      const client = await context.write();
      if (signed === undefined) return voidNonces(context, client, registries[registry ?? "vouch"], nonces ?? []);
      requireSameRegistry(client, signed);
      const result = await send(client, voidConsent, { signed });
      done(context, result, `It is void now: ${result.owner} took it back.`);
    });
}

/** Makes nonces void, unless one of them is used up. */
export async function voidNonces(
  context: Context,
  client: WriteClient,
  registry: NonceRegistry,
  nonces: bigint[],
): Promise<void> {
  const { address: owner } = client.account;
  const areUsed = await waiting("Reading", areNoncesUsed(client, { registry, owner, nonces }));
  const used = nonces.filter((_, index) => areUsed[index]);
  if (used.length > 0) {
    const which = used.length === 1 ? `Nonce ${used[0]} of ${owner} is` : `Nonces ${used.join(", ")} of ${owner} are`;
    throw new RefusedError(
      `${which} used already: submitted, or made void.`,
      `Nothing was sent.${used.length < nonces.length ? " Name the others alone." : ""}`,
    );
  }
  const result = await send(client, invalidateNonces, { registry, nonces });
  done(context, result, `${formatCount(result.nonces.length, "nonce")} of ${result.owner} cannot be used any more.`);
}
