import { type Account, type Address, type Hex, keccak256 } from "viem";
import { parseAccount } from "viem/accounts";
import { writeContract } from "viem/actions";
import { type Fault, failureOf, faultOf, NO_CODE } from "../errors/fault.ts";
import { NonceTakenError, UnknownOutcomeError } from "../errors/outcome.ts";
import { untilThere } from "../sync/untilThere.ts";
import type { AnyClient } from "../types/client.ts";

type Request = Parameters<typeof writeContract>[1];

/** What nodes say of a transaction that they have: geth and its forks, Nethermind, Erigon, Besu. */
const KNOWN = /already known|already imported|known transaction|already exists|alreadyknown/i;

/** What they say where the nonce is another one's: one that is mined, or one that waits. A low price alone is none of it. */
const TAKEN = /nonce too low|nonce is too low|invalid nonce|oldnonce|nonce.{0,20}already|replacement/i;

/** How often a transaction is handed over again where nobody answers. It is the same one, so that this does no harm. */
const TRIES = 3;

/** Longer than that nobody waits for a node that wants no request for a while (milliseconds). */
const LONGEST_WAIT = 60_000;

/** What may have happened although nobody said so. */
const LOST: readonly Fault[] = ["away", "slow", "passing", "alien"];

/**
 * Sends a transaction. That of a local account has its hash before it is sent, so that an answer that is lost on the way is
 * no loss: the chain is asked for it.
 *
 * @throws {UnknownOutcomeError} It may have been sent, and nobody says so.
 * @throws {NonceTakenError} Another transaction has the nonce.
 */
export async function broadcast(client: AnyClient, sent: Request & { account: Account | Address }): Promise<Hex> {
  const account = parseAccount(sent.account);
  return writeContract(handingOver(client, account), sent);
}

/** The same client, which sends in its own way; its own actions, which viem prefers, know nothing of that. */
export function handingOver(client: AnyClient, account: Account): AnyClient {
  // A smart account is sent for by a client of its own.
  if (account.type === "smart") return client;
  const fields = Object.entries(client).filter(([, value]) => typeof value !== "function");
  const request = async (parameters: { method: string; params?: unknown }, options?: object) => {
    const ask = () => client.request(parameters as never, options);
    switch (parameters.method) {
      case "eth_sendRawTransaction":
        return handOver(client, account, (parameters.params as [Hex])[0]);
      case "eth_sendTransaction":
      case "wallet_sendTransaction":
        return ask().catch((error: Error) => {
          if (!LOST.includes(faultOf(error))) throw error;
          throw new UnknownOutcomeError({ hash: undefined }, { cause: error });
        });
      default:
        return ask();
    }
  };
  return { ...(Object.fromEntries(fields) as unknown as AnyClient), request: request as AnyClient["request"] };
}

async function handOver(client: AnyClient, account: Account, serialized: Hex): Promise<Hex> {
  const hash = keccak256(serialized);
  const { retryDelay = 150 } = client.transport as { retryDelay?: number };
  let isLostBefore = false;
  for (let tries = 0; ; tries++) {
    try {
      await client.request({ method: "eth_sendRawTransaction", params: [serialized] }, { retryCount: 0 });
      return hash;
    } catch (error) {
      const { fault = "other", words = "", code, wait } = failureOf(error) ?? {};
      if (KNOWN.test(words)) return hash;
      const isTaken = TAKEN.test(words);
      const isLostNow = !isTaken && (LOST.includes(fault) || code === NO_CODE);
      isLostBefore ||= isLostNow;
      const pause = wait || retryDelay * 2 ** tries;
      if ((isLostNow || fault === "busy") && tries < TRIES && pause <= LONGEST_WAIT) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        continue;
      }
      const options = error instanceof Error ? { cause: error } : {};
      // What took the nonce may be this very transaction, in a block that the node that is asked does not have yet.
      if ((isLostBefore || isTaken) && (await isThere(client, hash, isLostBefore))) return hash;
      if (isLostBefore) throw new UnknownOutcomeError({ hash }, options);
      if (isTaken) throw new NonceTakenError({ account: account.address }, options);
      throw error;
    }
  }
}

/** Whether the chain has a transaction, in a block or waiting for one; false where nobody says so. */
async function isThere(client: AnyClient, hash: Hex, isExpected: boolean): Promise<boolean> {
  const look = async () => {
    const found: unknown = await client
      .request({ method: "eth_getTransactionByHash", params: [hash] }, { retryCount: 0 })
      .catch(() => undefined);
    return typeof found === "object" && found !== null ? true : undefined;
  };
  return (await (isExpected ? untilThere(client, look) : look())) === true;
}
