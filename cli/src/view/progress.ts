import yoctoSpinner, { type Spinner } from "yocto-spinner";

/** Whoever waits less than this is not told about it. */
const PATIENCE = 400;

type Progress = { timer: NodeJS.Timeout; spinner: Spinner | undefined; text: string };

let current: Progress | undefined;
let isMuted = false;

/** Shows nothing from now on: whoever asks for JSON, at a terminal too, wants that and nothing else. */
export function muteProgress(): void {
  isMuted = true;
}

/** From now on, on a terminal, shows on stderr that there is something going on, as soon as it takes long. */
export function startProgress(text = "Working"): void {
  if (isMuted || !process.stderr.isTTY || current !== undefined) return;
  const progress: Progress = {
    timer: setTimeout(() => {
      progress.spinner = yoctoSpinner({ text: progress.text }).start();
    }, PATIENCE),
    spinner: undefined,
    text,
  };
  current = progress;
}

/** Says what is being waited for meanwhile. */
export async function waiting<result>(text: string, promise: Promise<result>): Promise<result> {
  startProgress();
  const before = current?.text;
  say(text);
  try {
    return await promise;
  } finally {
    if (before !== undefined) say(before);
  }
}

/** Leaves the terminal as it was: before anything is printed, asked for, or at the end. */
export function stopProgress(): void {
  if (current === undefined) return;
  clearTimeout(current.timer);
  current.spinner?.stop();
  current = undefined;
}

function say(text: string): void {
  if (current === undefined) return;
  current.text = text;
  if (current.spinner !== undefined) current.spinner.text = text;
}
