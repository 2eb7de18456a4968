import { parseSubject, tokenName } from "../../facts/index.ts";
import type { Directory } from "../../types/directory.ts";
import type { Entity } from "../../types/question.ts";
import type { Candidates } from "../../types/search.ts";

/** Where identities are listed. */
type Listing = Pick<Directory, "chainId" | "registry" | "list">;

/**
 * Puts the identities of the registries among what can be searched for, as subjects of a type, each under its CAIP-19 name. They come
 * registry by registry, by rising numbers; those that are retired do not come.
 *
 * @param others What else there is.
 * @param directories One for each registry.
 * @param type What enforcement points call agents; `agent` where left out.
 */
export function withAgents(others: Candidates, directories: readonly Listing[], type = "agent"): Candidates {
  return {
    actions: (question) => others.actions(question),
    entities: async (question) => {
      if (question.role !== "subject" || question.type !== type) return others.entities(question);
      const found: Entity[] = [];
      for (const { directory, after } of fromThere(directories, question.after)) {
        if (found.length === question.limit) break;
        found.push(...(await agentsOf(directory, after, question.limit - found.length, type)));
      }
      return found;
    },
  };
}

/** The registries that are left, the first from a number on. */
function fromThere(directories: readonly Listing[], after: string | undefined) {
  const name = after === undefined ? undefined : parseSubject(after);
  if (name?.kind !== "token") return directories.map((directory) => ({ directory, after: undefined }));
  const at = directories.findIndex(
    ({ chainId, registry }) => chainId === name.chainId && registry.toLowerCase() === name.registry,
  );
  return directories
    .slice(Math.max(at, 0))
    .map((directory, index) => ({ directory, after: index === 0 ? name.id : undefined }));
}

/** Identities that are not retired: pages are read until there are enough. */
async function agentsOf({ chainId, registry, list }: Listing, after: number | undefined, limit: number, type: string) {
  const found: Entity[] = [];
  let cursor: string | undefined;
  do {
    const { items, next }: Awaited<ReturnType<Listing["list"]>> = await list({
      after,
      cursor,
      limit: limit - found.length,
    });
    const living = items.filter(({ status }) => status !== "retired");
    found.push(...living.map(({ id }) => ({ type, id: tokenName(chainId, registry, id) })));
    cursor = next;
  } while (cursor !== undefined && found.length < limit);
  return found;
}
