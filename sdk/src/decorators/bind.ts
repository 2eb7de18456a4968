import type { Account, Address, Chain, Client, Hex, Transport } from "viem";
import type { AddressParameters, WaitParameters, WriteParameters } from "../types/parameters.ts";
import type { EventLog, SimulateReturnType, SyncReturnType, WriteAction } from "../types/write.ts";

/** Where the registries are, for every action of a decorated client. */
export type DecoratorParameters = AddressParameters;

/** A write, bound to a client. */
export type BoundWrite<
  parameters extends object,
  event extends object,
  call extends object,
  account extends Account | undefined,
> = {
  (parameters: parameters & WriteParameters<account>): Promise<Hex>;
  /** The call, for batching and for wallets. Makes no request. */
  call(parameters: parameters & AddressParameters): call;
  /** Tries the call without sending it: what it would return, and the request for `writeContract`. */
  simulate(parameters: parameters & WriteParameters<account>): Promise<SimulateReturnType<call>>;
  /** How much gas it would take. */
  estimateGas(parameters: parameters & WriteParameters<account>): Promise<bigint>;
  /** Finds and decodes the event of the registry at `address`, whatever else is in the logs. */
  extractEvent(logs: readonly EventLog[], options: { address: Address; match?: Partial<event> | undefined }): event;
};

/** A write that waits, bound to a client. */
export type BoundSync<parameters extends object, event extends object, account extends Account | undefined> = (
  parameters: parameters & WriteParameters<account> & WaitParameters,
) => Promise<SyncReturnType<event>>;

/** Makes binders for one client: each puts the decorator's addresses under the caller's parameters. */
export function binder<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  defaults: DecoratorParameters,
) {
  const withDefaults = <parameters extends object>(parameters: parameters): parameters => ({
    ...defaults,
    ...parameters,
  });
  return {
    /** Binds a read, a signature or a write that waits. */
    action:
      <parameters extends object, result>(
        action: (client: Client<Transport, chain, account>, parameters: parameters) => result,
      ) =>
      (parameters: parameters): result =>
        action(client, withDefaults(parameters)),
    /** Binds a write in all its forms. */
    write: <parameters extends object, event extends object, call extends object>(
      action: WriteAction<parameters, event, call>,
    ): BoundWrite<parameters, event, call, account> =>
      Object.assign((parameters: parameters & WriteParameters<account>) => action(client, withDefaults(parameters)), {
        call: (parameters: parameters & AddressParameters) => action.call(client, withDefaults(parameters)),
        simulate: (parameters: parameters & WriteParameters<account>) =>
          action.simulate(client, withDefaults(parameters)),
        estimateGas: (parameters: parameters & WriteParameters<account>) =>
          action.estimateGas(client, withDefaults(parameters)),
        extractEvent: action.extractEvent,
      }),
  };
}
