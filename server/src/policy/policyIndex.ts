import type { EntityUidJson, Expr } from "@cedar-policy/cedar-wasm/nodejs";
import { hashOf } from "../canonical/index.ts";
import type { FactGroup } from "../facts/index.ts";
import { type Drift, driftsOf } from "./drift.ts";
import { factPaths, groupsOfPaths } from "./factPaths.ts";
import type { NamedPolicy } from "./readPolicies.ts";
import { type ActionModel, type EntityUid, keyOf } from "./schemaModel.ts";
import { plain } from "./storedEntities.ts";
import { subExpressions } from "./subExpressions.ts";

/** The policies that can matter to an action. */
export interface ActionPolicies {
  readonly policies: readonly NamedPolicy[];
  /** The same for the same policies, of whichever tenant. */
  readonly hash: string;
  /** Paths of the facts of which each speaks. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** Groups of facts that have to be asked for. */
  readonly groups: ReadonlySet<FactGroup>;
  /** Where time alone can change what they say. */
  readonly drifts: readonly Drift[];
  /** Entities that are named in conditions: their attributes can matter to any question. */
  readonly named: readonly EntityUid[];
}

/**
 * Picks the policies whose scope an action can fall into, so that an action costs what its own policies cost. Exact: a policy that is
 * left out names other actions alone, and Cedar would find each time that it does not apply. `action in` a group applies to all
 * actions of the group, as the schema has them.
 */
export function policiesOf(action: ActionModel, policies: readonly NamedPolicy[]): ActionPolicies {
  const applying = policies.filter(({ json }) => canApply(json.action, action));
  const paths = new Map(applying.map(({ id, json }) => [id, factPaths(json)]));
  return {
    policies: applying,
    hash: hashOf(applying.map(({ id, text }) => [id, text])),
    paths,
    groups: groupsOfPaths([...paths.values()].flat()),
    drifts: applying.flatMap(({ json }) => driftsOf(json)),
    named: applying.flatMap(({ json }) => json.conditions.flatMap(({ body }) => uidsIn(body))),
  };
}

function canApply(scope: NamedPolicy["json"]["action"], { uid, groups }: ActionModel): boolean {
  if (scope.op === "All") return true;
  if (scope.op === "in") {
    const entities = "entities" in scope ? scope.entities : [scope.entity];
    return entities.some((entity) => groups.has(keyOf(plain(entity))));
  }
  return !("entity" in scope) || keyOf(plain(scope.entity)) === keyOf(uid);
}

function uidsIn(body: Expr): EntityUid[] {
  return subExpressions(body).flatMap((expression) => {
    if (!("Value" in expression)) return [];
    const { Value: value } = expression as { Value: unknown };
    return typeof value === "object" && value !== null && "__entity" in value ? [plain(value as EntityUidJson)] : [];
  });
}
