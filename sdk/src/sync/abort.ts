// What loops that watch need to end at once on a signal.

/** A promise that comes with the signal, and what to call where nobody waits for it any more. */
export function abortOf(signal: AbortSignal | undefined): { promise: Promise<void>; stop: () => void } {
  let stop = () => {};
  const promise = new Promise<void>((resolve) => {
    const listener = () => resolve();
    signal?.addEventListener("abort", listener, { once: true });
    stop = () => signal?.removeEventListener("abort", listener);
  });
  return { promise, stop };
}

/** Waits, unless the signal comes before. */
export async function pause(milliseconds: number, aborted: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([time, aborted]);
  clearTimeout(timer);
}
