import { expect } from "chai";
import { type Address, createClient, type Hex, http, keccak256, numberToHex } from "viem";
import { hardhat } from "viem/chains";
import { type Guard, guarded } from "../../../test/utils/guarded.ts";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import {
  delegationRegistryCodeHash,
  type GrantReference,
  getDelegationStatus,
  getDelegationStatuses,
  shortAddresses,
} from "../../index.ts";

const handleOf = (number: number): Hex => numberToHex(number, { size: 32 });
const NOWHERE: Address = "0x00000000000000000000000000000000000000AA";

/** What some nodes refuse: code that is not deployed. */
const withoutCreation: Guard["request"] = ({ method, params: [call] }) =>
  method === "eth_call" && !(call as { to?: Address }).to
    ? { code: -32_000, message: "contract creation is not supported" }
    : undefined;

onEachNode("getDelegationStatuses", (start) => {
  let world: World;
  /** Issuers 0 and 1 have revoked handle 1, and are in epochs 2 and 1. */
  let grants: GrantReference[];
  before(async () => {
    world = await openWorld(0, start);
    const [one, two] = world.members;
    for (const agent of [one, two]) await agent.revokeDelegationSync({ handle: handleOf(1) });
    for (const agent of [one, one, two]) await agent.advanceDelegationEpochSync({});
    grants = [one, two, world.members[2]].flatMap(({ account }) => [
      { issuer: account.address, handle: handleOf(1) },
      { issuer: account.address, handle: handleOf(2) },
    ]);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world?.close());

  const found = [
    { isRevoked: true, epoch: 2n },
    { isRevoked: false, epoch: 2n },
    { isRevoked: true, epoch: 1n },
    { isRevoked: false, epoch: 1n },
    { isRevoked: false, epoch: 0n },
    { isRevoked: false, epoch: 0n },
  ];
  const connect = (url: string) => createClient({ chain: hardhat, transport: http(url, { retryCount: 0 }) });
  const behind = async (guard: Guard) => {
    const { url, seen, close } = await guarded(world.url, guard);
    // The chain is asked for once per client.
    const methods = () => seen.requests.splice(0).flatMap(({ method }) => (method === "eth_chainId" ? [] : [method]));
    return { client: connect(url), methods, close };
  };

  it("should ask once about a whole chain of grants, and say of which block it is", async () => {
    const { client, methods, close } = await behind({});
    const { number, timestamp } = await world.members[0].getBlock();
    const answer = await getDelegationStatuses(client, { grants, blockNumber: number });
    expect(answer).to.deep.equal({ statuses: found, block: { number, timestamp: Number(timestamp) } });
    expect(methods()).to.deep.equal(["eth_call"]);
    expect((await getDelegationStatuses(client, { grants })).statuses).to.deep.equal(found);
    expect(methods()).to.deep.equal(["eth_call"]);
    await close();
  });

  it("should ask about as many as fit, about none, and refuse more", async () => {
    const client = connect(world.url);
    const many = Array.from({ length: 256 }, (_, index) => grants[index % grants.length] as GrantReference);
    const { statuses } = await getDelegationStatuses(client, { grants: many });
    expect(statuses).to.deep.equal(many.map((_, index) => found[index % found.length]));
    expect((await getDelegationStatuses(client, { grants: [] })).statuses).to.deep.equal([]);
    const error = await rejection(getDelegationStatuses(client, { grants: [...many, ...grants.slice(0, 1)] }));
    expect(error).to.include({ name: "TooManyGrantsError" });
    expect(error.message).to.include("257 grants").and.include("256 at most");
  });

  it("should read what was, at an earlier block", async () => {
    const [one] = world.members;
    const { number } = await one.getBlock();
    await one.advanceDelegationEpochSync({});
    const { address: issuer } = one.account;
    const past = await one.getDelegationStatus({ issuer, handle: handleOf(1), blockNumber: number });
    expect([past.epoch, (await one.getDelegationStatus({ issuer, handle: handleOf(1) })).epoch]).to.deep.equal([
      2n,
      3n,
    ]);
  });

  it("given a node that runs no code but what is deployed, should ask for each at one block", async () => {
    const { client, methods, close } = await behind({ request: withoutCreation });
    const { number, timestamp } = await world.members[0].getBlock();
    const answer = await getDelegationStatuses(client, { grants });
    expect(answer).to.deep.equal({ statuses: found, block: { number, timestamp: Number(timestamp) } });
    const asked = methods();
    expect(asked.filter((method) => method === "eth_call")).to.have.length(grants.length + 1);
    await close();
  });

  it("should say that nothing is at the registry's address", async () => {
    const addresses = { ...shortAddresses, delegationRegistry: NOWHERE };
    const asked = getDelegationStatus(connect(world.url), { ...(grants[0] as GrantReference), addresses });
    const error = await rejection(asked);
    expect(error.name).to.equal("RegistryNotDeployedError");
    expect(error.message).to.include(NOWHERE);
  });

  it("should believe no other code, though it answers alike, unless its hash is named", async () => {
    const [one] = world.members;
    // Answers two words, whatever it is asked: not revoked, epoch 0.
    const bytecode: Hex = "0x60406000f3";
    await one.setCode({ address: NOWHERE, bytecode });
    const addresses = { ...shortAddresses, delegationRegistry: NOWHERE };
    for (const guard of [{}, { request: withoutCreation }]) {
      const { client, close } = await behind(guard);
      const error = await rejection(getDelegationStatuses(client, { grants, addresses }));
      expect(error.name).to.equal("ForeignDelegationRegistryError");
      expect(error.message).to.include(keccak256(bytecode)).and.include(delegationRegistryCodeHash);
      const codeHash = keccak256(bytecode);
      const { statuses } = await getDelegationStatuses(client, { grants, addresses, codeHash });
      expect(statuses).to.deep.equal(grants.map(() => ({ isRevoked: false, epoch: 0n })));
      await close();
    }
  });

  it("should say that other code is there, also where it answers what is no status", async () => {
    const [one] = world.members;
    const addresses = { ...shortAddresses, delegationRegistry: NOWHERE };
    // Neither revoked nor not, an epoch of more than 64 bits, one word, nothing, and a refusal.
    for (const bytecode of [
      "0x600260005260406000f3",
      "0x60001960205260406000f3",
      "0x60206000f3",
      "0x00",
      "0xfe",
    ] as const) {
      await one.setCode({ address: NOWHERE, bytecode });
      for (const guard of [{}, { request: withoutCreation }]) {
        const { client, close } = await behind(guard);
        const error = await rejection(getDelegationStatuses(client, { grants, addresses }));
        expect(error.name, bytecode).to.equal("ForeignDelegationRegistryError");
        expect(error.message).to.include(keccak256(bytecode)).and.include(delegationRegistryCodeHash);
        await close();
      }
    }
  });

  it("should take nothing for a status that is none", async () => {
    const [one] = world.members;
    // Two words: neither revoked nor not, and an epoch of more than 64 bits.
    const odd: [Hex, string][] = [
      ["0x600260005260406000f3", "ContractFunctionExecutionError"],
      ["0x60001960205260406000f3", "RegistryNotDeployedError"],
    ];
    for (const [bytecode, name] of odd) {
      await one.setCode({ address: NOWHERE, bytecode });
      const addresses = { ...shortAddresses, delegationRegistry: NOWHERE };
      const codeHash = keccak256(bytecode);
      const asked = getDelegationStatuses(connect(world.url), { grants, addresses, codeHash });
      expect((await rejection(asked)).name, bytecode).to.equal(name);
    }
  });

  it("should refuse what is no issuer and what is no handle", async () => {
    const client = connect(world.url);
    const issuer = world.members[0].account.address;
    const wrong = [
      [{ issuer: "0x12", handle: handleOf(1) }, "InvalidAddressError"],
      [{ issuer, handle: "0x12" }, "InvalidBytes32Error"],
    ] as const;
    for (const [grant, name] of wrong) {
      expect((await rejection(getDelegationStatus(client, grant))).name).to.equal(name);
    }
  });
});
