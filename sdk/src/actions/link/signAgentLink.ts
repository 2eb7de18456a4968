import type { Account, Address, Chain, Client, Transport } from "viem";
import { addressOf, idOf } from "../../check/arguments.ts";
import { nameOfAgent, placeOfAgent } from "../../codecs/agentReference.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { UnsupportedAgentError } from "../../errors/arguments.ts";
import type { SignErrorType } from "../../errors/common.ts";
import { type IdentityRetiredError, NotOwnerError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { existing } from "../../facts/owners.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { agentLinkMessage } from "../../signatures/messages.ts";
import { signatureOf, signerOf } from "../../signatures/sign.ts";
import type { AgentReference } from "../../types/link.ts";
import type { SignerParameters } from "../../types/parameters.ts";
import type { SignedAgentLink } from "../../types/signed.ts";

/** Parameters of `signAgentLink`. */
export type SignAgentLinkParameters<account extends Account | undefined = Account | undefined> =
  SignerParameters<account> & {
    /** The identity, on the client's chain. */
    id: number;
    /** The agent, on any chain. */
    agent: AgentReference;
    /** Who owns the agent; the account itself where left out. */
    agentOwner?: Address | undefined;
  };

/** What `signAgentLink` throws. */
export type SignAgentLinkErrorType =
  | SignErrorType
  | IdentityRetiredError
  | NotOwnerError
  | UnknownIdentityError
  | UnsupportedAgentError;

/**
 * States, as the owner of an identity or of an agent, that the identity operates the agent, which may be on another chain.
 * The statement counts once both say it, each in its own registration file: the entry of `registrations` that names the
 * other side carries the signature as `linkSignature`. It names both owners, so that it is void as soon as one of the sides
 * belongs to somebody else. Who owns both signs once.
 *
 * @param client - Client of the identity's chain, with the account that signs.
 * @param parameters - {@link SignAgentLinkParameters}
 * @returns What was signed, and the signature.
 * @throws {NotOwnerError} The account owns neither side.
 * @throws {UnsupportedAgentError} The agent is on no EVM chain.
 * @throws {IdentityRetiredError} The identity is retired.
 * @throws {UnknownIdentityError} The identity does not exist.
 *
 * @example
 * const there = { agentRegistry: "eip155:1:0x8004A169FB4a3325136EB29fA0ceB6D2e539a432", agentId: 22 };
 * const { signature } = await signAgentLink(client, { id: 7, agent: there });
 * // For `registrations` in the identity's file.
 * const entry = { ...there, linkSignature: signature };
 */
export async function signAgentLink<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignAgentLinkParameters<account>,
): Promise<SignedAgentLink> {
  const { id, agent, addresses } = parameters;
  idOf(id);
  const place = placeOfAgent(agent);
  if (place === undefined) throw new UnsupportedAgentError({ agentRegistry: agent.agentRegistry });
  const { account, signer } = signerOf(client, parameters);
  const agentOwner = parameters.agentOwner === undefined ? signer : addressOf(parameters.agentOwner);
  const registry = getRegistryAddress(client, "identityRegistry", addresses);
  const chainId = await chainIdOf(client);
  const { owner } = await existing(client, id, { addresses });
  if (signer !== owner && signer !== agentOwner) throw new NotOwnerError({ id, caller: signer });
  const statement = {
    identity: nameOfAgent({ chainId, registry, agentId: BigInt(id) }),
    identityOwner: owner,
    agent: nameOfAgent(place),
    agentOwner,
  };
  return { ...statement, signature: await signatureOf(client, account, agentLinkMessage(statement)) };
}
