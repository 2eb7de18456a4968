// npx hardhat run scripts/vouch.ts --network localhost
//
// The account number TENURE_ACCOUNT (1 where not given: Ada) stakes 5 points for identity TENURE_SUBJECT (the newest
// where not given) until the end of the next period; where it did so before, it extends that by a period.
import {
  getRegistryAddress,
  identityRegistryAbi,
  isTenureError,
  tenurePublicActions,
  tenureWalletActions,
} from "@tenure/sdk";
import { network } from "hardhat";

const { viem } = await network.getOrCreate();
const reader = (await viem.getPublicClient()).extend(tenurePublicActions());
const wallet = (await viem.getWalletClients())[Number(process.env.TENURE_ACCOUNT ?? 1)];
if (wallet === undefined) throw new TypeError("The network has no such account.");
const agent = wallet.extend(tenureWalletActions());

const { id: voucherId } = await reader.resolveKey({ address: agent.account.address });
if (voucherId === undefined) throw new TypeError("This account has no identity yet; run scripts/mint.ts first.");
const registry = { abi: identityRegistryAbi, address: getRegistryAddress(reader, "identityRegistry") } as const;
const newest = await reader.readContract({ ...registry, functionName: "totalRegistered" });
const subjectId = Number(process.env.TENURE_SUBJECT ?? newest);

try {
  const { state } = await reader.getVouch({ voucherId, subjectId });
  if (state === "none") await agent.vouchSync({ voucherId, subjectId, stake: 5, periods: 1 });
  else await agent.renewSync({ voucherId, subjectId, addedStake: 1, periods: 6 });
  const { support } = await reader.getSupport({ id: subjectId });
  console.log(`Identity ${voucherId} stands behind ${subjectId}, who has ${support} points of support now.`);
} catch (error) {
  if (!isTenureError(error)) throw error;
  console.error(`vouch: ${error.shortMessage}`);
  process.exitCode = 1;
}
