import { isExpectedCode, productionAddresses, productionParameters, shortAddresses } from "@tenure/sdk";
import { registryArtifacts } from "@tenure/sdk/bytecode";
import { expect } from "chai";
import { network } from "hardhat";
import { deployTenure } from "../../contracts/ts/hardhat.ts";
import { deployments, identityRegistryAbi, shortAddresses as shortOfContracts } from "../../contracts/ts/index.ts";

describe("deployTenure, for the tests of others", () => {
  const connect = () => network.create();

  it("should put what the SDK expects where the SDK expects it", async () => {
    const connection = await connect();
    const addresses = await deployTenure(connection);
    expect(addresses).to.deep.equal(productionAddresses);
    const client = await connection.viem.getPublicClient();
    for (const [name, artifact] of Object.entries(registryArtifacts)) {
      const code = await client.getCode({ address: addresses[name as keyof typeof addresses] });
      expect(isExpectedCode(code ?? "0x", artifact), name).to.equal(true);
    }
    const address = addresses.identityRegistry;
    const maxSilence = await client.readContract({ address, abi: identityRegistryAbi, functionName: "maxSilence" });
    expect(maxSilence).to.equal(productionParameters.maxSilence);
  });

  it("should leave alone what is there already", async () => {
    const connection = await connect();
    await deployTenure(connection);
    const client = await connection.viem.getPublicClient();
    const block = await client.getBlockNumber();
    expect(await deployTenure(connection)).to.deep.equal(productionAddresses);
    expect(await client.getBlockNumber()).to.equal(block);
  });

  it("should do with being called twice at once", async () => {
    const connection = await connect();
    const both = await Promise.all([deployTenure(connection), deployTenure(connection)]);
    expect(both).to.deep.equal([productionAddresses, productionAddresses]);
  });

  it("should say what stands where something else is at its addresses", async () => {
    const holding = async (address: string) => {
      const connection = await connect();
      await connection.provider.request({ method: "hardhat_setCode", params: [address, "0x6001"] });
      return deployTenure(connection).catch(({ message }: Error) => message);
    };
    expect(await holding(deployments.deployer.address)).to.match(
      /^Something else than the deterministic deployment proxy/,
    );
    expect(await holding(productionAddresses.identityRegistry)).to.match(
      /^VouchRegistry could not be put at 0x\w{40}\. .+ hold something else where Tenure's contracts belong\. It says: \S/,
    );
  });

  it("should make every day a minute where it is asked to, beside the other deployment", async () => {
    const connection = await connect();
    await deployTenure(connection);
    expect(await deployTenure(connection, { parameters: "short" })).to.deep.equal(shortAddresses);
    expect(shortOfContracts).to.deep.equal(shortAddresses);
    const client = await connection.viem.getPublicClient();
    const address = shortAddresses.identityRegistry;
    const maxSilence = await client.readContract({ address, abi: identityRegistryAbi, functionName: "maxSilence" });
    expect(maxSilence).to.equal(deployments.short.parameters.maxSilence);
  });

  it("should refuse parameters that it does not know", async () => {
    // @ts-expect-error a program without types can ask for it
    const attempt = deployTenure(await connect(), { parameters: "long" });
    const message = 'parameters is "long"; it can be "production" or "short". @tenure/sdk deploys with others.';
    expect(await attempt.catch(({ message }: Error) => message)).to.equal(message);
  });

  it("should say so where the chain has no account", async () => {
    const { provider } = await connect();
    const request = async ({ method, params }: { method: string; params?: unknown[] }) =>
      method === "eth_accounts" ? [] : provider.request({ method, params: params ?? [] });
    const message = "The network has no account to deploy Tenure with. Give it `accounts` in hardhat.config.ts.";
    const attempt = deployTenure({ provider: { request } });
    expect(await attempt.catch(({ message }: Error) => message)).to.equal(message);
  });

  it("should say so where the chain does not mine by itself", async () => {
    const connection = await connect();
    await connection.provider.request({ method: "evm_setAutomine", params: [false] });
    const attempt = deployTenure(connection);
    expect(await attempt.catch(({ message }: Error) => message)).to.match(
      /^RegistrationRenderer is not at 0xB1C6\S+ after transaction 0x[0-9a-f]{64}\. deployTenure needs a chain that mines/,
    );
  });

  it("should find after a block what it has sent to a chain that does not mine by itself", async () => {
    const connection = await connect();
    const client = await connection.viem.getPublicClient();
    await connection.provider.request({ method: "evm_setAutomine", params: [false] });
    const attempt = () => deployTenure(connection).catch(({ message }: Error) => message);
    expect(await attempt()).to.match(/ mine a block \(evm_mine\), and call deployTenure again\.$/);
    // Again too early: nothing is sent twice.
    expect(await attempt()).to.match(/^RegistrationRenderer is not at 0xB1C6\S+ yet\. deployTenure needs a chain that/);
    await connection.provider.request({ method: "evm_mine" });
    expect(await client.getBlockTransactionCount()).to.equal(Object.keys(productionAddresses).length);
    expect(await attempt()).to.deep.equal(productionAddresses);
    await connection.provider.request({ method: "evm_mine" });
    expect(await client.getBlockTransactionCount()).to.equal(0);
  });

  it("should say so where a transaction has put nothing there", async () => {
    const { provider } = await connect();
    const hash = `0x${"12".repeat(32)}`;
    const request = async ({ method, params }: { method: string; params?: unknown[] }) =>
      method === "eth_sendTransaction" ? hash : provider.request({ method, params: params ?? [] });
    expect(await deployTenure({ provider: { request } }).catch(({ message }: Error) => message)).to.match(
      new RegExp(`^RegistrationRenderer could not be put at .+ It says: Transaction ${hash} has put nothing there\\.$`),
    );
  });

  it("should leave another connection's chain alone", async () => {
    const [one, other] = await Promise.all([connect(), connect()]);
    await deployTenure(one);
    const client = await other.viem.getPublicClient();
    expect(await client.getCode({ address: productionAddresses.vouchRegistry })).to.equal(undefined);
    expect(await deployTenure(other)).to.deep.equal(productionAddresses);
  });

  describe("given something else than a connection", () => {
    const request = async () => "0x";
    for (const [what, given, told] of [
      ["nothing", undefined, "undefined"],
      ["null", null, "null"],
      ["a URL, which may hold a secret", "http://127.0.0.1:8545/secret", "a string"],
      ["an empty object", {}, "an object without provider.request"],
      ["a provider that is null", { provider: null }, "an object without provider.request"],
      ["a provider of another kind", { provider: { send: request } }, "an object without provider.request"],
      ["a viem client", { request, transport: {} }, "what sends requests itself, a client or a provider"],
      ["a promise", Promise.resolve({ provider: { request } }), "a promise, which has to be awaited"],
    ] as const) {
      it(`should say what to hand over: ${what}`, async () => {
        const refusal = await deployTenure(given as never).catch((error: unknown) => error);
        expect(refusal).to.be.instanceOf(TypeError);
        expect((refusal as Error).message).to.equal(
          `deployTenure was given ${told}. It needs Hardhat's connection, \`await network.create()\`, or { provider }, ` +
            "where provider has the function request of EIP-1193.",
        );
      });
    }

    for (const [options, told] of [
      [null, "null"],
      ["short", "a string"],
      [Symbol("short"), "a symbol"],
    ] as const) {
      it(`should say what the options can be: ${told}`, async () => {
        const refusal = await deployTenure(await connect(), options as never).catch((error: unknown) => error);
        expect(refusal).to.be.instanceOf(TypeError);
        expect((refusal as Error).message).to.equal(
          `The options of deployTenure are ${told}. Leave them out, or hand over an object: { parameters: "short" }.`,
        );
      });
    }

    for (const [parameters, told] of [
      [null, "null"],
      [["short"], "an object"],
      [Symbol("short"), "a symbol"],
    ] as const) {
      it(`should say what the parameters can be: ${told}`, async () => {
        const attempt = deployTenure(await connect(), { parameters: parameters as never });
        const message = `parameters is ${told}; it can be "production" or "short". @tenure/sdk deploys with others.`;
        expect(await attempt.catch(({ message }: Error) => message)).to.equal(message);
      });
    }
  });

  it("should say so where the chain's clock stands before period 0", async () => {
    const connection = await connect();
    const { provider } = connection;
    const request = async ({ method, params }: { method: string; params?: unknown[] }) => {
      const answer = await provider.request({ method, params: params ?? [] });
      return method === "eth_getBlockByNumber" ? { ...(answer as object), timestamp: "0x1" } : answer;
    };
    const message = await deployTenure({ provider: { request } }).catch(({ message }: Error) => message);
    expect(message).to.equal(
      "The chain's clock stands at 1970-01-01T00:00:01.000Z; the registries begin at 2026-01-01T00:00:00.000Z. " +
        "Start the chain later, or put its clock forward, before deployTenure.",
    );
  });
});
