// HTTP as every room here speaks it: JSON read with limits, and errors as problems.
export { answer, withIntegers } from "./answer.ts";
export { type EndpointOptions, endpoint, notFound, type OnError, requestIdOf } from "./endpoint.ts";
export { JsonError, parseJson } from "./parseJson.ts";
export { Problem, type ProblemBody, problemOf } from "./problem.ts";
export { quote } from "./quote.ts";
export { type RateLimit, rateLimit } from "./rateLimit.ts";
export { CONTENT_LIMITS, type ContentLimits, type ReadJsonOptions, readJson } from "./readJson.ts";
export type { RouteDescription } from "./routeDescription.ts";
export { explain, validate } from "./validate.ts";
