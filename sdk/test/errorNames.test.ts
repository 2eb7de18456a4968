import { expect } from "chai";
import type { Abi } from "viem";
import * as sdk from "../src/index.ts";
import {
  agentLinksAbi,
  delegationRegistryAbi,
  identityRegistryAbi,
  trustGateAbi,
  vouchRegistryAbi,
} from "../src/index.ts";

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

describe("every class of an error", () => {
  it("should have a name of its own that is the one it is exported by", () => {
    const bases = ["TenureError", "ContractError"];
    const classes = Object.entries(sdk).filter(([name]) => /^[A-Z].*Error$/.test(name) && !bases.includes(name));
    expect(classes).to.have.length.above(60);
    const names = new Set<string>();
    for (const [exported, value] of classes) {
      const Class = value as new (args: object, options?: object) => Error;
      const sample = new Proxy({}, { get: () => [] });
      const { name } = new Class(sample);
      expect(name).to.equal(exported);
      names.add(name);
    }
    expect(names.size).to.equal(classes.length);
  });
});
