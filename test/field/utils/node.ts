import { artifacts, network } from "hardhat";
import { type Address, createPublicClient, createWalletClient, defineChain, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { testKeys } from "../../../sdk/test/utils/localChain.ts";
import { MAX_SILENCE, RECOVERY_DELAY } from "../../utils/identity.ts";
import { ROTATE_KEY } from "../../utils/identitySigning.ts";
import { type Chain, deployContract } from "./official.ts";

/** A node behind HTTP, with Tenure's registry of identities on it, for software that knows nothing but a URL. */
export interface Node {
  url: string;
  chain: Chain;
  /** Tenure's registry of identities. */
  tenure: Address;
  /** What a test account does there itself, through Tenure's ABI: the names and arguments of functions. */
  send: (account: number, functionName: string, ...args: unknown[]) => Promise<void>;
  /** A rotation's consent by a test account. */
  signRotation: (account: number, message: Rotation) => Promise<Hex>;
  read: (functionName: string, ...args: unknown[]) => Promise<unknown>;
  close: () => Promise<void>;
}

type Rotation = { agentId: bigint; owner: Address; newOwner: Address; keyEpoch: number; deadline: bigint };

const accountOf = (account: number) => {
  const key = testKeys[account];
  if (key === undefined) throw new Error("There is no such account.");
  return privateKeyToAccount(key);
};

/** As on a public chain, a transaction that fails is mined, and its sender gets a hash. */
export async function openNode(chainId: number): Promise<Node> {
  const override = { chainId, throwOnTransactionFailures: false };
  const server = await network.createServer({ network: "default", override }, "127.0.0.1", 0);
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  const definition = defineChain({
    id: chainId,
    name: "a chain of this test",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const client = createPublicClient({ chain: definition, transport: http(url), pollingInterval: 20 });
  const chain: Chain = {
    request: ({ method, params }) =>
      client.request({ method, params } as unknown as Parameters<typeof client.request>[0]),
  };
  const [renderer, registry] = await Promise.all(
    ["RegistrationRenderer", "IdentityRegistry"].map((name) => artifacts.readArtifact(name)),
  );
  if (renderer === undefined || registry === undefined) throw new Error("The contracts are not built.");
  const { abi } = registry;
  const tenure = (await deployContract(chain, registry, [
    MAX_SILENCE,
    RECOVERY_DELAY,
    await deployContract(chain, renderer),
  ])) as Address;
  return {
    url,
    chain,
    tenure,
    send: async (account, functionName, ...args) => {
      const wallet = createWalletClient({ account: accountOf(account), chain: definition, transport: http(url) });
      const hash = await wallet.writeContract({ address: tenure, abi, functionName, args });
      const { status } = await client.waitForTransactionReceipt({ hash });
      if (status !== "success") throw new Error(`${functionName} was reverted.`);
    },
    signRotation: (account, message) =>
      accountOf(account).signTypedData({
        domain: { name: "ERC8004IdentityRegistry", version: "1", chainId, verifyingContract: tenure },
        types: { RotateKey: ROTATE_KEY.RotateKey ?? [] },
        primaryType: "RotateKey",
        message,
      }),
    read: (functionName, ...args) => client.readContract({ address: tenure, abi, functionName, args }),
    close: () => server.close(),
  };
}
