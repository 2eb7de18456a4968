// Every guide is a program: its blocks compile together, and run in order on a chain of their own.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { getRegistryAddress, identityRegistryAbi } from "@tenure/sdk";
import { expect } from "chai";
import { artifacts } from "hardhat";
import { type Address, getAddress, type Hex, toHex } from "viem";
import { mnemonicToAccount, privateKeyToAddress } from "viem/accounts";
import { testKeys } from "../../sdk/test/utils/localChain.ts";
import { type Member, openWorld, type World } from "../../sdk/test/utils/world.ts";
import { blocksOf, type Props, programOf } from "./utils/guide.ts";
import { type Service, startService } from "./utils/service.ts";
import { compile } from "./utils/solidity.ts";
import { Workshop } from "./utils/workshop.ts";

const root = path.join(import.meta.dirname, "../..");

type Variables = Readonly<Record<string, string>>;

/** What a guide is played in front of, and what is in its reader's environment beside the node. */
type Setting = {
  prepare?: (world: World) => Promise<Variables>;
  variables: Variables;
  isOverview?: true;
  /** Whether a guarded service is there, at `SERVICE`. */
  isServed?: true;
};

const caller = privateKeyToAddress(testKeys[2]);

const guides: Readonly<Record<string, Setting>> = {
  "acting.md": { variables: { AGENT_KEY: testKeys[3], NEXT_KEY: testKeys[5] }, isServed: true },
  "agents.md": {
    prepare: ({ members }) => giveAgent(members[3]),
    variables: {
      ...{ AGENT_KEY: testKeys[3], HOT_KEY: testKeys[4], NEXT_KEY: testKeys[5] },
      ...{ GUARDIAN_KEY: testKeys[0], RESCUE_KEY: keyOf(6) },
    },
  },
  "platforms.md": { prepare: operate, variables: { CALLER: caller } },
  "relayers.md": { variables: { AGENT_KEY: testKeys[3], RELAYER_KEY: testKeys[0] } },
  "integrators.md": { variables: { DEPLOYER_KEY: testKeys[0], AGENT_KEY: testKeys[1], SELLER: caller } },
  "rebuild.md": { prepare: live, variables: {} },
  "trust.md": { variables: { CALLER: caller } },
  "with-ethers.md": { variables: { AGENT_KEY: testKeys[3], RELAYER_KEY: testKeys[0] } },
  "with-smart-accounts.md": { variables: { OWNER_KEY: testKeys[3], RELAYER_KEY: testKeys[0] } },
  "../README.md": { variables: { AGENT_KEY: testKeys[3] }, isOverview: true },
  "../sdk/README.md": { variables: {}, isOverview: true },
};

/** The key of a test account for which `testKeys` has none. */
function keyOf(addressIndex: number): Hex {
  const words = "test test test test test test test test test test test junk";
  const { privateKey } = mnemonicToAccount(words, { addressIndex }).getHdKey();
  if (privateKey === null) throw new TypeError("The words gave no key.");
  return toHex(privateKey);
}

/** Accounts 1 and 2 are identities 1 and 2, an hour old; 1 is an arbiter, and vouches for 2. */
async function settle({ members, wait }: World): Promise<void> {
  const [, one, two] = members;
  await one.registerSync({});
  await two.registerSync({ agentURI: "ipfs://two" });
  for (let times = 0; times < 2; times++) {
    await wait(1_800);
    await one.proveKeySync({ id: 1 });
    await two.proveKeySync({ id: 2 });
  }
  await one.setArbitrationSync({ id: 1, isOpen: true });
  await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 20, periods: 2, evidence: "ipfs://job" });
}

/** Makes agents that can be sold, and gives the first one to somebody. */
async function giveAgent(holder: Member): Promise<{ AGENT_REGISTRY: Address }> {
  const { abi, bytecode } = await artifacts.readArtifact("TransferableAgents");
  const creation = await holder.deployContract({ abi, bytecode: bytecode as Hex, args: [] });
  const { contractAddress } = await holder.waitForTransactionReceipt({ hash: creation });
  const registry = getAddress(contractAddress ?? "0x");
  const making = await holder.writeContract({ abi, address: registry, functionName: "register", args: [""] });
  await holder.waitForTransactionReceipt({ hash: making });
  return { AGENT_REGISTRY: registry };
}

/** Identity 2 operates an agent. */
async function operate({ members }: World): Promise<Variables> {
  const [, , two] = members;
  const variables = await giveAgent(two);
  await two.linkSync({ id: 2, agentRegistry: variables.AGENT_REGISTRY, agentId: 1 });
  return variables;
}

/** Every kind of event, on five identities; the last one is silent for too long, and 2 and 5 end otherwise than they began. */
async function live({ members, wait }: World): Promise<Variables> {
  const [spare, one, two, three, four, five] = members;
  for (const member of [three, four, five]) await member.registerSync({});
  await wait(1_700);
  await three.pulseSync({ id: 3 });
  await four.pulseSync({ id: 4 });
  await spare.pulseForSync({ signed: await five.signPulse({ id: 5 }) });
  await three.vouchSync({ voucherId: 3, subjectId: 2, stake: 9, periods: 3, arbiterId: 1 });
  await three.vouchSync({ voucherId: 3, subjectId: 4, stake: 5, periods: 6, arbiterId: 1 });
  await four.warnSync({ voucherId: 4, subjectId: 2, stake: 7, periods: 4, arbiterId: 1 });
  await five.vouchSync({ voucherId: 5, subjectId: 4, stake: 3, periods: 1 });
  await five.vouchSync({ voucherId: 5, subjectId: 3, stake: 2, periods: 1 });
  await one.vouchSync({ voucherId: 1, subjectId: 4, stake: 4, periods: 1 });
  await one.vouchSync({ voucherId: 1, subjectId: 3, stake: 6, periods: 1 });
  await one.burnSync({ voucherId: 3, subjectId: 4, amount: 2 });
  await one.burnSync({ voucherId: 4, subjectId: 2, amount: 3 });
  await five.revokeSync({ voucherId: 5, subjectId: 4 });
  await five.warnSync({ voucherId: 5, subjectId: 3, stake: 4, periods: 2 });
  await four.disownSync({ voucherId: 1, subjectId: 4 });
  await one.warnSync({ voucherId: 1, subjectId: 4, stake: 4, periods: 1 });
  await two.setGuardianSync({ id: 2, guardian: spare.account.address });
  await two.rotateKeySync({ signed: await spare.signRotateKey({ id: 2 }) });
  await three.renewSync({ voucherId: 3, subjectId: 2, addedStake: 1, periods: 4 });
  const registry = { abi: identityRegistryAbi, address: getRegistryAddress(three, "identityRegistry") } as const;
  await three.writeContract({ ...registry, functionName: "approve", args: [five.account.address, 3n] });
  await three.writeContract({ ...registry, functionName: "setApprovalForAll", args: [five.account.address, true] });
  await three.setAgentURISync({ id: 3, agentURI: "ipfs://three" });
  await three.setMetadataSync({ id: 3, key: "model", value: "0x01" });
  await three.setGuardianSync({ id: 3, guardian: spare.account.address });
  await three.setGuardianSync({ id: 3, guardian: undefined });
  await spare.cancelPendingSync({ id: 3 });
  const { AGENT_REGISTRY: kept } = await giveAgent(one);
  await one.linkSync({ id: 1, agentRegistry: kept, agentId: 1 });
  const { AGENT_REGISTRY: agentRegistry } = await giveAgent(three);
  await three.linkSync({ id: 3, agentRegistry, agentId: 1 });
  await three.unlinkSync({ id: 3, agentRegistry, agentId: 1 });
  await three.suspendSync({ id: 3 });
  await spare.resumeSync({ id: 3 });
  await one.setArbitrationSync({ id: 1, isOpen: false });
  await four.setArbitrationSync({ id: 4, isOpen: true });
  await one.revokeDelegationSync({ handle: `0x${"a1".repeat(32)}` });
  await one.advanceDelegationEpochSync({});
  await spare.revokeDelegationForSync({
    signed: await four.signDelegationRevocation({ handle: `0x${"a2".repeat(32)}` }),
  });
  await four.invalidateNoncesSync({ registry: "vouchRegistry", nonces: [0, 7] });
  await four.suspendSync({ id: 4 });
  await wait(2_500);
  await one.pulseSync({ id: 1 });
  await five.retireSync({ id: 5 });
  await wait(2_500);
  return {};
}

describe("the guides", () => {
  const workshop = new Workshop("guides");
  const read = (file: string) => readFile(path.join(root, "docs", file), "utf8");
  const nameOf = (file: string) => file.replace("../", "").replace("/", "-").replace(".md", ".ts");

  it("should compile against the package", async () => {
    const programs: Record<string, string> = {};
    for (const [file, setting] of Object.entries(guides)) {
      programs[nameOf(file)] = programOf(file, await read(file), setting);
    }
    expect(Object.keys(programs)).to.have.length(Object.keys(guides).length);
    expect(await workshop.compile(programs)).to.equal("");
  });

  for (const [file, { prepare, variables, isOverview = false, isServed = false }] of Object.entries(guides)) {
    describe(file, () => {
      let world: World;
      let service: Service | undefined;
      let folder: string;
      let given: Variables;
      const home = process.cwd();
      beforeEach(async () => {
        world = await openWorld();
        await settle(world);
        service = isServed ? await startService(world.members[0]) : undefined;
        given = { ...variables, ...(await prepare?.(world)), ...(service && { SERVICE: service.url }) };
        folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
        await symlink(path.join(root, "cli/bin/tenure.js"), path.join(folder, "tenure"));
        Object.assign(process.env, given, { TENURE_RPC: world.url });
        process.chdir(folder);
      });
      afterEach(async () => {
        process.chdir(home);
        for (const name of ["TENURE_RPC", ...Object.keys(given)]) delete process.env[name];
        await rm(folder, { recursive: true });
        await service?.close();
        await world.close();
      });

      it("should run as it stands, and give what it claims", async () => {
        const text = await read(file);
        const [solidity] = isOverview ? [] : blocksOf(text).filter(({ language }) => language === "solidity");
        let line = 0;
        let checked = 0;
        const props: Props = {
          wait: world.wait,
          is: (actual, expected) => {
            checked += 1;
            expect(actual).to.deep.equal(expected);
          },
          at: (next) => {
            line = next;
          },
          shell: async (script) => {
            const PATH = [folder, path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
            await promisify(execFile)("sh", ["-eu", "-c", script], { env: { ...process.env, PATH } });
          },
          bytecode: solidity === undefined ? "0x" : compile(solidity.code),
        };
        const { play } = await workshop.load<{ play: (props: Props) => Promise<void> }>(nameOf(file));
        try {
          await play(props);
        } catch (error) {
          throw new Error(`docs/${file}, the block in line ${line}: ${(error as Error).message}`, { cause: error });
        }
        // A claim in a branch that is not taken would prove nothing.
        expect(checked).to.be.at.least(programOf(file, text, { isOverview }).split("await is(").length - 1);
      });
    });
  }
});
