import type { CedarValueJson, EntityJson } from "@cedar-policy/cedar-wasm/nodejs";
import { type EntityUid, keyOf } from "./schemaModel.ts";

/** The entities of a tenant's `entities.json`. A question gets those that it can reach, not all. */
export interface StoredEntities {
  readonly size: number;
  /** Ids of those of a type, sorted. */
  readonly ofType: (type: string) => readonly string[];
  readonly get: (uid: EntityUid) => EntityJson | undefined;
  /** Those that can be reached from these over parents and attributes, these included where they are stored. */
  readonly reach: (from: readonly EntityUid[], more: readonly EntityJson[]) => EntityJson[];
}

/** @param entities - As the engine takes them: checked by it before. */
export function storeEntities(entities: readonly EntityJson[]): StoredEntities {
  const byKey = new Map(entities.map((entity) => [keyOf(plain(entity.uid)), entity]));
  const links = new Map<string, readonly EntityUid[]>();

  function linksOf(entity: EntityJson): EntityUid[] {
    const found = entity.parents.map(plain);
    for (const value of Object.values(entity.attrs)) collectUids(value, found);
    for (const value of Object.values(entity.tags ?? {})) collectUids(value, found);
    return found;
  }

  for (const [key, entity] of byKey) links.set(key, linksOf(entity));
  const byType = new Map<string, string[]>();
  for (const { uid } of entities) {
    const { type, id } = plain(uid);
    const ids = byType.get(type) ?? [];
    ids.push(id);
    byType.set(type, ids);
  }
  for (const ids of byType.values()) ids.sort();

  return {
    size: byKey.size,
    ofType: (type) => byType.get(type) ?? [],
    get: (uid) => byKey.get(keyOf(uid)),
    reach: (from, more) => {
      const given = new Map(more.map((entity) => [keyOf(plain(entity.uid)), entity]));
      const reached = new Map<string, EntityJson>(given);
      const open = [...from, ...more.flatMap(linksOf)];
      const seen = new Set<string>();
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const key = keyOf(next);
        if (seen.has(key)) continue;
        seen.add(key);
        const stored = byKey.get(key);
        if (stored === undefined) continue;
        if (!given.has(key)) reached.set(key, stored);
        open.push(...(links.get(key) ?? []));
      }
      return [...reached.values()];
    },
  };
}

/** An entity's name, in whichever of its two forms of JSON. */
export function plain(uid: EntityJson["uid"]): EntityUid {
  return "__entity" in uid ? uid.__entity : { type: uid.type, id: uid.id };
}

/** Whatever could be the name of an entity: one too many does no harm. */
function collectUids(value: CedarValueJson, found: EntityUid[]): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const item of value) collectUids(item, found);
    return;
  }
  const { type, id } = value as Partial<EntityUid>;
  if (typeof type === "string" && typeof id === "string") found.push({ type, id });
  for (const member of Object.values(value)) collectUids(member, found);
}
