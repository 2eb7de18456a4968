// Where the ERC-8004 registration file of an identity is, and what it says.
import {
  type GetRegistrationFileReturnType,
  getRegistrationFile,
  getRegistryAddress,
  identityRegistryAbi,
  setAgentURI,
} from "@tenure/sdk";
import type { Command } from "commander";
import { readContract } from "viem/actions";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseId, parseTarget, type Target, urlOf } from "../parse/values.ts";
import { toJson } from "../view/output.ts";
import { waiting } from "../view/progress.ts";
import { plain } from "../view/text.ts";
import { actor, done } from "./common.ts";
import { readProfile } from "./show.ts";

type ShowOptions = { file?: true; gateway?: string };

export function addUri(program: Command): void {
  const uri = program.command("uri").description("where its ERC-8004 registration file is");
  addSet(uri);
  addShow(uri);
}

function addSet(uri: Command): void {
  uri
    .command("set")
    .description("change it; an empty one gives back the file that the registry writes itself")
    .argument("<uri>", "ipfs://…, https://… or data:…")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (agentURI: string, id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, setAgentURI, { id: await actor(client, id), agentURI });
      const where = agentURI === "" ? "what the registry writes itself" : plain(result.agentURI);
      done(context, result, `The registration file of identity ${result.id} is ${where}`);
    });
}

function addShow(uri: Command): void {
  uri
    .command("show")
    .description("say where it is; with --file, what is there")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .option("--file", "fetch and check the file too: from data:, https: and, by a gateway, from IPFS")
    .option(
      "--gateway <url>",
      "with --file: where files on IPFS are read, as http://127.0.0.1:8080/ipfs/",
      urlOf("--gateway", "gateway"),
    )
    .action(async (given: Target | undefined, { file: isWanted, gateway }: ShowOptions, command: Command) => {
      const context = new Context(command);
      if (gateway !== undefined && !isWanted) throw new UsageError("--gateway goes with --file.");
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const { id } = await waiting("Reading", readProfile(client, target));
      if (isWanted) {
        const found = await waiting("Fetching", getRegistrationFile(client, { id, ipfsGateway: gateway }));
        return context.print({ id, ...found }, text(id, found));
      }
      const address = getRegistryAddress(client, "identityRegistry");
      const call = { address, abi: identityRegistryAbi, functionName: "tokenURI", args: [BigInt(id)] } as const;
      const place = await waiting("Reading", readContract(client, call));
      context.print({ id, uri: place }, plain(place));
    });
}

/** What the file says is the agent's own claim: whether it names this identity comes first. */
function text(id: number, { uri, file, isConfirmed }: GetRegistrationFileReturnType): string {
  const claim = isConfirmed ? `It names identity ${id}.` : `It does not name identity ${id}: it may be anybody's.`;
  const where = uri.startsWith("data:") ? "on the chain itself" : plain(uri);
  return `Registration file of identity ${id}, ${where}\n${claim}\n\n${toJson(file, 2)}`;
}
