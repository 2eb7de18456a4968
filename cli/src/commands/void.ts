// Taking back what was signed and not used.
import { getIdentity, invalidateNonces, type NonceRegistry, pulse, type SignedPulse, voidConsent } from "@tenure/sdk";
import { type Command, Option } from "commander";
import type { WriteClient } from "../chain/connect.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { RefusedError, UsageError } from "../errors/cliError.ts";
import { parseNonces } from "../parse/values.ts";
import { readSigned, registryOf, requireSameRegistry } from "../signed.ts";
import { count } from "../view/text.ts";
import { done } from "./common.ts";

/** Registries, as a user names them. */
const registries = { vouch: "vouchRegistry", identity: "identityRegistry" } as const satisfies Record<
  string,
  NonceRegistry
>;

type Options = { nonces?: bigint[]; registry?: keyof typeof registries };

export function addVoid(program: Command): void {
  program
    .command("void")
    .description("make what the key has signed void, before anybody uses it")
    .argument("[file]", 'a file that --sign made ("-" is stdin)')
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
      const client = await context.write();
      if (signed !== undefined) requireSameRegistry(client, signed);
      if (signed?.kind === "pulse") return voidPulse(context, client, signed);
      const result =
        signed?.kind === "rotateKey"
          ? await send(client, voidConsent, signed)
          : await send(client, invalidateNonces, {
              registry: signed === undefined ? registries[registry ?? "vouch"] : registryOf(signed),
              nonces: signed === undefined ? (nonces ?? []) : [signed.signatureNonce],
            });
      done(context, result, `${count(result.nonces.length, "nonce")} of ${result.owner} cannot be used any more.`);
    });
}

/** A signed check-in has no nonce: it names the last one, so that the next makes it void. */
async function voidPulse(context: Context, client: WriteClient, { id, lastSeen }: SignedPulse): Promise<void> {
  const before = await getIdentity(client, { id });
  if (before.lastSeen !== lastSeen) {
    throw new RefusedError(`It is void: identity ${id} has checked in since.`, "Nothing was sent.");
  }
  const result = await send(client, pulse, { id });
  const after = await getIdentity(client, { id });
  if (after.lastSeen === lastSeen) {
    throw new RefusedError(`Identity ${id} checked in within the second of the last time.`, "Try again.");
  }
  done(context, result, `Identity ${id} checked in, so that no check-in that it signed before counts any more.`);
}
