import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { expect } from "chai";
import { type Chain, createClient, http, publicActions, zeroAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat, mainnet } from "viem/chains";
import { faulty } from "../../test/utils/faulty.ts";
import { guarded } from "../../test/utils/guarded.ts";
import { testKeys } from "../../test/utils/localChain.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  getHistory,
  getIdentity,
  getProfile,
  pulse,
  requireChain,
  requireRegistries,
  setAgentURI,
  shortAddresses,
  signPulse,
  signRegister,
  suspend,
  watchEvents,
} from "../index.ts";
import { loadTrustGraph } from "../trust/index.ts";

const account = privateKeyToAccount(testKeys[0]);
const clientAt = (url: string, chain: Chain = hardhat) =>
  createClient({ account, chain, transport: http(url, { retryCount: 0, timeout: 300 }) });

const onError = (error: unknown) => {
  throw error;
};

describe("errors of the network", () => {
  describe("given nobody answers", () => {
    const client = clientAt("http://user:secret@127.0.0.1:1/v2/secret?key=secret");
    const attempts = {
      getIdentity: () => getIdentity(client, { id: 1 }),
      getProfile: () => getProfile(client, { id: 1 }),
      getHistory: () => getHistory(client, { id: 1 }),
      pulse: () => pulse(client, { id: 1 }),
      requireChain: () => requireChain(client),
      requireRegistries: () => requireRegistries(client, { addresses: shortAddresses }),
      signRegister: () => signRegister(client, {}),
      signPulse: () => signPulse(client, { id: 1 }),
      watchEvents: () => watchEvents(client, { onError }).next(),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      it(`should say so in a sentence, without the secrets of its URL, from ${name}`, async () => {
        const error = await rejection(attempt());
        expect(error.name).to.equal("NodeUnreachableError");
        expect(error).to.have.property("shortMessage", "The node at 127.0.0.1:1 does not answer.");
        // As it is printed: with its stack, its fields and its causes.
        expect(inspect(error, { depth: 16, showHidden: true })).to.not.include("secret");
      });
    }
  });

  describe("given something else answers", () => {
    let server: Server;
    let url: string;
    let answer: RequestListener;
    before(async () => {
      server = createServer((request, response) => answer(request, response));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/secret`;
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it("should give the status, and what it means", async () => {
      for (const [status, advice] of [
        [429, "asked too often"],
        [401, "whether the key in it is still good"],
        [413, "ask for less"],
        [502, "try again, or ask another node"],
      ] as const) {
        answer = (_, response) => response.writeHead(status).end();
        const error = await rejection(getIdentity(clientAt(url), { id: 1 }));
        expect(error).to.deep.include({ name: "NodeRefusedError", status });
        expect(error.message).to.include(`refused the request with status ${status}.`).and.include(advice);
        expect(inspect(error, { depth: 16 })).to.not.include("secret");
      }
    });

    it("should say what the node said as a part of one sentence", async () => {
      const saying = (error: object, status = 200): RequestListener => {
        return (_, response) => response.writeHead(status).end(JSON.stringify({ jsonrpc: "2.0", id: 1, error }));
      };
      for (const [words, said] of [
        [
          "Internal JSON-RPC error.\n  at line 5. ",
          "could not answer: Internal JSON-RPC error. at line 5 (code -32603).",
        ],
        ["", "could not answer: code -32603."],
        ["x".repeat(9_999), `could not answer: ${"x".repeat(240)}… (code -32603).`],
      ] as const) {
        answer = saying({ code: -32_603, message: words });
        const error = await rejection(getIdentity(clientAt(url), { id: 1 }));
        expect(error.name).to.equal("NodeFailedError");
        expect(error.message).to.include(said);
      }
      answer = saying({ code: -32_000, message: "Must be authenticated!" }, 401);
      expect(await rejection(getIdentity(clientAt(url), { id: 1 }))).to.deep.include({
        ...{ name: "NodeRefusedError", status: 401, code: -32_000 },
      });
    });

    it("should not wait for ever", async () => {
      answer = () => undefined;
      expect((await rejection(getIdentity(clientAt(url), { id: 1 }))).name).to.equal("NodeUnreachableError");
    });

    it("should take the URL out of an answer that is an error of the node", async () => {
      answer = (_, response) =>
        response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32_000, message: "too busy" } }));
      const error = await rejection(getIdentity(clientAt(url), { id: 1 }));
      const printed = inspect(error, { depth: 16, showHidden: true });
      expect(printed).to.include("too busy").and.not.include("secret");
    });
  });

  describe("given a chain", () => {
    let world: World;
    before(async () => {
      world = await openWorld();
      await world.members[0].registerSync({});
    });
    after(() => world.close());

    it("should say that the node is on another chain", async () => {
      const wrong = clientAt(world.url, { ...hardhat, id: mainnet.id });
      // Where the registries are at the same address on both chains, only a transaction asks for the chain.
      const here = shortAddresses;
      const nowhere = { identityRegistry: account.address, vouchRegistry: account.address };
      for (const attempt of [
        () => pulse(wrong, { id: 1, addresses: here }),
        () => getIdentity(wrong, { id: 1, addresses: nowhere }),
        () => getProfile(wrong, { id: 1, addresses: nowhere }),
        () => requireChain(wrong),
        () => requireChain(clientAt(world.url), 1),
        () => requireRegistries(wrong, { addresses: nowhere }),
      ]) {
        const error = await rejection(attempt());
        expect(error.name).to.equal("WrongChainError");
        expect(error.message).to.include("Chain 1 is expected, but the node is on chain 31337.");
      }
    });

    it("should believe no read where the registries answer on another chain: they have the same address on every one", async () => {
      const wrong = clientAt(world.url, { ...hardhat, id: mainnet.id });
      const addresses = shortAddresses;
      for (const read of [
        () => getIdentity(wrong, { id: 1, addresses }),
        () => getHistory(wrong, { id: 1, addresses }),
        () => loadTrustGraph(wrong, { addresses }),
        () => watchEvents(wrong, { addresses, fromBlock: 0n, onError }).next(),
      ]) {
        const error = await rejection(read());
        expect(error.name).to.equal("WrongChainError");
        expect(error.message).to.include("Chain 1 is expected, but the node is on chain 31337.");
      }
    });

    it("should ask for the chain once per client", async () => {
      const { url, seen, close } = await faulty(world.url, () => undefined);
      const client = clientAt(url);
      for (let i = 0; i < 3; i++) await getIdentity(client, { id: 1, addresses: shortAddresses });
      await getIdentity(client.extend(publicActions), { id: 1, addresses: shortAddresses });
      await close();
      expect(seen.filter(({ method }) => method === "eth_chainId")).to.have.length(1);
    });

    it("should say that no code is at the address", async () => {
      const addresses = { identityRegistry: account.address };
      const error = await rejection(getIdentity(clientAt(world.url), { id: 1, addresses }));
      expect(error.name).to.equal("RegistryNotDeployedError");
      expect(error.message).to.include(`No registry answers at ${account.address}.`);
    });

    it("should say which registry is not there, the first of them, and nothing where both are", async () => {
      const client = clientAt(world.url);
      expect(await requireChain(client)).to.equal(31_337);
      await requireRegistries(client, { addresses: shortAddresses });
      const { vouchRegistry } = shortAddresses;
      for (const addresses of [
        { identityRegistry: account.address, vouchRegistry },
        { identityRegistry: account.address, vouchRegistry: zeroAddress },
        { ...shortAddresses, vouchRegistry: account.address },
      ]) {
        const error = await rejection(requireRegistries(client, { addresses }));
        expect(error.name).to.equal("RegistryNotDeployedError");
        expect(error.message).to.include(`No registry answers at ${account.address}.`);
      }
    });

    it("should say so of a write that answers nothing, and look once", async () => {
      const [agent] = world.members;
      const { url, seen, close } = await guarded(world.url, {});
      const client = createClient({ account: agent.account, chain: hardhat, transport: http(url) });
      const lost = { id: 1, addresses: { identityRegistry: account.address } };
      // Of the two, a check-in answers something.
      for (const attempt of [
        ...[() => suspend(client, lost), () => suspend.simulate(client, lost), () => suspend.estimateGas(client, lost)],
        ...[() => pulse(client, lost), () => pulse.simulate(client, lost), () => pulse.estimateGas(client, lost)],
      ]) {
        const error = await rejection(attempt());
        expect(error.name).to.equal("RegistryNotDeployedError");
        expect(error.message).to.include(`No registry answers at ${account.address}.`);
      }
      expect(seen.requests.filter(({ method }) => method === "eth_sendRawTransaction")).to.deep.equal([]);
      seen.requests.length = 0;
      for (let round = 0; round < 3; round++) await setAgentURI(client, { id: 1, agentURI: "" });
      await close();
      expect(seen.requests.filter(({ method }) => method === "eth_getCode").length).to.equal(1);
    });

    it("should say that the account cannot pay", async () => {
      const [, , , poor] = world.members;
      await poor.setBalance({ address: poor.account.address, value: 1n });
      const error = await rejection(poor.register({}));
      expect(error.name).to.equal("InsufficientEtherError");
      expect(error.message).to.include("sign with `signRegister`, `signPulse` or alike.");
      expect(error.message).to.match(
        /0x90F7\w{36} has 0\.000000000000000001 ether, and this transaction takes 0\.0\d+\./,
      );
    });

    it("should say that an address has a typo", async () => {
      const typo = account.address.replace("f", "F") as `0x${string}`;
      const error = await rejection(getProfile(clientAt(world.url), { address: typo }));
      expect(error.name).to.equal("InvalidAddressError");
      expect(error.message).to.include(typo);
    });
  });
});
