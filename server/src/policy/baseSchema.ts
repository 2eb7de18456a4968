import { factsAsCedarTypes } from "../facts/index.ts";

/** Actions of a tenant that names none. */
export const DEFAULT_ACTIONS = ["list", "read", "write", "pay", "delegate"] as const;

/** How actions may be named here: what AuthZEN's enforcement points send, and what stands in a Cedar string without an escape. */
export const ACTION_FORM = /^[\w.:/ -]{1,128}$/;

/**
 * The namespace `Tenure`: facts, agents, groups and resources, in Cedar's own language. A tenant with a schema of its own gets it
 * without actions, and says itself which actions there are.
 *
 * @param actions - Actions by which agents do something to resources; none where empty.
 */
export function baseSchema(actions: readonly string[]): string {
  const names = actions.map((action) => JSON.stringify(action)).join(", ");
  const declared = `
  action ${names} appliesTo {
    principal: [Agent],
    resource: [Resource],
    context: Context
  };
`;
  return `// Made of the declaration of facts. Cedar has no fractions: all amounts are integers.
namespace Tenure {
${factsAsCedarTypes()}

  // What decisions about agents are made of. None of it is in the words of whoever asks.
  type Context = { "facts": Facts };

  entity Group in [Group];

  // Its id is CAIP-19 in lower case where a registry knows it: eip155:1/erc721:0x…/42.
  entity Agent in [Group];

  // Whatever a service guards. Its id is type/id; what else the service says of it is in its tags.
  entity Resource in [Group] = { "type": String, "id": String } tags String;
${actions.length === 0 ? "" : declared}}
`;
}
