// What actions take besides their own parameters.
import type { Account, Address } from "viem";
import type { RegistryAddresses } from "./deployment.ts";

/** What every action takes besides its own parameters. */
export type AddressParameters = {
  /** Where the registries are, if not where the client's chain or the address book says. */
  addresses?: Partial<RegistryAddresses> | undefined;
};

/** What every read takes besides its own parameters. */
export type ReadParameters = AddressParameters & {
  /** Read at this block, not at the head of the chain. */
  blockNumber?: bigint | undefined;
};

/** What every write takes besides its own parameters. The account is required where the client has none. */
export type WriteParameters<account extends Account | undefined = Account | undefined> = AddressParameters & {
  /** Gas limit; estimated where left out. */
  gas?: bigint | undefined;
  /** Wei for a unit of gas, at most. */
  maxFeePerGas?: bigint | undefined;
  /** Wei for a unit of gas that go to the block's producer, at most. */
  maxPriorityFeePerGas?: bigint | undefined;
  /** The sender's nonce. */
  nonce?: number | undefined;
} & (account extends Account
    ? {
        /** Who sends; the client's account where left out. */
        account?: Account | Address | undefined;
      }
    : {
        /** Who sends. */
        account: Account | Address;
      });

/** What every write that waits takes besides. */
export type WaitParameters = {
  /** How many blocks to wait for, the transaction's own included; 1 where left out. */
  confirmations?: number | undefined;
  /** Milliseconds between two looks. */
  pollingInterval?: number | undefined;
  /** Milliseconds after which to give up; 180,000 where left out. */
  timeout?: number | undefined;
};

/** What every action that signs takes besides its own parameters. The account is required where the client has none. */
export type SignParameters<account extends Account | undefined = Account | undefined> = SignerParameters<account> & {
  /** Last second (unix time) at which the signature counts. */
  deadline?: number | undefined;
};

/** Who signs, and where the registries are. The account is required where the client has none. */
export type SignerParameters<account extends Account | undefined = Account | undefined> = AddressParameters &
  (account extends Account
    ? {
        /** Who signs; the client's account where left out. */
        account?: Account | Address | undefined;
      }
    : {
        /** Who signs. */
        account: Account | Address;
      });

/** What every action that signs with a nonce takes besides. */
export type NonceParameters = {
  /**
   * The nonce to sign: any number that the account has not used in this registry, here below 2^53. Where left out, the
   * lowest that is free. A nonce counts once: of two signatures with the same one, which is what two that are made before
   * either is used have, only one can ever be used. `getFreeNonces` answers several for signing many at once.
   */
  signatureNonce?: number | undefined;
};
