import { readFileSync } from "node:fs";
import { addressBook, type DeploymentRecord, productionAddresses, type RegistryAddresses } from "@tenure/sdk";
import { isAddress } from "viem";
import { UsageError } from "../errors/cliError.ts";
import { whyUnreadable } from "../errors/unreadable.ts";

/**
 * Where the registries are: in the file that a deployment wrote, else where the SDK's book has them, else where every
 * deployment with production's parameters puts them.
 */
export function addressesOn(chainId: number, file: string | undefined): RegistryAddresses {
  if (file === undefined) return addressBook[chainId] ?? productionAddresses;
  const record = readRecord(file);
  if (record.chainId !== undefined && record.chainId !== chainId) {
    throw new UsageError(
      `${file} is about chain ${record.chainId}, but the node runs chain ${chainId}.`,
      "Name a node of that chain with --rpc, or another file with --addresses.",
    );
  }
  return record.addresses;
}

/** What is needed of a record; somebody may have written it by hand. */
function readRecord(file: string): Pick<DeploymentRecord, "addresses"> & { chainId?: number } {
  let record: { chainId?: number; addresses?: Partial<Record<keyof RegistryAddresses, unknown>> };
  try {
    record = JSON.parse(readFileSync(file, "utf8")) as typeof record;
  } catch (error) {
    throw new UsageError(`The file of addresses ${file} cannot be read: ${whyUnreadable(error)}.`);
  }
  const { identityRegistry, vouchRegistry, registryLens, agentLinks } = record?.addresses ?? {};
  const isOptional = (value: unknown) => value === undefined || isHexAddress(value);
  const areOptional = isOptional(registryLens) && isOptional(agentLinks);
  if (!isHexAddress(identityRegistry) || !isHexAddress(vouchRegistry) || !areOptional) {
    throw new UsageError(`${file} holds no addresses of the registries.`, "`tenure deploy --out FILE` writes one.");
  }
  return record as { chainId?: number; addresses: RegistryAddresses };
}

function isHexAddress(value: unknown): boolean {
  return typeof value === "string" && isAddress(value);
}
