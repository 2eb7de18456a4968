/** The same, with the next one under way while the last one is made use of. */
export async function* ahead<item>(
  items: AsyncGenerator<item, void, undefined>,
): AsyncGenerator<item, void, undefined> {
  let next = items.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = items.next();
      // Whoever ends before it comes does not hear of its failure.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await items.return();
  }
}
