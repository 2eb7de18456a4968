import { expect } from "chai";
import {
  createClient,
  custom,
  encodeAbiParameters,
  fromRlp,
  type Hex,
  http,
  keccak256,
  publicActions,
  toHex,
  toRlp,
} from "viem";
import { hardhat } from "viem/chains";
import { getIdentity, getSupport, shortAddresses } from "../src/index.ts";
import { onEachNode } from "./utils/nodes.ts";
import { proven, storageRootOf } from "./utils/proof.ts";
import { openWorld, type World } from "./utils/world.ts";

const two = 2;
/** Where `_records` is: the committed storage layout says so (test/snapshots). */
const RECORDS = 4n;

onEachNode("a node that lies", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    await world.members[0].vouchSync({ voucherId: 1, subjectId: two, stake: 4, periods: 2 });
  });
  after(() => world.close());

  /** A node that answers every call of a contract as it likes, and all else as it is. */
  const lying = (answer: Hex) => {
    const { request } = http(world.url)({ chain: hardhat });
    const forge = async (asked: { method: string; params?: unknown }) =>
      asked.method === "eth_call" ? answer : request(asked as Parameters<typeof request>[0]);
    return createClient({ chain: hardhat, transport: custom({ request: forge }) });
  };

  it("should be believed by who asks it alone, and contradicted by another", async () => {
    const answer = encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [1_000n, 0n]);
    const honest = createClient({ chain: hardhat, transport: http(world.url) });
    const question = { id: two, addresses: shortAddresses };
    expect(await getSupport(lying(answer), question)).to.deep.include({ support: 1_000, opposition: 0 });
    expect(await getSupport(honest, question)).to.deep.include({ support: 4, opposition: 0 });
  });

  it("should not be able to prove it to who knows the root of the chain's state", async () => {
    const [reader] = world.members;
    const client = reader.extend(publicActions);
    const { stateRoot, number } = await client.getBlock();
    const key = { id: two, addresses: shortAddresses };
    const { owner, tenure, lastSeen } = await getIdentity(client, key);
    const address = shortAddresses.identityRegistry;
    const slot = keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [BigInt(two), RECORDS]));
    const proof = await client.getProof({ address, storageKeys: [slot], blockNumber: number });
    const storageRoot = storageRootOf(stateRoot, address, proof.accountProof);
    const [entry] = proof.storageProof;
    if (entry === undefined) throw new Error("no proof");
    const record = BigInt(fromRlp(proven(storageRoot, slot, entry.proof), "hex") as Hex);
    expect(record).to.equal(entry.value);
    expect(toHex(BigInt.asUintN(160, record), { size: 20 })).to.equal(owner?.toLowerCase());
    expect(BigInt.asUintN(40, record >> 160n)).to.equal(BigInt(lastSeen - tenure));

    // The same identity with a year of tenure more: the last node of the proof with another value in it.
    const older = record - (31_536_000n << 160n);
    const last = fromRlp(entry.proof.at(-1) ?? "0x", "hex") as Hex[];
    const forged = [...entry.proof.slice(0, -1), toRlp([...last.slice(0, -1), toRlp(toHex(older))])];
    expect(() => proven(storageRoot, slot, forged)).to.throw("The proof does not lead to the root.");
    // Nor does the proof fit another state.
    const { stateRoot: earlier } = await client.getBlock({ blockNumber: number - 1n });
    expect(() => storageRootOf(earlier, address, proof.accountProof)).to.throw("The proof does not lead to the root.");
  });
});
