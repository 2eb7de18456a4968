/**
 * Resolves at Ctrl-C. The signal may come twice, from the terminal and from npm; the second one is no news. If closing
 * takes long, because somebody is still connected, the process ends all the same.
 */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        resolve();
        setTimeout(() => process.exit(0), 1_000).unref();
      });
    }
  });
}
