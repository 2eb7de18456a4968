/** What is gone through: some after a place, and whether each belongs to the results. */
export interface Walk<Item> {
  readonly next: (after: string | undefined, most: number) => Promise<readonly Item[]>;
  readonly keyOf: (item: Item) => string;
  readonly isResult: (item: Item) => Promise<boolean>;
}

/** How far a page goes. */
export interface WalkLimits {
  readonly results: number;
  readonly examined: number;
}

/** Results, and after which item there may be more. */
export interface Walked<Item> {
  readonly results: readonly Item[];
  readonly after: string | undefined;
}

/** How many are asked about at the same time. */
const AT_ONCE = 32;

/**
 * The results after a place, until there are enough or too many were asked about. It looks one result ahead, so that whoever is told
 * of more finds more.
 */
export async function walk<Item>(
  { next, keyOf, isResult }: Walk<Item>,
  start: string | undefined,
  limits: WalkLimits,
): Promise<Walked<Item>> {
  const results: Item[] = [];
  let after = start;
  /** After the last result that fits into the page. */
  let full = limits.results === 0 ? (start ?? "") : undefined;
  for (let examined = 0; examined < limits.examined; ) {
    const most = Math.min(AT_ONCE, limits.examined - examined);
    const items = await next(after, most);
    const verdicts = await Promise.all(items.map(isResult));
    for (const [index, item] of items.entries()) {
      after = keyOf(item);
      if (verdicts[index] !== true) continue;
      if (results.length === limits.results) return { results, after: full };
      results.push(item);
      if (results.length === limits.results) full = after;
    }
    examined += items.length;
    if (items.length < most) return { results, after: undefined };
  }
  return { results, after: full ?? after };
}
