// What somebody else signed comes from somebody else: whatever its author put beside it is not the wish of whoever pays.
import { expect } from "chai";
import { BaseError, createClient, custom } from "viem";
import { openWorld, type World } from "../../test/utils/world.ts";
import { type SignedKinds, tenurePublicActions, tenureWalletActions } from "../index.ts";

/** What a caller without types passes, or JSON holds. */
const anything = <type>(value: unknown) => value as type;

describe("an object that a stranger signed", () => {
  const [one, two] = [1, 2];
  let world: World;
  let signed: SignedKinds;
  before(async () => {
    world = await openWorld();
    const [, first, second, next] = world.members;
    for (const agent of [first, second]) await agent.registerSync({});
    await world.earn(first, second);
    const offer = { voucherId: one, subjectId: two, stake: 3, periods: 1 };
    const made = { voucherId: two, subjectId: one };
    await second.vouchSync({ ...made, stake: 1, periods: 1 });
    signed = {
      register: await next.signRegister({ agentURI: "ipfs://agent" }),
      pulse: await first.signPulse({ id: one }),
      vouch: await first.signVouch(offer),
      warn: await first.signWarn(offer),
      revoke: await second.signRevoke(made),
      rotateKey: await next.signRotateKey({ id: one }),
      agentWallet: await next.signAgentWallet({ id: one }),
      delegationRevocation: await first.signDelegationRevocation({ handle: `0x${"a1".repeat(32)}` }),
    };
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  /** Everything that an action takes of its caller, each wrong enough to be noticed. */
  const extras = {
    ...{ account: "0x00000000000000000000000000000000000000AA", gas: 21_000n, nonce: 99 },
    ...{ maxFeePerGas: 10n ** 20n, maxPriorityFeePerGas: 10n ** 20n, blockNumber: 1n, chain: null },
    ...{ confirmations: 1_000, timeout: 1, pollingInterval: 1, call: "", simulate: "", signed: {} },
    addresses: {
      identityRegistry: "0x00000000000000000000000000000000000000bb",
      vouchRegistry: "0x00000000000000000000000000000000000000cc",
      delegationRegistry: "0x00000000000000000000000000000000000000dd",
    },
  };

  /** What of a signature its sender's call does not hold; and a transaction takes larger nonces than JSON does. */
  const pair = ["chainId", "registry", "keyEpoch", "since"];
  const offer = [...pair, "arbiterOwner", "signatureNonce"];
  const unread: Record<string, string[]> = {
    registerFor: ["chainId", "registry", "signatureNonce"],
    pulseFor: ["chainId", "registry", "owner", "lastSeen"],
    vouchFor: [...offer, "subjectOwner"],
    warnFor: offer,
    revokeFor: [...pair, "signatureNonce"],
    rotateKey: ["chainId", "registry", "owner", "keyEpoch"],
    setAgentWallet: ["chainId", "registry", "owner"],
    revokeDelegationFor: ["chainId", "registry"],
  };

  const writes = (): [kind: keyof SignedKinds, write: keyof World["members"][0], by: number][] => [
    ["register", "registerFor", 0],
    ["pulse", "pulseFor", 0],
    ["vouch", "vouchFor", 0],
    ["warn", "warnFor", 0],
    ["revoke", "revokeFor", 0],
    ["rotateKey", "rotateKey", 1],
    ["agentWallet", "setAgentWallet", 1],
    ["delegationRevocation", "revokeDelegationFor", 0],
    ["register", "voidConsent", 3],
    ["pulse", "voidConsent", 1],
    ["vouch", "voidConsent", 1],
    ["warn", "voidConsent", 1],
    ["revoke", "voidConsent", 2],
    ["rotateKey", "voidConsent", 3],
    ["agentWallet", "voidConsent", 3],
  ];
  for (const [kind, name, by] of writes()) {
    it(`should change nothing of what ${name} does with a ${kind}, whatever else is in it`, async () => {
      const sender = world.members[by] as World["members"][0];
      const write = anything<typeof sender.pulseFor>(sender[name]);
      const given = anything<{ signed: SignedKinds["pulse"] }>({ signed: signed[kind] });
      const laden = anything<{ signed: SignedKinds["pulse"] }>({ signed: { ...signed[kind], ...extras } });
      expect(write.call(laden)).to.deep.equal(write.call(given));
      expect(await write.simulate(laden)).to.deep.equal(await write.simulate(given));
      expect(await write.estimateGas(laden)).to.equal(await write.estimateGas(given));
      const hash = await write(laden);
      const { from, gas, nonce, to } = await world.members[0].getTransaction({ hash });
      expect(from).to.equal(sender.account.address.toLowerCase());
      expect(to).to.equal(write.call(given).address.toLowerCase());
      expect(gas).to.not.equal(extras.gas);
      expect(nonce).to.not.equal(extras.nonce);
    });
  }

  const verifiers: [kind: keyof SignedKinds, verify: keyof World["members"][0]][] = [
    ["register", "verifyRegister"],
    ["pulse", "verifyPulse"],
    ["vouch", "verifyVouch"],
    ["warn", "verifyWarn"],
    ["revoke", "verifyRevoke"],
    ["rotateKey", "verifyRotateKey"],
    ["agentWallet", "verifyAgentWallet"],
    ["delegationRevocation", "verifyDelegationRevocation"],
  ];
  for (const [kind, name] of verifiers) {
    it(`should change nothing of what ${name} says`, async () => {
      const [reader] = world.members;
      const verify = anything<typeof reader.verifyPulse>(reader[name]);
      expect(
        await verify(anything<{ signed: SignedKinds["pulse"] }>({ signed: { ...signed[kind], ...extras } })),
      ).to.equal(true);
      // The caller's own wish counts.
      expect(
        await verify(anything<{ signed: SignedKinds["pulse"] }>({ signed: signed[kind], addresses: extras.addresses })),
      ).to.equal(false);
    });
  }

  it("should be missed where it does not stand by itself", async () => {
    const [payer] = world.members;
    for (const [kind, name] of [...writes().slice(0, 9), ...verifiers]) {
      const act = anything<(parameters: unknown) => Promise<unknown>>(payer[name]);
      const error: unknown = await act(signed[kind]).catch((reason: unknown) => reason);
      expect(error, name).to.deep.include({ name: "InvalidSignedError", field: "signed" });
      expect((error as Error).message).to.include("`signed` is what one of the SDK's sign… returned.");
    }
  });

  it("should not hide the event of what was sent, with a number that is not sent", async () => {
    const [payer] = world.members;
    const laden = { ...signed.register, id: 999, voucherId: 999, subjectId: 999 };
    expect(await payer.registerForSync({ signed: laden })).to.include({ id: 3 });
  });

  it("should send what was tried, where it answers differently the second time", async () => {
    const [payer] = world.members;
    let asked = 0;
    const shifty = {
      ...signed.register,
      get agentURI() {
        return asked++ === 0 ? "ipfs://agent" : "ipfs://other";
      },
    };
    const hash = await payer.registerFor({ signed: shifty });
    const { input } = await payer.getTransaction({ hash });
    expect(input).to.equal(payer.registerFor.call({ signed: signed.register }).data);
  });

  it("should be refused by name, whatever is in a field, before any request", async () => {
    const requests: string[] = [];
    const { account, chain } = world.members[0];
    const request = async ({ method }: { method: string }) => {
      requests.push(method);
      throw new Error("This test makes no request.");
    };
    const payer = createClient({ account, chain, transport: custom({ request }, { retryCount: 0 }) })
      .extend(tenurePublicActions())
      .extend(tenureWalletActions());
    const nothing: object = Object.create(null);
    const lookalike = { toString: () => account.address };
    const wrong = [
      [account.address],
      [1],
      {},
      nothing,
      lookalike,
      Symbol("x"),
      () => {},
      true,
      -1,
      1.5,
      Number.NaN,
      5n,
    ];
    for (const [kind, name] of [...writes(), ...verifiers]) {
      const act = anything<(parameters?: unknown) => Promise<unknown>>(payer[anything<"pulseFor">(name)]);
      const refused = async (parameters: unknown, label: string) => {
        const error: unknown = await act(parameters).catch((reason: unknown) => reason);
        expect(error, label).to.be.instanceOf(BaseError);
      };
      for (const value of [undefined, null, [], ...wrong]) {
        await refused({ signed: value }, `${name}, signed`);
        await refused(value, `${name}, parameters`);
      }
      for (const field of Object.keys(signed[kind])) {
        for (const value of wrong) {
          const label = `${name}, ${field}: ${typeof value}`;
          await refused({ signed: { ...signed[kind], [field]: value } }, label);
          // What is not sent is not read: it reaches the chain, which this client does not.
          if (requests.length === 0) continue;
          requests.length = 0;
          expect(unread[name] ?? [], label).to.include(field);
        }
      }
    }
  });
});
