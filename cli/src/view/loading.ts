import type { LoadProgress } from "@tenure/sdk/trust";
import yoctoSpinner from "yocto-spinner";
import { surroundings } from "../surroundings.ts";

/** Waits for a long load, and tells on a terminal how far it is. */
export async function loading<result>(
  load: (onProgress: (progress: LoadProgress) => void) => Promise<result>,
): Promise<result> {
  const { stderr } = surroundings();
  if (!stderr.isTTY) return load(() => undefined);
  const spinner = yoctoSpinner({ text: "Reading", stream: stderr }).start();
  // An interrupted load leaves the terminal as it was.
  const stop = () => void spinner.stop();
  process.once("exit", stop);
  try {
    return await load(({ step, done, total }) => {
      const share = Math.floor((100 * done) / total);
      spinner.text = `Reading ${step}: ${done} of ${total}, ${share} %`;
    });
  } finally {
    process.off("exit", stop);
    stop();
  }
}
