import type { Account, Chain, Client, Transport } from "viem";
import { textOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { SignErrorType } from "../../errors/common.ts";
import type { AlreadyRegisteredError } from "../../errors/identity.ts";
import { requireFresh } from "../../facts/keys.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { registerMessage } from "../../signatures/messages.ts";
import { deadlineOf, nonceOf, signatureOf, signerOf } from "../../signatures/sign.ts";
import type { NonceParameters, SignParameters } from "../../types/parameters.ts";
import type { SignedRegister } from "../../types/signed.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** Parameters of `signRegister`. */
export type SignRegisterParameters<account extends Account | undefined = Account | undefined> =
  SignParameters<account> &
    NonceParameters & {
      /** Where the registration file is; a document made on chain where left out. */
      agentURI?: string | undefined;
    };

/** What `signRegister` throws. */
export type SignRegisterErrorType = SignErrorType | AlreadyRegisteredError;

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
 * await registerFor(payer, { signed });
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
