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
