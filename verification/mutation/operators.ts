import type { Node } from "./compiler.ts";
import { enums } from "./syntax.ts";

/** What a node could say instead, and what kind of mistake that would be. */
export interface Change {
  kind: string;
  text: string;
}

const OPERATORS: Record<string, string[]> = {
  "==": ["!="],
  "!=": ["=="],
  "<": ["<=", ">"],
  "<=": ["<", ">="],
  ">": [">=", "<"],
  ">=": [">", "<="],
  "&&": ["||"],
  "||": ["&&"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["/"],
  "<<": [">>"],
  ">>": ["<<"],
  "&": ["|"],
  "|": ["&"],
  "+=": ["-="],
  "-=": ["+="],
  "|=": ["="],
};

/**
 * Neighbours that are easily taken for each other; a pair works both ways. What a tired reader confuses no syntax tree
 * says: all names of one type in scope would be thousands of mutants, few of which anybody would write. That each of
 * these is still a name in the contracts is tested.
 */
export const TWINS = [
  ["voucherId", "subjectId"],
  ["arbiterId", "subjectId"],
  ["endPeriod", "releasePeriod"],
  ["firstSeen", "lastSeen"],
  ["tenureStart", "lastSeen"],
  ["subjectKeyEpoch", "voucherKeyEpoch"],
  ["nextVoucher", "nextSubject"],
  ["nextVoucher_", "nextSubject_"],
  ["isFor", "isAgainst"],
  ["_support", "_opposition"],
  ["support", "opposition"],
  ["voucher", "subject"],
  ["oldOwner", "newOwner"],
  ["keyEpoch", "subjectKeyEpoch"],
  ["keySince", "firstSeen"],
  ["current", "endPeriod"],
  ["current", "newEnd"],
  ["renewed", "edge"],
  ["unit", "period"],
  ["minAge", "minTenure"],
  ["burned", "total"],
  ["earned", "cap"],
  ["maxSilence", "recoveryDelay"],
  ["_wallets", "_approvals"],
  ["_checkExisting", "_checkActive"],
  ["_requireExisting", "_requireActive"],
  ["_requireOwner", "_requireGuardian"],
  ["add", "remove"],
  ["REASON_AGE", "REASON_TENURE"],
  ["SUBJECT_EPOCH_AT", "VOUCHER_EPOCH_AT"],
  ["END_AT", "RELEASE_AT"],
  ["VOUCH_TYPEHASH", "WARN_TYPEHASH"],
  ["TENURE_START_AT", "LAST_SEEN_AT"],
  ["KEY_OWNED", "ARBITER"],
  ["isKeyOwned", "isArbiter"],
  ["owner", "newOwner"],
  ["_registered", "_retired"],
  ["_keys", "_extensions"],
  ["_pending", "_extensions"],
  ["REGISTER_TYPEHASH", "PULSE_TYPEHASH"],
  ["UNRATIONED_KEY_EPOCHS", "LAST_KEY_EPOCH"],
  ["NEXT_VOUCHER_AT", "NEXT_SUBJECT_AT"],
  ["BURNED_AT", "SCARS_AT"],
  ["burned", "scars"],
  ["standing", "free"],
  ["VOUCH_TYPEHASH", "REVOKE_TYPEHASH"],
  ["voucherStatus", "arbiterStatus"],
  ["elapsed", "period"],
  ["minAge", "minKeyAge"],
  ["minKeyAge", "maxSilence"],
  ["minAnchors", "anchorWarningLimit"],
  ["minAnchorStake", "minSupport"],
  ["minSupport", "oppositionLimit"],
  ["vouching", "warning"],
  ["REASON_SUSPENDED", "REASON_RETIRED"],
  ["REASON_SUPPORT", "REASON_OPPOSITION"],
  ["REASON_ANCHORS", "REASON_ANCHOR_WARNINGS"],
  ["REASON_KEY_AGE", "REASON_AGE"],
  ["_ownerOf", "_walletOf"],
  ["DOMAIN_NAME_HASH", "DOMAIN_VERSION_HASH"],
  ["DOMAIN_TYPEHASH", "REVOCATION_TYPEHASH"],
  ["current", "old"],
  ["record", "current"],
  ["cursor", "next"],
  ["word", "mask"],
  ["day", "month"],
  ["dayOfEra", "dayOfYear"],
  ["year", "yearOfEra"],
];

type Slice = (node: Node) => string;

const twinsOf = (name: unknown): string[] =>
  TWINS.filter((pair) => pair.includes(String(name))).map(([one, other]) => String(one === name ? other : one));

function typeOf(node: Node): string {
  return (node.typeDescriptions as { typeString?: string } | undefined)?.typeString ?? "";
}

function binary(node: Node, slice: Slice): Change[] {
  const left = slice((node.leftExpression ?? node.leftHandSide) as Node);
  const right = slice((node.rightExpression ?? node.rightHandSide) as Node);
  const operator = String(node.operator);
  const swapped = (OPERATORS[operator] ?? []).map((other) => {
    return { kind: `operator: ${operator} becomes ${other}`, text: `${left} ${other} ${right}` };
  });
  if (operator === "&&" || operator === "||") {
    swapped.push({ kind: `condition: only the left of ${operator}`, text: left });
    swapped.push({ kind: `condition: only the right of ${operator}`, text: right });
  }
  if (node.nodeType === "BinaryOperation" && (operator === "+" || operator === "-")) {
    swapped.push({ kind: `operand: only the left of ${operator}`, text: left });
  }
  return swapped;
}

function literal(node: Node, text: string): Change[] {
  if (node.kind === "bool") return [{ kind: "constant", text: text === "true" ? "false" : "true" }];
  if (node.kind === "string") return [{ kind: "constant: other text", text: text === '""' ? '"x"' : '""' }];
  if (node.kind !== "number" || node.subdenomination != null) return [];
  return [`(${text} + 1)`, ...(Number(text.replaceAll("_", "")) > 0 ? [`(${text} - 1)`] : [])].map((changed) => {
    return { kind: "constant: off by one", text: changed };
  });
}

/** Neighbouring arguments of one type, exchanged. */
function swappedArguments(node: Node, slice: Slice): Change[] {
  const args = node.arguments as Node[];
  const callee = slice(node.expression as Node);
  return args.slice(1).flatMap((arg, i) => {
    const before = args[i] as Node;
    if (typeOf(arg) !== typeOf(before) || slice(arg) === slice(before)) return [];
    const swapped = args.map(slice);
    [swapped[i], swapped[i + 1]] = [slice(arg), slice(before)];
    return [{ kind: "arguments swapped", text: `${callee}(${swapped.join(", ")})` }];
  });
}

function memberAccess(node: Node, slice: Slice): Change[] {
  const target = slice(node.expression as Node);
  const name = String(node.memberName);
  const field = twinsOf(name).map((twin) => ({ kind: "field swapped", text: `${target}.${twin}` }));
  if (target === "block" && name === "timestamp") {
    return ["+", "-"].map((sign) => ({ kind: "time: a second off", text: `(block.timestamp ${sign} 1)` }));
  }
  const members = enums().get(target) ?? [];
  const next = members[(members.indexOf(name) + 1) % members.length];
  return next === undefined ? field : [...field, { kind: "constant: other member", text: `${target}.${next}` }];
}

/** Nothing at all happens here; it is legal in every function. */
const NOTHING = "assert(true)";

/** What could stand in the place of a node. */
export function changesOf(node: Node, slice: Slice): Change[] {
  const text = slice(node);
  switch (node.nodeType) {
    case "BinaryOperation":
    case "Assignment":
      return binary(node, slice);
    case "UnaryOperation": {
      const operand = slice(node.subExpression as Node);
      if (node.operator === "!") return [{ kind: "condition: not dropped", text: operand }];
      if (node.operator === "~") return [{ kind: "operator: ~ dropped", text: operand }];
      if (node.operator === "++") return [{ kind: "operator: ++ becomes --", text: text.replace("++", "--") }];
      return [];
    }
    case "Conditional": {
      const [yes, no] = [node.trueExpression, node.falseExpression].map((branch) => slice(branch as Node));
      return [yes, no].map((branch) => ({ kind: "condition: one branch only", text: String(branch) }));
    }
    case "ExpressionStatement":
      return [{ kind: "removed", text: NOTHING }];
    case "EmitStatement":
    case "RevertStatement":
      return [{ kind: "removed", text: NOTHING }];
    case "Literal":
      return literal(node, text);
    case "FunctionCall":
      return swappedArguments(node, slice);
    case "MemberAccess":
      return memberAccess(node, slice);
    case "Identifier":
      return twinsOf(node.name).map((twin) => ({ kind: "name swapped", text: twin }));
    default:
      return [];
  }
}

/** Conditions as wholes. */
export function conditionChanges(node: Node): Change[] {
  return ["IfStatement", "Conditional"].includes(node.nodeType)
    ? ["true", "false"].map((text) => ({ kind: `condition: always ${text}`, text }))
    : [];
}
