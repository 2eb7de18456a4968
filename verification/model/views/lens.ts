import { ZeroAddress } from "ethers";
import { vouchersOf } from "../rules/edges.ts";
import { KeyRole, type State } from "../rules/state.ts";
import { identityFields } from "./identity.ts";
import type { View } from "./view.ts";
import { pageOf, standingFields, sumsOf, vouchFields } from "./vouch.ts";

function profile(state: State, id: bigint, key = ZeroAddress, role: bigint = KeyRole.None): unknown[] {
  return [key, role, identityFields(state, id), standingFields(state, id), ...sumsOf(state, id)];
}

export function lensViews(ids: bigint[], addresses: string[]): View[] {
  const vouchers = (id: bigint): View => ({
    contract: "lens",
    name: "vouchers",
    args: [id, 0n, 3n],
    expected: (state) => {
      const { page, next } = pageOf(vouchersOf(state, id), 0n, 3n);
      return [page.map((voucherId) => [vouchFields(state, voucherId, id), profile(state, voucherId)]), next];
    },
  });
  return [
    {
      contract: "lens",
      name: "profiles",
      args: [ids],
      expected: (state) => [ids.map((id) => profile(state, id))],
    },
    {
      contract: "lens",
      name: "profilesOf",
      args: [addresses],
      expected: (state) => [
        addresses.map((address) => {
          const key = state.keys.get(address);
          return profile(state, key?.id ?? 0n, address, key?.role ?? KeyRole.None);
        }),
      ],
    },
    ...ids.map(vouchers),
  ];
}
