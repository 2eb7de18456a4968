import { InvalidCursorError } from "../types/directory.ts";
import type { OnError } from "../web/index.ts";
import { Problem } from "../web/index.ts";
import { invalidCursor } from "./cursor.ts";

/**
 * What a port answers, or that it cannot be said now.
 *
 * @throws Problem of 503, after whoever runs the server was told of the error; of 400 where a list cannot be gone on with.
 */
export async function ask<Value>(question: () => Promise<Value>, request: Request, onError?: OnError): Promise<Value> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof InvalidCursorError) throw invalidCursor();
    try {
      onError?.(error, request);
    } catch {
      // Whoever writes logs must not make one error into another.
    }
    const detail = "What the registries say cannot be read now. Ask again later.";
    throw new Problem(503, "registry_unavailable", detail, { "retry-after": "1" });
  }
}
