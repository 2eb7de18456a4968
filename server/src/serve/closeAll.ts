/** Ends everything, the last first, each after the one before; also the rest where one fails. @throws What failed first. */
export async function closeAll(closing: (() => unknown)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const end of closing.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
