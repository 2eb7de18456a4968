import type { CedarValueJson, EntityJson } from "@cedar-policy/cedar-wasm/nodejs";
import { hashOf } from "../canonical/index.ts";
import { BoundedMap } from "../facts/index.ts";
import { loadCedar } from "./cedar.ts";
import { type CompiledTenant, compileTenant, type Floor } from "./compileTenant.ts";
import { InvalidPoliciesError, PolicyEngineError } from "./errors.ts";
import type { ActionPolicies } from "./policyIndex.ts";
import type { EntityUid } from "./schemaModel.ts";
import { createSlots } from "./slots.ts";
import type { TenantFiles } from "./tenantFiles.ts";

/** A question in Cedar's words. */
export interface CedarRequest {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: Record<string, CedarValueJson>;
  readonly entities: EntityJson[];
}

/** What the policies say. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Names of the policies that determined it: those that permit, or those that forbid; none where none permits. */
  readonly policies: readonly string[];
}

/** Limits of what a tenant can make this machine hold. */
export interface EngineLimits {
  /** Sets of policies that are kept parsed, over all tenants; 1,024 where left out. A set is what can matter to one action. */
  readonly parsedSets?: number | undefined;
  /** Characters of a tenant's files together; 4,000,000 where left out. */
  readonly tenantSize?: number | undefined;
  /** Checked tenants that are kept; 1,000 where left out. Tenants with the same files are one. */
  readonly tenants?: number | undefined;
}

/** Checks and evaluates policies. */
export interface PolicyEngine {
  /**
   * @throws {InvalidPoliciesError} With every problem.
   */
  readonly compile: (files: TenantFiles) => CompiledTenant;
  /**
   * @throws {PolicyEngineError} The engine could not say, or a policy failed while it was evaluated. It is neither yes nor no.
   */
  readonly evaluate: (tenant: CompiledTenant, policies: ActionPolicies, request: CedarRequest) => Verdict;
}

/** Parsed schemas that are kept. */
const SCHEMA_LIMIT = 64;

/**
 * Makes the engine of this thread.
 *
 * @param floor - Policies of every tenant that decides about agents.
 */
export async function createPolicyEngine(floor: Floor = [], limits: EngineLimits = {}): Promise<PolicyEngine> {
  const { parsedSets = 1_024, tenantSize = 4_000_000, tenants = 1_000 } = limits;
  let cedar = loadCedar();
  let sets = createSlots("policies-", parsedSets);
  let schemas = createSlots("schema-", SCHEMA_LIMIT);
  const compiled = new BoundedMap<string, CompiledTenant>(tenants);

  function parseSchema({ schemaText, schemaHash }: CompiledTenant): string {
    return schemas.nameFor(schemaHash, (name) => requireSuccess(cedar.preparseSchema(name, schemaText), "schema"));
  }

  function parseSet({ policies, hash }: ActionPolicies): string {
    return sets.nameFor(hash, (name) => {
      const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
      requireSuccess(cedar.preparsePolicySet(name, { staticPolicies }), "policies");
    });
  }

  /** Calls the engine. One that was trapped is replaced, so that what trapped it harms nobody else. */
  function guarded<answer>(call: () => answer): answer {
    try {
      return call();
    } catch (error) {
      if (!isTrap(error)) throw error;
      cedar = loadCedar();
      sets = createSlots("policies-", parsedSets);
      schemas = createSlots("schema-", SCHEMA_LIMIT);
      throw new PolicyEngineError(`The policy engine broke off, and was started anew: ${(error as Error).message}`);
    }
  }

  function compileGuarded(files: TenantFiles): CompiledTenant {
    try {
      return guarded(() => compileTenant(cedar, files, floor));
    } catch (error) {
      if (!(error instanceof PolicyEngineError)) throw error;
      const message =
        "The policy engine breaks off over these files: something in them is nested too deeply, or far too long.";
      throw new InvalidPoliciesError([{ file: "*", message }]);
    }
  }

  /**
   * The engine checks a question against a schema for as long as it takes to answer it. Where the schema is the server's own, that is
   * done already: actions have no groups, what is said is text, and facts are made as they are declared. A test compares.
   */
  function checksOf(tenant: CompiledTenant) {
    return tenant.isGeneric ? {} : { preparsedSchemaName: parseSchema(tenant), validateRequest: true };
  }

  return {
    compile: (files) => {
      requireSize(files, tenantSize);
      const hash = hashOf(files);
      const known = compiled.get(hash);
      if (known !== undefined) return known;
      const tenant = compileGuarded(files);
      compiled.set(hash, tenant);
      return tenant;
    },
    evaluate: (tenant, policies, { principal, action, resource, context, entities }) => {
      const answer = guarded(() =>
        cedar.statefulIsAuthorized({
          ...{ principal, action, resource, context, entities },
          preparsedPolicySetId: parseSet(policies),
          ...checksOf(tenant),
        }),
      );
      if (answer.type === "failure")
        throw new PolicyEngineError(answer.errors.map(({ message }) => message).join("; "));
      const { decision, diagnostics } = answer.response;
      // The engine leaves out a policy that fails, and it could be the one that forbids.
      const [failed] = diagnostics.errors;
      if (failed !== undefined) throw new PolicyEngineError(`Policy ${failed.policyId}: ${failed.error.message}`);
      return { isAllowed: decision === "allow", policies: [...diagnostics.reason].sort() };
    },
  };
}

/** Whether the engine's own code broke off: its memory may hold anything from then on. */
function isTrap(error: unknown): boolean {
  return error instanceof Error && (error.name === "RuntimeError" || error.name === "RangeError");
}

function requireSuccess(answer: { type: string; errors?: { message: string }[] }, what: string): void {
  if (answer.type === "success") return;
  throw new PolicyEngineError(
    `The ${what} could not be parsed: ${(answer.errors ?? []).map(({ message }) => message).join("; ")}`,
  );
}

function requireSize({ policies, schema, entities, settings }: TenantFiles, limit: number): void {
  const files = [...policies, ...[schema, entities, settings].filter((file) => file !== undefined)];
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  if (size <= limit) return;
  const largest = files.reduce((a, b) => (a.text.length >= b.text.length ? a : b));
  throw new InvalidPoliciesError([
    {
      file: largest.file,
      message: `The tenant's files have ${size} characters, and ${limit} are allowed. This one has ${largest.text.length}.`,
    },
  ]);
}
