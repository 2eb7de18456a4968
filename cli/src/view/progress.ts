import yoctoSpinner, { type Spinner } from "yocto-spinner";
import { ofRun, surroundings } from "../surroundings.ts";

/** Whoever waits less than this is not told about it. */
const PATIENCE = 400;

type Progress = { timer: NodeJS.Timeout; spinner: Spinner | undefined; text: string };

const shown = ofRun(() => ({ current: undefined as Progress | undefined, isMuted: false }));

/** Shows nothing from now on: whoever asks for JSON, at a terminal too, wants that and nothing else. */
export function muteProgress(): void {
  shown().isMuted = true;
}

/** From now on, on a terminal, shows on stderr that there is something going on, as soon as it takes long. */
export function startProgress(text = "Working"): void {
  const state = shown();
  const { stderr } = surroundings();
  if (state.isMuted || !stderr.isTTY || state.current !== undefined) return;
  const progress: Progress = {
    timer: setTimeout(() => {
      progress.spinner = yoctoSpinner({ text: progress.text, stream: stderr }).start();
    }, PATIENCE),
    spinner: undefined,
    text,
  };
  state.current = progress;
}

/** Says what is being waited for meanwhile. */
export async function waiting<result>(text: string, promise: Promise<result>): Promise<result> {
  startProgress();
  const before = shown().current?.text;
  say(text);
  try {
    return await promise;
  } finally {
    if (before !== undefined) say(before);
  }
}

/** Leaves the terminal as it was: before anything is printed, asked for, or at the end. */
export function stopProgress(): void {
  const state = shown();
  if (state.current === undefined) return;
  clearTimeout(state.current.timer);
  state.current.spinner?.stop();
  state.current = undefined;
}

function say(text: string): void {
  const { current } = shown();
  if (current === undefined) return;
  current.text = text;
  if (current.spinner !== undefined) current.spinner.text = text;
}
