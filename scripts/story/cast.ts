import { tenurePublicActions, tenureWalletActions } from "@tenure/sdk";
import { createClient, type HDAccount, http, publicActions, testActions, toHex, walletActions } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";

/** Hardhat's and anvil's well-known mnemonic: its accounts are funded on local chains, and its keys are public. */
const MNEMONIC = "test test test test test test test test test test test junk";

export function accountAt(addressIndex: number): HDAccount {
  return mnemonicToAccount(MNEMONIC, { addressIndex });
}

/** The private key of a public test account. */
export function publicKeyOf(account: HDAccount): string {
  const { privateKey } = account.getHdKey();
  if (privateKey === null) throw new TypeError("The account has no private key.");
  return toHex(privateKey);
}

/** A client with everything: viem's actions and Tenure's. */
export function connect(url: string, account: HDAccount) {
  return createClient({ account, chain: hardhat, transport: http(url), pollingInterval: 10, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions)
    .extend(testActions({ mode: "hardhat" }))
    .extend(tenurePublicActions())
    .extend(tenureWalletActions());
}

export type StoryClient = ReturnType<typeof connect>;

/** Somebody in the story. */
export interface Agent {
  name: string;
  /** Its identity; 0 before it has one. */
  id: number;
  client: StoryClient;
}

/** Everybody in the story. */
export interface Cast {
  ada: Agent;
  bo: Agent;
  cleo: Agent;
  dan: Agent;
  /** Who runs the board and the chain; no agent. */
  platform: StoryClient;
  /** The key that Bo moves to. */
  nextKey: StoryClient;
  /** The key that Bo comes from. */
  formerKey: StoryClient;
  /** The key of Cleo's hot wallet. */
  hotKey: StoryClient;
}

export function assemble(url: string): Cast {
  const agent = (name: string, index: number): Agent => ({ name, id: 0, client: connect(url, accountAt(index)) });
  return {
    platform: connect(url, accountAt(0)),
    ada: agent("Ada", 1),
    bo: agent("Bo", 2),
    cleo: agent("Cleo", 3),
    dan: agent("Dan", 4),
    nextKey: connect(url, accountAt(5)),
    formerKey: connect(url, accountAt(2)),
    hotKey: connect(url, accountAt(9)),
  };
}

export function agentsOf({ ada, bo, cleo, dan }: Cast): Agent[] {
  return [ada, bo, cleo, dan];
}
