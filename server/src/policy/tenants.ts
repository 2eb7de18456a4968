import type { CompiledTenant } from "./compileTenant.ts";

/** Knows which policies are active for whom. */
export interface Tenants {
  /**
   * @throws {NoPoliciesError} No policies are active for a tenant of this name.
   */
  readonly find: (tenant: string) => CompiledTenant | Promise<CompiledTenant>;
}
