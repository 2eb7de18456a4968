// What is known of a transaction that was handed over before something else failed.
import type { HandedOver } from "../chain/send.ts";
import { Status } from "./cliError.ts";
import { type Explained, LOOK } from "./explain.ts";

/** An error that came after a transaction: whoever takes it for a refusal does the same twice. */
export function withTransaction(explained: Explained, sent: HandedOver | undefined): Explained {
  if (sent === undefined || explained.name === "UnknownOutcomeError") return explained;
  const { hash, isMined } = sent;
  const hint = isMined
    ? `Transaction ${hash} was mined before that: do not run the command again.`
    : `Transaction ${hash} was sent before that, and may be mined. ${LOOK}`;
  return { ...explained, status: Status.unknown, hint, hash };
}
