import type { Account, Address, Chain, Client, Hex, Transport } from "viem";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { chainIdOf, deadlineOf, existing, type SignParameters, signatureOf, signerOf } from "../../internal/sign.ts";
import { identityDomain, rotateKeyTypes } from "../../internal/typedData.ts";
import { idOf } from "../../internal/validate.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** Parameters of `signRotateKey`. */
export type SignRotateKeyParameters<account extends Account | undefined = Account | undefined> =
  SignParameters<account> & {
    /** The identity. */
    id: number;
  };

/** A signature with what it says, for JSON and for anybody who sends it. */
export type SignedRotateKey = {
  /** The chain it is for. */
  chainId: number;
  /** The registry it is for. */
  registry: Address;
  /** The identity. */
  id: number;
  /** Who consents: the next key. */
  newOwner: Address;
  /** The key epoch that the consent is good for. */
  keyEpoch: number;
  /** Last second (unix time) at which it counts. */
  deadline: number;
  /** The signature. */
  signature: Hex;
};

/**
 * Consents, as the next key, to owning an identity; its present owner completes that with `rotateKey`.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignRotateKeyParameters}
 * @returns What `rotateKey` takes.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * await rotateKey(owner, consent);
 */
export async function signRotateKey<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignRotateKeyParameters<account>,
): Promise<SignedRotateKey> {
  const { id } = parameters;
  idOf(id);
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "identityRegistry", parameters.addresses);
  const chainId = await chainIdOf(client);
  const { keyEpoch } = await existing(client, id, parameters);
  const deadline = await deadlineOf(client, parameters.deadline, AHEAD);
  const signature = await signatureOf(client, account, {
    domain: identityDomain(chainId, registry),
    types: rotateKeyTypes,
    primaryType: "RotateKey",
    message: { agentId: BigInt(id), newOwner: signer, keyEpoch, deadline: BigInt(deadline) },
  });
  return { chainId, registry, id, newOwner: signer, keyEpoch, deadline, signature };
}
