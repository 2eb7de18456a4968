import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chooseParameters, isLocalChain, productionParameters, shortAddresses, shortParameters } from "@tenure/sdk";
import { expect } from "chai";
import { type DeploymentEnvironment, readEnvironment } from "../../scripts/lib/environment.ts";
import { recordDeployment } from "../../scripts/lib/record.ts";
import { startChain } from "../../sdk/test/utils/localChain.ts";
import { hardhatRun } from "../story/run.ts";

/** What the script and the command choose. */
function choose(chainId: number, environment: DeploymentEnvironment) {
  return chooseParameters(chainId, readEnvironment(environment));
}

describe("scripts/deploy.ts", () => {
  describe("chooseParameters", () => {
    it("should choose short units on a local chain and production elsewhere", () => {
      expect(choose(31_337, {})).to.deep.equal({ set: "short", parameters: shortParameters });
      expect(choose(1, {})).to.deep.equal({ set: "production", parameters: productionParameters });
      expect(choose(84_532, {})).to.deep.equal({ set: "production", parameters: productionParameters });
    });

    it("should do as the environment says", () => {
      expect(choose(84_532, { TENURE_PARAMETERS: "short" }).parameters).to.deep.equal(shortParameters);
      expect(choose(31_337, { TENURE_PARAMETERS: "production" }).parameters).to.deep.equal(productionParameters);
      const { parameters } = choose(31_337, { TENURE_ORIGIN: "1800000000" });
      expect(parameters).to.deep.equal({ ...shortParameters, origin: 1_800_000_000 });
    });

    it("should refuse a set that does not exist, an origin that is no time, and one in production", () => {
      expect(() => choose(1, { TENURE_PARAMETERS: "long" })).to.throw('TENURE_PARAMETERS is "long"');
      expect(() => choose(31_337, { TENURE_ORIGIN: "tomorrow" })).to.throw('TENURE_ORIGIN is "tomorrow"');
      expect(() => choose(1, { TENURE_ORIGIN: "1800000000" })).to.throw("short units only");
    });

    it("should refuse, of untyped callers too, a set that does not exist and an origin in production", () => {
      const untyped = { set: "long" as "short" };
      expect(() => chooseParameters(1, untyped)).to.throw('"long" is no set of parameters');
      expect(() => chooseParameters(31_337, { set: "production", origin: 1_800_000_000 })).to.throw("short units only");
    });

    it("should know local chains", () => {
      expect([31_337, 1_337, 1, 8_453].map(isLocalChain)).to.deep.equal([true, true, false, false]);
    });
  });

  describe("recordDeployment", () => {
    it("should write the same file each time, by chain id", async () => {
      const folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
      try {
        const record = { chainId: 5, addresses: shortAddresses, parameters: shortParameters };
        const file = await recordDeployment(path.join(folder, "deployments"), record);
        const first = await readFile(file, "utf8");
        await recordDeployment(path.join(folder, "deployments"), record);
        expect(path.basename(file)).to.equal("5.json");
        expect(await readFile(file, "utf8")).to.equal(first);
        expect(JSON.parse(first)).to.deep.equal(record);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  describe("given a node, when it is run twice", () => {
    let chain: Awaited<ReturnType<typeof startChain>>;
    before(async () => {
      chain = await startChain();
    });
    after(() => chain.close());

    it("should deploy, record and print the addresses, then find everything there", async () => {
      const first = await hardhatRun("scripts/deploy.ts", chain.url);
      expect(first.status, first.stderr).to.equal(0);
      expect(first.stdout).to.match(new RegExp(`vouchRegistry +${shortAddresses.vouchRegistry} +deployed`));
      expect(first.stdout).to.include("Recorded in deployments/31337.json");
      const second = await hardhatRun("scripts/deploy.ts", chain.url);
      expect(second.status, second.stderr).to.equal(0);
      expect(second.stdout).to.match(new RegExp(`vouchRegistry +${shortAddresses.vouchRegistry} +was there`));
    });

    it("should refuse parameters that make no sense, in one sentence, with status 1", async () => {
      const { status, stdout, stderr } = await hardhatRun("scripts/deploy.ts", chain.url, {
        TENURE_PARAMETERS: "long",
      });
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
      expect(stderr).to.equal('deploy: TENURE_PARAMETERS is "long"; it can be "production" or "short".\n');
    });
  });
});
