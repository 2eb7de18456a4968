import type { ContractTransactionResponse, TransactionReceipt } from "ethers";

/** What of a connection it takes to put transactions into one block. */
interface Chain {
  provider: { request(call: { method: string; params: unknown[] }): Promise<unknown> };
  ethers: { provider: { getTransactionReceipt(hash: string): Promise<TransactionReceipt | null> } };
}

/**
 * Sends transactions that share one block, in order, whether they succeed or not. Answers their status, 1 or 0. Each
 * needs a `gasLimit`, or it is tried beforehand without those before it.
 */
export async function mineTogether(
  { provider, ethers }: Chain,
  ...sends: (() => Promise<ContractTransactionResponse>)[]
): Promise<(number | null | undefined)[]> {
  await provider.request({ method: "evm_setAutomine", params: [false] });
  const sent: ContractTransactionResponse[] = [];
  try {
    for (const send of sends) sent.push(await send());
  } finally {
    await provider.request({ method: "evm_mine", params: [] });
    await provider.request({ method: "evm_setAutomine", params: [true] });
  }
  const receipts = await Promise.all(sent.map(({ hash }) => ethers.provider.getTransactionReceipt(hash)));
  if (new Set(receipts.map((receipt) => receipt?.blockNumber)).size !== 1) throw new Error("not in one block");
  if (receipts.some((receipt, i) => receipt?.index !== i)) throw new Error("not in this order");
  return receipts.map((receipt) => receipt?.status);
}
