import { faultOf } from "../errors/fault.ts";
import type { AnyClient } from "../types/client.ts";
import { LITTLE, patient } from "./patient.ts";

/** What came of a request that may be too large: an error where asking for less may help. */
export type Attempt<answer> = { answer: answer } | { error: unknown };

/**
 * Makes a request that may be too large, and makes it again where that has nothing to do with its size.
 *
 * @param client - Client.
 * @param size - How much is asked for; 1 is the least.
 * @param ask - Makes the request with the client that it is given.
 * @throws What has nothing to do with the size.
 */
export async function attempt<answer>(
  client: AnyClient,
  size: number,
  ask: (client: AnyClient) => Promise<answer>,
): Promise<Attempt<answer>> {
  try {
    return { answer: await ask(patient(client, size)) };
  } catch (error) {
    if (isCurable(error, size)) return { error };
    throw error;
  }
}

/** Whether a smaller request may do. One that nobody answers at all is asked again in vain. */
function isCurable(error: unknown, size: number): boolean {
  switch (faultOf(error)) {
    case "large":
    case "passing":
    case "other":
      return true;
    case "slow":
      return size > LITTLE;
    default:
      return false;
  }
}
