import { register, signRegister } from "@tenure/sdk";
import type { Command } from "commander";
import type { Hex } from "viem";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseDuration, parseFile, parseMetadata } from "../parse/values.ts";
import { deadline, done, handOver, requireSign, type SignOptions } from "./common.ts";

type Options = SignOptions & { uri?: string; metadata?: { key: string; value: Hex }[] };

export function addRegister(program: Command): void {
  program
    .command("register")
    .description("make the key the owner of a new identity, for ever")
    .option("--uri <uri>", "where the ERC-8004 registration file is")
    .option("--metadata <key=value>", "on-chain metadata, as often as needed", parseMetadata)
    .option("--sign <file>", 'sign only, into a file ("-" is stdout), for somebody else to submit', parseFile)
    .option("--valid <span>", "how long the signature counts (1h)", parseDuration)
    .action(async ({ uri = "", metadata = [], sign, valid }: Options, command: Command) => {
      const context = new Context(command);
      if (sign !== undefined && metadata.length > 0) throw new UsageError("--metadata cannot be signed for.");
      requireSign({ sign, valid });
      const client = await context.write();
      if (sign !== undefined) {
        const signed = await signRegister(client, { agentURI: uri, ...(await deadline(client, valid)) });
        return handOver(context, sign, { kind: "register", ...signed });
      }
      const result = await send(client, register, { agentURI: uri, metadata });
      done(context, result, `${result.owner} is identity ${result.id} from now on.`);
    });
}
