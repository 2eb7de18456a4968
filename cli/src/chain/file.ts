import { getRegistrationFile, getRegistryAddress, identityRegistryAbi, isTenureError, type Profile } from "@tenure/sdk";
import { readContract } from "viem/actions";
import type { ReadClient } from "./connect.ts";

/** Where the registration file of an identity is, and the name in it; undefined where that is not known. */
export type RegistrationPlace = { agentURI: string | undefined; name: string | undefined };

/**
 * Looks into a file on the chain itself, and into no other: whoever looks at an identity does not want to be seen by a server
 * that it chose.
 */
export async function readPlace(client: ReadClient, { id, status }: Profile): Promise<RegistrationPlace> {
  // The token of a retired identity is burned.
  if (status === "retired") return { agentURI: undefined, name: undefined };
  const call = { abi: identityRegistryAbi, functionName: "tokenURI", args: [BigInt(id)] } as const;
  const uri = await readContract(client, { address: getRegistryAddress(client, "identityRegistry"), ...call });
  const agentURI = uri === "" ? undefined : uri;
  return { agentURI, name: agentURI?.startsWith("data:") ? await nameIn(client, id) : undefined };
}

/** What is no registration file has no name. */
async function nameIn(client: ReadClient, id: number): Promise<string | undefined> {
  try {
    return (await getRegistrationFile(client, { id })).file.name;
  } catch (error) {
    if (isTenureError(error)) return undefined;
    throw error;
  }
}
