import type { PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { UnmetFact } from "../types/decision.ts";
import type { CedarRequest, Verdict } from "./engine.ts";
import { evaluate, type Scene } from "./evaluate.ts";
import type { ActionPolicies } from "./policyIndex.ts";
import type { NamedPolicy } from "./readPolicies.ts";
import { keyOf } from "./schemaModel.ts";
import { plain } from "./storedEntities.ts";
import { type Lack, sizeOf, whatKeepsOff, whatWouldLift } from "./whatIsLacking.ts";

/** Why not. */
export interface Explanation {
  readonly unmet: readonly UnmetFact[];
  /** The policy that comes closest to permitting; undefined where none is about this at all. */
  readonly closest: string | undefined;
  /** Whether a condition is among it that cannot be said in terms of facts. */
  readonly isWhole: boolean;
}

/**
 * Says what would have to be otherwise for a yes: what would lift each policy that forbids, and what the policy lacks that comes
 * closest to permitting. It explains; the decision is the engine's, and stands.
 */
export function explain({ policies }: ActionPolicies, request: CedarRequest, verdict: Verdict): Explanation {
  const scene: Scene = {
    ...request,
    entities: new Map(request.entities.map((entity) => [keyOf(plain(entity.uid)), entity])),
  };
  const determining = new Set(verdict.policies);
  const lifted = policies.filter(({ id }) => determining.has(id)).map(({ json }) => whatWouldLift(json, scene));
  const permits = policies
    .filter(({ json }) => json.effect === "permit" && isInScope(json, scene))
    .map((policy) => ({ policy, lack: whatKeepsOff(policy.json, scene) }));
  const closest = permits.reduce<{ policy: NamedPolicy; lack: Lack } | undefined>(
    (best, next) => (best === undefined || sizeOf(next.lack) < sizeOf(best.lack) ? next : best),
    undefined,
  );
  const lacks = [...lifted, ...(closest === undefined ? [] : [closest.lack])];
  return {
    unmet: distinct(lacks.flatMap(({ unmet }) => unmet)),
    closest: closest?.policy.id,
    isWhole: lacks.every(({ unexplained }) => unexplained === 0),
  };
}

/** Whether principal and resource fall into a policy's scope; the action does already. What cannot be told counts as yes. */
function isInScope({ principal, resource }: PolicyJson, scene: Scene): boolean {
  return [[principal, "principal"] as const, [resource, "resource"] as const].every(([constraint, name]) => {
    if (constraint.op === "All") return true;
    const variable = { Var: name };
    if (constraint.op === "is") {
      const isType = evaluate({ is: { left: variable, entity_type: constraint.entity_type } }, scene) !== false;
      const group = constraint.in;
      if (group === undefined || !("entity" in group)) return isType;
      return (
        isType &&
        evaluate({ in: { left: variable, right: { Value: { __entity: plain(group.entity) } } } }, scene) !== false
      );
    }
    if (!("entity" in constraint)) return true;
    const operands = { left: variable, right: { Value: { __entity: plain(constraint.entity) } } };
    return evaluate(constraint.op === "==" ? { "==": operands } : { in: operands }, scene) !== false;
  });
}

function distinct(unmet: readonly UnmetFact[]): UnmetFact[] {
  const seen = new Map(unmet.map((fact) => [JSON.stringify([fact.fact, fact.comparison, fact.demanded]), fact]));
  return [...seen.values()];
}
