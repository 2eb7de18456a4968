import { expect } from "chai";
import { createClient, http, webSocket } from "viem";
import { hardhat } from "viem/chains";
import { brief, collect } from "../../../test/utils/collect.ts";
import { interruptible } from "../../../test/utils/interruptible.ts";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses, tenurePublicActions, type WatchEventsParameters, watchEvents } from "../../index.ts";

onEachNode("watchEvents", (start) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(0, start);
    await world.members[0].registerSync({});
  });
  afterEach(() => world.close());

  const registered = ["+MetadataSet 1", "+Registered 1"];
  /** A suspension takes the wallet's answer away, which is an event of its own. */
  const suspended = ["+Suspended 1", "+MetadataSet 1"];
  const watch = (options: WatchEventsParameters, url = world.url) => {
    const client = createClient({ chain: hardhat, transport: http(url, { retryCount: 0 }), pollingInterval: 10 });
    return collect((signal) => watchEvents(client, { ...options, signal }));
  };

  /** Every event that the chain holds now, as a watcher from the beginning sees it. */
  const replay = async (count: number) => {
    const watcher = watch({ fromBlock: 0n });
    await watcher.until(count);
    await watcher.stop();
    return watcher.seen;
  };

  /** What is left of reports when those that were taken back are struck out. */
  const settle = (seen: readonly { removed: boolean; blockHash: string; logIndex: number }[]) => {
    const left = new Map<string, object>();
    for (const { removed, ...event } of seen) {
      const key = `${event.blockHash}:${event.logIndex}`;
      expect(left.has(key), `${key} reported twice, or taken back without a report`).to.equal(removed);
      if (removed) left.delete(key);
      else left.set(key, event);
    }
    return [...left.values()];
  };
  const kept = (seen: readonly object[]) => seen.map(({ removed: _, ...event }: { removed?: boolean }) => event);

  it("should report revoked grants and advanced epochs by names of their own, of all accounts and of no identity", async () => {
    const [agent, other] = world.members;
    const handle = `0x${"a1".repeat(32)}` as const;
    const [all, own] = [watch({ fromBlock: 0n }), watch({ fromBlock: 0n, id: 1 })];
    await all.until(2);
    await other.revokeDelegationSync({ handle });
    await other.advanceDelegationEpochSync({});
    await agent.pulseSync({ id: 1 });
    await Promise.all([all.until(5), own.until(3)]);
    await Promise.all([all.stop(), own.stop()]);
    const issuer = other.account.address;
    const registry = shortAddresses.delegationRegistry;
    const [, , revoked, advanced] = all.seen;
    expect(revoked).to.deep.include({ eventName: "GrantRevoked", registry, issuer, handle, removed: false });
    expect(advanced).to.deep.include({ eventName: "EpochAdvanced", registry, issuer, epoch: 1n, removed: false });
    expect(own.seen.map(({ eventName }) => eventName)).to.not.include.members(["GrantRevoked", "EpochAdvanced"]);
  });

  it("should report what happens, in order, decoded and dated", async () => {
    const [agent] = world.members;
    const watcher = watch({ fromBlock: 0n });
    await watcher.until(2);
    const { receipt } = await agent.pulseSync({ id: 1 });
    const reports = await watcher.until(3);
    await watcher.stop();
    expect(reports).to.have.members([...registered, "+Pulse 1"]);
    const { timestamp } = await agent.getBlock({ blockHash: receipt.blockHash });
    expect(watcher.seen[2]).to.deep.equal({
      eventName: "Pulse",
      id: 1,
      checkpoint: `0x${"0".repeat(64)}`,
      registry: agent.pulse.call({ id: 1 }).address,
      blockNumber: receipt.blockNumber,
      blockHash: receipt.blockHash,
      transactionHash: receipt.transactionHash,
      logIndex: 0,
      timestamp: Number(timestamp),
      removed: false,
    });
  });

  it("should begin now where no block is given, and at the block where one is", async () => {
    const [agent] = world.members;
    const fromNow = watch({});
    await agent.mine({ blocks: 1 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { receipt } = await agent.pulseSync({ id: 1 });
    await agent.setAgentURISync({ id: 1, agentURI: "a" });
    expect(await fromNow.until(2)).to.deep.equal(["+Pulse 1", "+URIUpdated 1"]);
    await fromNow.stop();
    const resumed = watch({ fromBlock: receipt.blockNumber + 1n });
    expect(await resumed.until(1)).to.deep.equal(["+URIUpdated 1"]);
    await resumed.stop();
  });

  it("should report one identity's events only, as either side of a vouch", async () => {
    const [one, two, three] = world.members;
    await two.registerSync({});
    await three.registerSync({});
    await world.earn(one, two, three);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 2, periods: 1 });
    await three.warnSync({ voucherId: 3, subjectId: 1, stake: 2, periods: 1 });
    await two.vouchSync({ voucherId: 2, subjectId: 3, stake: 2, periods: 1 });
    const watcher = watch({ id: 2, fromBlock: 0n });
    await watcher.until(5);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await watcher.stop();
    expect(watcher.seen.map(brief)).to.have.members([
      "+Registered 2",
      "+MetadataSet 2",
      "+Pulse 2",
      "+Vouched 1>2",
      "+Vouched 2>3",
    ]);
  });

  it("should read a long past in pieces", async () => {
    const [agent] = world.members;
    for (let round = 0; round < 5; round++) {
      await agent.pulseSync({ id: 1 });
      await agent.mine({ blocks: 7 });
    }
    for (const chunkSize of [1, 3, 10]) {
      const watcher = watch({ fromBlock: 0n, chunkSize });
      await watcher.until(7);
      await watcher.stop();
      expect(kept(watcher.seen)).to.deep.equal(kept(await replay(7)));
    }
  });

  it("should work over WebSocket", async () => {
    const transport = webSocket(world.url.replace("http", "ws"));
    const client = createClient({ chain: hardhat, transport, pollingInterval: 10 }).extend(tenurePublicActions());
    const watcher = collect((signal) => client.watchEvents({ fromBlock: 0n, signal }));
    await watcher.until(2);
    await world.members[0].pulseSync({ id: 1 });
    expect((await watcher.until(3)).at(-1)).to.equal("+Pulse 1");
    await watcher.stop();
    (await client.transport.getRpcClient()).close();
  });

  it("should mark what a reorg took back, and report what came instead", async () => {
    const [agent] = world.members;
    const watcher = watch({ fromBlock: 0n });
    await agent.pulseSync({ id: 1 });
    const fork = await agent.snapshot();
    await agent.setAgentURISync({ id: 1, agentURI: "a" });
    await agent.suspendSync({ id: 1 });
    const before = await watcher.until(6);
    await agent.revert({ id: fork });
    await agent.setAgentURISync({ id: 1, agentURI: "b" });
    await agent.pulseSync({ id: 1 });
    await agent.pulseSync({ id: 1 });
    const after = (await watcher.until(12)).slice(6);
    await watcher.stop();
    expect(before.slice(3)).to.deep.equal(["+URIUpdated 1", ...suspended]);
    expect(after).to.deep.equal([
      ...["-MetadataSet 1", "-Suspended 1", "-URIUpdated 1"],
      ...["+URIUpdated 1", "+Pulse 1", "+Pulse 1"],
    ]);
    expect(watcher.seen[8]).to.deep.equal({ ...watcher.seen[3], removed: true });
    expect(settle(watcher.seen)).to.deep.equal(kept(await replay(6)));
  });

  it("should miss nothing and report nothing twice when the chain reorgs again and again while it looks", async () => {
    const [agent] = world.members;
    const watcher = watch({ fromBlock: 0n });
    for (let round = 0; round < 12; round++) {
      const fork = await agent.snapshot();
      for (let step = 0; step <= round % 4; step++) await agent.setAgentURISync({ id: 1, agentURI: `${round}` });
      await agent.revert({ id: fork });
      await agent.mine({ blocks: round % 3 });
      await agent.setAgentURISync({ id: 1, agentURI: `kept ${round}` });
    }
    // As long as anything that was reported and is gone: on a shorter chain nobody can tell.
    await agent.mine({ blocks: 5 });
    await agent.suspendSync({ id: 1 });
    const expected = kept(await replay(2 + 12 + 2));
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      if (watcher.seen.some(({ eventName, removed }) => eventName === "Suspended" && !removed)) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await watcher.stop();
    expect(settle(watcher.seen)).to.deep.equal(expected);
  });

  it("should go on after the node was away, and tell of each failure", async () => {
    const [agent] = world.members;
    const way = await interruptible(world.port);
    let failures = 0;
    const watcher = watch({ fromBlock: 0n, onError: () => failures++ }, way.url);
    await watcher.until(2);
    await way.cut();
    await agent.pulseSync({ id: 1 });
    await agent.setAgentURISync({ id: 1, agentURI: "a" });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(failures).to.be.greaterThan(0);
    await way.mend();
    await agent.suspendSync({ id: 1 });
    expect((await watcher.until(6)).slice(2)).to.deep.equal(["+Pulse 1", "+URIUpdated 1", ...suspended]);
    await watcher.stop();
    await way.cut();
    expect(settle(watcher.seen)).to.deep.equal(kept(await replay(6)));
  });

  it("should go on over a WebSocket after the node was away for longer than viem tries to connect again", async () => {
    const [agent] = world.members;
    const way = await interruptible(world.port);
    let failures = 0;
    // viem connects in the background on behalf of attempts that failed; alive, such a socket would keep this process so.
    const transport = webSocket(way.url.replace("http", "ws"), { keepAlive: false, reconnect: { delay: 50 } });
    const client = createClient({ chain: hardhat, transport, pollingInterval: 20 });
    const watcher = collect((signal) => watchEvents(client, { fromBlock: 0n, onError: () => failures++, signal }));
    await watcher.until(2);
    await way.cut();
    await agent.pulseSync({ id: 1 });
    // Past viem's own attempt, and until the watcher has let go of the socket.
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(failures).to.be.greaterThan(0);
    await way.mend();
    await agent.suspendSync({ id: 1 });
    expect((await watcher.until(5)).slice(2)).to.deep.equal(["+Pulse 1", ...suspended]);
    await watcher.stop();
    (await client.transport.getRpcClient()).close();
    await way.cut();
    expect(settle(watcher.seen)).to.deep.equal(kept(await replay(5)));
  });

  it("should take everything back when the node comes again with another chain on the same port", async () => {
    const watcher = watch({ fromBlock: 0n });
    await world.members[0].pulseSync({ id: 1 });
    await watcher.until(3);
    await world.close();
    world = await openWorld(world.port, start);
    await world.members[1].registerSync({ agentURI: "b" });
    const after = (await watcher.until(8)).slice(3);
    await watcher.stop();
    expect(after.slice(0, 3)).to.deep.equal(
      ["-Pulse 1", "-Registered 1", "-MetadataSet 1"].sort((a, b) => order(a) - order(b)),
    );
    expect(settle(watcher.seen)).to.deep.equal(kept(await replay(2)));

    function order(report: string): number {
      return -watcher.seen.findIndex((event) => brief(event) === report.replace("-", "+"));
    }
  });

  it("should end quietly on the signal, even before it began and while the node does not answer", async () => {
    await collect(() => watchEvents(world.members[0], { signal: AbortSignal.abort() })).stop();
    const nobody = watch({}, "http://127.0.0.1:1");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await nobody.stop();
    expect(nobody.seen).to.deep.equal([]);
  });

  it("should end with the error that onError throws", async () => {
    const stop = new Error("enough");
    const client = createClient({ chain: hardhat, transport: http("http://127.0.0.1:1", { retryCount: 0 }) });
    const onError = () => {
      throw stop;
    };
    expect(await rejection(watchEvents(client, { onError }).next())).to.equal(stop);
  });
});
