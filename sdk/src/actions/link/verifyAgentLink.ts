import { type Address, zeroAddress } from "viem";
import { getChainId } from "viem/actions";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { addressOf } from "../../check/arguments.ts";
import { type AgentPlace, nameOfAgent, placeOfAgent } from "../../codecs/agentReference.ts";
import { parseRegistrationFile } from "../../codecs/registrationFile.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import type { WrongChainError } from "../../errors/network.ts";
import { InvalidRegistrationFileError } from "../../errors/registrationFile.ts";
import { type FetchParameters, fetchFile } from "../../files/fetchFile.ts";
import { explain } from "../../rpc/explain.ts";
import { readView } from "../../rpc/readView.ts";
import { requireChain } from "../../rpc/requireChain.ts";
import { wary } from "../../rpc/wary.ts";
import { agentLinkMessage } from "../../signatures/messages.ts";
import { isSignedBy } from "../../signatures/verify.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AgentReference } from "../../types/link.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { AgentRegistration } from "../../types/registrationFile.ts";
import { getIdentity } from "../identity/getIdentity.ts";

/** Parameters of `verifyAgentLink`. */
export type VerifyAgentLinkParameters = AddressParameters &
  FetchParameters & {
    /** The identity, on the client's chain. */
    id: number;
    /** The agent, on any chain: an entry of `registrations` in the identity's registration file. */
    agent: AgentReference;
    /** Clients of other chains, one for each; they are told by their `chain`. */
    clients?: readonly AnyClient[] | undefined;
  };

/** Result of `verifyAgentLink`. */
export type VerifyAgentLinkReturnType =
  | { status: "linked"; reason: undefined }
  | {
      /** Something was found that makes it untrue. */
      status: "broken";
      /**
       * What was found. `identityEnded`: it does not exist or is retired. `agentUnowned`: nobody owns the token.
       * `identitySilent`, `agentSilent`: that side's registration file does not name the other one. `identityUnsigned`,
       * `agentUnsigned`: it does, without a signature of that side's present owner about both present owners.
       */
      reason:
        | "identityEnded"
        | "agentUnowned"
        | "identitySilent"
        | "agentSilent"
        | "identityUnsigned"
        | "agentUnsigned";
    }
  | {
      /** It cannot be told. */
      status: "unknown";
      /**
       * Why not. `noClient`: there is none for the agent's chain, or its node is on another one. `identitySuspended`: its own
       * registration file is not answered until it is resumed. `identityUnread`, `agentUnread`: that side's registration
       * file, or its chain, does not answer.
       */
      reason: "noClient" | "identitySuspended" | "identityUnread" | "agentUnread";
    };

/** What `verifyAgentLink` throws. */
export type VerifyAgentLinkErrorType = CommonErrorType | WrongChainError;

/**
 * Checks whether an identity and an agent, which may be on another chain, both say that the identity operates the agent: each
 * in its registration file, with a signature by its present owner that names the present owners of both (`signAgentLink`).
 * Where either is sold or has its key rotated, the link is broken. What cannot be read is never taken for a yes, nor is
 * what a node answers that is on another chain than its client: registries have the same address on many.
 *
 * @param client - Client of the identity's chain.
 * @param parameters - {@link VerifyAgentLinkParameters}
 * @returns `linked`, `broken` and by what, or `unknown` and why.
 * @throws {WrongChainError} The node of `client` is on another chain.
 *
 * @example
 * const { file } = await getRegistrationFile(client, { id: 7 });
 * for (const agent of file.registrations) {
 *   const { status, reason } = await verifyAgentLink(client, { id: 7, agent, clients: [walletClient] });
 * }
 */
export async function verifyAgentLink(
  client: AnyClient,
  parameters: VerifyAgentLinkParameters,
): Promise<VerifyAgentLinkReturnType> {
  const { id, addresses } = parameters;
  const registry = getRegistryAddress(client, "identityRegistry", addresses);
  const chainId = await requireChain(client);
  const { status, owner: identityOwner } = await getIdentity(client, { id, addresses });
  if (identityOwner === undefined) return { status: "broken", reason: "identityEnded" };
  if (status === "suspended") return { status: "unknown", reason: "identitySuspended" };
  const identity = { chainId, registry, agentId: BigInt(id) };
  const agent = placeOfAgent(parameters.agent);
  const other = agent && clientOf(agent.chainId, chainId, client, parameters.clients);
  if (agent === undefined || other === undefined) return { status: "unknown", reason: "noClient" };

  const found = other === client ? { answer: chainId } : await tried(() => explain(other, getChainId(other)));
  if (typeof found === "string") return { status: "unknown", reason: "agentUnread" };
  if (found.answer !== agent.chainId) return { status: "unknown", reason: "noClient" };

  const owned = await tried(() => ask(other, agent, "ownerOf"));
  if (owned === "unread") return { status: "unknown", reason: "agentUnread" };
  // Some contracts refuse where there is no owner, others answer that it is nobody.
  if (owned === "no" || owned.answer === zeroAddress) return { status: "broken", reason: "agentUnowned" };
  const agentOwner = addressOf(owned.answer as Address);
  const statement = { identity: nameOfAgent(identity), identityOwner, agent: nameOfAgent(agent), agentOwner };
  const isSigned = (by: AnyClient, signer: Address, entries: readonly AgentRegistration[]) =>
    tried(async () => {
      const signatures = entries.flatMap(({ linkSignature = [] }) => linkSignature);
      for (const signature of new Set(signatures.slice(0, MOST_SIGNATURES))) {
        if (await isSignedBy(by, signer, signature, agentLinkMessage(statement))) return true;
      }
      return false;
    });

  const said = await entriesOf(client, identity, agent, parameters);
  if (said === "unread") return { status: "unknown", reason: "identityUnread" };
  if (said === "no") return { status: "broken", reason: "identitySilent" };
  const answered = await entriesOf(other, agent, identity, parameters);
  if (answered === "unread") return { status: "unknown", reason: "agentUnread" };
  if (answered === "no") return { status: "broken", reason: "agentSilent" };

  const isSaid = await isSigned(client, identityOwner, said.answer);
  if (isSaid === "unread") return { status: "unknown", reason: "identityUnread" };
  if (isSaid === "no" || !isSaid.answer) return { status: "broken", reason: "identityUnsigned" };
  const isAnswered = await isSigned(other, agentOwner, answered.answer);
  if (isAnswered === "unread") return { status: "unknown", reason: "agentUnread" };
  if (isAnswered === "no" || !isAnswered.answer) return { status: "broken", reason: "agentUnsigned" };
  return { status: "linked", reason: undefined };
}

/** How many signatures of one side are tried: an earlier owner's may stand beside the present one's. */
const MOST_SIGNATURES = 16;

/** What comes of asking: an answer, a no, or nothing that proves anything. */
type Tried<answer> = { answer: answer } | "no" | "unread";

/** What is a no: a contract that refuses, an address without one, and a file that is none. */
const refusals: readonly string[] = [
  "RegistryNotDeployedError",
  "UnknownIdentityError",
  "InvalidRegistrationFileError",
];

async function tried<answer>(ask: () => Promise<answer>): Promise<Tried<answer>> {
  try {
    return { answer: await ask() };
  } catch (error) {
    for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
      if (refusals.includes(inner.name) || isRevert(inner)) return "no";
    }
    return "unread";
  }
}

/** viem also says that a contract reverted where a node has an error of its own, and no reason of a contract's. */
function isRevert(error: Error & { raw?: unknown; data?: unknown; signature?: unknown; reason?: unknown }): boolean {
  if (error.name !== "ContractFunctionRevertedError") return false;
  const { raw, data, signature, reason } = error;
  return [raw, data, signature].some(Boolean) || /revert|opcode|out of gas/i.test(String(reason));
}

/** Every ERC-721 contract answers these as a registry of identities does; which one is a stranger's choice. */
function ask(client: AnyClient, { registry, agentId }: AgentPlace, functionName: "ownerOf" | "tokenURI") {
  return readView(wary(client), { address: registry, abi: identityRegistryAbi, functionName, args: [agentId] });
}

/** The entries by which one side names the other in its registration file. */
async function entriesOf(
  client: AnyClient,
  side: AgentPlace,
  other: AgentPlace,
  parameters: FetchParameters,
): Promise<Tried<AgentRegistration[]>> {
  const file = await tried(async () => {
    const uri = await ask(client, side, "tokenURI");
    if (uri === "") throw new InvalidRegistrationFileError({ problem: "there is none" });
    return parseRegistrationFile(await fetchFile(uri, parameters));
  });
  if (file === "no" || file === "unread") return file;
  const name = nameOfAgent(other);
  const entries = file.answer.registrations.filter((entry) => {
    const place = placeOfAgent(entry);
    return place !== undefined && nameOfAgent(place) === name;
  });
  return entries.length === 0 ? "no" : { answer: entries };
}

function clientOf(
  chainId: number,
  own: number,
  client: AnyClient,
  clients: readonly AnyClient[] = [],
): AnyClient | undefined {
  return chainId === own ? client : clients.find(({ chain }) => chain?.id === chainId);
}
