// The requests of the standard, section "Information Model" and those of each API. What is not named here is ignored.
import { z } from "zod";
import { SEMANTICS } from "./constants.ts";
import { NAME_LIMITS } from "./limits.ts";

const properties = z.record(z.string(), z.unknown()).optional();
const type = z.string().max(NAME_LIMITS.type);
const id = z.string().max(NAME_LIMITS.id);

export const entitySchema = z.object({ type, id, properties });

export const actionSchema = z.object({ name: z.string().max(NAME_LIMITS.action), properties });

export const contextSchema = z.record(z.string(), z.unknown());

/** Section "Access Evaluation API". */
export const evaluationSchema = z.object({
  subject: entitySchema,
  action: actionSchema,
  resource: entitySchema,
  context: contextSchema.optional(),
});

/** Section "Access Evaluations API": what stands above the single evaluations, which are looked at one by one. */
export const evaluationsSchema = z.object({
  subject: entitySchema.optional(),
  action: actionSchema.optional(),
  resource: entitySchema.optional(),
  context: contextSchema.optional(),
  evaluations: z.array(z.unknown()).optional(),
  options: z.object({ evaluations_semantic: z.enum(SEMANTICS).default(SEMANTICS[0]) }).optional(),
});

/** Section "Paginated Requests". */
export const pageSchema = z.object({
  token: z.string().max(NAME_LIMITS.token).optional(),
  limit: z.int().min(0).optional(),
  properties,
});

/** What is searched for has a type, and no id that counts. */
const wanted = z.object({ type, properties });

export const subjectSearchSchema = evaluationSchema.extend({ subject: wanted, page: pageSchema.optional() });
export const resourceSearchSchema = evaluationSchema.extend({ resource: wanted, page: pageSchema.optional() });
export const actionSearchSchema = evaluationSchema.omit({ action: true }).extend({ page: pageSchema.optional() });

/** How what is demanded compares, such as `atLeast`, is said where the decision point says it. */
const unmetSchema = z.object({
  fact: z.string(),
  comparison: z.string().optional(),
  actual: z.unknown(),
  demanded: z.unknown(),
});

const obligationSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("step_up"), proof: z.enum(["owner", "fresh"]) }),
  z.object({ type: z.literal("approve"), anchors: z.array(z.string()) }),
  z.object({ type: z.literal("wait"), until: z.int() }),
]);

const blockSchema = z.object({ chain_id: z.int(), number: z.int(), hash: z.string(), timestamp: z.int() });

/** What this server says beside a decision. Every part of it is left out where the tenant's answers are bare. */
export const decisionContextSchema = z.object({
  id: z.string(),
  subject: z.string().describe("Whom it is about: the identity as CAIP-19 where a registry knows it."),
  outcome: z.enum(["allowed", "refused", "unknown", "failed"]),
  policies: z.array(z.string()),
  unmet: z.array(unmetSchema),
  reason_user: z.record(z.string(), z.string()),
  obligations: z.array(obligationSchema),
  ttl: z.int().min(0),
  flips_at: z.int().optional().describe("When it could turn out otherwise though nothing happens."),
  rests_on: z.array(z.string()),
  facts_hash: z.string(),
  policy_hash: z.string(),
  blocks: z.array(blockSchema),
  decided_at: z.int(),
  error: z
    .object({
      status: z.int(),
      message: z.string(),
      code: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});

/** One evaluation's answer. One that could not be made says so in `context.error`, and nothing else. */
export const decisionSchema = z.object({
  decision: z.boolean(),
  context: decisionContextSchema.partial().optional(),
});

export const decisionsSchema = z.object({ evaluations: z.array(decisionSchema) });

const pageAnswerSchema = z.object({ next_token: z.string(), count: z.int().min(0) });
const foundEntity = z.object({ type: z.string(), id: z.string() });

export const entitiesFoundSchema = z.object({ page: pageAnswerSchema.optional(), results: z.array(foundEntity) });
export const actionsFoundSchema = z.object({
  page: pageAnswerSchema.optional(),
  results: z.array(z.object({ name: z.string() })),
});

/** Section "Policy Decision Point Metadata". */
export const metadataSchema = z.object({
  policy_decision_point: z.string(),
  access_evaluation_endpoint: z.string(),
  access_evaluations_endpoint: z.string().optional(),
  search_subject_endpoint: z.string().optional(),
  search_resource_endpoint: z.string().optional(),
  search_action_endpoint: z.string().optional(),
  signed_metadata: z.string().optional(),
});

export type EvaluationRequest = z.input<typeof evaluationSchema>;
export type EvaluationsRequest = Omit<z.input<typeof evaluationsSchema>, "evaluations"> & {
  evaluations?: Partial<EvaluationRequest>[] | undefined;
};
export type SubjectSearchRequest = z.input<typeof subjectSearchSchema>;
export type ResourceSearchRequest = z.input<typeof resourceSearchSchema>;
export type ActionSearchRequest = z.input<typeof actionSearchSchema>;
export type DecisionAnswer = z.output<typeof decisionSchema>;
export type DecisionsAnswer = z.output<typeof decisionsSchema>;
export type EntitiesFound = z.output<typeof entitiesFoundSchema>;
export type ActionsFound = z.output<typeof actionsFoundSchema>;
export type Metadata = z.output<typeof metadataSchema>;
