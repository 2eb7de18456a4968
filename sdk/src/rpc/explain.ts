import { toTenureError } from "../errors/decode.ts";
import type { AnyClient } from "../types/client.ts";
import { explainedAs } from "./explainedAs.ts";

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
  return explainedAs(client, error, toTenureError);
}
