import type { z } from "zod";
// Not by its index: whoever asks, maybe in a browser, needs nothing of what answers.
import { METADATA_PATH, PATHS } from "../authzen/constants.ts";
import type {
  ActionSearchRequest,
  ActionsFound,
  DecisionAnswer,
  DecisionsAnswer,
  EntitiesFound,
  EvaluationRequest,
  EvaluationsRequest,
  Metadata,
  ResourceSearchRequest,
  SubjectSearchRequest,
} from "../authzen/index.ts";
import type {
  addressAnswerSchema,
  eventSchema,
  identityAnswerSchema,
  identitySchema,
  momentSchema,
  requirementAnswerSchema,
  requirementCheckSchema,
  trustAnswerSchema,
  vouchSchema,
} from "../http/index.ts";
import { requireDecision, requireDecisions, requireObject } from "./checked.ts";
import { UnexpectedAnswerError } from "./errors.ts";
import { type FollowedEvent, type FollowOptions, follow } from "./follow.ts";
import { type FlippedDecision, followFlips, type ListeningBegins } from "./followFlips.ts";
import type { StreamOptions } from "./streamOf.ts";
import { type TransportOptions, transportOf } from "./transport.ts";

/** A page of entries, and the cursor of the next one. */
export interface Page<Entry> {
  readonly at: z.output<typeof momentSchema>;
  readonly items: readonly Entry[];
  readonly next?: string | undefined;
}

/** Which part of a list. */
export interface PageParameters {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Which registry, where the server has several. */
export interface RegistryParameters {
  readonly chain?: number | undefined;
  readonly registry?: string | undefined;
}

/** Which identities. */
export interface ListParameters extends PageParameters, RegistryParameters {
  readonly status?: "active" | "suspended" | "retired" | undefined;
  readonly minSupport?: number | undefined;
  readonly vouchedBy?: number | undefined;
}

export type Identity = z.output<typeof identitySchema>;
export type VouchAnswer = z.output<typeof vouchSchema>;
export type EventAnswer = z.output<typeof eventSchema>;

/** Where the server is, and which tenant decides. */
export interface TenureClientOptions extends TransportOptions {
  /** The tenant that decisions are of; the one at the server's URL itself where left out. */
  readonly tenant?: string | undefined;
  /** What the server calls itself, where it is reached at another URL. */
  readonly publicUrl?: string | undefined;
}

/** Everything that can be asked of a server. */
export type TenureClient = ReturnType<typeof createTenureClient>;

/** A name in a path: a number, `1:42`, `1:0x…:42`, or CAIP-19. */
const inPath = (name: string | number) => encodeURIComponent(String(name));

/**
 * Makes a client of a Tenure server. Nothing is asked before one of its functions is called.
 *
 * @param options Where the server is, and how it is asked.
 * @returns The functions, each for one route. They throw the errors of `errors.ts`.
 *
 * @example
 * const tenure = createTenureClient({ url: "https://tenure.example", token: process.env.TENURE_TOKEN });
 * const { identity } = await tenure.getIdentity(42);
 */
export function createTenureClient({ tenant, publicUrl, ...options }: TenureClientOptions) {
  const transport = transportOf(options);
  const decisions = tenant === undefined ? "" : `/${inPath(tenant)}`;
  const identifier = `${(publicUrl ?? options.url).replace(/\/+$/, "")}${decisions}`;
  // The well-known part comes before the path of the URL.
  const { pathname } = new URL(options.url);
  const wellKnown = transportOf({ ...options, url: new URL(options.url).origin });
  const metadataPath = `${METADATA_PATH}${pathname.replace(/\/+$/, "")}${decisions}`;

  async function get<Answer>(path: string, query: Readonly<Record<string, string | number | undefined>> = {}) {
    return requireObject(await transport.ask({ path, query }), options.url) as Answer;
  }
  const post = (path: string, body: unknown) => transport.ask({ method: "POST", path, body });
  async function search<Found>(path: string, body: unknown): Promise<Found> {
    return requireObject(await post(`${decisions}${path}`, body), options.url, "results") as Found;
  }

  const listIdentities = (parameters: ListParameters = {}) => get<Page<Identity>>("/v1/identities", { ...parameters });

  return {
    listIdentities,
    /** All identities that fit, page by page. */
    async *identities(parameters: ListParameters = {}): AsyncGenerator<Identity, void, undefined> {
      for (let cursor = parameters.cursor; ; ) {
        const { items, next } = await listIdentities({ ...parameters, cursor });
        yield* items;
        if (next === undefined) return;
        cursor = next;
      }
    },
    getIdentity: (name: string | number) =>
      get<z.output<typeof identityAnswerSchema>>(`/v1/identities/${inPath(name)}`),
    getAddress: (address: string, parameters: RegistryParameters = {}) =>
      get<z.output<typeof addressAnswerSchema>>(`/v1/addresses/${inPath(address)}`, { ...parameters }),
    listVouchers: (name: string | number, page: PageParameters = {}) =>
      get<Page<VouchAnswer>>(`/v1/identities/${inPath(name)}/vouchers`, { ...page }),
    listVouches: (name: string | number, page: PageParameters = {}) =>
      get<Page<VouchAnswer>>(`/v1/identities/${inPath(name)}/vouches`, { ...page }),
    listHistory: (name: string | number, page: PageParameters = {}) =>
      get<Page<EventAnswer>>(`/v1/identities/${inPath(name)}/history`, { ...page }),
    getTrust: (name: string | number, anchors: readonly number[]) =>
      get<z.output<typeof trustAnswerSchema>>(`/v1/identities/${inPath(name)}/trust`, { anchors: anchors.join() }),
    async checkRequirement(question: z.input<typeof requirementCheckSchema>) {
      const answer = requireObject(await post("/v1/requirements/check", question), options.url, "unmet");
      return answer as z.output<typeof requirementAnswerSchema>;
    },
    /** What happens, as it happens, over as many connections as it takes. */
    events: (parameters: FollowOptions = {}): AsyncGenerator<FollowedEvent, void, undefined> =>
      follow(transport, parameters),
    /** Which of the decisions that this client holds are others now. */
    flips: (parameters: StreamOptions = {}): AsyncGenerator<FlippedDecision | ListeningBegins, void, undefined> =>
      followFlips(transport, parameters),

    async evaluate(question: EvaluationRequest): Promise<DecisionAnswer> {
      return requireDecision(await post(`${decisions}${PATHS.evaluation}`, question), options.url);
    },
    /** The answers in order; fewer than evaluations where the semantics ended them. */
    async evaluateAll(question: EvaluationsRequest): Promise<DecisionsAnswer> {
      return requireDecisions(await post(`${decisions}${PATHS.evaluations}`, question), options.url);
    },
    searchSubjects: (question: SubjectSearchRequest) => search<EntitiesFound>(PATHS.subjectSearch, question),
    searchResources: (question: ResourceSearchRequest) => search<EntitiesFound>(PATHS.resourceSearch, question),
    searchActions: (question: ActionSearchRequest) => search<ActionsFound>(PATHS.actionSearch, question),
    /** What the decision point says about itself; it has to say that it is the one that was asked. */
    async getMetadata(): Promise<Metadata> {
      const metadata = requireObject(await wellKnown.ask({ path: metadataPath }), options.url) as Metadata;
      if (metadata.policy_decision_point === identifier) return metadata;
      throw new UnexpectedAnswerError(options.url, `it is not ${identifier}, but ${metadata.policy_decision_point}`);
    },
  };
}
