import type { Candidates } from "../types/search.ts";
import type { CompiledTenant } from "./compileTenant.ts";
import { NoPoliciesError } from "./errors.ts";
import { genericId, RESOURCE_TYPE, typeOf } from "./requestOf.ts";
import type { Tenants } from "./tenants.ts";

/**
 * What can be searched for in a tenant: the entities that its files hold, by their ids, and the actions that its schema has for a type
 * of resources. Of whatever is stored nowhere, a search knows nothing.
 */
export function tenantCandidates(tenants: Tenants): Candidates {
  return {
    async entities({ tenant, role, type, after, limit }) {
      const compiled = await known(tenants, tenant);
      const ids = compiled === undefined ? [] : idsOf(compiled, role, type);
      return ids
        .slice(after === undefined ? 0 : placeAfter(ids, after))
        .slice(0, limit)
        .map((id) => ({ type, id }));
    },
    async actions({ tenant, resourceType }) {
      const compiled = await known(tenants, tenant);
      if (compiled === undefined) return [];
      const own = typeOf(resourceType, compiled);
      const names = [...compiled.schema.actionsByName]
        .filter(([, models]) =>
          models.some(({ resources }) => (own !== undefined && resources.has(own)) || resources.has(RESOURCE_TYPE)),
        )
        .map(([name]) => name);
      return names.sort();
    },
  };
}

async function known(tenants: Tenants, tenant: string): Promise<CompiledTenant | undefined> {
  try {
    return await tenants.find(tenant);
  } catch (error) {
    if (error instanceof NoPoliciesError) return undefined;
    throw error;
  }
}

/** Ids as enforcement points say them: those of resources without a type of their own are stored behind their type. */
function idsOf(tenant: CompiledTenant, role: "subject" | "resource", type: string): readonly string[] {
  const own = typeOf(type, tenant);
  if (own !== undefined) return tenant.entities.ofType(own);
  if (role === "subject") return [];
  const before = genericId({ type, id: "" });
  const stored = tenant.entities.ofType(RESOURCE_TYPE).filter((id) => id.startsWith(before));
  return stored.map((id) => id.slice(before.length));
}

/** Where those begin that come after an id, in a sorted list: the id itself may be gone. */
function placeAfter(ids: readonly string[], after: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as string) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
