// Statements about agents of any chain: what both owners sign, each for its own registration file.
import { type AgentReference, type SignedAgentLink, signAgentLink, verifyAgentLink } from "@tenure/sdk";
import type { Command } from "commander";
import { type Address, isAddressEqual } from "viem";
import { connectChain } from "../chain/connect.ts";
import { idOfTarget } from "../chain/identity.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseAddress, parseId, parseTarget, parseToken, type Target, urlOf } from "../parse/values.ts";
import { answer } from "../status.ts";
import { colors } from "../view/colors.ts";
import { toJson } from "../view/output.ts";
import { waiting } from "../view/progress.ts";
import { actor } from "./common.ts";

/** An agent's registry: on a chain that is named, or on the node's. */
type Registry = { chainId: number | undefined; address: Address };

export function addStatement(program: Command): void {
  const statement = program
    .command("statement")
    .description("that it operates an agent of any chain, as both owners sign it for their registration files");
  addSign(statement);
  addCheck(statement);
}

function addSign(statement: Command): void {
  statement
    .command("sign")
    .description("sign it, as the owner of the identity, of the agent, or of both; nothing is sent")
    .argument("<registry>", "the agent's: eip155:CHAIN:ADDRESS, or an address on this chain", parseRegistry)
    .argument("<token>", "the agent's number there", parseToken)
    .option("--as <id>", "the identity; the key's own where left out", parseId)
    .option("--agent-owner <address>", "who owns the agent; the key where left out", parseAddress)
    .action(
      async (registry: Registry, token: bigint, options: { as?: number; agentOwner?: Address }, command: Command) => {
        const context = new Context(command);
        const client = await context.write();
        const agent = referenceTo(registry, token, client.chain.id);
        const id = await actor(client, options.as);
        const signed = await signAgentLink(client, { id, agent, agentOwner: options.agentOwner });
        const entries = entriesOf(signed, client.account.address);
        context.print({ id, ...signed, ...entries }, text(id, entries));
      },
    );
}

/** What goes into `registrations` of each file whose side the key has signed for. */
type Entries = { forIdentity: object | undefined; forAgent: object | undefined };

function entriesOf(
  { identity, identityOwner, agent, agentOwner, signature }: SignedAgentLink,
  signer: Address,
): Entries {
  const entry = (owner: Address, other: string) =>
    isAddressEqual(owner, signer) ? { ...partsOf(other), linkSignature: signature } : undefined;
  return { forIdentity: entry(identityOwner, agent), forAgent: entry(agentOwner, identity) };
}

/** "eip155:1:0x…/7" as registration files name it: beyond 2^53 as a text. */
function partsOf(name: string): { agentRegistry: string; agentId: number | string } {
  const [agentRegistry = "", number = ""] = name.split("/");
  return { agentRegistry, agentId: Number.isSafeInteger(Number(number)) ? Number(number) : number };
}

function text(id: number, { forIdentity, forAgent }: Entries): string {
  const parts = [
    [`the file of identity ${id}`, forIdentity],
    ["the file of the agent", forAgent],
  ] as const;
  const blocks = parts.flatMap(([file, entry]) =>
    entry === undefined ? [] : [`For "registrations" in ${file}:\n\n${toJson(entry, 2)}`],
  );
  return `${colors().green("✓")} Signed. It counts once both files say it.\n\n${blocks.join("\n\n")}`;
}

function addCheck(statement: Command): void {
  statement
    .command("check")
    .description("whether both files say it now, by their present owners; status 1 where they do not")
    .argument("<target>", "the identity: number or address", parseTarget)
    .argument("<registry>", "the agent's: eip155:CHAIN:ADDRESS, or an address on this chain", parseRegistry)
    .argument("<token>", "the agent's number there", parseToken)
    .option("--agent-rpc <url>", "a node of the agent's chain, where that is another one", urlOf("--agent-rpc", "node"))
    .option(
      "--gateway <url>",
      "where files on IPFS are read, as http://127.0.0.1:8080/ipfs/",
      urlOf("--gateway", "gateway"),
    )
    .action(
      async (
        target: Target,
        registry: Registry,
        token: bigint,
        options: { agentRpc?: string; gateway?: string },
        command: Command,
      ) => {
        const context = new Context(command);
        const { agentRpc, gateway } = options;
        const client = await context.read();
        const id = await idOfTarget(client, target);
        const agent = referenceTo(registry, token, client.chain.id);
        const clients = agentRpc === undefined ? [] : [await connectChain({ rpc: agentRpc, chain: registry.chainId })];
        const asked = { id, agent, clients, ipfsGateway: gateway };
        const { status, reason } = await waiting("Reading both files", verifyAgentLink(client, asked));
        const sentence =
          reason === undefined
            ? `${colors().green("✓")} Identity ${id} and the agent both say that it operates the agent.`
            : `${colors().red("✗")} ${status}: ${reasons[reason]}.`;
        context.print({ id, status, reason }, sentence);
        answer(reason === undefined);
      },
    );
}

type Reason = NonNullable<Awaited<ReturnType<typeof verifyAgentLink>>["reason"]>;

const reasons: Readonly<Record<Reason, string>> = {
  identityEnded: "the identity does not exist, or is retired",
  agentUnowned: "nobody owns the agent",
  identitySilent: "the identity's file does not name the agent",
  agentSilent: "the agent's file does not name the identity",
  identityUnsigned: "the identity's file names the agent without a signature of its present owner about both owners",
  agentUnsigned: "the agent's file names the identity without a signature of its present owner about both owners",
  noClient: "no node of the agent's chain is known: name one with --agent-rpc",
  identitySuspended: "the identity is suspended, and its file not answered",
  identityUnread: "the identity's file cannot be read: it may need --gateway",
  agentUnread: "the agent's file or chain cannot be read: it may need --gateway",
};

function referenceTo({ chainId, address }: Registry, agentId: bigint, here: number): AgentReference {
  return { agentRegistry: `eip155:${chainId ?? here}:${address}`, agentId };
}

function parseRegistry(text: string): Registry {
  if (/^0x/i.test(text)) return { chainId: undefined, address: parseAddress(text) };
  const [, chain = "", address = ""] = /^eip155:(\d{1,15}):(0x[0-9a-f]*)$/i.exec(text) ?? [];
  if (chain !== "") return { chainId: Number(chain), address: parseAddress(address) };
  throw new UsageError("That is no registry of agents.", "Write eip155:CHAIN:ADDRESS, or an address on this chain.");
}
