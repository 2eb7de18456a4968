// What the tenants of the interoperability scenarios permit, as functions. A policy engine that holds the same rules takes their place
// by being a decision point: `runCases` asks whoever is at a URL.
import { createHash, randomUUID } from "node:crypto";
import type { Decision, DecisionPoint } from "../../../src/types/decision.ts";
import type { AccessQuestion } from "../../../src/types/question.ts";
import type { Candidates } from "../../../src/types/search.ts";
import data from "../fixtures/search-data.json" with { type: "json" };

/** A tenant's rules, and what it knows. */
export interface Policy {
  readonly permits: (question: AccessQuestion) => boolean;
  readonly entities?: Readonly<Record<string, readonly string[]>>;
  readonly actions?: Readonly<Record<string, readonly string[]>>;
}

/** The certification scenario, its sections "Required Policy Behaviour" and "Search Fixture Requirements". */
const certification: Policy = {
  entities: { user: ["alice", "bob"], record: ["record-1", "record-2"] },
  actions: { record: ["delete", "read", "write"] },
  permits({ subject, action, resource }) {
    const stored: Record<string, string> = { "record-1": "active", "record-2": "archived" };
    if (subject.type !== "user" || resource.type !== "record") return false;
    const status = resource.properties?.status ?? stored[resource.id];
    const isAlice = subject.id === "alice";
    if (action.name === "read") return (isAlice || subject.id === "bob") && resource.id === "record-1";
    if (action.name === "delete") return isAlice && action.properties?.soft === true;
    const isAdmin = (subject.properties?.role ?? (subject.id === "bob" ? "admin" : undefined)) === "admin";
    return action.name === "write" && (status === "archived" ? isAdmin : isAlice);
  },
};

const people: Readonly<Record<string, { email: string; roles: readonly string[] }>> = {
  CiRmZDA2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs: {
    email: "rick@the-citadel.com",
    roles: ["admin", "evil_genius"],
  },
  CiRmZDE2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs: { email: "morty@the-citadel.com", roles: ["editor"] },
  CiRmZDI2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs: { email: "summer@the-smiths.com", roles: ["editor"] },
  CiRmZDM2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs: { email: "beth@the-smiths.com", roles: ["viewer"] },
  CiRmZDQ2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs: { email: "jerry@the-smiths.com", roles: ["viewer"] },
};

/** The application of todos. */
const todo: Policy = {
  permits({ subject, action, resource }) {
    const person = people[subject.id];
    if (person === undefined) return false;
    const has = (role: string) => person.roles.includes(role);
    const isOwn = resource.properties?.ownerID === person.email;
    switch (action.name) {
      case "can_read_user":
      case "can_read_todos":
        return true;
      case "can_create_todo":
        return has("admin") || has("editor");
      case "can_update_todo":
        return has("evil_genius") || (has("editor") && isOwn);
      case "can_delete_todo":
        return has("admin") || (has("editor") && isOwn);
      default:
        return false;
    }
  },
};

/** The same application behind a gateway. */
const gateway: Policy = {
  permits({ subject, action, resource }) {
    const roles = people[subject.id]?.roles ?? [];
    if (subject.type !== "identity" || resource.type !== "route" || roles.length === 0) return false;
    return action.name === "GET" || roles.includes("admin") || roles.includes("editor");
  },
};

const records = data.records.map(({ id, ...record }) => ({ id: String(id), ...record }));
const known = {
  entities: { user: data.users.map(({ id }) => id), record: records.map(({ id }) => id) },
  actions: { record: ["delete", "edit", "view"] },
};

/** The search scenario, its section "Authorization Use Cases". */
const search: Policy = {
  ...known,
  permits({ subject, action, resource }) {
    const user = data.users.find(({ id }) => id === subject.id);
    const record = records.find(({ id }) => id === resource.id);
    if (user === undefined || record === undefined) return false;
    const isOwner = record.owner === user.id;
    const isManager = user.role === "manager";
    const isInDepartment = record.department === user.department;
    if (action.name === "view") return isOwner || isManager || isInDepartment;
    return isOwner || (action.name === "edit" && isManager && isInDepartment);
  },
};

/** The scenario of identity providers: its records have the same owners. */
const idp: Policy = {
  ...known,
  permits: ({ subject, resource }) => records.find(({ id }) => id === resource.id)?.owner === subject.id,
};

/** What the examples of the specification say that alice and bob may. */
const specification: Policy = {
  entities: { user: ["alice@example.com", "bob@example.com"], account: ["123", "456"] },
  actions: { account: ["can_delete", "can_read", "can_write"] },
  permits({ subject, action, resource }) {
    const of: Record<string, readonly string[]> = {
      can_read: ["account 123", "account 456", "document boxcarring.md", "todo 1"],
      can_write: ["account 123"],
      read: ["document 1", "document 3"],
    };
    const isAlice = subject.id === "alice@example.com" || subject.id === "123";
    if (subject.id === "bob@example.com") return action.name === "can_read" && resource.id === "123";
    return isAlice && of[action.name]?.includes(`${resource.type} ${resource.id}`) === true;
  },
};

/** The same with the three accounts of the example of pages. */
const pages: Policy = {
  entities: { account: ["123", "456", "789"] },
  permits: ({ subject }) => subject.id === "alice@example.com",
};

export const policies: Readonly<Record<string, Policy>> = {
  ...{ certification, todo, gateway, search, idp, specification, pages },
};

/** A decision point that decides by these functions. */
export function pointOf(rules: Readonly<Record<string, Policy>>): DecisionPoint {
  return {
    decide: async (question): Promise<Decision> => {
      const isAllowed = rules[question.tenant]?.permits(question) === true;
      const hash = createHash("sha256").update(question.tenant).digest("hex");
      const now = Math.floor(Date.now() / 1_000);
      return {
        id: randomUUID(),
        subject: question.subject.id,
        outcome: isAllowed ? "allowed" : "refused",
        policies: [question.tenant],
        reason: isAllowed ? "You may." : "You may not.",
        ...{ unmet: [], obligations: [], restsOn: [], blocks: [], factsHash: hash, policyHash: hash },
        ...{ decidedAt: now, expiresAt: now, flipsAt: undefined },
      };
    },
  };
}

/** What there is to search for. */
export function candidatesOf(rules: Readonly<Record<string, Policy>>): Candidates {
  return {
    entities: async ({ tenant, type, after, limit }) => {
      const ids = rules[tenant]?.entities?.[type] ?? [];
      const from = after === undefined ? 0 : ids.indexOf(after) + 1;
      return ids.slice(from, from + limit).map((id) => ({ type, id }));
    },
    actions: async ({ tenant, resourceType }) => rules[tenant]?.actions?.[resourceType] ?? [],
  };
}
