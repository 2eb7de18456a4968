/** What Hardhat, anvil and other local chains are numbered. */
const LOCAL_CHAIN_IDS: readonly number[] = [1_337, 31_337];

/**
 * Whether a chain is one that its developer started.
 *
 * @param chainId - The chain.
 * @returns Whether it is.
 *
 * @example
 * isLocalChain(31_337); // true
 */
export function isLocalChain(chainId: number): boolean {
  return LOCAL_CHAIN_IDS.includes(chainId);
}
