import type { ActionType, EntityType, SchemaJson, Type } from "@cedar-policy/cedar-wasm/nodejs";

/** How Cedar names an entity, an action included. */
export interface EntityUid {
  readonly type: string;
  readonly id: string;
}

/** An action that a schema knows. */
export interface ActionModel {
  readonly uid: EntityUid;
  readonly principals: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  /** Attributes of its context. */
  readonly context: AttributeTypes;
  /** Itself and every action that it is in, by `keyOf`. */
  readonly groups: ReadonlySet<string>;
}

/** Attributes of a record or an entity, resolved. */
export type AttributeTypes = ReadonlyMap<string, { readonly type: ValueType; readonly isRequired: boolean }>;

/** A type, with every name in it looked up. */
export type ValueType =
  | { readonly kind: "Boolean" | "Long" | "String" }
  | { readonly kind: "Set"; readonly element: ValueType }
  | { readonly kind: "Record"; readonly attributes: AttributeTypes }
  | { readonly kind: "Entity"; readonly name: string }
  | { readonly kind: "Extension"; readonly name: string };

/** An entity type of a schema. */
export interface EntityModel {
  readonly attributes: AttributeTypes;
  /** Whether it has tags that are strings. */
  readonly hasTextTags: boolean;
}

/** A schema, as far as questions have to be put into its words. */
export interface SchemaModel {
  /** By `keyOf`. */
  readonly actions: ReadonlyMap<string, ActionModel>;
  /** By what questions call them: several where namespaces share a name. */
  readonly actionsByName: ReadonlyMap<string, readonly ActionModel[]>;
  readonly entities: ReadonlyMap<string, EntityModel>;
}

/** One text for a name, by which maps hold it. */
export function keyOf({ type, id }: EntityUid): string {
  return `${type}::${JSON.stringify(id)}`;
}

/** Reads a schema as `schemaToJsonWithResolvedTypes` gives it. */
export function readSchema(schema: SchemaJson<string>): SchemaModel {
  const commons = new Map<string, Type<string>>();
  const actionTypes = new Map<string, { uid: EntityUid; action: ActionType<string> }>();
  const entities = new Map<string, EntityModel>();
  for (const [namespace, { commonTypes = {}, actions }] of Object.entries(schema)) {
    for (const [name, type] of Object.entries(commonTypes)) commons.set(qualified(namespace, name), type);
    for (const [id, action] of Object.entries(actions)) {
      const uid = { type: qualified(namespace, "Action"), id };
      actionTypes.set(keyOf(uid), { uid, action });
    }
  }
  const resolve = resolver(commons);
  for (const [namespace, { entityTypes }] of Object.entries(schema)) {
    for (const [name, type] of Object.entries(entityTypes))
      entities.set(qualified(namespace, name), entityModel(type, resolve));
  }
  const actions = new Map<string, ActionModel>();
  for (const [key, { uid, action }] of actionTypes) {
    actions.set(key, {
      uid,
      principals: new Set(action.appliesTo?.principalTypes),
      resources: new Set(action.appliesTo?.resourceTypes),
      context: attributesOf(action.appliesTo?.context, resolve),
      groups: groupsOf(key, actionTypes),
    });
  }
  const actionsByName = new Map<string, ActionModel[]>();
  for (const action of actions.values()) {
    actionsByName.set(action.uid.id, [...(actionsByName.get(action.uid.id) ?? []), action]);
  }
  return { actions, actionsByName, entities };
}

type Resolve = (type: Type<string>) => ValueType;

function qualified(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}::${name}`;
}

/** Cedar's own types, by every name that it writes for them; a schema may hide the short name behind a type of its own. */
const builtIn: Readonly<Record<string, ValueType>> = {
  Bool: { kind: "Boolean" },
  Boolean: { kind: "Boolean" },
  Long: { kind: "Long" },
  String: { kind: "String" },
  ...Object.fromEntries(
    ["decimal", "ipaddr", "datetime", "duration"].map((name) => [name, { kind: "Extension", name } as const]),
  ),
};

function resolver(commons: ReadonlyMap<string, Type<string>>): Resolve {
  return function resolve(type: Type<string>): ValueType {
    const loose = type as { type: string; element?: Type<string>; name?: string };
    switch (loose.type) {
      case "Set":
        return { kind: "Set", element: resolve(loose.element as Type<string>) };
      case "Record":
        return { kind: "Record", attributes: attributesOf(type, resolve) };
      case "Entity":
      case "Extension":
        return { kind: loose.type, name: loose.name ?? "" };
      default: {
        const common = commons.get(loose.type);
        const own = builtIn[loose.type.replace(/^__cedar::/, "")];
        if (common !== undefined) return resolve(common);
        if (own !== undefined) return own;
        throw new TypeError(`The schema speaks of a type ${loose.type} that it does not declare.`);
      }
    }
  };
}

function attributesOf(type: Type<string> | undefined, resolve: Resolve): AttributeTypes {
  if (type === undefined) return new Map();
  const loose = type as { type: string; attributes?: Record<string, Type<string> & { required?: boolean }> };
  if (loose.type !== "Record") {
    const resolved = resolve(type);
    return resolved.kind === "Record" ? resolved.attributes : new Map();
  }
  return new Map(
    Object.entries(loose.attributes ?? {}).map(([name, attribute]) => [
      name,
      { type: resolve(attribute), isRequired: attribute.required !== false },
    ]),
  );
}

function entityModel(type: EntityType<string>, resolve: Resolve): EntityModel {
  if ("enum" in type) return { attributes: new Map(), hasTextTags: false };
  return {
    attributes: attributesOf(type.shape, resolve),
    hasTextTags: type.tags !== undefined && resolve(type.tags).kind === "String",
  };
}

function groupsOf(
  key: string,
  actions: ReadonlyMap<string, { uid: EntityUid; action: ActionType<string> }>,
): ReadonlySet<string> {
  const groups = new Set<string>();
  const open = [key];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (groups.has(next)) continue;
    groups.add(next);
    const found = actions.get(next);
    for (const { id, type } of found?.action.memberOf ?? [])
      open.push(keyOf({ type: type ?? found?.uid.type ?? "Action", id }));
  }
  return groups;
}
