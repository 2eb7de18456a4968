import { getChainId } from "viem/actions";
import { toTenureError } from "../errors/decode.ts";
import { WrongChainError } from "../errors/network.ts";
import { redact } from "./redact.ts";
import type { AnyClient } from "./types.ts";

/** Waits for a request, and says in words why a contract refused it, or why it never came to one. */
export async function explain<result>(client: AnyClient, request: Promise<result>): Promise<result> {
  try {
    return await request;
  } catch (error) {
    throw await explained(client, error);
  }
}

/** What to throw in the place of an error. */
export async function explained(client: AnyClient, error: unknown): Promise<unknown> {
  redact(error);
  const tenureError = toTenureError(error);
  return (isWhereabouts(tenureError) ? await wrongChain(client, tenureError) : undefined) ?? tenureError;
}

/** Whether the node may be on another chain than the client. */
function isWhereabouts(error: unknown): error is Error {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner.name === "RegistryNotDeployedError" || inner.name === "ChainMismatchError") return true;
  }
  return false;
}

/** The error, if the node is on another chain than the client is made for. */
export async function wrongChain(client: AnyClient, cause: Error): Promise<WrongChainError | undefined> {
  if (client.chain === undefined) return undefined;
  const expected = client.chain.id;
  const actual = await getChainId(client).catch(() => expected);
  return actual === expected ? undefined : new WrongChainError({ expected, actual }, { cause });
}
