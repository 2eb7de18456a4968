// npx hardhat run scripts/query.ts --network localhost
//
// Shows every identity, and how the registry of a platform would judge it.
import { getRegistryAddress, identityRegistryAbi, tenurePublicActions } from "@tenure/sdk";
import { network } from "hardhat";
import { table } from "./lib/table.ts";

const { viem } = await network.getOrCreate();
const reader = (await viem.getPublicClient()).extend(tenurePublicActions());
const registry = { abi: identityRegistryAbi, address: getRegistryAddress(reader, "identityRegistry") } as const;
const count = Number(await reader.readContract({ ...registry, functionName: "totalRegistered" }));

const profiles = await reader.getProfiles({ ids: Array.from({ length: count }, (_, index) => index + 1) });
// Ada, who is 1 in the story, is whom this platform trusts itself.
const anchors = { anchors: [1], minAnchors: 1, minAnchorStake: 5, anchorWarningLimit: 1 };
const requirement = { minTenure: 45 * 86_400, ...anchors };
const rows = await Promise.all(
  profiles.map(async ({ id, status, tenure, standing, support, opposition }) => {
    const { unmet } = await reader.checkRequirement({ id, requirement });
    const lacking = unmet.map(({ reason }) => reason).join(", ") || "nothing";
    return [...[id, status, tenure, standing, support, opposition].map(String), lacking];
  }),
);
console.log(
  table(["id", "status", "tenure (s)", "standing", "for", "against", "lacking for 45 days and Ada's word"], rows),
);
