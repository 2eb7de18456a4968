import { createSignerClient } from "@slicekit/erc8128";
import { createSignedFetch } from "@tenure/http-auth";
import { type Rate, rate } from "./meter.ts";
import { subAgent } from "./verifying.ts";
import { account, URL_OF_REQUESTS } from "./world.ts";

const COUNT = 200;

/** What comes back, without a server: what the network takes is not what is measured. */
const answer = async () => new Response("");

/** What a `fetch` that signs adds to one that does not. */
export async function measureSigning(): Promise<Rate[]> {
  const plain = await rate("a fetch that does not sign", COUNT, () => answer());
  const rates: Rate[] = [];
  for (const [keyType, name] of [["ed25519", "Ed25519"] as const, ["p256", "P-256"] as const]) {
    const { fetch } = await subAgent(keyType, answer);
    rates.push(await rate(`a session's fetch, ${name}`, COUNT, () => fetch(URL_OF_REQUESTS)));
  }
  const signedFetch = createSignedFetch({ account, chainId: 1, fetch: answer });
  rates.push(await rate("createSignedFetch, an account", COUNT, () => signedFetch(URL_OF_REQUESTS)));
  const signMessage = (message: Uint8Array) => account.signMessage({ message: { raw: message } });
  const slice = createSignerClient({ chainId: 1, address: account.address, signMessage }, { fetch: answer });
  rates.push(await rate("@slicekit/erc8128 0.2, an account", COUNT, () => slice.fetch(URL_OF_REQUESTS)));
  return rates.map(({ way, cpu }) => ({ way, cpu: Math.max(0, cpu - plain.cpu) }));
}
