import { expect } from "chai";
import { type Abi, BaseError } from "viem";
import * as sdk from "../index.ts";
import {
  agentLinksAbi,
  delegationRegistryAbi,
  identityRegistryAbi,
  isTenureError,
  trustGateAbi,
  vouchRegistryAbi,
} from "../index.ts";

type AbiError = Extract<Abi[number], { type: "error" }>;

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

describe("isTenureError", () => {
  it("should tell errors of this package from others, without their class", () => {
    expect(isTenureError(new sdk.ChainRequiredError())).to.equal(true);
    expect(isTenureError({ isTenureError: true })).to.equal(true);
    expect(isTenureError(new BaseError("viem's"))).to.equal(false);
    expect(isTenureError(null)).to.equal(false);
  });
});
