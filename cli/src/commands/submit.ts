import { pulseFor, registerFor, revokeFor, rotateKey, setAgentWallet, vouchFor, warnFor } from "@tenure/sdk";
import type { Command } from "commander";
import type { WriteClient } from "../chain/connect.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parseFile } from "../parse/values.ts";
import { readSigned, requireSameRegistry, type SignedFile } from "../signed.ts";
import { done } from "./common.ts";
import { submitRevocation } from "./grants.ts";
import { earn } from "./identity.ts";
import { report } from "./vouch.ts";

export function addSubmit(program: Command): void {
  program
    .command("submit")
    .description("send what somebody else signed, and pay for it")
    .argument("<file>", 'a file that --sign made ("-" is stdin)', parseFile)
    .action(async (file: string, _: object, command: Command) => {
      const context = new Context(command);
      const signed = await readSigned(file);
      const client = await context.write();
      requireSameRegistry(client, signed);
      await submit(context, client, signed);
    });
}

async function submit(context: Context, client: WriteClient, signed: SignedFile): Promise<void> {
  switch (signed.kind) {
    case "register": {
      const result = await send(client, registerFor, { signed });
      return done(context, result, `${result.owner} is identity ${result.id} from now on.`);
    }
    case "pulse":
      return earn(context, client, signed, () => send(client, pulseFor, { signed }));
    case "vouch":
      return report(context, client, await send(client, vouchFor, { signed }), "vouch");
    case "warn":
      return report(context, client, await send(client, warnFor, { signed }), "warn");
    case "revoke": {
      const result = await send(client, revokeFor, { signed });
      return done(context, result, `What identity ${result.voucherId} staked on ${result.subjectId} counts no more.`);
    }
    case "rotateKey": {
      const result = await send(client, rotateKey, { signed });
      return done(context, result, `${result.newOwner} speaks for identity ${result.id} from now on.`);
    }
    case "delegationRevocation":
      return submitRevocation(context, client, signed);
    case "agentWallet": {
      const result = await send(client, setAgentWallet, { signed });
      return done(context, result, `${result.wallet} acts for identity ${result.id} from now on.`);
    }
  }
}
