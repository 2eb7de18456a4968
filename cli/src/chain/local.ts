// What only a local chain does for whoever asks: give away ether, and move its clock.
import { isLocalChain, waitForReceipt } from "@tenure/sdk";
import { type Address, BaseError, createTestClient, http, type TestClient } from "viem";
import { getBalance, sendTransaction, setBalance } from "viem/actions";
import { RefusedError } from "../errors/cliError.ts";
import type { ReadClient } from "./connect.ts";

/** Refuses every other chain, by its number. */
export function requireLocal(client: ReadClient, what: string): void {
  const { id } = client.chain;
  if (isLocalChain(id)) return;
  throw new RefusedError(
    `Chain ${id} is no local chain: ${what}.`,
    "Local chains have the number 31337 or 1337; tenure node starts one.",
  );
}

/** The client by which a local chain is told what others would refuse. Hardhat's names are anvil's too. */
export function testClient({ chain }: ReadClient): TestClient {
  return createTestClient({ mode: "hardhat", chain, transport: http(chain.rpcUrls.default.http[0]) });
}

/** Gives an address so much more ether, and answers what it has then. */
export async function fund(client: ReadClient, address: Address, amount: bigint): Promise<bigint> {
  const before = await getBalance(client, { address });
  try {
    await setBalance(testClient(client), { address, value: before + amount });
  } catch (error) {
    if (!isUnknownMethod(error)) throw error;
    await transfer(client, address, amount);
  }
  return getBalance(client, { address });
}

/** From the first of the accounts whose keys the node holds, as geth's developer chain does. */
async function transfer(client: ReadClient, to: Address, value: bigint): Promise<void> {
  const [account] = await client.request({ method: "eth_accounts" });
  if (account === undefined) throw new RefusedError("The node sets no balances, and has no account of its own to pay.");
  const hash = await sendTransaction(client, { account, to, value });
  await waitForReceipt(client, { hash, timeout: 60_000 });
}

/** Whether a node refuses a request because it does not know what it is. */
export function isUnknownMethod(error: unknown): boolean {
  const names = ["MethodNotFoundRpcError", "MethodNotSupportedRpcError"];
  return error instanceof BaseError && error.walk((inner) => names.includes((inner as Error).name)) !== null;
}
