import { z } from "zod";
import type { RouteDescription } from "../web/index.ts";
import { METADATA_PATH, PATHS } from "./constants.ts";
import {
  actionSearchSchema,
  actionsFoundSchema,
  decisionSchema,
  decisionsSchema,
  entitiesFoundSchema,
  evaluationSchema,
  evaluationsSchema,
  metadataSchema,
  resourceSearchSchema,
  subjectSearchSchema,
} from "./schemas.ts";

const tenantParams = z.object({ tenant: z.string().describe("The tenant.") });

function described(
  path: string,
  operationId: string,
  summary: string,
  body: z.ZodObject,
  answer: z.ZodType,
): RouteDescription {
  return {
    ...{ method: "POST", path: `/{tenant}${path}`, operationId, summary, body, answer },
    ...{ params: tenantParams, query: z.strictObject({}), type: "application/json", isGuarded: true },
    errors: [404, 408, 413, 429, 503],
  };
}

/** What the routes of decisions take and answer, below the decision point's URL, for a document of OpenAPI. */
export const authzenRoutes: readonly RouteDescription[] = [
  described(
    PATHS.evaluation,
    "evaluate",
    "Whether a subject may do something to a resource.",
    evaluationSchema,
    decisionSchema,
  ),
  described(
    PATHS.evaluations,
    "evaluateAll",
    "Several evaluations at once; a single one where there are none.",
    evaluationsSchema,
    z.union([decisionsSchema, decisionSchema]),
  ),
  described(
    PATHS.subjectSearch,
    "searchSubjects",
    "Which subjects of a type may do something to a resource.",
    subjectSearchSchema,
    entitiesFoundSchema,
  ),
  described(
    PATHS.resourceSearch,
    "searchResources",
    "To which resources of a type a subject may do something.",
    resourceSearchSchema,
    entitiesFoundSchema,
  ),
  described(
    PATHS.actionSearch,
    "searchActions",
    "What a subject may do to a resource.",
    actionSearchSchema,
    actionsFoundSchema,
  ),
  {
    ...{ method: "GET", path: `${METADATA_PATH}/{tenant}`, operationId: "getAuthzenConfiguration" },
    summary: "Where a tenant's decision point is.",
    ...{ params: tenantParams, query: z.strictObject({}), body: undefined, answer: metadataSchema },
    ...{ type: "application/json", isGuarded: false, errors: [404] },
  },
];
