/** Everything that comes. */
export async function all<item>(items: AsyncIterable<item>): Promise<item[]> {
  const found: item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
