import { UnexpectedAnswerError } from "./errors.ts";
import type { Message } from "./messages.ts";
import { type StreamOptions, streamOf } from "./streamOf.ts";
import type { Transport } from "./transport.ts";

/** A decision that this client holds, and that is another one now. */
export interface FlippedDecision {
  readonly kind: "flip";
  readonly tenant: string;
  /** As it was asked about. */
  readonly subject: string;
  /** The identity, CAIP-19 in lower case, where a registry knows it. */
  readonly agent: string;
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
  /** The decision that is held. */
  readonly from: { readonly id: string; readonly decision: boolean };
  readonly to: {
    readonly id: string;
    readonly decision: boolean;
    readonly outcome: string;
    /** In plain words, for whoever was refused. */
    readonly reason: string;
  };
}

/** From here on, nothing is missed. What flipped before, while nobody listened, is told to nobody: forget what is remembered. */
export interface ListeningBegins {
  readonly kind: "listening";
}

/**
 * Which of the decisions that this client holds are others now, as long as the loop around it runs. It begins, and begins again after each
 * connection that broke off, with `listening`.
 *
 * @throws RequestRefusedError when the server does not know this client.
 */
export function followFlips(
  transport: Transport,
  options: StreamOptions,
): AsyncGenerator<FlippedDecision | ListeningBegins, void, undefined> {
  return streamOf(transport, () => ({ path: "/v1/flips" }), flipOf, options);
}

function flipOf({ event, data }: Message): FlippedDecision | ListeningBegins | undefined {
  if (event === "ready") return { kind: "listening" };
  if (event !== "flip") return undefined;
  const { to, ...told } = JSON.parse(data) as Partial<Omit<FlippedDecision, "kind">>;
  if (typeof to?.decision !== "boolean") throw new UnexpectedAnswerError("The stream", "it tells what is no decision");
  return { kind: "flip", ...told, to } as FlippedDecision;
}
