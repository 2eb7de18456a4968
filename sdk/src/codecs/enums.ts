import type { ChangeKind, KeyRole, OwnerKind, Status } from "../types/identity.ts";
import type { Edge, Stance, VouchState } from "../types/vouch.ts";

// The members in the order of the contracts' enums.
const statuses: readonly Status[] = ["unknown", "active", "suspended", "retired"];
const roles: readonly KeyRole[] = ["none", "owner", "wallet", "former"];
const ownerKinds: readonly (OwnerKind | "none")[] = ["none", "key", "unproven"];
const changeKinds: readonly (ChangeKind | "none")[] = ["none", "guardian", "recovery", "retirement"];
const stances: readonly Stance[] = ["none", "for", "against"];
const vouchStates: readonly VouchState[] = ["none", "active", "lapsed", "ended", "revoked", "disowned", "burned"];
const edgeStates: readonly Edge["state"][] = ["none", "live", "revoked", "disowned"];

/** Makes a reader of one enum. A number beyond its members is not of these contracts. */
function reader<member extends string>(members: readonly member[], what: string): (value: number) => member {
  return (value) => {
    const member = members[value];
    if (member === undefined) throw new RangeError(`${value} is not a ${what}.`);
    return member;
  };
}

export const decodeStatus = /*#__PURE__*/ reader(statuses, "status");
export const decodeRole = /*#__PURE__*/ reader(roles, "role of a key");
export const decodeOwnerKind = /*#__PURE__*/ reader(ownerKinds, "kind of owner");
export const decodeChangeKind = /*#__PURE__*/ reader(changeKinds, "kind of change");
export const decodeStance = /*#__PURE__*/ reader(stances, "stance");
export const decodeVouchState = /*#__PURE__*/ reader(vouchStates, "state of a vouch");
export const decodeEdgeState = /*#__PURE__*/ reader(edgeStates, "state of an edge");
