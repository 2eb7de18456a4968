// As `explain.ts`, for reads that no contract refuses.
import { interpret } from "../errors/interpret.ts";
import type { AnyClient } from "../types/client.ts";
import { explainedAs } from "./explainedAs.ts";

/** Waits for a request, and says in words why it never came to a contract. */
export async function explain<result>(client: AnyClient, request: Promise<result>): Promise<result> {
  try {
    return await request;
  } catch (error) {
    throw await explained(client, error);
  }
}

/** What to throw in the place of an error. */
export async function explained(client: AnyClient, error: unknown): Promise<unknown> {
  return explainedAs(client, error, (reason) => interpret(reason));
}
