import { getIdentity, type Identity, UnknownIdentityError } from "@tenure/sdk";
import type { Address } from "viem";
import { RefusedError } from "../errors/cliError.ts";
import type { SignedFile } from "../signed.ts";
import type { ReadClient } from "./connect.ts";

/**
 * By whom a signature counts, and who can therefore take it back. Refused where it is void already: whoever takes back what
 * was submitted would else be told that nothing came of it.
 */
export async function signerOf(client: ReadClient, signed: SignedFile): Promise<Address> {
  switch (signed.kind) {
    case "register":
      return signed.owner;
    case "pulse": {
      const { id, owner, lastSeen } = signed;
      // One that names a later check-in than the last was signed for dates to come, and can still count.
      if ((await getIdentity(client, { id })).lastSeen > lastSeen) throw isVoid(`identity ${id} has checked in since`);
      return owner;
    }
    case "rotateKey":
      await unrotated(client, signed.id, signed.keyEpoch);
      return signed.newOwner;
    case "vouch":
    case "warn":
    case "revoke":
      return ownerAt(client, signed.voucherId, signed);
  }
}

/** An identity whose key has not changed since that epoch. */
async function unrotated(client: ReadClient, id: number, keyEpoch: number): Promise<Identity> {
  const identity = await getIdentity(client, { id });
  if (identity.status === "retired") throw isVoid(`identity ${id} is retired`);
  if (identity.keyEpoch > keyEpoch) throw isVoid(`the key of identity ${id} has changed since`);
  return identity;
}

/** The owner of an identity at a key epoch, which the signature names in the owner's place. */
async function ownerAt(
  client: ReadClient,
  id: number,
  { keyEpoch, signatureNonce }: { keyEpoch: number; signatureNonce: number },
): Promise<Address> {
  const identity = await unrotated(client, id, keyEpoch);
  if (identity.owner === undefined) throw new UnknownIdentityError({ id });
  if (identity.keyEpoch !== keyEpoch) {
    throw new RefusedError(
      `It was signed for a later key of identity ${id} than it has: whose nonce it carries cannot be known yet.`,
      `Nothing was sent. As the key that signed, say: tenure void --nonces ${signatureNonce}`,
    );
  }
  return identity.owner;
}

function isVoid(why: string): RefusedError {
  return new RefusedError(`It is void: ${why}.`, "Nothing was sent.");
}
