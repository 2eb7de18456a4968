// What a user's program looks like to the compiler, and, where it asks for nothing, to Node. A line marked as an error has
// to be one.
import {
  addressBook,
  decodeEdge,
  type Edge,
  getProfile,
  getProfiles,
  isExpectedCode,
  isTenureError,
  type Profile,
  planDeployment,
  productionAddresses,
  productionParameters,
  register,
  type registerSync,
  type Status,
  type TenureEvent,
  tenurePublicActions,
  tenureWalletActions,
  watchEvents,
} from "@tenure/sdk";
import { registryArtifacts } from "@tenure/sdk/bytecode";
import { type Address, createPublicClient, createWalletClient, type Hex, http, type TransactionReceipt } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { base } from "viem/chains";

type Same<a, b> = (<t>() => t extends a ? 1 : 2) extends <t>() => t extends b ? 1 : 2 ? true : false;
function same<a, b>(_: Same<a, b>): void {}

const key: Hex = `0x${"11".repeat(32)}`;
const transport = http("http://127.0.0.1:1");
const reader = createPublicClient({ chain: base, transport }).extend(tenurePublicActions());
const agent = createWalletClient({ account: privateKeyToAccount(key), chain: base, transport }).extend(
  tenureWalletActions(),
);

/** Compiled, and never run. */
export async function reads(): Promise<void> {
  const profile = await reader.getProfile({ id: 7 });
  same<typeof profile, Profile>(true);
  same<typeof profile.status, Status>(true);
  same<typeof profile.owner, Address | undefined>(true);
  switch (profile.status) {
    case "active":
      same<typeof profile.status, "active">(true);
      break;
    case "suspended":
    case "retired":
    case "unknown":
      break;
    default:
      same<typeof profile.status, never>(true);
  }
  // @ts-expect-error there is no such status
  if (profile.status === "gone") return;
  same<Awaited<ReturnType<typeof getProfiles>>, Profile[]>(true);
  await getProfiles(reader, {
    ids: [1],
    onPage: ({ via, count }) => {
      same<typeof via, "lens" | "override" | "deployless" | "multicall" | "single">(true);
      same<typeof count, number>(true);
    },
  });
  // @ts-expect-error numbers or addresses, not both
  await getProfiles(reader, { ids: [1], address: [] });
  // @ts-expect-error `addresses` says where the registries are
  await getProfiles(reader, { addresses: ["0x00000000000000000000000000000000deadbeef"] });
  for await (const event of watchEvents(reader, {})) {
    same<typeof event.removed, boolean>(true);
    if (event.eventName === "Vouched") same<typeof event.edge, Edge>(true);
    // @ts-expect-error only some events have an edge
    event.edge;
  }
}

/** Compiled, and never run. */
export async function writes(): Promise<void> {
  const result = await agent.registerSync({ agentURI: "ipfs://a" });
  same<typeof result.id, number>(true);
  same<typeof result.receipt, TransactionReceipt>(true);
  same<Awaited<ReturnType<typeof agent.register>>, Hex>(true);
  same<Awaited<ReturnType<typeof registerSync>>["id"], number>(true);
  const { result: id } = await register.simulate(agent, {});
  same<typeof id, bigint>(true);
  // @ts-expect-error nobody sends
  await register(reader, {});
  const history: TenureEvent[] = await reader.getHistory({ id: 1 });
  history.length;
}

const error: unknown = await getProfile(reader, { id: -1 }).catch((reason: unknown) => reason);
if (!isTenureError(error)) throw new TypeError("It was expected to be refused.");
const [, { address, artifact }] = planDeployment(productionParameters, registryArtifacts);
if (address !== productionAddresses.identityRegistry) throw new TypeError("The plan is not what the book says.");
if (!isExpectedCode(artifact.runtime, registryArtifacts.identityRegistry)) throw new TypeError("The code is another.");
console.log(error.name, decodeEdge(0n).stake, Object.keys(addressBook).length > 0);
