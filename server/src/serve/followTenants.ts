import type { AuthzenTenant } from "../authzen/index.ts";
import type { OpenDecisions } from "./openDecisions.ts";
import type { OnProblem, ServerSettings } from "./settings.ts";

/** Milliseconds between two looks at which tenants there are. */
const TENANTS = 2_000;

/** Every folder of policies is a tenant, from the moment that it is there. */
export async function followTenants(
  { policies: { tenants = {} } }: ServerSettings,
  { policies }: OpenDecisions,
  onProblem: OnProblem,
) {
  const map = new Map<string, AuthzenTenant>();
  const look = async () => {
    const names = new Set([...(await policies.list()), ...Object.keys(tenants)]);
    for (const name of map.keys()) if (!names.has(name)) map.delete(name);
    for (const name of names) map.set(name, tenants[name] ?? {});
  };
  await look();
  const timer = setInterval(() => look().catch((error: unknown) => onProblem("policies", error)), TENANTS);
  timer.unref();
  return { map, stop: () => clearInterval(timer) };
}
