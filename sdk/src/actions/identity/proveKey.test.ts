import { expect } from "chai";
import {
  createClient,
  custom,
  encodeErrorResult,
  http,
  keccak256,
  RpcRequestError,
  toFunctionSelector,
  toHex,
} from "viem";
import { hardhat } from "viem/chains";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { decodeEvent, identityRegistryAbi, proveKeySync } from "../../index.ts";

const pulseForSelector = toFunctionSelector("pulseFor(uint256,bytes32,uint256,bytes)");

onEachNode("proveKey", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should prove the owner to be a key straight after it registered", async () => {
    const [agent] = world.members;
    const { id, owner } = await agent.registerSync({});
    expect((await agent.getIdentity({ id })).ownerKind).to.equal("unproven");
    const checkpoint = keccak256(toHex("log"));
    const { receipt, ...event } = await agent.proveKeySync({ id, checkpoint });
    expect(event).to.deep.equal({ id, checkpoint });
    expect(receipt.from).to.equal(owner.toLowerCase());
    const names = receipt.logs.map((log) => decodeEvent(log)?.eventName);
    expect(names).to.deep.equal(["OwnerProven", "Pulse"]);
    const { ownerKind, lastSeen } = await agent.getIdentity({ id });
    expect([ownerKind, lastSeen]).to.deep.equal(["key", await world.now()]);
  });

  it("should be done with by a rotation, which the next key signed, and by a registration that was signed", async () => {
    const [agent, nextKey, newcomer] = world.members;
    const { id } = await agent.registerSync({});
    await agent.rotateKeySync({ signed: await nextKey.signRotateKey({ id }) });
    expect((await agent.getIdentity({ id })).ownerKind).to.equal("key");
    const { id: other } = await agent.registerForSync({ signed: await newcomer.signRegister({}) });
    expect((await agent.getIdentity({ id: other })).ownerKind).to.equal("key");
  });

  it("should answer the hash at once, check in all the same where it is proven, and take what is said about sending", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    const hash = await agent.proveKey({ id, gas: 150_000n });
    expect((await agent.waitForTransactionReceipt({ hash })).status).to.equal("success");
    expect((await agent.getTransaction({ hash })).gas).to.equal(150_000n);
    const { receipt } = await agent.proveKeySync({ id });
    expect(receipt.logs.map((log) => decodeEvent(log)?.eventName)).to.deep.equal(["Pulse"]);
  });

  it("should ask again as often as it is told to, where a node finds it too early", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    const { request } = http(world.url)({ chain: hardhat });
    const { lastSeen } = await agent.getIdentity({ id });
    const data = encodeErrorResult({
      abi: identityRegistryAbi,
      errorName: "AlreadySeen",
      args: [BigInt(id), lastSeen],
    });
    // By the latest block and by the one that comes.
    let early = 2;
    const provider = {
      request: async (asked: { method: string; params?: unknown }) => {
        if (asked.method === "eth_call" && JSON.stringify(asked.params).includes(pulseForSelector) && early-- > 0) {
          throw new RpcRequestError({ body: asked, error: { code: 3, message: "reverted", data }, url: world.url });
        }
        return request(asked as Parameters<typeof request>[0]);
      },
    };
    const patient = createClient({
      // Weeks: with the client's own interval, this would never end.
      ...{ account: agent.account, chain: hardhat, pollingInterval: 2 ** 31 - 1 },
      transport: custom(provider),
    });
    await proveKeySync(patient, { id, pollingInterval: 10 });
    expect(early).to.be.below(1);
    expect((await agent.getIdentity({ id })).ownerKind).to.equal("key");
  });

  it("should be for the owner alone", async () => {
    const [agent, stranger] = world.members;
    const { id } = await agent.registerSync({});
    expect(await rejection(stranger.proveKey({ id }))).to.deep.include({
      name: "NotOwnerError",
      args: { id, caller: stranger.account.address },
    });
    expect((await rejection(agent.proveKey({ id: 9 }))).name).to.equal("UnknownIdentityError");
    await agent.retireSync({ id });
    expect((await rejection(agent.proveKey({ id }))).name).to.equal("IdentityRetiredError");
  });
});
