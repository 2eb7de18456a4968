import type {
  Abi,
  ContractFunctionArgs,
  ContractFunctionName,
  ReadContractParameters,
  ReadContractReturnType,
} from "viem";
import { readContract } from "viem/actions";
import type { AnyClient } from "../types/client.ts";
import { explain } from "./explain.ts";
import { patient } from "./patient.ts";
import { onRightChain } from "./rightChain.ts";
import { ungathered } from "./ungathered.ts";

/** Clients whose chain names a Multicall3 that is not there. */
const alone = new WeakSet<AnyClient>();

/**
 * Calls a view, and says in words why it cannot. A client that gathers calls (`batch.multicall`) sends them to the
 * Multicall3 that its chain names; where that is not there, viem fails, and the call is made by itself.
 */
export async function readView<
  const abi extends Abi,
  name extends ContractFunctionName<abi, "pure" | "view">,
  const args extends ContractFunctionArgs<abi, "pure" | "view", name>,
>(
  client: AnyClient,
  parameters: ReadContractParameters<abi, name, args>,
): Promise<ReadContractReturnType<abi, name, args>> {
  const plain = patient(ungathered(client));
  const isGathered = client.batch?.multicall && !alone.has(client);
  const reading = readContract(isGathered ? patient(client) : plain, parameters).catch(async (error: unknown) => {
    if (!isGathered || !isEmpty(error)) throw error;
    const answer = await readContract(plain, parameters);
    // What is missing in the past says nothing about now.
    if (parameters.blockNumber === undefined) alone.add(client);
    return answer;
  });
  return onRightChain(client, explain(client, reading));
}

/** Whether nothing came back where a whole gathering was expected; an empty answer of a view has another name. */
function isEmpty(error: unknown): boolean {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner.name === "AbiDecodingZeroDataError") return true;
  }
  return false;
}
