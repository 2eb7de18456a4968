/** Looks whether a part can do its work: a sentence that says why not, or nothing. */
export type ReadinessCheck = () => Promise<string | undefined> | string | undefined;

/** Why the server cannot do its work. It can where there are no reasons. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly { readonly part: string; readonly reason: string }[];
}

/** Looks at every part at once. A check that throws, or takes longer than two seconds, is a reason. */
export async function readiness(checks: Readonly<Record<string, ReadinessCheck>>, limit = 2_000): Promise<Readiness> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([part, check]) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<string>((resolve) => {
        timer = setTimeout(() => resolve(`It does not answer within ${limit} ms.`), limit);
      });
      try {
        const reason = await Promise.race([Promise.resolve().then(check), late]);
        return reason === undefined ? [] : [{ part, reason }];
      } catch (error) {
        return [{ part, reason: error instanceof Error ? error.message : String(error) }];
      } finally {
        clearTimeout(timer);
      }
    }),
  );
  const reasons = found.flat();
  return { ready: reasons.length === 0, reasons };
}
