import { expect } from "chai";
import { type Address, createClient, encodeAbiParameters, http, zeroHash } from "viem";
import { mainnet } from "viem/chains";
import { vectorSigner } from "../../test/utils/grantKeys.ts";
import { type RegistryChain, startRegistryChain } from "../../test/utils/registryChain.ts";
import { nodeThat } from "../../test/utils/signers.ts";
import { registryStatus } from "./registryStatus.ts";

describe("a registry of revocations by its node", () => {
  const account = vectorSigner("root").address.toLowerCase() as Address;
  const question = { chainId: 1, registry: `0x${"99".repeat(20)}`, account, handle: zeroHash } as const;

  describe("on a real chain", () => {
    let chain: RegistryChain;
    before(async () => {
      chain = await startRegistryChain();
    });
    after(() => chain.close());

    it("should say what is there, in the order of the questions", async () => {
      const handle = `0x${"ab".repeat(32)}` as const;
      await chain.revoke(vectorSigner("root"), handle);
      await chain.advanceEpoch(vectorSigner("root"), 2);
      const source = registryStatus(new Map([["1", chain.client]]));
      const questions = [zeroHash, handle].map((one) => ({ ...question, registry: chain.registry, handle: one }));
      expect(await source.statuses(questions)).to.deep.equal([
        { isRevoked: false, epoch: 2n },
        { isRevoked: true, epoch: 2n },
      ]);
    });

    it("should be asked everything in one request where the client bundles", async () => {
      let requests = 0;
      const onFetchRequest = () => {
        requests += 1;
      };
      const client = createClient({ chain: mainnet, transport: http(chain.url, { batch: true, onFetchRequest }) });
      const questions = [1, 2, 3].map(() => ({ ...question, registry: chain.registry }));
      expect(await registryStatus(new Map([["1", client]])).statuses(questions)).to.have.length(3);
      expect(requests).to.equal(1);
    });

    it("should say nothing where no registry is", async () => {
      const source = registryStatus(new Map([["1", chain.client]]));
      const error = await Promise.resolve(source.statuses([question])).catch((reason: unknown) => reason);
      expect(error).to.have.property("name", "StatusUnknownError");
    });
  });

  const word = (value: bigint) => encodeAbiParameters([{ type: "uint256" }], [value]).slice(2);
  const good = `0x${word(0n)}${word(7n)}`;
  const node = (status: unknown, chainId: unknown = "0x1") =>
    nodeThat((method) => (method === "eth_chainId" ? chainId : status));

  it("should take two words, asked for once each with the number of the chain", async () => {
    const { client, asked } = node(good);
    expect(await registryStatus(new Map([["1", client]])).statuses([question, question])).to.deep.equal([
      { isRevoked: false, epoch: 7n },
      { isRevoked: false, epoch: 7n },
    ]);
    expect(asked.sort()).to.deep.equal(["eth_call", "eth_call", "eth_chainId"]);
  });

  const bad: Readonly<Record<string, [status: unknown, chainId?: unknown]>> = {
    "answers nothing": ["0x"],
    "answers one word": [`0x${word(0n)}`],
    "answers three words": [`${good}${word(0n)}`],
    "answers what is no yes or no": [`0x${word(2n)}${word(7n)}`],
    "answers an epoch of more than 64 bits": [`0x${word(0n)}${word(2n ** 64n)}`],
    "answers null": [null],
    "answers no hex": [`0x${"zz".repeat(64)}`],
    "is of another chain": [good, "0x5"],
    "does not know its chain": [good, null],
  };
  for (const [what, [status, chainId = "0x1"]] of Object.entries(bad)) {
    it(`should say nothing where its node ${what}`, async () => {
      const source = registryStatus(new Map([["1", node(status, what.includes("not know") ? null : chainId).client]]));
      const error = await Promise.resolve(source.statuses([question])).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(Error);
    });
  }

  it("should say nothing of a chain without a node", async () => {
    const source = registryStatus(new Map([["1", node(good).client]]));
    const error = await Promise.resolve(source.statuses([{ ...question, chainId: 5 }])).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(Error);
  });
});
