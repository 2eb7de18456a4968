import { addressBook, productionAddresses, type RegistryAddresses } from "@tenure/sdk";
import { type Address, isAddress } from "viem";
import { UsageError } from "../errors/cliError.ts";
import { readJsonFile } from "../parse/textFile.ts";

/** What a deployment wrote of itself, as far as it is needed here. */
export type AddressFile = { file: string; chainId: number | undefined; addresses: RegistryAddresses };

/**
 * Where the registries are: in the file that a deployment wrote, else where the SDK's book has them, else where every
 * deployment with production's parameters puts them.
 */
export function addressesOn(chainId: number, record: AddressFile | undefined): RegistryAddresses {
  if (record === undefined) return addressBook[chainId] ?? productionAddresses;
  if (record.chainId !== undefined && record.chainId !== chainId) {
    throw new UsageError(
      `${record.file} is about chain ${record.chainId}, but the node runs chain ${chainId}.`,
      "Name a node of that chain with --rpc, or another file with --addresses.",
    );
  }
  return record.addresses;
}

/** Reads what is needed of a record, and no more; somebody may have written it by hand. */
export function readAddresses(file: string): AddressFile {
  const json = readJsonFile(file, `The file of addresses ${file}`);
  const { chainId, addresses } = (json ?? {}) as { chainId?: unknown; addresses?: object | null };
  const { identityRegistry, vouchRegistry, registryLens, agentLinks, delegationRegistry }: Named = addresses ?? {};
  if (!isHexAddress(identityRegistry) || !isHexAddress(vouchRegistry)) throw noAddresses(file);
  if (!isOptionalAddress(registryLens) || !isOptionalAddress(agentLinks)) throw noAddresses(file);
  if (!isOptionalAddress(delegationRegistry)) throw noAddresses(file);
  if (chainId !== undefined && !isChainId(chainId)) {
    throw new UsageError(`${file} names no chain.`, "Its `chainId` is a whole number from 1, or is left out.");
  }
  return {
    file,
    chainId,
    addresses: { identityRegistry, vouchRegistry, registryLens, agentLinks, delegationRegistry },
  };
}

type Named = { [name in keyof RegistryAddresses]?: unknown };

function noAddresses(file: string): UsageError {
  return new UsageError(`${file} holds no addresses of the registries.`, "`tenure deploy --out FILE` writes one.");
}

function isOptionalAddress(value: unknown): value is Address | undefined {
  return value === undefined || isHexAddress(value);
}

function isHexAddress(value: unknown): value is Address {
  return typeof value === "string" && isAddress(value);
}

function isChainId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
