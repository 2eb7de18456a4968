// What it costs to take grants back. Of each signature, always the same one: gas depends on its zero bytes.
import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import { toBeHex } from "ethers";
import type { Measure, Measurement } from "./measurement.ts";
import { stateFloor } from "./prices.ts";

const grant = (number: number) => toBeHex(0xa100 + number, 32);
const REVOKED = { topics: 3, bytes: 0 };
const ADVANCED = { topics: 2, bytes: 32 };

const REVOCATION = {
  Revocation: [
    { name: "issuer", type: "address" },
    { name: "id", type: "bytes32" },
  ],
};

export async function measureDelegations(ethers: HardhatEthers, measure: Measure): Promise<Measurement[]> {
  const [issuer, relayer] = await ethers.getSigners();
  if (issuer === undefined || relayer === undefined) throw new Error("no signers");
  const registry = await ethers.deployContract("DelegationRegistry");
  const address = await registry.getAddress();
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "ERC-8128 Delegation Registry", version: "1", chainId, verifyingContract: address };
  const signed = async (account: string, id: string) =>
    issuer.signTypedData(domain, REVOCATION, { issuer: account, id });
  const bySignature = async (account: string, id: string) => {
    const sent = await registry.connect(relayer).revokeBySig(account, id, await signed(account, id));
    return { sent, calldata: (sent.data.length - 2) / 2 };
  };

  const rows: Measurement[] = [];
  const revoke = registry.revoke(grant(1));
  rows.push(await measure("revoke a grant", revoke, { fresh: 1, logs: [REVOKED] }, { goal: 1.01 }));
  rows.push(
    await measure(
      "revoke a grant that is revoked",
      registry.revoke(grant(1)),
      { reads: 1, warm: 1, logs: [REVOKED] },
      { goal: 1.02 },
    ),
  );
  rows.push(
    await measure(
      "advance an epoch, the first",
      registry.advanceEpoch(),
      { fresh: 1, logs: [ADVANCED] },
      { goal: 1.01 },
    ),
  );
  rows.push(
    await measure("advance an epoch", registry.advanceEpoch(), { rewritten: 1, logs: [ADVANCED] }, { goal: 1.02 }),
  );
  const byKey = await bySignature(issuer.address, grant(2));
  rows.push(
    await measure(
      "revoke a grant by a key's signature",
      Promise.resolve(byKey.sent),
      // The issuer's account is looked at for code.
      { fresh: 1, calls: 1, recoveries: 1, logs: [REVOKED] },
      { goal: 1.04, calldata: byKey.calldata },
    ),
  );
  const account = await (await ethers.deployContract("SmartAccount", [issuer])).getAddress();
  const byCode = await bySignature(account, grant(2));
  rows.push(
    await measure("revoke a grant by a smart account's signature", Promise.resolve(byCode.sent), undefined, {
      calldata: byCode.calldata,
    }),
  );
  const probe = await ethers.deployContract("CallProbe");
  const status = registry.interface.encodeFunctionData("status", [issuer.address, grant(1)]);
  rows.push({
    operation: "status of a grant, asked by a contract",
    gas: Number(await probe.getFunction("gasOf")(address, status)),
    freshWords: 0,
    floor: stateFloor({ reads: 2, calls: 1 }),
    goal: 1.07,
  });
  return rows;
}
