import type { z } from "zod";

/** What a route takes and answers, for whoever validates, documents or calls it. */
export interface RouteDescription {
  readonly method: "GET" | "POST";
  /** As OpenAPI writes it: `/v1/identities/{identity}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodObject | undefined;
  readonly answer: z.ZodType;
  /** Whether only enforcement points may ask. */
  readonly isGuarded: boolean;
  /** The type of the content that is answered. */
  readonly type: "application/json" | "text/event-stream";
  /** The errors that it answers, beside 400 and those that any route answers. */
  readonly errors: readonly number[];
}
