import yoctoSpinner, { type Spinner } from "yocto-spinner";

/** Whoever waits less than this is not told about it. */
const PATIENCE = 400;

type Waiting = { timer: NodeJS.Timeout; spinner: Spinner | undefined };

let current: Waiting | undefined;

/** Shows on stderr, and only on a terminal, what is being waited for, as soon as it takes long. */
export async function waiting<result>(text: string, promise: Promise<result>): Promise<result> {
  if (!process.stderr.isTTY || current !== undefined) return promise;
  const state: Waiting = {
    timer: setTimeout(() => {
      state.spinner = yoctoSpinner({ text }).start();
    }, PATIENCE),
    spinner: undefined,
  };
  current = state;
  try {
    return await promise;
  } finally {
    stopWaiting();
  }
}

/** Leaves the terminal as it was. */
export function stopWaiting(): void {
  if (current === undefined) return;
  clearTimeout(current.timer);
  current.spinner?.stop();
  current = undefined;
}
