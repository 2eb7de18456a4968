import { NotANodeError, WrongChainError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import { askChainId } from "./askChainId.ts";
import { redact } from "./redact.ts";

/** What to throw in the place of an error, as somebody puts it into words, unless the node is on another chain. */
export async function explainedAs(
  client: AnyClient,
  error: unknown,
  inWords: (error: unknown) => unknown,
): Promise<unknown> {
  redact(error);
  const words = inWords(error);
  return (isWhereabouts(words) ? await wrongChain(client, words) : undefined) ?? words;
}

/** Whether the node may be on another chain than the client. */
function isWhereabouts(error: unknown): error is Error {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner.name === "RegistryNotDeployedError" || inner.name === "ChainMismatchError") return true;
  }
  return false;
}

/** The error, if the node is on another chain than the client is made for, or is none. */
export async function wrongChain(
  client: AnyClient,
  cause: Error,
): Promise<WrongChainError | NotANodeError | undefined> {
  if (client.chain === undefined) return undefined;
  const expected = client.chain.id;
  const actual = await askChainId(client).catch((error: unknown) => error);
  if (typeof actual !== "number") return actual instanceof NotANodeError ? actual : undefined;
  return actual === expected ? undefined : new WrongChainError({ expected, actual }, { cause });
}
