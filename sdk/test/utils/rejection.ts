/** What a promise is rejected with; fails where it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) throw new TypeError("It was expected to be refused, and was not.");
  if (!(error instanceof Error)) throw new TypeError(`It was refused with something that is no error: ${error}`);
  return error;
}
