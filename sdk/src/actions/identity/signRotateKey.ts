import type { Account, Address, Chain, Client, Hex, Transport } from "viem";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { rotateKeyMessage } from "../../internal/consents.ts";
import { requireFresh } from "../../internal/keys.ts";
import { chainIdOf, deadlineOf, existing, type SignParameters, signatureOf, signerOf } from "../../internal/sign.ts";
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
  /** The owner that the consent is good for. */
  owner: Address;
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
 * Consents, as the next key, to owning an identity; its present owner completes that with `rotateKey`. The consent is good
 * for that owner and key epoch only; `voidConsent` takes it back.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignRotateKeyParameters}
 * @returns What `rotateKey` takes.
 * @throws {AlreadyRegisteredError} The account is, or once was, an owner here, so that it can never be a next key. A wallet
 * can, once it is unset.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
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
  const [{ owner, keyEpoch }, deadline] = await Promise.all([
    existing(client, id, parameters),
    deadlineOf(client, parameters.deadline, AHEAD),
    requireFresh(client, signer, parameters),
  ]);
  const consent = { chainId, registry, id, owner, newOwner: signer, keyEpoch, deadline };
  const signature = await signatureOf(client, account, rotateKeyMessage(consent));
  return { ...consent, signature };
}
