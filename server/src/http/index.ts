// Routes about identities and events: what is known, as JSON, in pages and as a stream.
export { type MemoryFeed, type MemoryFeedOptions, memoryFeed } from "./events/memoryFeed.ts";
export { type HttpApi, type HttpOptions, http } from "./http.ts";
export { HTTP_LIMITS, type HttpLimits } from "./limits.ts";
export { type Json, type OpenApiOptions, openApiOf } from "./openapi.ts";
export * from "./schemas/index.ts";
