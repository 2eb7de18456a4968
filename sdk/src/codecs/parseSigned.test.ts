import { expect } from "chai";
import { zeroHash } from "viem";
import { openWorld, type World } from "../../test/utils/world.ts";
import { InvalidSignedError, parseSigned, type SignedKinds } from "../index.ts";

type Kind = keyof SignedKinds;

describe("parseSigned", () => {
  const [one, two] = [1, 2];
  let world: World;
  let signed: SignedKinds;
  before(async () => {
    world = await openWorld();
    const [, first, second, newcomer, third] = world.members;
    for (const agent of [first, second, third]) await agent.registerSync({});
    await world.earn(first, second);
    const offer = { voucherId: one, subjectId: two, stake: 3, periods: 1 };
    const made = { voucherId: two, subjectId: one };
    await second.vouchSync({ ...made, stake: 1, periods: 1 });
    signed = {
      register: await newcomer.signRegister({ agentURI: "ipfs://agent" }),
      pulse: await first.signPulse({ id: one, checkpoint: `0x${"ab".repeat(32)}` }),
      vouch: await first.signVouch({ ...offer, arbiterId: 3 }),
      warn: await first.signWarn(offer),
      revoke: await second.signRevoke(made),
      rotateKey: await newcomer.signRotateKey({ id: one }),
      agentWallet: await newcomer.signAgentWallet({ id: one }),
      delegationRevocation: await newcomer.signDelegationRevocation({ handle: `0x${"cd".repeat(32)}` }),
    };
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const kinds: Kind[] = [
    ...(["register", "pulse", "vouch", "warn", "revoke", "rotateKey", "agentWallet"] as const),
    "delegationRevocation",
  ];

  /** What a stranger may add, hoping that it is taken as the payer's own. */
  const extras = {
    ...{ account: "0x00000000000000000000000000000000000000AA", addresses: { vouchRegistry: "0x00" } },
    ...{ gas: 30_000_000, maxFeePerGas: 9e15, maxPriorityFeePerGas: 9e15, nonce: 7, kind: "vouch" },
    ...{ confirmations: 1e9, timeout: 1, pollingInterval: 1, blockNumber: 0, chain: null },
  };

  const refusal = (kind: Kind, value: unknown): InvalidSignedError => {
    try {
      parseSigned(kind, value);
    } catch (error) {
      if (error instanceof InvalidSignedError) return error;
      throw error;
    }
    throw new TypeError(`${kind}: it was expected to be refused, and was not.`);
  };

  for (const kind of kinds) {
    describe(`given ${kind}`, () => {
      it("should give what was signed, of a text and of an object", () => {
        expect(parseSigned(kind, JSON.stringify(signed[kind]))).to.deep.equal(signed[kind]);
        expect(parseSigned(kind, signed[kind])).to.deep.equal(signed[kind]);
      });

      it("should drop everything else", () => {
        const text = JSON.stringify({ ...signed[kind], ...extras }).replace("{", '{"__proto__":{"gas":1},');
        const parsed = parseSigned(kind, text);
        expect(parsed).to.deep.equal(signed[kind]);
        expect(Object.getPrototypeOf(parsed)).to.equal(Object.prototype);
        // Dropped one by one as well, in case one of them hides another.
        for (const [field, value] of Object.entries(extras)) {
          expect(parseSigned(kind, { ...signed[kind], [field]: value }), field).to.not.have.property(field);
        }
      });

      it("should name each field that is missing, inherited or of another type", () => {
        for (const field of Object.keys(signed[kind]).filter((name) => !name.startsWith("arbiter"))) {
          const { [field]: content, ...rest } = signed[kind] as Record<string, unknown>;
          const others = [null, {}, [content], true, typeof content === "string" ? 7 : String(content)];
          const cases = [rest, Object.assign(Object.create({ [field]: content }), rest)];
          for (const value of [...cases, ...others.map((other) => ({ ...rest, [field]: other }))]) {
            const error = refusal(kind, value);
            expect(error).to.deep.include({ name: "InvalidSignedError", field });
            expect(error.message, field).to.include(` as ${field}.`).and.include(`\`${field}\` is `);
          }
        }
      });
    });
  }

  it("should hold numbers to their ranges, and addresses and bytes to their forms", () => {
    const wrong: [Kind, string, unknown[]][] = [
      ["vouch", "chainId", [0, -1, 1.5, 2 ** 53]],
      ["vouch", "voucherId", [0, 2 ** 40]],
      ["vouch", "subjectId", [0, 2 ** 40]],
      ["vouch", "arbiterId", [0, 2 ** 40, "1"]],
      ["vouch", "arbiterOwner", ["0x00", 7]],
      ["vouch", "since", [-1, 2 ** 40]],
      ["revoke", "since", [-1, 2 ** 40]],
      ["vouch", "stake", [0, 2 ** 32]],
      ["vouch", "periods", [0, 7]],
      ["vouch", "keyEpoch", [-1, 256]],
      ["vouch", "subjectOwner", ["0x00"]],
      ["warn", "subjectKey", ["0x00"]],
      ["rotateKey", "owner", ["0x00"]],
      ["vouch", "signatureNonce", [-1, 2 ** 53]],
      ["vouch", "deadline", [-1, 2 ** 40]],
      ["vouch", "topic", ["0x", `0x${"00".repeat(31)}`, `0x${"0g".repeat(32)}`]],
      ["vouch", "signature", ["0x1", "12", "0x0g"]],
      ["vouch", "registry", ["0x00", signed.vouch.registry.replace(/[a-f]/, (digit) => digit.toUpperCase())]],
      ["pulse", "id", [0, 2 ** 40]],
      ["pulse", "owner", ["0x00"]],
      ["pulse", "checkpoint", ["0x", `0x${"00".repeat(31)}`, `0x${"0g".repeat(32)}`]],
      ["pulse", "lastSeen", [-1, 2 ** 40]],
      ["pulse", "deadline", [-1, 2 ** 40]],
      ["rotateKey", "id", [0, 2 ** 40]],
      ["rotateKey", "newOwner", ["0x00"]],
      ["agentWallet", "newWallet", ["0x00"]],
      ["agentWallet", "owner", ["0x00"]],
      ["register", "owner", ["0x00"]],
    ];
    for (const [kind, field, values] of wrong) {
      for (const value of values) {
        expect(refusal(kind, { ...signed[kind], [field]: value }).field, `${field}: ${value}`).to.equal(field);
      }
    }
    const message = refusal("vouch", { ...signed.vouch, stake: -5 }).message;
    expect(message).to.include("-5").and.include("`stake` is a whole number from 1 to 4294967295.");
  });

  it("should put addresses into their one form", () => {
    const owner = signed.register.owner.toLowerCase();
    expect(parseSigned("register", { ...signed.register, owner })).to.deep.equal(signed.register);
  });

  it("should take null for no arbiter, as other languages write it", () => {
    const parsed = parseSigned("vouch", JSON.stringify({ ...signed.vouch, arbiterId: null, arbiterOwner: null }));
    expect(parsed).to.not.have.any.keys("arbiterId", "arbiterOwner");
  });

  it("should want the checkpoint of a check-in, zero where there is none", () => {
    const { checkpoint: _, ...rest } = signed.pulse;
    expect(refusal("pulse", rest).field).to.equal("checkpoint");
    expect(refusal("pulse", { ...rest, checkpoint: null }).field).to.equal("checkpoint");
    expect(parseSigned("pulse", { ...rest, checkpoint: zeroHash }).checkpoint).to.equal(zeroHash);
  });

  it("should refuse by name whatever JSON can be", () => {
    const text = JSON.stringify(signed.pulse);
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const wrong = [
      ...[deep, `{"a":${deep}}`, text.replace(/"id":\d+/, `"id":${deep}`), `[${text}]`, JSON.stringify(text)],
      ...['"1n"', '"1"', "1e400", "123456789012345678901234567890", "-0.5", "true", "{}", '{"toString":1}'].map((id) =>
        text.replace(/"id":\d+/, `"id":${id}`),
      ),
      ...[`{"__proto__":${text}}`, "", "\0", `\ufeff${text}`, "x".repeat(100_000)],
    ];
    for (const content of wrong) expect(refusal("pulse", content).shortMessage.length).to.be.lessThan(200);
  });

  it("should refuse what is no object, and a kind that it does not know", () => {
    for (const value of ["", "{", "null", "[]", '"text"', "7", null, undefined, [], 7, { toString: 1 }]) {
      expect(refusal("vouch", value).name).to.equal("InvalidSignedError");
    }
    for (const kind of ["toString", "__proto__", "burn"]) {
      expect(refusal(kind as Kind, signed.vouch).field, kind).to.equal("kind");
    }
  });

  it("should keep a stranger from setting what the payer pays", async () => {
    const [payer] = world.members;
    const consent = JSON.stringify({ ...signed.register, ...extras });
    const before = await payer.getBalance({ address: payer.account.address });
    const registration = parseSigned("register", consent);
    expect(await payer.verifyRegister({ signed: registration })).to.equal(true);
    const { owner, receipt } = await payer.registerForSync({ signed: registration });
    expect({ owner, from: receipt.from }).to.deep.equal({
      owner: signed.register.owner,
      from: payer.account.address.toLowerCase(),
    });
    const paid = before - (await payer.getBalance({ address: payer.account.address }));
    expect(Number(paid) / 1e18).to.be.lessThan(0.01);
  });
});
