import { signedOf } from "../../check/signed.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { isUsed } from "../../facts/nonces.ts";
import { registerMessage } from "../../signatures/messages.ts";
import { isCurrent, isSignedBy } from "../../signatures/verify.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedRegister } from "../../types/signed.ts";
import { resolveKey } from "./resolveKey.ts";

/** Parameters of `verifyRegister`. */
export type VerifyRegisterParameters = AddressParameters & {
  /** What `signRegister` returned. */
  signed: SignedRegister;
};

/** What `verifyRegister` throws. */
export type VerifyRegisterErrorType = CommonErrorType;

/**
 * Checks a consent to being registered: made for this chain and registry, by whom it names, which is no key here, and still
 * in time.
 *
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyRegisterParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyRegister(client, { signed: parseSigned("register", text) }); // true
 */
export async function verifyRegister(client: AnyClient, parameters: VerifyRegisterParameters): Promise<boolean> {
  const signed = signedOf(parameters);
  const { addresses } = parameters;
  const { signature } = signed;
  const message = registerMessage(signed);
  const { owner, nonce } = message.message;
  if (!(await isCurrent(client, "identityRegistry", signed, { addresses }))) return false;
  const [isSpent, { id }] = await Promise.all([
    isUsed(client, { registry: "identityRegistry", owner, nonce, addresses }),
    resolveKey(client, { address: owner, addresses }),
  ]);
  return !isSpent && id === undefined && isSignedBy(client, owner, signature, message);
}
