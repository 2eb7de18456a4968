import { expect } from "chai";
import type { Addressable, BaseContract, ContractRunner, ContractTransactionResponse, Result } from "ethers";
import type { AgentLinks } from "../../types/ethers-contracts/index.js";
import { ethers, registered, type Scene } from "./identity.ts";

type Sent = Promise<ContractTransactionResponse>;

/** The test contracts of `test/solidity/mocks/Tokens.sol`: Hardhat writes types of production contracts only. */
export interface PlainToken extends BaseContract {
  connect(runner: ContractRunner | null): PlainToken;
  mint(to: Addressable, agentId: bigint): Sent;
  burn(agentId: bigint): Sent;
  transferFrom(from: Addressable, to: Addressable, agentId: bigint): Sent;
}

export interface AgentToken extends PlainToken {
  connect(runner: ContractRunner | null): AgentToken;
  setAgentWallet(agentId: bigint, wallet: Addressable): Sent;
  getAgentWallet(agentId: bigint): Promise<string>;
}

export interface HostileToken extends BaseContract {
  setOwner(mood: bigint, account: Addressable | string, gas: bigint): Sent;
  setWallet(mood: bigint, account: Addressable | string, gas: bigint): Sent;
}

/** The hostile token's enum, in the order of its declaration. */
export const Mood = {
  Honest: 0n,
  Reverts: 1n,
  Panics: 2n,
  Loops: 3n,
  Nothing: 4n,
  Short: 5n,
  Long: 6n,
  Dirty: 7n,
  Huge: 8n,
  HugeRevert: 9n,
  Demanding: 10n,
  Wasteful: 11n,
  Writes: 12n,
} as const;

export const READ_GAS = 100_000n;
/** What must be left before a token contract is asked. */
export const NEEDED_GAS = (READ_GAS * 64n) / 63n + 5_000n;

/** The identities of `registered`, owned by `owner` and `other`, and the tokens that they may own. */
export const ONE = 1n;
export const TWO = 2n;
/** A token of each registry. */
export const TOKEN = 77n;

export interface LinksScene extends Scene {
  links: AgentLinks;
  /** ERC-721 only; `owner` owns the token. */
  plain: PlainToken;
  /** ERC-8004; `stranger` owns the token and is its wallet. */
  agents: AgentToken;
  /** Names `owner` as the owner of every token. */
  hostile: HostileToken;
}

export async function linksScene(): Promise<LinksScene> {
  const scene = await registered();
  const links = await ethers.deployContract("AgentLinks", [scene.registry]);
  const plain = (await ethers.deployContract("PlainToken")) as unknown as PlainToken;
  const agents = (await ethers.deployContract("AgentToken")) as unknown as AgentToken;
  const hostile = (await ethers.deployContract("HostileToken")) as unknown as HostileToken;
  await plain.mint(scene.owner, TOKEN);
  await agents.mint(scene.stranger, TOKEN);
  await hostile.setOwner(Mood.Honest, scene.owner, 0n);
  return { ...scene, links, plain, agents, hostile };
}

/** `owner`'s identity has linked the plain token. */
export async function linkedByOwner(): Promise<LinksScene> {
  const scene = await linksScene();
  await scene.links.connect(scene.owner).link(ONE, scene.plain, TOKEN);
  return scene;
}

/** `owner`'s identity has linked the ERC-8004 token, whose agent wallet `owner` is. */
export async function linkedThroughWallet(): Promise<LinksScene> {
  const scene = await linksScene();
  await scene.agents.connect(scene.stranger).setAgentWallet(TOKEN, scene.owner);
  await scene.links.connect(scene.owner).link(ONE, scene.agents, TOKEN);
  return scene;
}

/** `owner`'s identity has linked token 77 of the hostile contract. */
export async function linkedToHostile(): Promise<LinksScene> {
  const scene = await linksScene();
  await scene.links.connect(scene.owner).link(ONE, scene.hostile, TOKEN);
  return scene;
}

/** Every field of `linkOf`, by name. */
export async function linkOf(links: AgentLinks, registry: BaseContract, agentId = TOKEN) {
  return fields(await links.linkOf(registry, agentId));
}

export const fields = (link: unknown): Record<string, unknown> => (link as Result).toObject();

/** What three views say of a link; they must agree with the fourth. */
export async function isTrue({ links }: LinksScene, registry: BaseContract, id = ONE, agentId = TOKEN) {
  const answer = await links.isLinked(id, registry, agentId);
  const linked = await links.linkedIdentity(registry, agentId);
  expect(linked === id && linked !== 0n).to.equal(answer);
  const link = await links.linkOf(registry, agentId);
  expect(link.isLinked && link.id === id).to.equal(answer);
  const [page] = await links.linksOf(id, 0, 1_000);
  const address = await registry.getAddress();
  const entry = page.find((each) => each.registry === address && each.agentId === agentId);
  expect(entry?.isLinked ?? false).to.equal(answer);
  return answer;
}

/** Asserts that a transaction or call reverts with this error and exactly these values. */
export async function refused(
  sent: Promise<unknown>,
  contract: BaseContract,
  error: string,
  ...values: unknown[]
): Promise<void> {
  await expect(sent)
    .to.be.revertedWithCustomError(contract, error)
    .withArgs(...values);
}
