/** Where each identity is in the arrays of a graph. */
export interface IdIndex {
  /** The place of an identity; -1 where it has none. */
  get(id: number): number;
}

/** Numbers from 1 to some last one are found in a table, as long as it is not mostly holes. */
const MOST_HOLES = 8;

/** The distinct numbers of some lists, ascending. */
export function distinctIds(lists: readonly ArrayLike<number>[]): Float64Array {
  let last = 0;
  let count = 0;
  for (const list of lists) {
    count += list.length;
    for (let i = 0; i < list.length; i++) last = Math.max(last, list[i] as number);
  }
  if (last > MOST_HOLES * count + 1024) {
    const found = new Set<number>();
    for (const list of lists) for (let i = 0; i < list.length; i++) found.add(list[i] as number);
    return Float64Array.from(found).sort();
  }
  const seen = new Uint8Array(last + 1);
  let distinct = 0;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const id = list[i] as number;
      if (seen[id] === 0) distinct++;
      seen[id] = 1;
    }
  }
  const ids = new Float64Array(distinct);
  for (let id = 0, at = 0; id <= last; id++) if (seen[id] === 1) ids[at++] = id;
  return ids;
}

/** Makes the index of ascending numbers. */
export function indexIds(ids: Float64Array): IdIndex {
  const last = ids.length === 0 ? 0 : (ids[ids.length - 1] as number);
  if (last > MOST_HOLES * ids.length + 1024) {
    const places = new Map<number, number>();
    for (let i = 0; i < ids.length; i++) places.set(ids[i] as number, i);
    return { get: (id) => places.get(id) ?? -1 };
  }
  const places = new Int32Array(last + 1).fill(-1);
  for (let i = 0; i < ids.length; i++) places[ids[i] as number] = i;
  return { get: (id) => (id <= last ? (places[id] as number) : -1) };
}
