import { getBlock } from "viem/actions";
import { getIdentity } from "../actions/identity/getIdentity.ts";
import { getProfile } from "../actions/identity/getProfile.ts";
import { resolveKey } from "../actions/identity/resolveKey.ts";
import { getVouch } from "../actions/vouch/getVouch.ts";
import { getVouchers } from "../actions/vouch/getVouchers.ts";
import { getVouchesBy } from "../actions/vouch/getVouchesBy.ts";
import { explain } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters } from "../types/parameters.ts";
import type { Reader } from "../types/reader.ts";

/**
 * Reads facts over RPC: the actions, behind the port that whoever decides takes.
 *
 * @param client - Client.
 * @param parameters - Where the registries are, if not where the client's chain or the address book says.
 * @returns The reader. To have several facts of one moment, ask `head` first, and for each at its number.
 *
 * @example
 * const reader = rpcReader(client);
 * const { number } = await reader.head();
 * const { status } = await reader.profile({ id: 7, blockNumber: number });
 */
export function rpcReader(client: AnyClient, { addresses }: AddressParameters = {}): Reader {
  return {
    head: async () => {
      const { number, hash, timestamp } = await explain(client, getBlock(client));
      return { number, hash, timestamp: Number(timestamp) };
    },
    identity: (parameters) => getIdentity(client, { ...parameters, addresses }),
    key: (parameters) => resolveKey(client, { ...parameters, addresses }),
    profile: (parameters) => getProfile(client, { ...parameters, addresses }),
    vouch: (parameters) => getVouch(client, { ...parameters, addresses }),
    vouchers: (parameters) => getVouchers(client, { ...parameters, addresses }),
    vouchesBy: (parameters) => getVouchesBy(client, { ...parameters, addresses }),
  };
}
