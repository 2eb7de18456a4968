import type { Client, Hash } from "viem";
import { type AccountId, parseAccountId } from "../account/accountId.ts";
import { isSignedByKey } from "../account/isSignedByKey.ts";
import type { Recover } from "../account/recover.ts";
import { type Verdict, verifyAccount } from "../account/verifyAccount.ts";
import { nodeCrypto } from "../keys/nodeCrypto.ts";
import { type KeyProfile, type VerifyingKey, verifyingKey } from "../keys/verifyingKey.ts";

/** Whoever signs by a profile of ERC-8395: grants as their issuer, or requests as the last delegate. */
export interface Signatory {
  /** The account, or the thumbprint of the key. */
  readonly id: string;
  readonly profile: string;
  /** `undefined` for a key that is no account's. */
  readonly account: AccountId | undefined;
  /** The key of one that is no account. It is made when it is first asked for, and kept. */
  readonly key: () => VerifyingKey;
}

/** What a signatory may have signed: accounts sign a hash, other keys the message itself. */
export interface Statement {
  readonly hash: () => Hash;
  readonly message: () => Uint8Array;
  readonly signature: Uint8Array;
  /** The signer says that the key of the account signed, so that nobody has to be asked. */
  readonly isByKey: boolean;
}

/** Whom accounts are looked up at, by their chain, and for how long at most; and how keys are recovered. */
export interface Nodes {
  readonly clients: ReadonlyMap<string, Client>;
  readonly timeout: number;
  readonly recover: Recover;
}

/** The delegate of a profile, or the root as one of the profile `erc8128`. */
export function signatoryOf(profile: string, delegate: string, id: string): Signatory {
  let key: VerifyingKey | undefined;
  return {
    id,
    profile,
    account: parseAccountId(id),
    key: () => {
      key ??= verifyingKey(profile as KeyProfile, delegate, nodeCrypto());
      return key;
    },
  };
}

const verdictOf = (isSigned: boolean): Verdict => (isSigned ? "valid" : "invalid");

/** By a key that is no account's: at once where the platform can. */
function verdictOfKey({ key }: Signatory, { message, signature }: Statement): Verdict | Promise<Verdict> {
  try {
    const isSigned = key().isSigned(message(), signature);
    if (typeof isSigned === "boolean") return verdictOf(isSigned);
    return isSigned.then(verdictOf, () => "unavailable");
  } catch {
    // A platform that does not know the algorithm has not said no.
    return "unavailable";
  }
}

/** Whether a signatory signed, by its own profile and by no other. */
export function verdictOn(
  signatory: Signatory,
  statement: Statement,
  { clients, timeout, recover }: Nodes,
): Verdict | Promise<Verdict> {
  const { account, profile } = signatory;
  if (account === undefined) return verdictOfKey(signatory, statement);
  const { address, chainId } = account;
  const { signature, isByKey } = statement;
  // This profile is the key for ever, whatever code the address may get.
  if (profile === "erc8128-eoa") return isSignedByKey(address, statement.hash(), signature, recover).then(verdictOf);
  const client = clients.get(chainId);
  if (client === undefined) return "unavailable";
  return verifyAccount({ client, address, hash: statement.hash(), signature, isByKey, timeout, recover });
}
