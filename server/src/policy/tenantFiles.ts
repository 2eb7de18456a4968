import type { PolicyFile } from "./readPolicies.ts";

/** What a tenant's folder holds, as text. */
export interface TenantFiles {
  /** `*.cedar`, by name. */
  readonly policies: readonly PolicyFile[];
  /** `*.cedarschema`; the schema of agents where there is none. */
  readonly schema?: PolicyFile | undefined;
  /** `entities.json`: what the platform itself knows of users, groups, resources. */
  readonly entities?: PolicyFile | undefined;
  /** `tenant.json`: how enforcement points name types, and which actions there are. */
  readonly settings?: PolicyFile | undefined;
}
