// Whom the registries have an account for, where they answer badly. What they answer well is in test/identities.test.ts.
import { expect } from "chai";
import type { Address } from "viem";
import { identify, type Registry } from "./identify.ts";
import type { IdentityReader } from "./types.ts";

const address: Address = `0x${"ab".repeat(20)}`;
const other: Address = `0x${"cd".repeat(20)}`;
const principal = `eip155:1:${address}`;

type Key = Awaited<ReturnType<IdentityReader["key"]>>;
type Identity = Awaited<ReturnType<IdentityReader["identity"]>>;
const active: Identity = { id: 7, status: "active", owner: address, wallet: other, keyEpoch: 2 };

function registryOf(key: Key | Promise<Key>, identity: Identity | Promise<Identity> = active): Registry {
  return {
    reader: { key: async () => key, identity: async () => identity },
    chainId: "1",
    timeout: 50,
  };
}
const never = new Promise<never>(() => {});

describe("whom the registries have an account for", () => {
  it("should be its owner or its wallet, and its owner where one is both", async () => {
    const fact = { id: 7, role: "owner" } as const;
    expect(await identify(registryOf(fact), principal, true)).to.deep.equal({
      ...{ id: 7, role: "owner", status: "active", keyEpoch: 2 },
    });
    const wallet = { ...active, owner: other, wallet: address };
    expect(await identify(registryOf({ id: 7, role: "wallet" }, wallet), principal, true)).to.include({
      role: "wallet",
    });
    const both = { ...active, wallet: address };
    expect(await identify(registryOf({ id: 7, role: "wallet" }, both), principal, true)).to.include({ role: "owner" });
  });

  it("should be nobody for an account of another chain, without any question", async () => {
    const asked: unknown[] = [];
    const registry = { ...registryOf({ id: 7, role: "owner" }), chainId: "5" };
    const counting = { ...registry, reader: { ...registry.reader, key: async () => asked.push(1) as never } };
    expect(await identify(counting, principal, false)).to.equal(undefined);
    expect(await identify(counting, principal, true)).to.include({ code: "principal_not_allowed" });
    expect(asked).to.deep.equal([]);
  });

  it("should be refused as a former key, required or not", async () => {
    for (const isRequired of [false, true]) {
      const refusal = await identify(registryOf({ id: 7, role: "former" }), principal, isRequired);
      expect(refusal)
        .to.include({ code: "principal_not_allowed" })
        .and.to.have.property("detail")
        .that.contains("former");
    }
  });

  it("should go by the second answer, where the key was rotated away between both", async () => {
    const rotated = { ...active, owner: other };
    const refusal = await identify(registryOf({ id: 7, role: "owner" }, rotated), principal, false);
    expect(refusal).to.include({ code: "principal_not_allowed" });
  });

  it("should be told with its status, and refused where it has to be active", async () => {
    for (const status of ["suspended", "retired"] as const) {
      const registry = registryOf({ id: 7, role: "wallet" }, { ...active, status, owner: other, wallet: undefined });
      expect(await identify(registry, principal, false)).to.deep.equal({ id: 7, role: "wallet", status, keyEpoch: 2 });
      const refusal = await identify(registry, principal, true);
      expect(refusal)
        .to.include({ code: "principal_not_allowed" })
        .and.to.have.property("detail")
        .that.contains(status);
    }
  });

  it("should be nobody where nobody knows the identity", async () => {
    const unknown = { ...active, status: "unknown" } as const;
    expect(await identify(registryOf({ id: 7, role: "owner" }, unknown), principal, false)).to.equal(undefined);
    expect(await identify(registryOf({ id: undefined, role: "none" }), principal, true)).to.have.property("code");
  });

  // Made when they are asked: a promise that fails before anybody listens ends the run.
  const bad: Readonly<Record<string, () => Registry>> = {
    "fails at the key": () => registryOf(Promise.reject(new Error("down"))),
    "fails at the identity": () => registryOf({ id: 7, role: "owner" }, Promise.reject(new Error("down"))),
    "is silent at the key": () => registryOf(never),
    "is silent at the identity": () => registryOf({ id: 7, role: "owner" }, never),
    "answers nothing": () => registryOf(undefined as never),
    "answers no identity": () => registryOf({ id: 7, role: "owner" }, null as never),
  };
  for (const [what, make] of Object.entries(bad)) {
    it(`should be unknown where the reader ${what}`, async () => {
      for (const isRequired of [false, true]) {
        expect(await identify(make(), principal, isRequired)).to.include({ code: "identity_unavailable" });
      }
    });
  }

  it("should be refused where the answer is none of what it may be", async () => {
    const odd = registryOf({ id: 7, role: "owner" }, { ...active, status: undefined as never });
    expect(await identify(odd, principal, true)).to.include({ code: "principal_not_allowed" });
  });
});
