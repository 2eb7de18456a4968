import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { ContractTransactionResponse } from "ethers";
import { network } from "hardhat";
import { PULSE, REGISTER } from "../utils/identitySigning.ts";
import { bindingOf, sendOffer, signOffer, signRevoke, signRotation, signWallet } from "../utils/vouchSignatures.ts";

const DAY = 86_400n;
const ORIGIN = 2_000_000_000n;
const PERIOD = 60n * DAY;
const MAX_SILENCE = 30n * DAY;
const RECOVERY_DELAY = 7n * DAY;
/** After everything that happens here. */
const LATE = 2n * ORIGIN;
/** When measuring begins, whatever happened before. */
const MEASURING = ORIGIN + 45n * DAY;
const STEP = 250;
const BATCH = { gasLimit: 1_000_000_000n };

/** The hardfork before the one that limits a transaction, so that a crowd is made in a few of them. */
const override = { hardfork: "prague", blockGasLimit: 4_000_000_000n, initialBaseFeePerGas: 0n };
const { ethers, networkHelpers } = await network.create({ override });
const beginning = await networkHelpers.takeSnapshot();

/** Points come by the second, and no cap is in the way: one identity can stake on thousands. */
async function deploy() {
  await beginning.restore();
  await networkHelpers.time.setNextBlockTimestamp(ORIGIN);
  const identities = await ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, ethers.ZeroAddress]);
  const vouches = await ethers.deployContract("VouchRegistry", [identities, ORIGIN, 1n, PERIOD, 2n ** 20n - 2n]);
  return { identities, vouches };
}

/**
 * Gas of every action, by name, of the first five identities, the first of which has staked on all of a crowd, and the
 * second of which all of the crowd have staked on. Only the size of the crowd differs from one run to another, not even
 * the time.
 */
export async function gasBeside(size: number): Promise<Record<string, bigint>> {
  const { identities, vouches } = await deploy();
  const signers = (await ethers.getSigners()) as (HardhatEthersSigner | undefined)[];
  const [ada, ben, cleo, dan, eve, fresh, finn, wallet, candidate] = signers;
  if (!ada || !ben || !cleo || !dan || !eve || !fresh || !finn || !wallet || !candidate) {
    throw new Error("too few accounts");
  }
  for (const owner of [ada, ben, cleo, dan]) await identities.connect(owner)["register()"]();
  const crowd = await ethers.deployContract("Neighbourhood");
  const grow = crowd.getFunction("grow");
  const stakeAll = crowd.getFunction("stakeAll");
  for (let made = 0; made < size; made += STEP) await grow(identities, Math.min(STEP, size - made), BATCH);
  await networkHelpers.time.increaseTo(ORIGIN + 40n * DAY);
  for (const [index, owner] of [ada, ben, cleo, dan].entries()) {
    await identities.connect(owner).pulse(index + 1, ethers.ZeroHash);
    await identities.connect(owner).setArbitration(index + 1, true);
  }
  const checkInAll = crowd.getFunction("checkIn");
  for (let from = 0; from < size; from += STEP) {
    await checkInAll(identities, from, Math.min(from + STEP, size), BATCH);
  }
  const vouch = (subject: bigint, points = 1n) =>
    vouches.interface.encodeFunctionData("vouch", [1n, subject, points, 6n, 0n, ethers.ZeroHash, ""]);
  for (let from = 0; from < size; from += STEP) {
    const to = Math.min(from + STEP, size);
    await stakeAll(vouches, 2n, from, to, BATCH);
    const calls = Array.from({ length: to - from }, (_, i) => vouch(5n + BigInt(from + i)));
    await vouches.connect(ada).multicall(calls, BATCH);
  }

  const gas: Record<string, bigint> = {};
  let moment = MEASURING;
  async function measure(name: string, send: () => Promise<ContractTransactionResponse>): Promise<void> {
    moment += 60n;
    await networkHelpers.time.setNextBlockTimestamp(moment);
    const receipt = await (await send()).wait();
    if (receipt === null) throw new Error("not mined");
    gas[name] = receipt.gasUsed;
  }
  const terms = [6n, 0n, ethers.ZeroHash, ""] as const;
  await measure("pulse", () => identities.connect(ben).pulse(2, ethers.ZeroHash));
  await measure("vouch for the crowd's subject", () => vouches.connect(cleo).vouch(3, 2, 9, 3, 4, ethers.ZeroHash, ""));
  await measure("warn about the crowd's subject", () => vouches.connect(dan).warn(4, 2, 9, 3, 3, ethers.ZeroHash, ""));
  await measure("vouch by the crowd's voucher", () => vouches.connect(ada).vouch(1, 3, 9, ...terms));
  await measure("warn over the own vouch", () => vouches.connect(ada).warn(1, 3, 9, ...terms));
  await measure("vouch over the own warning", () => vouches.connect(ada).vouch(1, 3, 9, ...terms));
  await measure("vouch by the crowd's subject", () => vouches.connect(ben).vouch(2, 3, 9, ...terms));
  await measure("renew", () => vouches.connect(cleo).renew(3, 2, 1, 6));
  await measure("renew a warning", () => vouches.connect(dan).renew(4, 2, 1, 6));
  await measure("burn", () => vouches.connect(dan).burn(3, 2, 1, ""));
  await measure("disown", () => vouches.connect(ben).disown(3, 2));
  await measure("revoke", () => vouches.connect(dan).revoke(4, 2));
  await measure("revoke by the crowd's voucher", () => vouches.connect(ada).revoke(1, 5));
  for (const [kind, signer, voucherId] of [
    ["Vouch", ada, 1n],
    ["Warn", ben, 2n],
  ] as const) {
    const offer = {
      voucherId,
      subjectId: 4n,
      stake: 9n,
      periods: 6n,
      arbiterId: 0n,
      topic: ethers.ZeroHash,
      evidence: "",
    };
    const bound = await bindingOf({ identities, vouches }, offer);
    const signature = await signOffer(kind, signer, offer, bound, LATE);
    await measure(`${kind.toLowerCase()}For`, () =>
      sendOffer(vouches.connect(finn), kind, offer, bound, LATE, signature),
    );
  }
  const binding = await bindingOf({ identities, vouches }, { voucherId: 1n, subjectId: 4n });
  const revocation = await signRevoke(ada, 1n, 4n, binding, LATE);
  await measure("revokeFor", () => vouches.connect(finn).revokeFor(1, 4, binding.nonce, LATE, revocation));
  await measure("invalidateNonces", () => vouches.connect(ben).invalidateNonces(1, 3));
  await measure("setArbitration", () => identities.connect(ben).setArbitration(2, true));
  const soon = moment + 120n;
  const consent = await signWallet(identities, wallet, { id: 2n, owner: ben }, soon);
  await measure("setAgentWallet", () => identities.connect(ben).setAgentWallet(2, wallet, soon, consent));
  await measure("pulse by the wallet", () => identities.connect(wallet).pulse(2, ethers.ZeroHash));
  await measure("unsetAgentWallet", () => identities.connect(wallet).unsetAgentWallet(2));
  await measure("setAgentURI", () => identities.connect(ben).setAgentURI(2, "ipfs://agent"));
  await measure("setMetadata", () => identities.connect(ben).setMetadata(2, "model", "0x01"));
  await measure("approve", () => identities.connect(ben).approve(cleo, 2));
  await measure("setGuardian", () => identities.connect(ben).setGuardian(2, cleo));
  await measure("proposeRecovery", () => identities.connect(cleo).proposeRecovery(2, fresh));
  await measure("cancelPending", () => identities.connect(cleo).cancelPending(2));
  await measure("suspend", () => identities.connect(ben).suspend(2));
  await measure("revoke by the guardian", () => vouches.connect(cleo).revoke(2, 3));
  await measure("unsetAgentWallet by the guardian", () => identities.connect(cleo).unsetAgentWallet(2));
  await measure("resume", () => identities.connect(cleo).resume(2));
  const rotation = await signRotation(identities, fresh, 2n, LATE);
  await measure("rotateKey", () => identities.connect(ben).rotateKey(2, fresh, LATE, rotation));
  await measure("vouch for a new key", () => vouches.connect(cleo).vouch(3, 4, 9, ...terms));
  await measure("retire", () => identities.connect(ada).retire(1));
  await measure("register", () => identities.connect(eve)["register()"]());
  const { chainId } = await ethers.provider.getNetwork();
  const verifyingContract = await identities.getAddress();
  const domain = { name: "ERC8004IdentityRegistry", version: "1", chainId, verifyingContract };
  // At a moment that is the same in each run, which the signature after it binds.
  await measure("pulse before a signed one", () => identities.connect(cleo).pulse(3, ethers.ZeroHash));
  for (const name of ["pulseFor, unproven", "pulseFor"]) {
    const checkIn = { agentId: 3n, owner: cleo.address, checkpoint: ethers.ZeroHash, lastSeen: moment, deadline: LATE };
    const signed = await cleo.signTypedData(domain, PULSE, checkIn);
    await measure(name, () => identities.connect(finn).pulseFor(3, ethers.ZeroHash, LATE, signed));
  }
  const registration = { owner: finn.address, agentURI: "ipfs://agent", nonce: 0n, deadline: LATE };
  const request = await finn.signTypedData(domain, REGISTER, registration);
  await measure("registerFor", () => identities.connect(cleo).registerFor(finn, "ipfs://agent", 0n, LATE, request));
  await identities.connect(dan).setGuardian(4, cleo);
  await identities.connect(cleo).proposeRecovery(4, candidate);
  moment += RECOVERY_DELAY;
  await measure("claimRecovery", () => identities.connect(candidate).claimRecovery(4));
  gas.supportOf = await vouches.supportOf.estimateGas(2);
  gas.standingOf = await vouches.standingOf.estimateGas(1);
  gas.vouchOf = await vouches.vouchOf.estimateGas(3, 2);
  gas["two of vouchersOf"] = await vouches.vouchersOf.estimateGas(2, 0, 2);
  return gas;
}
