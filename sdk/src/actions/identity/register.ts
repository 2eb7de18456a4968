import type { Address, Hex } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { bytesOf, textOf } from "../../check/arguments.ts";
import { Registered } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { AlreadyRegisteredError } from "../../errors/identity.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `register`. */
export type RegisterParameters = {
  /** Where the ERC-8004 registration file is; a document made on chain where left out. */
  agentURI?: string | undefined;
  /** On-chain metadata to write at once. */
  metadata?: readonly MetadataEntry[] | undefined;
};

/** One key of on-chain metadata and its value. */
export type MetadataEntry = {
  /** The key; `agentWallet` is reserved. */
  key: string;
  /** The value. */
  value: Hex;
};

/** What comes of `register`. */
export type RegisterEvent = {
  /** The new identity. */
  id: number;
  /** Where its registration file is, or empty. */
  agentURI: string;
  /** The key that owns it. */
  owner: Address;
};

/** Result of `registerSync`. */
export type RegisterSyncReturnType = SyncReturnType<RegisterEvent>;

/** What `register` throws. */
export type RegisterErrorType = WriteErrorType | AlreadyRegisteredError;

/**
 * Registers the account: it becomes the owner of a new identity, for ever. That it is a key, `proveKey` proves afterwards.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RegisterParameters}
 * @returns The hash of the transaction.
 * @throws {AlreadyRegisteredError} The account is, or once was, a key here.
 *
 * @example
 * const hash = await register(client, { agentURI: "https://agent.example/registration.json" });
 */
export const register: WriteAction<
  RegisterParameters,
  RegisterEvent,
  ContractCall<typeof identityRegistryAbi, "register">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "register",
  args: ({ agentURI = "", metadata = [] }: RegisterParameters) => {
    const uri = textOf(agentURI, "agentURI");
    if (metadata.length === 0) return [uri] as const;
    const entries = metadata.map(({ key, value }) => ({
      metadataKey: textOf(key, "key"),
      metadataValue: bytesOf(value, "value"),
    }));
    return [uri, entries] as const;
  },
  events: { Registered },
});

/** What `registerSync` throws. */
export type RegisterSyncErrorType = WriteErrorType | AlreadyRegisteredError | TransactionRefusedError;

/**
 * `register`, and waits: the new identity.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RegisterParameters}
 * @returns {@link RegisterSyncReturnType}
 * @throws {AlreadyRegisteredError} The account is, or once was, a key here.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { id } = await registerSync(client, { agentURI: "https://agent.example/registration.json" });
 */
export const registerSync: SyncAction<RegisterParameters, RegisterEvent> = /*#__PURE__*/ defineSync(register);
