// Transferable agents that an identity operates.
import { type AgentLink, getLinks, link, unlink } from "@tenure/sdk";
import type { Command } from "commander";
import type { Address } from "viem";
import { idOfTarget } from "../chain/identity.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parseAddress, parseId, parseLimit, parseTarget, parseToken, type Target } from "../parse/values.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";
import { actor, done } from "./common.ts";
import { readProfile } from "./show.ts";

export function addLink(program: Command): void {
  withToken(program, "link", "say that it operates an agent whose token it holds").action(
    async (agentRegistry: Address, agentId: bigint, { as }: { as?: number }, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, link, { id: await actor(client, as), agentRegistry, agentId });
      const how = result.throughWallet ? ", as its wallet" : "";
      done(
        context,
        result,
        `Identity ${result.id} operates agent ${result.agentId}${how}, until either changes hands.`,
      );
    },
  );
}

export function addUnlink(program: Command): void {
  withToken(program, "unlink", "take that back").action(
    async (agentRegistry: Address, agentId: bigint, { as }: { as?: number }, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, unlink, { id: await actor(client, as), agentRegistry, agentId });
      done(context, result, `Identity ${result.id} says no longer that it operates agent ${result.agentId}.`);
    },
  );
}

function withToken(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument("<registry>", "the token contract: an ERC-8004 registry, or any ERC-721 contract", parseAddress)
    .argument("<token>", "the token's number there", parseToken)
    .option("--as <id>", "the identity; the key's own where left out", parseId);
}

export function addLinks(program: Command): void {
  program
    .command("links")
    .description("which agents it operates, and whether that is true now")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .option("--limit <n>", "how many at most", parseLimit, 50)
    .action(async (given: Target | undefined, { limit }: { limit: number }, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const id = target.id === undefined ? await idOfTarget(client, target) : (await readProfile(client, target)).id;
      const links = await waiting("Reading", all(getLinks(client, { id, limit })));
      context.print({ id, links }, text(id, links));
    });
}

async function all(walk: AsyncIterable<AgentLink>): Promise<AgentLink[]> {
  const links: AgentLink[] = [];
  for await (const found of walk) links.push(found);
  return links;
}

function text(id: number, links: readonly AgentLink[]): string {
  if (links.length === 0) return `Identity ${id} is linked to no agent.`;
  const rows = links.map(({ agentRegistry, agentId, throughWallet, isLinked }) => [
    agentRegistry,
    String(agentId),
    throughWallet ? "wallet" : "token",
    isLinked ? colors().green("linked") : colors().red("broken"),
  ]);
  const columns = [
    { title: "registry" },
    { title: "token", align: "right" },
    { title: "held by" },
    { title: "now" },
  ] as const;
  return `Identity ${id}\n\n${table(columns, rows)}`;
}
