// The examples, each in an empty folder, on the package of contracts as it would be published.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { productionAddresses, shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { network } from "hardhat";
import { install } from "./utils/install.ts";
import { pack } from "./utils/pack.ts";
import { root, run } from "./utils/run.ts";

/** What the deployment does to a test's clock, for whoever runs Solidity tests. */
const clockTest = path.join(import.meta.dirname, "consumer/DeployTenure.t.sol");

const tsc = path.join(root, "node_modules/typescript/bin/tsc");

/** What no reader of an example needs: both sets of parameters are those of the SDK, and a second call does nothing. */
const deploymentTest = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DeployTenure, TenureContracts} from "@tenure/contracts/testing/DeployTenure.sol";
import {Test} from "forge-std/Test.sol";

contract DeployTenureTest is Test, DeployTenure {
    function test_ShortParameters() public {
        TenureContracts memory tenure = deployTenure(shortParameters());
        assertEq(address(tenure.renderer), ${shortAddresses.registrationRenderer});
        assertEq(address(tenure.identities), ${shortAddresses.identityRegistry});
        assertEq(address(tenure.vouches), ${shortAddresses.vouchRegistry});
        assertEq(address(tenure.lens), ${shortAddresses.registryLens});
        assertEq(address(tenure.links), ${shortAddresses.agentLinks});
        assertEq(address(tenure.delegations), ${shortAddresses.delegationRegistry});
    }

    function test_Again() public {
        TenureContracts memory tenure = deployTenure();
        tenure.identities.register("");
        TenureContracts memory same = deployTenure();
        assertEq(address(same.vouches), address(tenure.vouches));
        assertEq(same.identities.ownerOf(1), address(this));
    }
}
`;

/** Two connections at once, and one after them, to the node of somebody else. */
const overHttp = `import { deployTenure } from "@tenure/contracts/hardhat";
import { network } from "hardhat";

const connect = () => network.create({ network: "localhost", override: { url: process.env.NODE_URL ?? "" } });
const [one, other] = await Promise.all([connect(), connect()]);
const both = await Promise.all([deployTenure(one), deployTenure(other)]);
console.log(JSON.stringify([...both, await deployTenure(await connect())]));
`;

/** The environment of another Hardhat project: its own configuration and networks, not those of the Hardhat that runs this. */
function withoutHardhat(): NodeJS.ProcessEnv {
  const own = Object.keys(process.env).filter((name) => /^(HARDHAT|HH|NODE_OPTIONS|NODE_TEST)/.test(name));
  return Object.fromEntries(own.map((name) => [name, undefined]));
}

describe("the examples, on the packed contracts", () => {
  let folder: string;
  let contracts: string;
  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), "tenure-examples-"));
    contracts = await pack("contracts");
  });
  after(() => rm(folder, { recursive: true }));

  /** A copy of an example, installed. */
  async function place(example: string): Promise<string> {
    const copy = path.join(folder, example);
    // As a stranger copies it: without what somebody installed or built there.
    const made = /\/(node_modules|artifacts|cache|out|package-lock\.json)$/;
    await cp(path.join(root, "examples", example), copy, { recursive: true, filter: (file) => !made.test(file) });
    await install(copy, { "@tenure/contracts": contracts });
    return copy;
  }

  it("should run in Hardhat, with viem, with ethers and in Solidity", async () => {
    const cwd = await place("gated-hardhat");
    await cp(clockTest, path.join(cwd, "test/DeployTenure.t.sol"));
    const env = withoutHardhat();
    const told = await run("npm", ["test"], { cwd, env });
    expect(told.match(/✔ test_\w+Clock/g)).to.have.length(3);
    expect(told).to.match(/test_RefusesAStranger[\s\S]*Board, with ethers[\s\S]*Board, with viem[\s\S]*6 passing/);
    expect(told).to.not.match(/warning/i);
    expect(await run(process.execPath, [tsc, "-p", cwd], { cwd })).to.equal("");

    await writeFile(path.join(cwd, "overHttp.ts"), overHttp);
    for (const throwOnTransactionFailures of [true, false]) {
      const override = { throwOnTransactionFailures };
      const server = await network.createServer({ network: "default", override }, "127.0.0.1", 0);
      const { port } = await server.listen();
      try {
        const there = { ...env, NODE_URL: `http://127.0.0.1:${port}` };
        const found = await run("npx", ["hardhat", "run", "--no-compile", "overHttp.ts"], { cwd, env: there });
        expect(JSON.parse(found)).to.deep.equal([productionAddresses, productionAddresses, productionAddresses]);
      } finally {
        await server.close();
      }
    }
  }).timeout(360_000);

  it("should run in Foundry, at the addresses of public chains", async () => {
    const cwd = await place("gated-foundry");
    await writeFile(path.join(cwd, "test/Deployment.t.sol"), deploymentTest);
    await cp(clockTest, path.join(cwd, "test/DeployTenure.t.sol"));
    // forge knows only the compilers that it downloads, and one that it is given.
    const env = { FOUNDRY_OFFLINE: "true", FOUNDRY_SOLC: path.join(root, "scripts/solc.mjs") };
    const forge = path.join(root, "scripts/forge.cjs");
    const told = await run(process.execPath, [forge, "test", "--root", cwd], { cwd, env });
    expect(told).to.contain("8 tests passed, 0 failed, 0 skipped");
    // Where a warning says it belongs.
    expect(told).to.not.contain("-->");
  }).timeout(240_000);

  it("should compile with solc alone", async () => {
    const cwd = await place("plain-solc");
    expect(await run("npm", ["start"], { cwd })).to.match(
      /^Board: \d+ bytes, to be given 0x0AD37D5993681bd33ea5044322dcf23C80c72cC6$/m,
    );
  }).timeout(120_000);
});
