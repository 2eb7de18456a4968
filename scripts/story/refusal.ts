import { isTenureError, type TenureError } from "@tenure/sdk";
import { WrongFactError } from "./narrator.ts";

/** Does what must be refused, and answers how it was. */
export async function refusal(attempt: string, action: Promise<unknown>): Promise<TenureError> {
  try {
    await action;
  } catch (error) {
    if (isTenureError(error)) return error;
    throw error;
  }
  throw new WrongFactError(`"${attempt}" should have been refused, and was not.`);
}
