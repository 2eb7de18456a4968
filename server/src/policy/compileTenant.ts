import type { EntityJson, SchemaJson } from "@cedar-policy/cedar-wasm/nodejs";
import { hashOf } from "../canonical/index.ts";
import { baseSchema, DEFAULT_ACTIONS } from "./baseSchema.ts";
import type { Cedar } from "./cedar.ts";
import { InvalidPoliciesError, type PolicyProblem } from "./errors.ts";
import { type ActionPolicies, policiesOf } from "./policyIndex.ts";
import { type NamedPolicy, type PolicyFile, problemOf, readPolicies } from "./readPolicies.ts";
import { type ActionModel, keyOf, readSchema, type SchemaModel } from "./schemaModel.ts";
import { readSettings, type TenantSettings } from "./settings.ts";
import { type StoredEntities, storeEntities } from "./storedEntities.ts";
import type { TenantFiles } from "./tenantFiles.ts";

/** A tenant's policies, checked and ready. */
export interface CompiledTenant {
  /** SHA-256 (hex) of policies, schema, entities and settings, by RFC 8785: in every decision. */
  readonly hash: string;
  readonly policies: readonly NamedPolicy[];
  /** In Cedar's own language. */
  readonly schemaText: string;
  readonly schemaHash: string;
  readonly schema: SchemaModel;
  readonly entities: StoredEntities;
  readonly settings: TenantSettings;
  /** Whether the actions are those of the schema of agents, with resources of any type. */
  readonly isGeneric: boolean;
  /** Whether anything that enforcement points say in a question's context can matter to an action of this name. */
  readonly listens: (action: string) => boolean;
  /** What can matter to an action, picked when it is first asked about. */
  readonly policiesFor: (action: ActionModel) => ActionPolicies;
  /** What the validator finds odd, but allows. */
  readonly warnings: readonly PolicyProblem[];
}

/** Policies that no file of a tenant's can take away: `forbid` wins over whatever a tenant permits. */
export type Floor = readonly PolicyFile[];

/**
 * Checks everything that a tenant's folder holds: each policy has a name of its own, the schema parses, the policies hold up against
 * it strictly, the entities are of it.
 *
 * @throws {InvalidPoliciesError} With every problem, not the first.
 */
export function compileTenant(cedar: Cedar, files: TenantFiles, floor: Floor = []): CompiledTenant {
  const { settings, problems: wrongSettings } = readSettings(
    files.settings?.text,
    files.settings?.file ?? "tenant.json",
  );
  const problems: PolicyProblem[] = [...wrongSettings];
  const isGeneric = files.schema === undefined;
  if (!isGeneric && settings.actions !== undefined) {
    problems.push({
      file: files.settings?.file ?? "tenant.json",
      message: `actions: ${files.schema?.file} says which actions there are. Leave one of the two out.`,
    });
  }
  const schemaText = schemaOf(files, settings);
  const parsed = readSchemaText(cedar, schemaText, files.schema?.file);
  problems.push(...parsed.problems);
  // A floor speaks of facts, which a tenant without agents does not have.
  const isAboutAgents = parsed.model !== undefined && hasAgents(parsed.model);
  const { policies, problems: wrongPolicies } = readPolicies(cedar, [
    ...(isAboutAgents ? floor : []),
    ...files.policies,
  ]);
  problems.push(...wrongPolicies);
  if (files.policies.length === 0) problems.push({ file: "*.cedar", message: "There is no file of policies." });
  const warnings: PolicyProblem[] = [];
  const entities = parsed.model === undefined ? [] : readEntities(cedar, files.entities, schemaText, problems);
  if (parsed.model !== undefined) validate(cedar, policies, schemaText, problems, warnings);
  if (parsed.model === undefined || problems.length > 0) throw new InvalidPoliciesError(problems);

  const schema = parsed.model;
  const picked = new Map<string, ActionPolicies>();
  const policiesFor = (action: ActionModel) => {
    const key = keyOf(action.uid);
    const found = picked.get(key) ?? policiesOf(action, policies);
    picked.set(key, found);
    return found;
  };
  return {
    hash: hashOf({
      policies: Object.fromEntries(policies.map(({ id, text }) => [id, text])),
      schemaText,
      entities,
      settings,
    }),
    policies,
    schemaText,
    schemaHash: hashOf(schemaText),
    schema,
    entities: storeEntities(entities),
    settings,
    isGeneric,
    listens: (name) =>
      schema.actionsByName.get(name)?.some((action) => listensTo(action, policiesFor(action))) ?? false,
    policiesFor,
    warnings,
  };
}

/**
 * The tenant's own comes first, so that the lines of its errors are its own. One that does not speak of agents stands alone: Cedar lets no
 * namespace declare a name that the schema has outside of all namespaces, and `Group` is everybody's.
 */
function schemaOf({ schema }: TenantFiles, { actions }: TenantSettings): string {
  if (schema === undefined) return baseSchema(actions ?? DEFAULT_ACTIONS);
  return schema.text.includes("Tenure::") ? `${schema.text}\n${baseSchema([])}` : schema.text;
}

function readSchemaText(
  cedar: Cedar,
  text: string,
  file = "tenant.json",
): { readonly model?: SchemaModel; readonly problems: readonly PolicyProblem[] } {
  const answer = cedar.schemaToJsonWithResolvedTypes(text);
  if (answer.type === "failure") return { problems: answer.errors.map((error) => problemOf(error, file, 1, text)) };
  // What reads as a schema can still contradict itself.
  const checked = cedar.checkParseSchema(text);
  if (checked.type === "failure") return { problems: checked.errors.map((error) => problemOf(error, file, 1, text)) };
  return { model: readSchema(answer.json as SchemaJson<string>), problems: [] };
}

function hasAgents({ actions }: SchemaModel): boolean {
  return [...actions.values()].some(({ context }) => context.has("facts"));
}

/** Sources beside the registries get the whole question, so what they say can rest on its context. */
function listensTo({ context }: ActionModel, { groups }: ActionPolicies): boolean {
  const asksMore = [...context.keys()].some((name) => name !== "facts");
  return asksMore || groups.has("behaviour") || groups.has("risk") || groups.has("corporate");
}

function readEntities(
  cedar: Cedar,
  file: PolicyFile | undefined,
  schema: string,
  problems: PolicyProblem[],
): EntityJson[] {
  if (file === undefined) return [];
  let entities: unknown;
  try {
    entities = JSON.parse(file.text);
  } catch (error) {
    problems.push({ file: file.file, message: `This is no JSON: ${(error as Error).message}` });
    return [];
  }
  if (!Array.isArray(entities)) {
    problems.push({ file: file.file, message: "This has to be a list of entities, each with uid, attrs and parents." });
    return [];
  }
  const answer = cedar.checkParseEntities({ entities, schema });
  if (answer.type === "success") return entities;
  problems.push(
    ...answer.errors.map(({ message, help }) => ({
      file: file.file,
      message: help ? `${message} (${help})` : message,
    })),
  );
  return [];
}

function validate(
  cedar: Cedar,
  policies: readonly NamedPolicy[],
  schema: string,
  problems: PolicyProblem[],
  warnings: PolicyProblem[],
): void {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
  const answer = cedar.validate({ schema, policies: { staticPolicies }, validationSettings: { mode: "strict" } });
  if (answer.type === "failure") {
    problems.push(...answer.errors.map(({ message }) => ({ file: "*.cedar", message })));
    return;
  }
  const told = (list: typeof answer.validationErrors) =>
    list.map(({ policyId, error }) => {
      const { file, line, text } = byId.get(policyId) ?? { file: "*.cedar", line: 1, text: "" };
      return problemOf(error, file, line, text);
    });
  problems.push(...told(answer.validationErrors));
  warnings.push(...told(answer.validationWarnings));
}
