import { zeroHash } from "viem";
import { formatAccountId } from "../account/accountId.ts";
import { chainNumber } from "../sign/options.ts";
import { type AnySessionKey, createSessionKey, sessionKeyOf } from "./createSessionKey.ts";
import { grantFrom } from "./grantFrom.ts";
import { openSession } from "./openSession.ts";
import { secondsOf } from "./plan.ts";
import { readEpoch } from "./readEpoch.ts";
import { signGrant } from "./signGrant.ts";
import type { GrantingAccount, GrantOptions, KeyType, Session, SessionRequestOptions } from "./types.ts";

/** Who grants a new key what. */
export interface SessionOptions extends GrantOptions, SessionRequestOptions {
  /** The account that the session acts for. It signs once, now. */
  readonly account: GrantingAccount;
  /** The chain that the account is on, where the grant can be revoked too. */
  readonly chainId: number;
  /** Which kind of key is made; `ed25519` where nothing is said. */
  readonly keyType?: KeyType | undefined;
  /** A key that there is already, instead of a new one. */
  readonly key?: AnySessionKey | undefined;
  /** Whether the private key can be read out, for `exportSession`. It cannot, where nothing is said. */
  readonly extractable?: boolean | undefined;
}

/**
 * Makes a key that acts for an account: the account signs one grant, and the key all requests. The account's own key can then stay
 * in a vault.
 *
 * The grant holds the account's epoch in the registry of revocations. It is read there where `revocations` says where that is.
 * Otherwise it is `epoch`, and 0 where nothing is said: the epoch of an account that has never ended all its grants at once. With
 * a wrong one, no verifier accepts the session.
 *
 * @param options Who grants what to which kind of key, and how requests are sent.
 * @returns The session.
 * @throws GrantError when nobody could read the grant; the account was then not asked.
 * @throws InvalidOptionError when the options contradict each other.
 * @throws SessionKeyError when such a key cannot be made here.
 * @throws EpochUnavailableError when the registry does not answer.
 */
export async function createSession(options: SessionOptions): Promise<Session> {
  const { account, keyType, extractable = false, revocations, now = Date.now } = options;
  const chainId = chainNumber(options.chainId);
  const issuer = formatAccountId(chainId, account.address);
  const key =
    options.key === undefined
      ? await createSessionKey({ keyType, chainId, extractable })
      : await sessionKeyOf(options.key, { chainId, extractable });
  const place = {
    ...{ issuer, delegate: key.delegate, delegateProfile: key.profile, parentGrantHash: zeroHash },
    ...{ now: secondsOf(now), parent: undefined },
  };
  const read = () => (revocations === undefined ? 0n : readEpoch(revocations, issuer));
  const grant = grantFrom(options, { ...place, epoch: options.epoch ?? (await read()) });
  const { grants } = await signGrant(grant, [], (typedData) => account.signTypedData(typedData));
  return openSession({ ...options, grants, key });
}
