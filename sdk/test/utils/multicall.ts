import type { Address, Hex } from "viem";
import type { connect } from "./localChain.ts";

/** Where Multicall3 is on most chains. */
export const MULTICALL: Address = "0xcA11bde05977b3631167028862bE2a173976CA11";

/** Puts Multicall3 where it is on most chains, and is not on a fresh local one. */
export async function putMulticall(client: ReturnType<typeof connect>): Promise<void> {
  // viem holds its creation code, for calls without deployment, and does not export it.
  const file = new URL("./constants/contracts.js", import.meta.resolve("viem"));
  const { multicall3Bytecode } = (await import(file.href)) as { multicall3Bytecode: Hex };
  const hash = await client.sendTransaction({ data: multicall3Bytecode });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new TypeError("Multicall3 was not deployed.");
  const bytecode = await client.getCode({ address: contractAddress });
  if (bytecode === undefined) throw new TypeError("Multicall3 has no code.");
  await client.setCode({ address: MULTICALL, bytecode });
}
