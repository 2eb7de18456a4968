import type { Account, Chain, Client, Transport } from "viem";

/** Any client with a chain, an account, both or neither. */
export type AnyClient = Client<Transport, Chain | undefined, Account | undefined>;
