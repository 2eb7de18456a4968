import { network } from "hardhat";
import {
  type Account,
  type Address,
  createClient,
  type Hash,
  http,
  publicActions,
  testActions,
  walletActions,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";
import { delegationRegistryAbi } from "../../../sdk/src/abi/delegationRegistry.ts";
import { delegationRegistryBytecode } from "../../../sdk/src/bytecode/delegationRegistry.ts";
import { testKeys } from "../../../sdk/test/utils/localChain.ts";

/** A real chain with the number that the vectors have, and a registry of revocations on it. */
export async function startRegistryChain() {
  const server = await network.createServer({ network: "default", override: { chainId: 1 } }, "127.0.0.1", 0);
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  const client = createClient({
    account: privateKeyToAccount(testKeys[0]),
    chain: mainnet,
    transport: http(url, { retryCount: 0 }),
    pollingInterval: 20,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(testActions({ mode: "hardhat" }));
  const creation = await client.deployContract({
    abi: delegationRegistryAbi,
    bytecode: delegationRegistryBytecode,
    chain: null,
  });
  const { contractAddress: address } = await client.waitForTransactionReceipt({ hash: creation });
  if (!address) throw new Error("nothing was deployed");

  /** Has an account, who gets what it costs, write to the registry. */
  async function write(account: Account, functionName: "revoke" | "advanceEpoch", args: readonly [] | readonly [Hash]) {
    await client.setBalance({ address: account.address, value: 10n ** 18n });
    const hash = await client.writeContract({
      ...{ address: address as Address, abi: delegationRegistryAbi, functionName, args, account, chain: null },
    } as Parameters<typeof client.writeContract>[0]);
    await client.waitForTransactionReceipt({ hash });
  }
  return {
    url,
    client,
    registry: address,
    revoke: (account: Account, handle: Hash) => write(account, "revoke", [handle]),
    advanceEpoch: async (account: Account, times = 1) => {
      for (let index = 0; index < times; index++) await write(account, "advanceEpoch", []);
    },
    close: () => server.close(),
  };
}

export type RegistryChain = Awaited<ReturnType<typeof startRegistryChain>>;
