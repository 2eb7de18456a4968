import { CONTENT_LIMITS, type ContentLimits } from "../web/index.ts";

/** What one request may ask for. */
export interface HttpLimits {
  readonly content: ContentLimits;
  /** Characters of a request's target. */
  readonly target: number;
  /** Entries of a page where the request names no limit, and whatever it names. */
  readonly pageSize: number;
  readonly maxPageSize: number;
  /** Anchors of one question. */
  readonly anchors: number;
  /** Streams of events at the same time. */
  readonly streams: number;
  /** Those of one sender, where senders are told from each other. */
  readonly streamsPerSender: number;
  /** Milliseconds between two signs of life in a stream. A client that takes in none of two is left. */
  readonly heartbeat: number;
}

export const HTTP_LIMITS: HttpLimits = {
  content: { ...CONTENT_LIMITS, bytes: 65_536 },
  target: 4_096,
  pageSize: 100,
  maxPageSize: 500,
  anchors: 64,
  streams: 1_000,
  streamsPerSender: 20,
  heartbeat: 15_000,
};
