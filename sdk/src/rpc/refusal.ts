// viem's errors are told by name: there may be two copies of it.

/** What does not depend on the size of a request: a key that is not good, and too many requests. */
const STATUSES: readonly unknown[] = [401, 429];

/**
 * Whether a node refused a request, which a smaller one may cure. One that does not answer at all is asked again in vain.
 */
export function isRefusal(error: unknown): boolean {
  return !some(error, ({ name, status }) => {
    if (name === "HttpRequestError") return status === undefined || STATUSES.includes(status);
    return name === "WebSocketRequestError" || name === "SocketClosedError";
  });
}

/** Whether the node took too long, which is a refusal of what is large. */
export function isTimeout(error: unknown): boolean {
  return some(error, ({ name }) => name === "TimeoutError");
}

function some(error: unknown, test: (error: Error & { status?: unknown }) => boolean): boolean {
  for (let inner = error; inner instanceof Error; inner = inner.cause) if (test(inner)) return true;
  return false;
}
