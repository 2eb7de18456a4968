// npx hardhat run scripts/mint.ts --network localhost
//
// Registers the network's account number TENURE_ACCOUNT (6 where not given, one that the story leaves alone), or shows
// the identity that it has.
import { tenurePublicActions, tenureWalletActions } from "@tenure/sdk";
import { network } from "hardhat";

const { viem } = await network.getOrCreate();
const reader = (await viem.getPublicClient()).extend(tenurePublicActions());
const wallet = (await viem.getWalletClients())[Number(process.env.TENURE_ACCOUNT ?? 6)];
if (wallet === undefined) throw new TypeError("The network has no such account.");
const agent = wallet.extend(tenureWalletActions());
const address = agent.account.address;

const known = await reader.resolveKey({ address });
if (known.id === undefined) {
  const { id } = await agent.registerSync({ agentURI: "https://agent.example/registration.json" });
  console.log(`${address} is identity ${id} from now on.`);
} else {
  await agent.pulseSync({ id: known.id });
  const { status, tenure } = await reader.getProfile({ id: known.id });
  console.log(`${address} is identity ${known.id}: ${status}, ${tenure} seconds of tenure. It has just checked in.`);
}
