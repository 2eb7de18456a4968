// Taking back is for what could count: whoever takes back what cannot would be told that it did something.
import type { Address } from "viem";
import { getBlock } from "viem/actions";
import { addressOf, bytesOf, timeOf } from "../check/arguments.ts";
import { formatTime } from "../codecs/words.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { NotSignerError } from "../errors/arguments.ts";
import { InvalidSignatureError } from "../errors/identity.ts";
import { SignedElsewhereError, SignerUnknownError } from "../errors/signed.ts";
import { isUsed } from "../facts/nonces.ts";
import { chainIdOf } from "../rpc/chainId.ts";
import { explain } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters } from "../types/parameters.ts";
import type { Voidable } from "../types/signed.ts";
import { type ForPair, isVoid, standingOf } from "./standing.ts";
import { isSignedBy } from "./verify.ts";
import { messageOf, registryOf, voidingNonceOf } from "./voidable.ts";

/**
 * Refuses what using up its nonce would not void: what was signed elsewhere or by somebody else, or can never count. What
 * waits for a date, a key or an arbiter's retirement that may come is no such thing.
 */
export async function requireVoidable(
  client: AnyClient,
  { signed, addresses }: { signed: Voidable } & AddressParameters,
  sender: Address,
): Promise<void> {
  const { chainId, signature } = signed;
  const deadline = timeOf(signed.deadline, "deadline");
  if (signature !== undefined) bytesOf(signature, "signature");
  const nonce = voidingNonceOf(signed);
  const message = messageOf(signed);
  const name = registryOf(signed);
  const here = { chainId: await chainIdOf(client), registry: getRegistryAddress(client, name, addresses) };
  const signedFor = { chainId, registry: addressOf(signed.registry) };
  if (here.chainId !== chainId || here.registry !== signedFor.registry) {
    throw new SignedElsewhereError({ signedFor, here });
  }
  const isBy = async (signer: Address) => signature !== undefined && isSignedBy(client, signer, signature, message);
  const [{ signer, why }, { timestamp }] = await Promise.all([
    standingOf(client, { signed, addresses }, async (voucher) => {
      // Whose key it will be is not known; if it is the sender's, the sender's nonce voids it.
      if (await isBy(sender)) return sender;
      const { signatureNonce } = signed as ForPair;
      throw new SignerUnknownError({ id: voucher, signatureNonce });
    }),
    explain(client, getBlock(client)),
  ]);
  const [isSpent, isSigned] = await Promise.all([
    isUsed(client, { registry: name, owner: signer, nonce, addresses }),
    signature === undefined || isBy(signer),
  ]);
  if (isSpent) {
    const isNonce = "signatureNonce" in signed;
    throw isVoid(
      isNonce ? `nonce ${nonce} of ${signer} is used, by this or another signature, or made void` : "it was taken back",
    );
  }
  if (why !== undefined) throw isVoid(why);
  if (timestamp > deadline) throw isVoid(`it counted until ${formatTime(deadline)}`);
  if (!isSigned) throw new InvalidSignatureError({ signer });
  if (sender !== signer) throw new NotSignerError({ signer, sender });
}
