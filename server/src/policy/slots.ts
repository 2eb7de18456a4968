import { BoundedMap } from "../facts/index.ts";

/**
 * Names under which the engine keeps what it has parsed. It can overwrite what is under a name, but never forgets a name, so there is a
 * limited number of them, and what was used least recently gives its own away.
 */
export interface Slots {
  /** The name under which this content is parsed now: it is parsed first where it is not. */
  readonly nameFor: (hash: string, parse: (name: string) => void) => string;
}

export function createSlots(prefix: string, limit: number): Slots {
  const free = Array.from({ length: limit }, (_, index) => `${prefix}${limit - index}`);
  const used = new BoundedMap<string, string>(limit, (name) => free.push(name));
  return {
    nameFor: (hash, parse) => {
      const found = used.get(hash);
      if (found !== undefined) return found;
      const spare = free.pop() ?? takeOldest(used, free);
      try {
        parse(spare);
      } catch (error) {
        free.push(spare);
        throw error;
      }
      used.set(hash, spare);
      return spare;
    },
  };
}

/** The name of what was used least recently. */
function takeOldest(used: BoundedMap<string, string>, free: string[]): string {
  used.forgetOldest();
  const name = free.pop();
  if (name === undefined) throw new RangeError("There is no name to give away.");
  return name;
}
