import { toTenureError } from "../errors/decode.ts";

/** Waits for a request, and says in words why a contract refused it. */
export async function explain<result>(request: Promise<result>): Promise<result> {
  try {
    return await request;
  } catch (error) {
    throw toTenureError(error);
  }
}
