import { type Address, type Client, isAddressEqual, parseAbi } from "viem";
import { readContract } from "viem/actions";
import { ForeignParametersError } from "../errors/deployment.ts";
import type { DeploymentParameters, RegistryName } from "../types/deployment.ts";
import type { PlannedContract } from "./plan.ts";

const viewsAbi = parseAbi([
  "function maxSilence() view returns (uint40)",
  "function recoveryDelay() view returns (uint40)",
  "function renderer() view returns (address)",
  "function identities() view returns (address)",
  "function origin() view returns (uint40)",
  "function unit() view returns (uint40)",
  "function period() view returns (uint40)",
  "function cap() view returns (uint32)",
  "function vouches() view returns (address)",
]);

/** The parameters that each contract can be asked for. */
const views = {
  registrationRenderer: [],
  identityRegistry: ["maxSilence", "recoveryDelay", "renderer"],
  vouchRegistry: ["identities", "origin", "unit", "period", "cap"],
  registryLens: ["vouches"],
  agentLinks: ["identities"],
  delegationRegistry: [],
} as const satisfies Record<RegistryName, readonly string[]>;

type View = (typeof views)[RegistryName][number];

/**
 * Reads back what a constructor was given. The deterministic deployment binds it to the address, but a chain may have
 * been made with code in its first block.
 */
export async function requireParameters(
  client: Client,
  { contract, address }: PlannedContract,
  expected: DeploymentParameters & { renderer: Address; identities: Address; vouches: Address },
): Promise<void> {
  const names: readonly View[] = views[contract];
  const found = await Promise.all(
    names.map((functionName) => readContract(client, { address, abi: viewsAbi, functionName })),
  );
  for (const [index, parameter] of names.entries()) {
    const [wanted, actual] = [expected[parameter], found[index] as Address | number];
    const isSame =
      typeof wanted === "string" && typeof actual === "string" ? isAddressEqual(wanted, actual) : wanted === actual;
    if (!isSame) throw new ForeignParametersError({ contract, address, parameter, expected: wanted, actual });
  }
}
