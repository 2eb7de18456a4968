// A typed client of the server's routes, and a guard's decision point that asks them.
export {
  createTenureClient,
  type EventAnswer,
  type Identity,
  type ListParameters,
  type Page,
  type PageParameters,
  type RegistryParameters,
  type TenureClient,
  type TenureClientOptions,
  type VouchAnswer,
} from "./createTenureClient.ts";
export * from "./errors.ts";
export type { FollowedEvent, FollowOptions } from "./follow.ts";
export type { FlippedDecision, ListeningBegins } from "./followFlips.ts";
export { type RemoteDecide, type RemoteDecideOptions, remoteDecide } from "./remoteDecide.ts";
export type { StreamOptions } from "./streamOf.ts";
export type { Fetch } from "./transport.ts";
