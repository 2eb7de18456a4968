import { getParameters, isTenureError, toTenureError } from "@tenure/sdk";
import { connectedChain } from "./connect.ts";

/** An error with the days on which periods end, where it names any and the chain still answers. */
export async function withDates(thrown: unknown): Promise<unknown> {
  const error = toTenureError(thrown);
  const client = connectedChain();
  if (client === undefined || !isTenureError(error) || !/\bperiod \d/.test(error.shortMessage)) return thrown;
  try {
    return toTenureError(error.cause, { clock: await getParameters(client) }) ?? thrown;
  } catch {
    return thrown;
  }
}
