import { createSignerClient, createVerifierClient } from "@slicekit/erc8128";
import {
  createSession,
  createSessionKey,
  createVerifier,
  type KeyType,
  openSession,
  type Recover,
  type Session,
  signRequest,
} from "@tenure/http-auth";
import { fastRecover } from "@tenure/http-auth/fast";
import { httpbis } from "http-message-signatures";
import { bytesToHex, recoverMessageAddress, verifyMessage } from "viem";
import { type Rate, rate } from "./meter.ts";
import { account, options, URL_OF_REQUESTS } from "./world.ts";

/** Requests a round. */
const COUNT = 200;
const SESSION_COUNT = 1_000;

/** So many requests, signed beforehand: each with a nonce of its own. */
async function signed(count: number, sign: () => Promise<Request>): Promise<Request[]> {
  const requests: Request[] = [];
  // One round more than is counted: see `rate`.
  for (let index = 0; index < 6 * count; index++) requests.push(await sign());
  return requests;
}

/** Requests that accounts sign themselves, verified in several ways. */
export async function measureAccounts(): Promise<Rate[]> {
  const sign = () => signRequest(new Request(URL_OF_REQUESTS), { account, chainId: 1, isKey: true });
  const requests = await signed(COUNT, sign);
  const ours = async (way: string, recover: Recover | undefined) => {
    const { verify } = createVerifier(options({ recover }));
    return rate(way, COUNT, (index) => verify(requests[index] as Request));
  };
  return [
    await ours("createVerifier with fastRecover", await fastRecover()),
    await ours("createVerifier with viem's recovery", undefined),
    await measureSlice(),
    await measurePlain(requests),
  ];
}

/** The former draft by those who write the standard; `verifyMessage` recovers, and asks no node. */
async function measureSlice(): Promise<Rate> {
  const signer = {
    chainId: 1,
    address: account.address,
    signMessage: (message: Uint8Array) => account.signMessage({ message: { raw: message } }),
  };
  const { signRequest: sign } = createSignerClient(signer);
  const requests = await signed(COUNT, () => sign(URL_OF_REQUESTS));
  const seen = new Set<string>();
  const nonceStore = {
    consume: async (key: string) => {
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    },
  };
  const { verifyRequest } = createVerifierClient({ verifyMessage, nonceStore });
  return rate("@slicekit/erc8128 0.2 with viem's verifyMessage", COUNT, async (index) => {
    const result = await verifyRequest({ request: requests[index] as Request });
    if (!result.ok) throw new Error(`@slicekit/erc8128 refuses its own request: ${JSON.stringify(result)}`);
  });
}

/** RFC 9421 alone: no nonces, no limits, no coverage that is demanded. */
async function measurePlain(requests: readonly Request[]): Promise<Rate> {
  const keyLookup = async () => ({
    id: "eip155",
    verify: async (base: Buffer, signature: Buffer) => {
      const signer = await recoverMessageAddress({
        message: { raw: new Uint8Array(base) },
        signature: bytesToHex(new Uint8Array(signature)),
      });
      return signer === account.address;
    },
  });
  return rate("http-message-signatures with viem's recovery", COUNT, async (index) => {
    const { method, url, headers } = requests[index] as Request;
    const plain = { method, url, headers: Object.fromEntries(headers) };
    if ((await httpbis.verifyMessage({ keyLookup }, plain)) !== true) throw new Error("RFC 9421 says no");
  });
}

/** Requests of a session's sub-agent: two grants, of which nothing is new, and everything in memory. */
export async function measureSessions(): Promise<Rate[]> {
  const rates: Rate[] = [];
  for (const [keyType, name] of [["ed25519", "Ed25519"] as const, ["p256", "P-256"] as const]) {
    const below = await subAgent(keyType);
    const requests = await signed(SESSION_COUNT, () => below.signRequest(new Request(URL_OF_REQUESTS)));
    const { verify } = createVerifier(options());
    rates.push(await rate(`by ${name}`, SESSION_COUNT, (index) => verify(requests[index] as Request)));
  }
  return rates;
}

/** Who acts by a grant that a session handed on. `send` is what carries its requests. */
export async function subAgent(keyType: KeyType, send?: () => Promise<Response>): Promise<Session> {
  const limits = { audiences: ["https://api.example"], permissions: ["read"] };
  const granted = { ...limits, validFor: 3_600, remainingDelegations: 1, epoch: 0n };
  const session = await createSession({ account, chainId: 1, keyType, ...granted });
  const key = await createSessionKey({ keyType });
  const { grants } = await session.delegate({ key, ...limits, validFor: 1_800 });
  return openSession({ grants, key, fetch: send });
}
