import { deployRegistries, shortParameters } from "@tenure/sdk";
import { artifacts } from "hardhat";
import {
  type Abi,
  createClient,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  http,
  publicActions,
  testActions,
  walletActions,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";

/** Identities of the crowd: 1 to this. */
export const IDENTITIES = 10_000;

/** Vouches among them. */
export const VOUCHES = 20_000;

/** Those that the subject of all the attention has: all from different vouchers. */
export const EDGES = 5_000;

/** Who gets them. */
export const SUBJECT = 1;

const MNEMONIC = "test test test test test test test test test test test junk";

/** What fits into a transaction, which has at most 16.7 million gas (EIP-7825). */
const REGISTRATIONS = 60;
const CHECK_INS = 250;
const VOUCHES_AT_ONCE = 120;

/** Who vouches for whom: `EDGES` for the subject, the rest for the next and the one after in a circle of the others. */
function* pairs(): Generator<[voucherId: number, subjectId: number]> {
  for (let id = 2; id < EDGES + 2; id++) yield [id, SUBJECT];
  const others = IDENTITIES - 1;
  for (let index = 0; index < VOUCHES - EDGES; index++) {
    const voucher = index % others;
    const distance = 1 + Math.floor(index / others);
    yield [voucher + 2, ((voucher + distance) % others) + 2];
  }
}

/** Fills a fresh chain: every identity is registered and every vouch made by a transaction. */
export async function gatherCrowd(url: string): Promise<void> {
  const client = createClient({
    account: mnemonicToAccount(MNEMONIC),
    chain: hardhat,
    transport: http(url, { timeout: 60_000 }),
    pollingInterval: 5,
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(testActions({ mode: "hardhat" }));
  const { addresses } = await deployRegistries(client, { parameters: shortParameters });

  let nonce = await client.getTransactionCount({ address: client.account.address });
  const fees = { gas: 16_000_000n, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 0n };
  const send = async (transaction: { to?: Hex; data: Hex }) => {
    const hash = await client.sendTransaction({ ...transaction, ...fees, nonce: nonce++ });
    const { status, contractAddress } = await client.waitForTransactionReceipt({ hash });
    if (status !== "success") throw new Error(`A transaction of the crowd failed: ${hash}`);
    return contractAddress;
  };

  const { abi, bytecode } = await artifacts.readArtifact("Crowd");
  const creation = { abi: abi as Abi, bytecode: bytecode as Hex, args: [addresses.vouchRegistry] };
  const crowd = await send({ data: encodeDeployData(creation) });
  if (!crowd) throw new Error("The crowd was not deployed.");
  const act = (functionName: string, args: readonly unknown[]) =>
    send({ to: crowd, data: encodeFunctionData({ abi: abi as Abi, functionName, args }) });

  for (let left = IDENTITIES; left > 0; left -= REGISTRATIONS) await act("register", [Math.min(left, REGISTRATIONS)]);
  // Long enough for a few points.
  await client.increaseTime({ seconds: 1_800 });
  for (let first = 1; first <= IDENTITIES; first += CHECK_INS) {
    await act("checkIn", [first, Math.min(CHECK_INS, IDENTITIES - first + 1)]);
  }
  const all = [...pairs()];
  for (let start = 0; start < all.length; start += VOUCHES_AT_ONCE) {
    const some = all.slice(start, start + VOUCHES_AT_ONCE);
    await act("vouch", [some.map(([voucherId]) => voucherId), some.map(([, subjectId]) => subjectId)]);
  }
}
