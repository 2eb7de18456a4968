import { expect } from "chai";
import fc from "fast-check";
import { artifacts } from "hardhat";
import type { Hex } from "viem";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  decodeReasons,
  encodeReasons,
  shortAddresses,
  trustGateAbi,
  type UnmetReason,
  unmetReasons,
} from "../index.ts";

describe("decodeReasons and encodeReasons", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it("should be each other's inverse, in the order of the bits", () => {
    fc.assert(
      fc.property(fc.subarray([...unmetReasons]), (reasons) => {
        expect(decodeReasons(encodeReasons(reasons))).to.deep.equal(reasons);
      }),
    );
  });

  it("should pass over bits without a name", () => {
    expect(decodeReasons(1n << 200n)).to.deep.equal([]);
  });

  it("should have the bits of TrustGate", async () => {
    const constants: Record<UnmetReason, string> = {
      unknown: "UNKNOWN",
      formerKey: "FORMER_KEY",
      suspended: "SUSPENDED",
      retired: "RETIRED",
      age: "AGE",
      tenure: "TENURE",
      keyAge: "KEY_AGE",
      silence: "SILENCE",
      support: "SUPPORT",
      opposition: "OPPOSITION",
      anchors: "ANCHORS",
      anchorWarnings: "ANCHOR_WARNINGS",
      unprovenOwner: "UNPROVEN_OWNER",
    };
    const [reader] = world.members;
    const { abi, bytecode } = await artifacts.readArtifact("GatedBoard");
    const args = [shortAddresses.vouchRegistry, []] as const;
    const hash = await reader.deployContract({ abi, bytecode, args });
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash });
    for (const [reason, constant] of Object.entries(constants) as [UnmetReason, string][]) {
      const bit = await reader.readContract({
        abi: trustGateAbi,
        address: contractAddress as Hex,
        functionName: `REASON_${constant}` as "REASON_AGE",
      });
      expect(encodeReasons([reason]), reason).to.equal(bit);
    }
    expect(unmetReasons).to.have.length(Object.keys(constants).length);
  });
});
