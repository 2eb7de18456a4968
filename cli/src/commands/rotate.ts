import { rotateKey, type SignedRotateKey, signRotateKey } from "@tenure/sdk";
import type { Command } from "commander";
import { withAccount } from "../chain/connect.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { openKeystore } from "../keys/account.ts";
import { parseDuration, parseFile, parseId } from "../parse/values.ts";
import { readSigned, requireSameRegistry } from "../signed.ts";
import { actor, deadline, done, handOver, requireSign, type SignOptions } from "./common.ts";

type Options = SignOptions & { to?: string; consent?: string };

export function addRotate(program: Command): void {
  program
    .command("rotate")
    .description("hand it to a new key, which consents: --to KEYSTORE, or --sign there and --consent here")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .option("--to <keystore>", "the new key (password: TENURE_NEW_KEYSTORE_PASSWORD)")
    .option("--consent <file>", "what the new key signed", parseFile)
    .option("--sign <file>", "with the new key: consent, into a file", parseFile)
    .option("--valid <span>", "how long the consent counts (1h)", parseDuration)
    .action(async (id: number | undefined, options: Options, command: Command) => {
      const context = new Context(command);
      const { to, consent, sign, valid } = options;
      if ([to, consent, sign].filter((option) => option !== undefined).length !== 1) {
        throw new UsageError("The new key has to consent.", "Give one of --to, --consent and --sign.");
      }
      requireSign(options);
      if (sign !== undefined) {
        if (id === undefined) throw new UsageError("Say which identity: the new key has none yet.");
        const client = await context.write();
        const signed = await signRotateKey(client, { id, ...(await deadline(client, valid)) });
        return handOver(context, sign, { kind: "rotateKey", ...signed });
      }
      const given = consent === undefined ? undefined : await readConsent(consent);
      const client = await context.write();
      const rotated = await actor(client, id ?? given?.id);
      let signed: SignedRotateKey;
      if (given !== undefined) {
        requireSameRegistry(client, given);
        if (given.id !== rotated) throw new UsageError(`The new key consented for identity ${given.id}.`);
        signed = given;
      } else {
        const account = await openKeystore(to ?? "", "TENURE_NEW_KEYSTORE_PASSWORD");
        signed = await signRotateKey(withAccount(client, account), { id: rotated });
      }
      const result = await send(client, rotateKey, { signed });
      done(
        context,
        result,
        `${result.newOwner} speaks for identity ${result.id} from now on; vouches for it have lapsed.`,
      );
    });
}

async function readConsent(file: string) {
  const signed = await readSigned(file);
  if (signed.kind !== "rotateKey") throw new UsageError(`${file} is no consent of a new key.`);
  return signed;
}
