import type { Account, Address, Chain, Client, Hex, Transport } from "viem";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { requireFresh } from "../../internal/keys.ts";
import { registerMessage } from "../../internal/messages.ts";
import {
  chainIdOf,
  deadlineOf,
  type NonceParameters,
  nonceOf,
  type SignParameters,
  signatureOf,
  signerOf,
} from "../../internal/sign.ts";
import { textOf } from "../../internal/validate.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** Parameters of `signRegister`. */
export type SignRegisterParameters<account extends Account | undefined = Account | undefined> =
  SignParameters<account> &
    NonceParameters & {
      /** Where the registration file is; a document made on chain where left out. */
      agentURI?: string | undefined;
    };

/** A signature with what it says, for JSON and for anybody who sends it. */
export type SignedRegister = {
  /** The chain it is for. */
  chainId: number;
  /** The registry it is for. */
  registry: Address;
  /** Who consents. */
  owner: Address;
  /** Where the registration file is. */
  agentURI: string;
  /** The nonce of the owner that was signed; not the nonce of a transaction. */
  signatureNonce: number;
  /** Last second (unix time) at which it counts. */
  deadline: number;
  /** The signature. */
  signature: Hex;
};

/**
 * Consents to being registered; whoever holds the result may register the account with `registerFor`, and pays.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignRegisterParameters}
 * @returns What `registerFor` takes.
 * @throws {AlreadyRegisteredError} It is, or once was, an owner here, so that it can never be registered. A wallet can, once
 * it is unset.
 *
 * @example
 * const signed = await signRegister(agent, { agentURI: "ipfs://bafy…" });
 * await registerFor(payer, signed);
 */
export async function signRegister<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignRegisterParameters<account>,
): Promise<SignedRegister> {
  const { agentURI = "" } = parameters;
  textOf(agentURI, "agentURI");
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "identityRegistry", parameters.addresses);
  const chainId = await chainIdOf(client);
  const [signatureNonce, deadline] = await Promise.all([
    nonceOf(client, "identityRegistry", signer, parameters),
    deadlineOf(client, parameters.deadline, AHEAD),
    requireFresh(client, signer, parameters),
  ]);
  const consent = { chainId, registry, owner: signer, agentURI, signatureNonce, deadline };
  return { ...consent, signature: await signatureOf(client, account, registerMessage(consent)) };
}
