import type { Hono } from "hono";
import { z } from "zod";
import { type OpenDecisionLog, readDecisions } from "../log/index.ts";
import { answer, endpoint, type OnError, Problem, validate } from "../web/index.ts";
import type { RequireOperator } from "./operator.ts";

const whole = z
  .string()
  .regex(/^\d{1,15}$/, "it has to be a whole number")
  .transform(Number);

const query = z.strictObject({
  from: whole.optional(),
  limit: whole.pipe(z.number().min(1).max(1_000)).optional(),
  ...{ tenant: z.string().optional(), subject: z.string().optional(), resource: z.string().optional() },
  ...{ action: z.string().optional(), askedBy: z.string().optional(), correlationId: z.string().optional() },
  outcome: z.enum(["allowed", "refused", "unknown", "failed"]).optional(),
  ...{ since: whole.optional(), until: whole.optional() },
});

/**
 * The log of decisions, for operators: `GET /v1/decisions`, the oldest first, from a line on; `GET /v1/decisions/{id}/proof`, that one
 * is in the log; `GET /v1/log`, how long it is, and its root.
 */
export function decisionRoutes(
  app: Hono,
  log: OpenDecisionLog,
  requireOperator: RequireOperator,
  onError?: OnError,
): void {
  app.all(
    "/v1/decisions",
    endpoint({
      methods: ["GET"],
      handle: async (context) => {
        requireOperator(context.req.raw);
        const { from, limit, ...filters } = validate(query, context.req.query(), "the query");
        return answer(await readDecisions(log.reader, { from, limit, filters }));
      },
      onError,
    }),
  );
  app.all(
    "/v1/decisions/:id/proof",
    endpoint({
      methods: ["GET"],
      handle: async (context) => {
        requireOperator(context.req.raw);
        const id = context.req.param("id") ?? "";
        try {
          return answer(await log.prove(id));
        } catch (error) {
          if (!(error instanceof Error) || error.name !== "LogPlaceError") throw error;
          throw new Problem(404, "unknown_decision", error.message);
        }
      },
      onError,
    }),
  );
  app.all(
    "/v1/log",
    endpoint({
      methods: ["GET"],
      handle: async (context) => {
        requireOperator(context.req.raw);
        return answer(await log.checkpoint());
      },
      onError,
    }),
  );
}
