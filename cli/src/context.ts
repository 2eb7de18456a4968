import type { Command } from "commander";
import type { Address } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import {
  type ChainOptions,
  connectChain,
  connectPlaces,
  connectRegistries,
  type ReadClient,
  rpcUrl,
  shownUrl,
  type WriteClient,
  withAccount,
} from "./chain/connect.ts";
import { findAddress, openAccount } from "./keys/account.ts";
import { print } from "./view/output.ts";

/** The options that every command takes. */
type GlobalOptions = ChainOptions & { json?: true; key?: string };

/** What a command works with. */
export class Context {
  private readonly options: GlobalOptions;

  constructor(command: Command) {
    this.options = command.optsWithGlobals<GlobalOptions>();
  }

  /** The chain, with the registries on it. */
  read(): Promise<ReadClient> {
    return connectRegistries(this.options);
  }

  /** The chain as it is, even without registries. */
  bare(): Promise<ReadClient> {
    return connectChain(this.options);
  }

  /** The chain as it is, with where its registries would be: grants need none but that of revocations. */
  places(delegationRegistry?: Address): Promise<ReadClient> {
    return connectPlaces(this.options, delegationRegistry);
  }

  /** The number of the chain: as it was said, or the node's. */
  async chainId(): Promise<number> {
    return this.options.chain ?? (await this.bare()).chain.id;
  }

  /** The chain, and the key that signs. A key that cannot be opened is told of before the node is asked anything. */
  async write(): Promise<WriteClient> {
    const account = await this.account();
    return withAccount(await this.read(), account);
  }

  /** The chain as it is, even without registries, and the key that pays. */
  async writeBare(): Promise<WriteClient> {
    const account = await this.account();
    return withAccount(await this.bare(), account);
  }

  account(): Promise<PrivateKeyAccount> {
    return openAccount(this.options.key);
  }

  /** The address of the key, which needs no password where the keystore says it. */
  address(): Promise<Address> {
    return findAddress(this.options.key);
  }

  /** The node's address, as it may be shown. */
  get where(): string {
    return shownUrl(rpcUrl(this.options.rpc));
  }

  get isJson(): boolean {
    return this.options.json === true;
  }

  print(value: unknown, text: string): void {
    print(this.isJson, value, text);
  }
}
