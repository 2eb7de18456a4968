import { AccessError, type Caller, type RoutePolicy, type Verifier } from "@tenure/http-auth";
import { deferred } from "./deferred.ts";
import type { HandedOver } from "./rawRequest.ts";

/** A request that is being verified: its caller first, then the decision, and only then the use of its nonce. */
export interface Verification {
  /** Who sent it, once all but the nonce is known to hold. Rejects with an `AccessError` where it does not. */
  readonly caller: Promise<Caller>;
  /** Says that the request is let in. Resolves to why it is not after all, such as a nonce that was used up meanwhile. */
  readonly use: () => Promise<AccessError | undefined>;
  /** Says that it is not let in, where `use` did not say otherwise: its nonce stays as it is. */
  readonly close: () => void;
}

/**
 * Verifies a request that somebody hands over, and waits for the decision before its nonce is used up.
 *
 * @param verifier What verifies it.
 * @param handedOver The request.
 * @param policy What is demanded of it.
 * @param isWanted Whether a caller is the one that is asked about. A signature of somebody else is passed over.
 */
export function startVerification(
  verifier: Verifier,
  { request, digest }: HandedOver,
  policy: RoutePolicy,
  isWanted: (caller: Caller) => Promise<boolean>,
): Verification {
  const decision = deferred<boolean>();
  const caller = deferred<Caller>();
  let isTaken = false;
  const decide = async (found: Caller) => {
    if (isTaken || !(await isWanted(found)) || isTaken) return false;
    isTaken = true;
    caller.resolve(found);
    return decision.promise;
  };
  const end = verifier.verify(request, { ...policy, decide }, digest).then(
    () => undefined,
    (error: unknown) => {
      caller.reject(error);
      if (error instanceof AccessError) return error;
      throw error;
    },
  );
  // Both are awaited by whoever needs them, and nobody has to.
  caller.promise.catch(() => {});
  end.catch(() => {});
  return {
    caller: caller.promise,
    use: () => {
      decision.resolve(true);
      return end;
    },
    close: () => decision.resolve(false),
  };
}
