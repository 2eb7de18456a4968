import { expect } from "chai";
import { type Abi, type AbiParameter, BaseError, encodeErrorResult, toFunctionSelector } from "viem";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld } from "../../test/utils/world.ts";
import * as sdk from "../index.ts";
import {
  agentLinksAbi,
  ContractError,
  decodeContractError,
  delegationRegistryAbi,
  identityRegistryAbi,
  isTenureError,
  shortAddresses,
  toTenureError,
  trustGateAbi,
  vouchRegistryAbi,
} from "../index.ts";

type AbiError = Extract<Abi[number], { type: "error" }>;

/** Named by the ABIs, and out of reach: of ERC-721 transfers, and of helpers for strings and calls. */
const unreachable = [
  "AddressEmptyCode",
  "ERC721IncorrectOwner",
  "ERC721InsufficientApproval",
  "ERC721InvalidReceiver",
  "ERC721InvalidSender",
  "FailedCall",
  "InvalidShortString",
  "StringTooLong",
  "StringsInsufficientHexLength",
];

/** Where the class has a better name than the standard. */
const renamed: Record<string, string> = {
  ERC721NonexistentToken: "UnknownIdentityError",
  ERC721InvalidApprover: "InvalidApproverError",
  ERC721InvalidOperator: "InvalidOperatorError",
  ERC721InvalidOwner: "InvalidTokenOwnerError",
};

const contractErrors = new Map<string, AbiError>();
for (const item of [
  ...identityRegistryAbi,
  ...vouchRegistryAbi,
  ...agentLinksAbi,
  ...delegationRegistryAbi,
  ...trustGateAbi,
]) {
  if (item.type !== "error") continue;
  const signature = `${item.name}(${item.inputs.map(({ type }) => type).join(",")})`;
  contractErrors.set(signature, item as unknown as AbiError);
}

describe("contract errors in words", () => {
  describe("decodeContractError", () => {
    for (const [signature, item] of contractErrors) {
      if (unreachable.includes(item.name)) {
        it(`should leave ${signature} to viem`, () => {
          expect(decodeContractError(encode(item))).to.equal(undefined);
        });
        continue;
      }
      it(`should put ${signature} in words`, () => {
        const error = decodeContractError(encode(item));
        expect(error).to.be.instanceOf(ContractError).and.instanceOf(BaseError).and.instanceOf(Error);
        expect(error?.name).to.equal(renamed[item.name] ?? `${item.name}Error`);
        expect(sdk).to.have.property(error?.name ?? "");
        expect(error?.shortMessage).to.match(/^[A-Z0-9].*\.$/s);
        expect(error?.shortMessage).to.not.match(/undefined|NaN|null|\[object/);
        // No selector and no encoded word: addresses are the only hexadecimal that a reader has to see.
        expect(error?.message).to.not.match(/0x[0-9a-f]{8}\b|0x[0-9a-fA-F]{41,}/);
      });
    }

    it("should know a status, a state and reasons by name", () => {
      const named = (name: string, args: readonly unknown[]) =>
        decodeContractError(encodeErrorResult({ abi: [...contractErrors.values()], errorName: name, args } as never))
          ?.args;
      expect(named("NotActive", [3n, 3])).to.deep.equal({ id: 3, status: "retired" });
      expect(named("VouchNotLive", [1n, 2n, 5])).to.deep.equal({ voucherId: 1, subjectId: 2, state: "disowned" });
      expect(named("Untrusted", [0n, 1n])).to.deep.equal({ id: undefined, reasons: ["unknown"] });
    });

    it("should say when periods end where it is told how they are counted, and else their numbers", () => {
      const released = (clock?: sdk.PeriodClock) => {
        const [abi, errorName] = [vouchRegistryAbi, "ReleaseShortens"] as const;
        return decodeContractError(encodeErrorResult({ abi, errorName, args: [3n, 1n] }), { clock });
      };
      expect(released()?.shortMessage).to.equal(
        "The stake is locked to the end of period 3; that cannot be brought forward to 1.",
      );
      expect(released(sdk.productionParameters)?.shortMessage).to.equal(
        "The stake is locked to the end of period 3 (2026-08-29 00:00 UTC); that cannot be brought forward to " +
          "1 (2026-05-01 00:00 UTC).",
      );
      expect(released()?.metaMessages).to.deep.equal(["Choose at least 2 periods more, or wait until then."]);
      for (const errorName of ["VouchExists", "VouchRefused", "VouchReleased"] as const) {
        const data = encodeErrorResult({ abi: vouchRegistryAbi, errorName, args: [1n, 2n, 4n] });
        expect(decodeContractError(data)?.message).to.not.match(/UTC/);
        expect(decodeContractError(data, { clock: sdk.shortParameters })?.shortMessage).to.match(
          /period [34] \(2026-01-01 0[45]:00 UTC\)\.$/,
        );
      }
    });

    it("should leave what is not of Tenure alone", () => {
      expect(decodeContractError("0x")).to.equal(undefined);
      expect(decodeContractError("0x12345678")).to.equal(undefined);
      expect(decodeContractError(toFunctionSelector("InsufficientStanding(uint256,uint256,uint256)"))).to.equal(
        undefined,
      );
    });
  });

  describe("toTenureError", () => {
    it("should leave alone what is not an error of a Tenure contract", () => {
      const error = new TypeError("something else");
      expect(toTenureError(error)).to.equal(error);
      expect(toTenureError("text")).to.equal("text");
      expect(toTenureError(undefined)).to.equal(undefined);
    });

    it("should leave an error of this package as it is", () => {
      const error = new sdk.InvalidIdError({ id: 0, argument: "id" });
      expect(toTenureError(error)).to.equal(error);
    });

    it("should put in words what viem alone reports of a refusal, and keep it as the cause", async () => {
      const world = await openWorld();
      try {
        const [agent] = world.members;
        const request = { abi: vouchRegistryAbi, address: shortAddresses.vouchRegistry } as const;
        const args = [1n, 0n] as const;
        const attempts = [
          agent.simulateContract({ ...request, functionName: "revoke", args }),
          agent.writeContract({ ...request, functionName: "revoke", args }),
          agent.estimateContractGas({ ...request, functionName: "revoke", args }),
        ];
        for (const attempt of attempts) {
          const cause = await rejection(attempt);
          expect(isTenureError(cause)).to.equal(false);
          const error = toTenureError(cause);
          expect(error).to.deep.include({ name: "UnknownIdentityError", args: { id: 1 } });
          expect(error).to.have.property("cause", cause);
        }
      } finally {
        await world.close();
      }
    });
  });
});

/** The error with some value in every place. */
function encode(item: AbiError): `0x${string}` {
  return encodeErrorResult({ abi: [item], args: item.inputs.map(some) } as never);
}

function some({ type }: AbiParameter): unknown {
  if (type === "address") return "0x00000000000000000000000000000000DeaDBeef";
  if (type === "string") return "key";
  if (type === "uint8") return 2;
  return /^uint(8|16|24|32|40|48)$/.test(type) ? 7 : 7n;
}
