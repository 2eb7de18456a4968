import { InvalidOptionError } from "../errors/mistakes.ts";
import type { ReplayStore } from "./types.ts";

/** Thrown when a store has no room for a nonce. The request is then not let in, as its replay could not be seen. */
export class ReplayStoreFullError extends Error {
  override readonly name = "ReplayStoreFullError";

  constructor(capacity: number) {
    super(`The store keeps ${capacity} nonces that are still valid, and takes no more. Raise \`capacity\`.`);
  }
}

/**
 * Nonces in the memory of this process. For one process only: where several let the same callers in, they need a store that
 * they share.
 *
 * @param options.capacity How many nonces are kept at most; a million where nothing is said.
 */
export function memoryReplayStore({ capacity = 1_000_000 }: { capacity?: number } = {}): ReplayStore {
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    throw new InvalidOptionError("capacity", "is no positive integer.");
  const marks = new Set<string>();
  /** The same by the second in which they end, so that forgetting looks at seconds and not at nonces. */
  const endings = new Map<number, string[]>();
  let forgotten = Number.NEGATIVE_INFINITY;

  function forget(now: number): void {
    if (now <= forgotten) return;
    for (const [until, keys] of endings) {
      if (until >= now) continue;
      for (const key of keys) marks.delete(key);
      endings.delete(until);
    }
    forgotten = now;
  }

  return {
    consume({ keyid, nonce, until, now }) {
      forget(now);
      // A clock that went back must not bring back what was forgotten.
      if (until < forgotten) return false;
      // No account has a space in its name, and no thumbprint.
      const key = `${keyid} ${nonce}`;
      if (marks.has(key)) return false;
      if (marks.size >= capacity) throw new ReplayStoreFullError(capacity);
      marks.add(key);
      const ending = endings.get(until);
      if (ending) ending.push(key);
      else endings.set(until, [key]);
      return true;
    },
  };
}
