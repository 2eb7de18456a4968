import { CONTENT_LIMITS, type ContentLimits } from "../web/index.ts";

/** What one request may ask for. The standard leaves all of this open. */
export interface AuthzenLimits {
  readonly content: ContentLimits;
  /** Evaluations of one request. */
  readonly evaluations: number;
  /** Evaluations of one request that run at the same time. */
  readonly concurrency: number;
  /** Results of a page where the request names no limit. */
  readonly pageSize: number;
  /** Results of a page, whatever the request names. */
  readonly maxPageSize: number;
  /** Candidates that are asked about for one page. */
  readonly examined: number;
  /** Seconds for which a page can be continued. */
  readonly pageLifetime: number;
}

export const AUTHZEN_LIMITS: AuthzenLimits = {
  content: CONTENT_LIMITS,
  evaluations: 200,
  concurrency: 50,
  pageSize: 100,
  maxPageSize: 1_000,
  examined: 2_000,
  pageLifetime: 3_600,
};

/** The most characters of what is named in a question. */
export const NAME_LIMITS = { type: 256, id: 4_096, action: 256, token: 8_192 } as const;
