import { type Address, type Client, type Hex, numberToHex } from "viem";
import { InvalidOptionError } from "../errors/mistakes.ts";

/** Gas that a contract may burn on a node to judge a signature: enough for wallets that check P-256 in Solidity. */
const GAS = numberToHex(10_000_000);

/** Words of nodes for a call that ran and failed, whatever number they give it. */
const FAILED_CALL =
  /revert|out of gas|invalid opcode|gas required exceeds|stack (?:over|under)flow|invalid jump|VM Exception/i;

/** The error codes that geth and those like it give a revert. */
const REVERT = 3;

/** Thrown when a node does not answer in time. */
class NodeSilentError extends Error {
  override readonly name = "NodeSilentError";
}

/** The answer of a node, or that it gave none in time. */
export async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NodeSilentError(`A node did not answer in ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a node ran the call and the call failed, rather than the node. */
function isFailedCall(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === REVERT) return true;
    if (FAILED_CALL.test(cause.message)) return true;
  }
  return false;
}

/** The code of an account. */
export async function codeOf(client: Client, address: Address): Promise<string> {
  const code: unknown = await client.request({ method: "eth_getCode", params: [address, "latest"] });
  if (typeof code !== "string" || !/^0x(?:[0-9a-fA-F]{2})*$/.test(code))
    throw new NodeSilentError("A node gave no code.");
  return code;
}

/**
 * What a contract answers, at the newest block and without a trace in it; `undefined` where the call fails. It is asked by
 * `eth_call` itself: viem's `call` would follow an answer to any URL that a stranger's contract names (ERC-3668).
 */
export async function callContract(client: Client, call: { to?: Hex; data: Hex }): Promise<string | undefined> {
  try {
    const params: [object, "latest"] = [{ ...call, gas: GAS }, "latest"];
    const answer: unknown = await client.request({ method: "eth_call", params });
    if (typeof answer !== "string") throw new NodeSilentError("A node gave no answer of a contract.");
    return answer;
  } catch (error) {
    if (isFailedCall(error)) return undefined;
    throw error;
  }
}

/** The number of the chain that a client is set up for. */
export function chainOf(client: Client): string {
  if (client.chain === undefined) throw new InvalidOptionError("clients", "has a client without `chain`. Give it one.");
  return String(client.chain.id);
}
