import type { CedarValueJson, EntityJson, Expr } from "@cedar-policy/cedar-wasm/nodejs";
import { canonicalJson } from "../canonical/index.ts";
import { type EntityUid, keyOf } from "./schemaModel.ts";
import { plain } from "./storedEntities.ts";

/** What an expression cannot be known to be here. Decisions are the engine's; this evaluates for explanations alone. */
export const UNDETERMINED: unique symbol = Symbol("undetermined");

/** A value, as JSON has it; an entity is `{ __entity }`. */
export type Value = CedarValueJson | typeof UNDETERMINED;

/** What a question is about. */
export interface Scene {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: Readonly<Record<string, CedarValueJson>>;
  readonly entities: ReadonlyMap<string, EntityJson>;
}

type Operands = { left: Expr; right: Expr };

/** Evaluates the part of Cedar in which facts are compared; whatever is beyond it, or would be an error, is undetermined. */
export function evaluate(expression: Expr, scene: Scene): Value {
  const [entry] = Object.entries(expression) as [string, unknown][];
  if (entry === undefined) return UNDETERMINED;
  const [operator, operands] = entry;
  switch (operator) {
    case "Value":
      return operands as CedarValueJson;
    case "Var":
      return variable(operands as string, scene);
    case ".": {
      const { left, attr } = operands as { left: Expr; attr: string };
      return attribute(evaluate(left, scene), attr, scene);
    }
    case "has": {
      const { left, attr } = operands as { left: Expr; attr: string | string[] };
      return has(evaluate(left, scene), Array.isArray(attr) ? attr : [attr], scene);
    }
    case "Set": {
      const items = (operands as Expr[]).map((item) => evaluate(item, scene));
      return items.includes(UNDETERMINED) ? UNDETERMINED : (items as CedarValueJson[]);
    }
    case "!": {
      const value = evaluate((operands as { arg: Expr }).arg, scene);
      return typeof value === "boolean" ? !value : UNDETERMINED;
    }
    case "&&":
    case "||":
      return connect(operator === "||", operands as Operands, scene);
    case "if-then-else":
      return choose(operands as { if: Expr; then: Expr; else: Expr }, scene);
    case "is": {
      const { left, entity_type: type, in: group } = operands as { left: Expr; entity_type: string; in?: Expr };
      const entity = uidOf(evaluate(left, scene));
      return entity === undefined || group !== undefined ? UNDETERMINED : entity.type === type;
    }
    case "isEmpty": {
      const value = evaluate((operands as { arg: Expr }).arg, scene);
      return Array.isArray(value) ? value.length === 0 : UNDETERMINED;
    }
    default:
      return compare(operator, operands as Operands, scene);
  }
}

function compare(operator: string, operands: Operands, scene: Scene): Value {
  if (typeof operands !== "object" || operands === null || !("left" in operands) || !("right" in operands))
    return UNDETERMINED;
  const left = evaluate(operands.left, scene);
  const right = evaluate(operands.right, scene);
  if (left === UNDETERMINED || right === UNDETERMINED) return UNDETERMINED;
  switch (operator) {
    case "==":
      return same(left, right);
    case "!=":
      return !same(left, right);
    case "in":
      return within(left, right, scene);
    case "contains":
      return Array.isArray(left) ? left.some((item) => same(item, right)) : UNDETERMINED;
    case "containsAny":
    case "containsAll": {
      if (!Array.isArray(left) || !Array.isArray(right)) return UNDETERMINED;
      const isIn = (item: CedarValueJson) => left.some((other) => same(item, other));
      return operator === "containsAny" ? right.some(isIn) : right.every(isIn);
    }
    case "hasTag":
    case "getTag": {
      const entity = uidOf(left);
      const tags = entity && scene.entities.get(keyOf(entity))?.tags;
      if (typeof right !== "string" || entity === undefined) return UNDETERMINED;
      const isThere = tags !== undefined && Object.hasOwn(tags, right);
      return operator === "hasTag" ? isThere : ((isThere ? tags[right] : undefined) ?? UNDETERMINED);
    }
  }
  if (typeof left !== "number" || typeof right !== "number") return UNDETERMINED;
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    default:
      return UNDETERMINED;
  }
}

function variable(name: string, scene: Scene): Value {
  if (name === "context") return scene.context as CedarValueJson;
  const entity = name === "principal" ? scene.principal : name === "action" ? scene.action : scene.resource;
  return { __entity: { ...entity } };
}

function attribute(value: Value, name: string, scene: Scene): Value {
  const record = recordOf(value, scene);
  return record !== undefined && Object.hasOwn(record, name) ? (record[name] ?? UNDETERMINED) : UNDETERMINED;
}

function has(value: Value, names: readonly string[], scene: Scene): Value {
  let record: Value = value;
  for (const name of names) {
    const members = recordOf(record, scene);
    if (members === undefined) return UNDETERMINED;
    if (!Object.hasOwn(members, name)) return false;
    record = members[name] ?? UNDETERMINED;
  }
  return true;
}

function recordOf(value: Value, scene: Scene): Readonly<Record<string, CedarValueJson>> | undefined {
  if (value === UNDETERMINED || value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const entity = uidOf(value);
  return entity === undefined
    ? (value as Record<string, CedarValueJson>)
    : (scene.entities.get(keyOf(entity))?.attrs ?? {});
}

function uidOf(value: Value): EntityUid | undefined {
  if (value === UNDETERMINED || value === null || typeof value !== "object" || !("__entity" in value)) return undefined;
  return plain(value as EntityJson["uid"]);
}

function connect(isOr: boolean, { left, right }: Operands, scene: Scene): Value {
  const values = [evaluate(left, scene), evaluate(right, scene)];
  if (values.includes(isOr)) return isOr;
  return values.every((value) => value === !isOr) ? !isOr : UNDETERMINED;
}

function choose(operands: { if: Expr; then: Expr; else: Expr }, scene: Scene): Value {
  const condition = evaluate(operands.if, scene);
  if (typeof condition !== "boolean") return UNDETERMINED;
  return evaluate(condition ? operands.then : operands.else, scene);
}

function within(left: Value, right: Value, scene: Scene): Value {
  const from = uidOf(left);
  const targets = Array.isArray(right) ? right.map((target) => uidOf(target)) : [uidOf(right)];
  if (from === undefined || targets.includes(undefined)) return UNDETERMINED;
  const wanted = new Set(targets.map((target) => keyOf(target as EntityUid)));
  const seen = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = keyOf(next);
    if (wanted.has(key)) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(scene.entities.get(key)?.parents.map(plain) ?? []));
  }
  return false;
}

function same(left: CedarValueJson, right: CedarValueJson): boolean {
  if (typeof left !== "object" || typeof right !== "object") return left === right;
  if (Array.isArray(left) && Array.isArray(right)) {
    const isIn = (item: CedarValueJson, others: CedarValueJson[]) => others.some((other) => same(item, other));
    return left.every((item) => isIn(item, right)) && right.every((item) => isIn(item, left));
  }
  return canonicalJson(left) === canonicalJson(right);
}
