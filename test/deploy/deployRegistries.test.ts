import {
  agentLinksAbi,
  type DeploymentParameters,
  delegationRegistryCodeHash,
  deploymentSalt,
  deployRegistries,
  deterministicDeployer,
  deterministicDeployerCode,
  deterministicDeployerCost,
  deterministicDeployerGasPrice,
  deterministicDeployerSigner,
  deterministicDeployerTransaction,
  identityRegistryAbi,
  planDeployment,
  productionAddresses,
  productionParameters,
  type RegistryAddresses,
  registryLensAbi,
  shortAddresses,
  shortParameters,
  vouchRegistryAbi,
} from "@tenure/sdk";
import { registryArtifacts } from "@tenure/sdk/bytecode";
import { expect } from "chai";
import {
  type Address,
  concatHex,
  getAddress,
  getContractAddress,
  keccak256,
  parseEther,
  parseGwei,
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerializedLegacy,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { testKeys } from "../../sdk/test/utils/localChain.ts";
import { rejection } from "../../sdk/test/utils/rejection.ts";
import { type Host, hosts } from "./hosts.ts";

describe("deterministic deployment proxy", () => {
  describe("given its well-known transaction", () => {
    it("should come from the signer that is funded", async () => {
      const serializedTransaction = deterministicDeployerTransaction as TransactionSerializedLegacy;
      expect(await recoverTransactionAddress({ serializedTransaction })).to.equal(deterministicDeployerSigner);
    });

    it("should arrive at the proxy's address", () => {
      const address = getContractAddress({ from: deterministicDeployerSigner, nonce: 0n });
      expect(address).to.equal(deterministicDeployer);
    });

    it("should cost at most what is sent to the signer", () => {
      const { gas = 0n, gasPrice = 0n } = parseTransaction(deterministicDeployerTransaction);
      expect(gasPrice).to.equal(deterministicDeployerGasPrice);
      expect(gas * gasPrice).to.equal(deterministicDeployerCost);
    });
  });
});

for (const { name, isAvailable, open } of hosts) {
  describe(`deployRegistries on ${name}`, () => {
    let host: Host;
    before(async function () {
      if (!isAvailable()) this.skip(); // anvil comes with `npm run anvil:install`
      host = await open();
    });
    after(async () => host?.close());

    for (const { set, parameters, addresses } of [
      { set: "production", parameters: productionParameters, addresses: productionAddresses },
      { set: "short", parameters: shortParameters, addresses: shortAddresses },
    ]) {
      describe(`given a chain without the registries, when the ${set} parameters are used`, () => {
        it("should deploy each at the address in the SDK's book", async () => {
          const deployed = await deployRegistries(host.client, { parameters });
          expect(deployed.addresses).to.deep.equal(addresses);
          for (const { contract, hash, address } of deployed.contracts) {
            // These have no parameters: production's serve the short ones too.
            const isShared = contract === "registrationRenderer" || contract === "delegationRegistry";
            if (isShared && set === "short") expect(hash).to.equal(undefined);
            else expect(hash).to.match(/^0x[0-9a-f]{64}$/);
            expect(await host.client.getCode({ address })).to.not.equal(undefined);
          }
        });

        it("should give the contracts these parameters, and each other", async () => {
          expect(await readParameters(host, addresses)).to.deep.equal({
            ...parameters,
            renderer: addresses.registrationRenderer,
            identities: addresses.identityRegistry,
            vouches: addresses.vouchRegistry,
            linked: addresses.identityRegistry,
          });
        });

        it("should have put the proxy there with its own transaction", async () => {
          expect(await host.client.getCode({ address: deterministicDeployer })).to.equal(deterministicDeployerCode);
        });
      });

      describe(`given the registries with the ${set} parameters are there`, () => {
        it("should leave them alone and send nothing", async () => {
          const nonce = await host.client.getTransactionCount({ address: host.client.account.address });
          const { addresses: found, contracts } = await deployRegistries(host.client, { parameters });
          expect(found).to.deep.equal(addresses);
          expect(contracts.map(({ hash }) => hash)).to.deep.equal(contracts.map(() => undefined));
          expect(contracts).to.have.length(6);
          expect(await host.client.getTransactionCount({ address: host.client.account.address })).to.equal(nonce);
        });
      });
    }

    describe("given a deployment that stopped half way", () => {
      it("should complete it", async () => {
        const parameters = { ...shortParameters, origin: shortParameters.origin + 60 };
        // The registry of identities does not know the origin: it is there already, with what it asks and what links to it.
        const { contracts } = await deployRegistries(host.client, { parameters });
        expect(contracts.map(({ hash }) => hash !== undefined)).to.deep.equal([false, false, true, true, false, false]);
      });
    });

    describe("given a deployment from before there was a registry of revocations", () => {
      it("should add that, and leave the others alone", async () => {
        const { client, close } = await open();
        try {
          await client.setCode({ address: deterministicDeployer, bytecode: deterministicDeployerCode });
          const plan = planDeployment(shortParameters, registryArtifacts);
          for (const { contract, initCode } of plan) {
            if (contract === "delegationRegistry") continue;
            const hash = await client.sendTransaction({
              to: deterministicDeployer,
              data: concatHex([deploymentSalt, initCode]),
            });
            await client.waitForTransactionReceipt({ hash });
          }
          const { addresses, contracts } = await deployRegistries(client, { parameters: shortParameters });
          expect(addresses).to.deep.equal(shortAddresses);
          const added = contracts.filter(({ hash }) => hash !== undefined);
          expect(added.map(({ contract }) => contract)).to.deep.equal(["delegationRegistry"]);
          const code = await client.getCode({ address: addresses.delegationRegistry });
          expect(keccak256(code ?? "0x")).to.equal(delegationRegistryCodeHash);
        } finally {
          await close();
        }
      });
    });

    describe("given foreign code at an expected address", () => {
      it("should refuse by name and deploy nothing", async () => {
        const parameters = { ...shortParameters, maxSilence: 77 };
        const before = await snapshot(host);
        const plan = await planOf(host, parameters);
        await before.revert();
        await host.client.setCode({ address: plan.registryLens, bytecode: "0x6001600101" });

        const error = await rejection(deployRegistries(host.client, { parameters }));
        expect(error.name).to.equal("ForeignCodeError");
        expect(error.message).to.include(`${plan.registryLens} holds code that is not the registryLens.`);
        expect(await host.client.getCode({ address: plan.identityRegistry })).to.equal(undefined);
        expect(await host.client.getCode({ address: plan.vouchRegistry })).to.equal(undefined);
      });

      it("should refuse code that differs in one byte", async () => {
        const address = shortAddresses.identityRegistry;
        const code = await host.client.getCode({ address });
        if (code === undefined) throw new TypeError("The registry is missing.");
        const before = await snapshot(host);
        const last = code.endsWith("00") ? "01" : "00";
        await host.client.setCode({ address, bytecode: `${code.slice(0, -2)}${last}` as `0x${string}` });
        const error = await rejection(deployRegistries(host.client, { parameters: shortParameters }));
        await before.revert();
        expect(error.name).to.equal("ForeignCodeError");
      });

      it("should refuse a proxy that is another", async () => {
        const before = await snapshot(host);
        await host.client.setCode({ address: deterministicDeployer, bytecode: "0x6001600101" });
        const parameters = { ...shortParameters, maxSilence: 78 };
        const error = await rejection(deployRegistries(host.client, { parameters }));
        await before.revert();
        expect(error.name).to.equal("ForeignCodeError");
        expect(error.message).to.include(deterministicDeployer);
      });
    });

    describe("given the right code made with other parameters", () => {
      it("should refuse by name and say which differs", async () => {
        const before = await snapshot(host);
        const parameters = { ...shortParameters, cap: 999, recoveryDelay: shortParameters.recoveryDelay };
        const { vouchRegistry } = await planOf(host, parameters);
        const bytecode = await host.client.getCode({ address: vouchRegistry });
        if (bytecode === undefined) throw new TypeError("The registry is missing.");
        await host.client.setCode({ address: shortAddresses.vouchRegistry, bytecode });
        const error = await rejection(deployRegistries(host.client, { parameters: shortParameters }));
        await before.revert();
        expect(error.name).to.equal("ForeignParametersError");
        expect(error.message).to.include(`${shortAddresses.vouchRegistry} has 999 as cap, and not 1000.`);
      });

      it("should notice a registry that belongs to another", async () => {
        const before = await snapshot(host);
        const { registryLens } = await planOf(host, { ...shortParameters, cap: 998 });
        const bytecode = await host.client.getCode({ address: registryLens });
        if (bytecode === undefined) throw new TypeError("The lens is missing.");
        await host.client.setCode({ address: shortAddresses.registryLens as Address, bytecode });
        const error = await rejection(deployRegistries(host.client, { parameters: shortParameters }));
        await before.revert();
        expect(error.name).to.equal("ForeignParametersError");
        expect(error.message).to.include("as vouches");
      });
    });

    describe("given a chain without anything and two who deploy at once", () => {
      for (const { who, second } of [
        { who: "two accounts", second: testKeys[1] },
        { who: "one account", second: testKeys[0] },
      ]) {
        for (const mining of ["each transaction is mined at once", "blocks come now and then"]) {
          it(`should end well for both, from ${who}, where ${mining}`, async () => {
            const { client, close } = await open();
            let mined = Promise.resolve();
            let isOver = false;
            try {
              if (mining !== "each transaction is mined at once") {
                await client.setAutomine(false);
                mined = (async () => {
                  while (!isOver) {
                    await client.mine({ blocks: 1 });
                    await new Promise((resolve) => setTimeout(resolve, 100));
                  }
                })();
              }
              const account = privateKeyToAccount(second);
              const results = await Promise.all([
                deployRegistries(client, { parameters: shortParameters }),
                deployRegistries(client, { parameters: shortParameters, account }),
              ]);
              for (const { addresses } of results) expect(addresses).to.deep.equal(shortAddresses);
              const hashes = results.flatMap(({ contracts }) => contracts.map(({ hash }) => hash)).filter(Boolean);
              // What one account sends twice with one nonce is one transaction, of which both know.
              expect(new Set(hashes).size).to.equal(6);
              const again = await deployRegistries(client, { parameters: shortParameters });
              expect(again.contracts.every(({ hash }) => hash === undefined)).to.equal(true);
            } finally {
              isOver = true;
              await mined;
              await close();
            }
          });
        }
      }
    });

    describe("given an account that cannot pay", () => {
      const poor = privateKeyToAccount(`0x${"7e".repeat(32)}`);
      const deploy = (client: Host["client"]) =>
        deployRegistries(client, { parameters: { ...shortParameters, maxSilence: 78 }, account: poor });

      it("should say so where the proxy is missing, and what is missing for it", async () => {
        const { client, close } = await open();
        try {
          await client.setBalance({ address: poor.address, value: 1n });
          const error = await rejection(deploy(client));
          expect(error.name).to.equal("InsufficientEtherError");
          expect(error.message).to.match(/^0x\w{40} has 0\.000000000000000001 ether, and this transaction takes 0\.01/);
          expect(error.message).to.include(poor.address);
          expect(await client.getBalance({ address: deterministicDeployerSigner })).to.equal(0n);
        } finally {
          await close();
        }
      });

      it("should say so where the proxy is there, and how much the contract takes", async () => {
        await deployRegistries(host.client, { parameters: shortParameters });
        for (const value of [0n, 1n, 21_000n * (await host.client.getGasPrice())]) {
          await host.client.setBalance({ address: poor.address, value });
          const error = await rejection(deploy(host.client));
          expect(error.name).to.equal("InsufficientEtherError");
          const [, needed = "0"] = /takes (0\.\d+)\./.exec(error.message) ?? [];
          expect(parseEther(needed) > 1_000_000n * ((await host.client.getGasPrice()) / 2n), needed).to.equal(true);
        }
        expect(await host.client.getTransactionCount({ address: poor.address })).to.equal(0);
      });
    });

    describe("given a chain without the proxy where gas costs more than its transaction pays", () => {
      it("should say so before it sends anything to the proxy's signer", async () => {
        const { client, close } = await open();
        try {
          await client.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei("300") });
          await client.mine({ blocks: 1 });
          const error = await rejection(deployRegistries(client, { parameters: shortParameters }));
          expect(error.name).to.equal("DeployerUnavailableError");
          expect(error.message).to.include(deterministicDeployer);
          expect(error.message).to.include("pays 100 gwei");
          expect(await client.getBalance({ address: deterministicDeployerSigner })).to.equal(0n);
          expect(await client.getCode({ address: shortAddresses.identityRegistry })).to.equal(undefined);
        } finally {
          await close();
        }
      });
    });

    describe("given an origin in the chain's future", () => {
      it("should refuse before anything is sent", async () => {
        const { timestamp } = await host.client.getBlock();
        const parameters = { ...shortParameters, maxSilence: 79, origin: Number(timestamp) + 1_000 };
        const nonce = await host.client.getTransactionCount({ address: host.client.account.address });
        const error = await rejection(deployRegistries(host.client, { parameters }));
        expect(error.name).to.equal("OriginAheadError");
        expect(await host.client.getTransactionCount({ address: host.client.account.address })).to.equal(nonce);
      });
    });
  });
}

/** Where a deployment would go, found by doing it. */
async function planOf(host: Host, parameters: DeploymentParameters): Promise<Required<RegistryAddresses>> {
  const { addresses } = await deployRegistries(host.client, { parameters });
  return addresses as Required<RegistryAddresses>;
}

async function snapshot({ client }: Host): Promise<{ revert: () => Promise<void> }> {
  const id = await client.snapshot();
  return { revert: () => client.revert({ id }) };
}

async function readParameters({ client }: Host, addresses: RegistryAddresses) {
  const { identityRegistry, vouchRegistry, registryLens, agentLinks } = addresses;
  const identity = { abi: identityRegistryAbi, address: identityRegistry } as const;
  const vouch = { abi: vouchRegistryAbi, address: vouchRegistry } as const;
  return {
    maxSilence: await client.readContract({ ...identity, functionName: "maxSilence" }),
    recoveryDelay: await client.readContract({ ...identity, functionName: "recoveryDelay" }),
    origin: await client.readContract({ ...vouch, functionName: "origin" }),
    unit: await client.readContract({ ...vouch, functionName: "unit" }),
    period: await client.readContract({ ...vouch, functionName: "period" }),
    cap: await client.readContract({ ...vouch, functionName: "cap" }),
    renderer: getAddress(await client.readContract({ ...identity, functionName: "renderer" })),
    linked: getAddress(
      await client.readContract({
        abi: agentLinksAbi,
        address: agentLinks as Address,
        functionName: "identities",
      }),
    ),
    identities: getAddress(await client.readContract({ ...vouch, functionName: "identities" })),
    vouches: getAddress(
      await client.readContract({
        abi: registryLensAbi,
        address: registryLens as Address,
        functionName: "vouches",
      }),
    ),
  };
}
