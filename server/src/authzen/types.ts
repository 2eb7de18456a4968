import type { RoutePolicy, Verifier } from "@tenure/http-auth";
import type { DecisionLog, DecisionPoint } from "../types/decision.ts";
import type { Entity } from "../types/question.ts";
import type { Candidates } from "../types/search.ts";
import type { OnError, RateLimit } from "../web/index.ts";
import type { AuthzenLimits } from "./limits.ts";
import type { MetadataSigner } from "./signMetadata.ts";

/** Who asks for decisions: a gateway, a guard, a service. */
export interface EnforcementPoint {
  readonly id: string;
  /** The tenants that it may ask about; all where left out. */
  readonly tenants?: readonly string[] | undefined;
  /** Whether it is believed when it says what it verified of a request. */
  readonly mayAssertProof: boolean;
}

/**
 * Tells who sent a request to the decision point.
 *
 * @throws Problem of 401 where the request does not show it, and of 503 where this cannot be checked now.
 */
export type Authenticate = (request: Request) => EnforcementPoint | Promise<EnforcementPoint>;

/** What is particular to a tenant. */
export interface AuthzenTenant {
  /** `bare`: a decision is answered without any context. `full` where left out. */
  readonly responses?: "full" | "bare" | undefined;
  /** The types of subjects that are agents, of whom proof is taken; `agent` where left out. */
  readonly agentTypes?: readonly string[] | undefined;
}

/**
 * The accounts that may speak for a subject whose id is no account, `eip155:1:0x…` in lower case: of a token, its identity's owner and
 * wallet. `undefined` where nobody knows such a subject.
 */
export type SubjectAccounts = (subject: Entity) => Promise<readonly string[] | undefined>;

/** How the decision point is put behind HTTP. */
export interface AuthzenOptions {
  /** Where enforcement points reach it, such as `https://pdp.example`; http is for this machine alone. */
  readonly publicUrl: string;
  /** The tenants by name. Each is at `/{name}` below the URL. The map is looked at when somebody asks. */
  readonly tenants: ReadonlyMap<string, AuthzenTenant>;
  /** The tenant that is at the URL itself too; none where left out. */
  readonly defaultTenant?: string | undefined;
  readonly decisionPoint: DecisionPoint;
  readonly authenticate: Authenticate;
  /** What search goes through, and who decides there (`decisionPoint` where left out). Without it there is no search. */
  readonly search?: { readonly candidates: Candidates; readonly decisionPoint?: DecisionPoint | undefined } | undefined;
  /** What verifies requests that enforcement points hand over, and what it demands of them. Without it none is taken. */
  readonly requests?: { readonly verifier: Verifier; readonly policy?: RoutePolicy | undefined } | undefined;
  readonly accounts?: SubjectAccounts | undefined;
  /** Where those refusals are written down that are made here, before or after the decision point was asked. */
  readonly log?: DecisionLog | undefined;
  readonly limits?: Partial<AuthzenLimits> | undefined;
  /** How many requests one enforcement point may make; any where left out. */
  readonly rate?: RateLimit | undefined;
  /** 32 secret bytes that pages of results are sealed with, the same in all processes; of this process alone where left out. */
  readonly pageKey?: Uint8Array | undefined;
  /** Signs the metadata of every tenant; without it that is unsigned. */
  readonly signer?: MetadataSigner | undefined;
  readonly onError?: OnError | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** A question's surroundings: who asks, about which tenant, when. */
export interface Asking {
  readonly tenant: string;
  readonly settings: AuthzenTenant;
  readonly point: EnforcementPoint;
  readonly requestId: string | undefined;
  /** Unix seconds. */
  readonly now: number;
}
