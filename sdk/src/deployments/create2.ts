import { type Address, getContractAddress, type Hex, stringToHex } from "viem";

/**
 * The deterministic deployment proxy. It is on most chains; elsewhere anybody can put it there with
 * `deterministicDeployerTransaction`. Call data: a salt of 32 bytes, then creation code.
 *
 * Source: https://github.com/Arachnid/deterministic-deployment-proxy
 */
export const deterministicDeployer: Address = "0x4e59b44847b379578588920cA78FbF26c0B4956C";

/** What the proxy's address holds. */
export const deterministicDeployerCode: Hex =
  "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3";

/**
 * The transaction that deploys the proxy, the same on every chain. Its signature was made up, so that nobody holds the
 * key of its sender, and it names no chain id.
 */
export const deterministicDeployerTransaction: Hex =
  "0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222";

/** Who sends `deterministicDeployerTransaction`, and what it has to hold for that: 100,000 gas at 100 gwei. */
export const deterministicDeployerSigner: Address = "0x3fAB184622Dc19b6109349B94811493BF2a45362";

/** Wei that `deterministicDeployerTransaction` pays for a unit of gas. */
export const deterministicDeployerGasPrice = 100_000_000_000n;

/** Wei that the sender of `deterministicDeployerTransaction` needs. */
export const deterministicDeployerCost = 10_000_000_000_000_000n;

/** The salt of every Tenure contract. */
export const deploymentSalt: Hex = stringToHex("tenure/1", { size: 32 });

/**
 * Where the deterministic deployment puts a contract.
 *
 * @param initCode - Creation code with constructor arguments.
 * @returns The address, the same on every chain.
 *
 * @example
 * const address = getDeterministicAddress(initCode);
 */
export function getDeterministicAddress(initCode: Hex): Address {
  return getContractAddress({
    opcode: "CREATE2",
    from: deterministicDeployer,
    salt: deploymentSalt,
    bytecode: initCode,
  });
}
