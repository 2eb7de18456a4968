import {
  deployRegistries,
  getIdentity,
  getProfiles,
  getStanding,
  getSupport,
  registerFor,
  shortParameters,
  signRegister,
} from "@tenure/sdk";
import { network } from "hardhat";
import {
  createClient,
  type HttpTransportConfig,
  http,
  numberToHex,
  publicActions,
  testActions,
  walletActions,
} from "viem";
import { mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";

/** How many identities are read. */
export const COUNT = 1_000;

export interface Reading {
  way: string;
  /** HTTP requests. */
  requests: number;
  /** Milliseconds, on this machine and in this run. */
  milliseconds: number;
}

const MNEMONIC = "test test test test test test test test test test test junk";

/** Reads the same profiles from the same node in several ways. */
export async function measureReading(): Promise<Reading[]> {
  const server = await network.createServer("default", "127.0.0.1", 0);
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  try {
    await populate(url);
    return await compare(url);
  } finally {
    await server.close();
  }
}

async function populate(url: string): Promise<void> {
  const relayer = createClient({
    account: mnemonicToAccount(MNEMONIC),
    chain: hardhat,
    transport: http(url),
    pollingInterval: 20,
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(testActions({ mode: "hardhat" }));
  await deployRegistries(relayer, { parameters: shortParameters });
  const deadline = Number((await relayer.getBlock()).timestamp) + 100_000;
  const first = await relayer.getTransactionCount({ address: relayer.account.address });
  for (let index = 0; index < COUNT; index++) {
    const account = privateKeyToAccount(numberToHex(index + 1_000_000, { size: 32 }));
    const signed = await signRegister(relayer, { account, deadline });
    const { to, data } = registerFor.call(relayer, signed);
    await relayer.sendTransaction({ to, data, nonce: first + index, gas: 400_000n, maxFeePerGas: 10n ** 10n });
  }
}

async function compare(url: string): Promise<Reading[]> {
  const ids = Array.from({ length: COUNT }, (_, index) => index + 1);
  let requests = 0;
  const connect = (config: HttpTransportConfig, batch?: { multicall: { deployless: true } }) =>
    createClient({
      chain: hardhat,
      ...(batch && { batch }),
      transport: http(url, {
        ...config,
        fetchFn: (input, init) => {
          requests += 1;
          return fetch(input, init);
        },
      }),
    });
  const plain = connect({});
  const noLens = { registryLens: "0x00000000000000000000000000000000deadbeef" } as const;
  const three = (client: typeof plain, id: number) =>
    Promise.all([getIdentity(client, { id }), getStanding(client, { id }), getSupport(client, { id })]);
  const ways: Record<string, () => Promise<{ id: number }[]>> = {
    "one by one, three views each": async () => {
      const read: { id: number }[] = [];
      for (const id of ids) read.push((await three(plain, id))[0]);
      return read;
    },
    "viem's JSON-RPC batches": async () => {
      const client = connect({ batch: true });
      return (await Promise.all(ids.map((id) => three(client, id)))).map(([identity]) => identity);
    },
    "viem's multicall, without deployment": async () => {
      const client = connect({}, { multicall: { deployless: true } });
      return (await Promise.all(ids.map((id) => three(client, id)))).map(([identity]) => identity);
    },
    "getProfiles, the lens's code in the call": () => getProfiles(plain, { ids, addresses: noLens }),
    "getProfiles, the deployed lens": () => getProfiles(plain, { ids }),
  };
  const rows: Reading[] = [];
  for (const [way, read] of Object.entries(ways)) {
    requests = 0;
    const start = performance.now();
    const found = await read();
    const milliseconds = performance.now() - start;
    if (found.length !== COUNT || found.some(({ id }, index) => id !== ids[index])) throw new Error(`${way}: wrong`);
    rows.push({ way, requests, milliseconds });
  }
  return rows;
}
