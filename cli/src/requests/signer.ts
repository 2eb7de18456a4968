import type { Fetch } from "@tenure/http-auth";
import { nameOf } from "../chain/delegations.ts";
import type { Context } from "../context.ts";
import { openStored } from "../keys/openSession.ts";

/** What sends a request that is signed. */
type Send = (signed: Request) => Promise<Response>;

/** Who signs requests. */
export type Signer = {
  keyid: string;
  sign: (request: Request) => Promise<Request>;
  /** A fetch that signs, and signs more where a server asks for it. */
  fetchBy: (send: Send) => Fetch;
};

/** As much content as is read from a file (bytes). */
const CONTENT = 16 * 2 ** 20;

/** A session by its name, or the account of the key. */
export async function signerOf(context: Context, session: string | undefined): Promise<Signer> {
  return session === undefined ? accountSigner(context) : sessionSigner(session);
}

async function accountSigner(context: Context): Promise<Signer> {
  const account = await context.account();
  const chainId = await context.chainId();
  const { createSignedFetch, signRequest } = await import("../auth.ts");
  const options = { account, chainId, contentLimit: CONTENT };
  return {
    keyid: nameOf({ chainId, address: account.address }),
    sign: (request) => signRequest(request, options),
    fetchBy: (fetch) => createSignedFetch({ ...options, fetch }),
  };
}

async function sessionSigner(name: string): Promise<Signer> {
  const open = (fetch?: Send) => openStored(name, { contentLimit: CONTENT, fetch });
  const { keyid, signRequest } = await open();
  return {
    keyid,
    sign: (request) => signRequest(request),
    fetchBy: (fetch) => async (request, init) => (await open(fetch)).fetch(request, init),
  };
}
