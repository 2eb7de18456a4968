import type { CedarValueJson, EntityJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { GatheredFacts } from "../facts/index.ts";
import type { AccessQuestion, Entity } from "../types/question.ts";
import type { CompiledTenant } from "./compileTenant.ts";
import { convertRecord, convertText, convertValue, setOwn, UnknownEntityError } from "./convertValue.ts";
import type { CedarRequest } from "./engine.ts";
import type { ActionPolicies } from "./policyIndex.ts";
import type { ActionModel, EntityUid } from "./schemaModel.ts";

/** Agents, in Cedar. */
export const AGENT_TYPE = "Tenure::Agent";
/** Whatever has no type of its own in the schema. */
export const RESOURCE_TYPE = "Tenure::Resource";

/** Which action of the schema a question is about, and between what. */
export interface Scope {
  readonly action: ActionModel;
  readonly principalType: string;
  readonly resourceType: string;
  /** Whether facts have to be gathered: the policies of the action can speak of them. */
  readonly isAboutFacts: boolean;
}

/**
 * Finds what a question is about in the schema.
 *
 * @returns The scope, or in words why the schema has no such question: no policy can permit it.
 */
export function scopeOf({ subject, action, resource }: AccessQuestion, tenant: CompiledTenant): Scope | string {
  const named = tenant.schema.actionsByName.get(action.name);
  if (named === undefined) return `No policy here is about "${shortened(action.name)}".`;
  const principalType = typeOf(subject.type, tenant) ?? (subject.type === "agent" ? AGENT_TYPE : undefined);
  if (principalType === undefined) return `No policy here is about subjects of type "${shortened(subject.type)}".`;
  const own = typeOf(resource.type, tenant);
  const scopes = named
    .filter(({ principals }) => principals.has(principalType))
    .flatMap((model) => {
      const resourceType = own !== undefined && model.resources.has(own) ? own : RESOURCE_TYPE;
      const isAboutFacts = model.context.has("facts");
      return model.resources.has(resourceType) ? [{ action: model, principalType, resourceType, isAboutFacts }] : [];
    });
  const [scope, another] = scopes;
  const what = `"${shortened(action.name)}" by "${shortened(subject.type)}" on "${shortened(resource.type)}"`;
  if (scope === undefined) return `No policy here is about ${what}.`;
  return another === undefined ? scope : `${what} names several actions of the schema.`;
}

export function typeOf(name: string, { settings, schema }: CompiledTenant): string | undefined {
  const mapped = Object.hasOwn(settings.types, name) ? settings.types[name] : name;
  return mapped !== undefined && schema.entities.has(mapped) ? mapped : undefined;
}

/**
 * Puts a question into Cedar's words. Of the subject only what is stored counts, unless the tenant says otherwise for subjects that
 * are no agents; of the resource what is stored, and beside it what the service says that guards it.
 *
 * @throws {UnfitValueError} What was said does not fit the schema.
 * @throws {UnknownEntityError} Something that the schema demands is not known.
 */
export function requestOf(
  question: AccessQuestion,
  { action, principalType, resourceType, isAboutFacts }: Scope,
  {
    tenant,
    policies,
    gathered,
  }: { tenant: CompiledTenant; policies: ActionPolicies; gathered: GatheredFacts | undefined },
): CedarRequest {
  const isAgent = principalType === AGENT_TYPE;
  const principal = { type: principalType, id: isAgent && gathered ? gathered.principal : question.subject.id };
  const isGeneric = resourceType === RESOURCE_TYPE;
  const resource = { type: resourceType, id: isGeneric ? genericId(question.resource) : question.resource.id };
  const listens = !isAgent && tenant.settings.subjectProperties;
  const subjectEntity = entityOf(principal, tenant, listens ? (question.subject.properties ?? {}) : {}, "subject");
  const { type, id, properties = {} } = question.resource;
  const resourceEntity = isGeneric
    ? entityOf(resource, tenant, properties, "resource", { type, id })
    : entityOf(resource, tenant, properties, "resource");
  const context = contextOf(question, action, isAboutFacts ? gathered : undefined);
  return {
    ...{ principal, action: action.uid, resource, context },
    entities: tenant.entities.reach(
      [principal, resource, ...policies.named, ...uidsOf(context)],
      [subjectEntity, resourceEntity],
    ),
  };
}

/** The id of a resource that has no type of its own. No two resources share it: a type's slashes are escaped. */
export function genericId({ type, id }: Entity): string {
  return `${type.replaceAll("%", "%25").replaceAll("/", "%2F")}/${id}`;
}

function entityOf(
  uid: EntityUid,
  { schema, entities }: CompiledTenant,
  said: Readonly<Record<string, unknown>>,
  path: string,
  given: Readonly<Record<string, string>> = {},
): EntityJson {
  const model = schema.entities.get(uid.type);
  const stored = entities.get(uid);
  const attrs: Record<string, CedarValueJson> = {};
  for (const [name, { type, isRequired }] of model?.attributes ?? []) {
    const known = own(given, name) ?? own(stored?.attrs, name);
    const value = known ?? convertValue(own(said, name), type, `${path}.properties.${name}`);
    if (value !== undefined) setOwn(attrs, name, value);
    else if (isRequired)
      throw new UnknownEntityError(`Nothing is known here of ${path} "${shortened(uid.id)}": its ${name} is missing.`);
  }
  const tags: Record<string, CedarValueJson> = {};
  if (model?.hasTextTags) {
    for (const [name, value] of Object.entries(said)) {
      const text = convertText(value, `${path}.properties.${name}`);
      if (text !== undefined) setOwn(tags, name, text);
    }
  }
  for (const [name, value] of Object.entries(stored?.tags ?? {})) setOwn(tags, name, value);
  return { uid, attrs, parents: stored?.parents ?? [], tags };
}

function contextOf(
  { context, action: { properties = {} } }: AccessQuestion,
  { context: declared }: ActionModel,
  gathered: GatheredFacts | undefined,
): Record<string, CedarValueJson> {
  const others = new Map([...declared].filter(([name]) => name !== "facts"));
  const said = others.has("action") && !Object.hasOwn(context, "action") ? { ...context, action: properties } : context;
  const record = convertRecord(said, others, "context");
  // The facts are data alone: numbers, texts and lists, which Cedar's JSON has as they are.
  if (gathered !== undefined) record.facts = gathered.facts as unknown as CedarValueJson;
  return record;
}

function uidsOf(value: CedarValueJson): EntityUid[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(uidsOf);
  if ("__entity" in value) return [value.__entity as EntityUid];
  return Object.entries(value).flatMap(([name, member]) => (name === "facts" ? [] : uidsOf(member)));
}

function own<value>(record: Readonly<Record<string, value>> | undefined, name: string): value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A stranger's text inside a sentence. */
export function shortened(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
