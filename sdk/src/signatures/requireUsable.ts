// What no registry can take is refused with the reason, before it is tried: the registry would only say that it is no
// signature.
import { type Address, type Hex, isErc6492Signature } from "viem";
import { getCode } from "viem/actions";
import { bytesOf } from "../check/arguments.ts";
import { signedOf } from "../check/signed.ts";
import { SignatureFormError, SignerNotDeployedError } from "../errors/signed.ts";
import { readIdentity } from "../facts/readIdentity.ts";
import { explain } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters } from "../types/parameters.ts";
import { oddFormOf } from "./ecdsa.ts";

/** Who has to have signed; undefined where there is nobody. */
type SignerOf<signed> = (
  client: AnyClient,
  signed: signed,
  addresses: AddressParameters,
) => Promise<Address | undefined>;

/**
 * The check of a write that takes a signature: one that is wrapped for a signer which is not there yet, and one in a form that
 * counts for no key. A signer with code answers for its own forms.
 */
export async function requireUsable<signed extends { signature: Hex }>(
  client: AnyClient,
  parameters: { signed: signed } & AddressParameters,
  signerOf: SignerOf<signed>,
): Promise<void> {
  const signed = signedOf(parameters);
  const signature = bytesOf(signed.signature, "signature");
  const isWrapped = isErc6492Signature(signature);
  const form = oddFormOf(signature);
  if (!isWrapped && form === undefined) return;
  const { addresses } = parameters;
  const signer = await signerOf(client, signed, { addresses });
  if (signer === undefined || (await explain(client, getCode(client, { address: signer }))) !== undefined) return;
  if (isWrapped) throw new SignerNotDeployedError({ signer });
  if (form !== undefined) throw new SignatureFormError({ signer, form });
}

/** Who owns the voucher now; undefined where nobody does. */
export async function voucherOf(
  client: AnyClient,
  { voucherId }: { voucherId: number },
  { addresses }: AddressParameters,
): Promise<Address | undefined> {
  return (await readIdentity(client, { id: voucherId, addresses })).owner;
}

/** Who owns what checks in; undefined where nobody does. */
export async function agentOf(
  client: AnyClient,
  { id }: { id: number },
  { addresses }: AddressParameters,
): Promise<Address | undefined> {
  return (await readIdentity(client, { id, addresses })).owner;
}
