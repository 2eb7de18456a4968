import type { Account, Address } from "viem";
import { parseAccount } from "viem/accounts";
import { getBalance, getGasPrice } from "viem/actions";
import { isTenureError } from "../errors/base.ts";
import { InsufficientEtherError } from "../errors/network.ts";
import { wrongChain } from "../rpc/explainedAs.ts";
import type { AnyClient } from "../types/client.ts";

/** What a transaction takes that does nothing. */
const LEAST_GAS = 21_000n;

type Sent = {
  account: Account | Address;
  value?: bigint;
  gas?: bigint;
  maxFeePerGas?: bigint;
};

/**
 * Why a node refused a transaction that would do what it should. Nodes say so in words of their own, each in others, so
 * the chain is asked: whether it is the right one, and whether the account can pay.
 *
 * @param estimate - Asks how much gas it takes, on behalf of an address.
 */
export async function whyUnsent(
  client: AnyClient,
  sent: Sent,
  error: unknown,
  estimate: (account: Address) => Promise<bigint>,
): Promise<Error | undefined> {
  if (isTenureError(error) || !(error instanceof Error)) return undefined;
  try {
    const wrong = await wrongChain(client, error);
    if (wrong !== undefined) return wrong;
    const { address: account } = parseAccount(sent.account);
    const balance = await getBalance(client, { address: account });
    const gas = sent.gas ?? (await estimate(account).catch(() => LEAST_GAS));
    const needed = gas * (sent.maxFeePerGas ?? (await getGasPrice(client))) + (sent.value ?? 0n);
    return balance < needed ? new InsufficientEtherError({ account, balance, needed }, { cause: error }) : undefined;
  } catch {
    // Where the chain does not answer, the node's own words are all there is.
    return undefined;
  }
}
