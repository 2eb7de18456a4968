import { HANDLES } from "../program/delegationActions.ts";
import { epochOf, isRevoked } from "../rules/delegation.ts";
import type { View } from "./view.ts";

/** What each of these addresses has revoked, and its epoch. */
export function delegationViews(addresses: string[]): View[] {
  return addresses.flatMap((issuer) =>
    HANDLES.map((handle): View => {
      const expected: View["expected"] = (state) => [isRevoked(state, issuer, handle), epochOf(state, issuer)];
      return { contract: "delegations", name: "status", args: [issuer, handle], expected };
    }),
  );
}
