import { expect } from "chai";
import { artifacts } from "hardhat";
import {
  type Address,
  concatHex,
  createClient,
  custom,
  encodeDeployData,
  getCreate2Address,
  type Hex,
  HttpRequestError,
  http,
  parseSignature,
  serializeCompactSignature,
  serializeErc6492Signature,
  signatureToCompactSignature,
  type TypedDataDefinition,
  toHex,
  zeroHash,
} from "viem";
import { privateKeyToAccount, toAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { testKeys } from "../../test/utils/localChain.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { codeThat, offchainLookup, visited } from "../../test/utils/strangers.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  canonicalSignature,
  deterministicDeployer,
  getVouchTypedData,
  type SignedPulse,
  verifyRegister,
  vouchFor,
} from "../index.ts";

describe("verifying signatures", () => {
  const [one, two] = [1, 2];
  let world: World;
  before(async () => {
    world = await openWorld();
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    await world.members[0].vouchSync({ voucherId: one, subjectId: two, stake: 1, periods: 1 });
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  /** What a signature is after it travelled as JSON. */
  const posted = <signed>(signed: signed): signed => JSON.parse(JSON.stringify(signed));

  /** Every kind of signature, its check, what changes its meaning, and what makes it stale. */
  const kinds = (() => {
    const member = (index: number) => world.members[index] ?? world.members[0];
    const offer = { voucherId: two, subjectId: one, stake: 2, periods: 2 };
    const elsewhere = "0x00000000000000000000000000000000000000AA" as const;
    /** A key of another identity than the subject's. */
    const { address: other } = privateKeyToAccount(testKeys[1]);
    const kind = <signed extends { signature: Hex; deadline: number; chainId: number; registry: Address }>(
      name: string,
      sign: () => Promise<signed>,
      verify: (signed: signed) => Promise<boolean>,
      changes: Partial<signed>[],
      submit: (signed: signed) => Promise<unknown>,
    ) => ({
      name,
      good: async () => verify(posted(await sign())),
      changed: async () => {
        const signed = await sign();
        const others = [
          ...changes,
          { chainId: 1 },
          { registry: elsewhere },
          { deadline: signed.deadline + 1 },
          { signature: `0x${"11".repeat(65)}` as const },
          { signature: "0x" as const },
        ];
        return Promise.all(others.map((other) => verify({ ...signed, ...other })));
      },
      late: async () => {
        const signed = await sign();
        await world.wait(4_000);
        return verify(signed);
      },
      used: async () => {
        const signed = posted(await sign());
        await submit(signed);
        return verify(signed);
      },
    });
    return [
      kind(
        "Register",
        () => member(3).signRegister({ agentURI: "ipfs://a" }),
        (signed) => member(4).verifyRegister({ signed }),
        [{ agentURI: "ipfs://b" }, { owner: elsewhere }, { signatureNonce: 1 }],
        (signed) => member(4).registerForSync({ signed }),
      ),
      kind(
        "Pulse",
        () => member(0).signPulse({ id: one, checkpoint: `0x${"01".repeat(32)}` }),
        (signed) => member(4).verifyPulse({ signed }),
        [
          ...[{ id: two }, { id: 99 }, { checkpoint: zeroHash }, { lastSeen: 1 }],
          ...[{ owner: elsewhere }, { owner: other }, { id: two, owner: other }],
        ],
        (signed) => member(4).pulseForSync({ signed }),
      ),
      kind(
        "RotateKey",
        () => member(3).signRotateKey({ id: one }),
        (signed) => member(4).verifyRotateKey({ signed }),
        [{ id: two }, { owner: elsewhere }, { newOwner: elsewhere }, { keyEpoch: 1 }, { id: 99 }],
        (signed) => member(0).rotateKeySync({ signed }),
      ),
      kind(
        "AgentWallet",
        () => member(3).signAgentWallet({ id: one }),
        (signed) => member(4).verifyAgentWallet({ signed }),
        [{ id: two }, { newWallet: elsewhere }, { owner: elsewhere }],
        // Its consent is good for this owner, and has no nonce: a rotation is what ends it.
        async () => member(0).rotateKeySync({ signed: await member(5).signRotateKey({ id: one }) }),
      ),
      kind(
        "Vouch",
        () => member(1).signVouch(offer),
        (signed) => member(4).verifyVouch({ signed }),
        [
          ...[{ stake: 3 }, { subjectId: 3 }, { voucherId: 3 }, { arbiterId: 1 }, { keyEpoch: 1 }],
          ...[{ signatureNonce: 1 }, { subjectOwner: elsewhere }, { subjectOwner: other }],
          ...[{ since: 1 }, { arbiterOwner: elsewhere }, { arbiterId: 3, arbiterOwner: elsewhere }],
        ],
        (signed) => member(4).vouchForSync({ signed }),
      ),
      kind(
        "Warn",
        () => member(1).signWarn(offer),
        (signed) => member(4).verifyWarn({ signed }),
        [
          ...[{ stake: 3 }, { topic: `0x${"01".repeat(32)}` as const }, { evidence: "x" }, { periods: 1 }],
          ...[{ signatureNonce: 1 }, { subjectKey: elsewhere }, { subjectKey: other }],
          ...[{ since: 1 }, { arbiterOwner: elsewhere }, { arbiterId: 3, arbiterOwner: elsewhere }],
        ],
        (signed) => member(4).warnForSync({ signed }),
      ),
      kind(
        "Revoke",
        () => member(0).signRevoke({ voucherId: one, subjectId: two }),
        (signed) => member(4).verifyRevoke({ signed }),
        [{ subjectId: 3 }, { voucherId: two, subjectId: one }, { signatureNonce: 1 }, { keyEpoch: 1 }, { since: 0 }],
        (signed) => member(4).revokeForSync({ signed }),
      ),
    ];
  })();

  for (const { name, good, changed, late, used } of kinds) {
    describe(`verify${name}`, () => {
      it("should believe what was signed, after it travelled as JSON", async () => {
        expect(await good()).to.equal(true);
      });

      it("should not believe it with anything changed", async () => {
        const answers = await changed();
        expect(answers).to.deep.equal(answers.map(() => false));
      });

      it("should not believe it after its deadline, nor where it was used up", async () => {
        expect(await used()).to.equal(false);
        await world.reset();
        expect(await late()).to.equal(false);
      });
    });
  }

  it("should not take a warning for a vouch", async () => {
    const [reader, voucher] = world.members;
    const signed = await voucher.signWarn({ voucherId: two, subjectId: one, stake: 2, periods: 2 });
    const subjectOwner = reader.account.address;
    expect(await reader.verifyVouch({ signed: { ...signed, subjectOwner } })).to.equal(false);
    // From JSON, a field may be missing, or one too many.
    expect((await rejection(reader.verifyVouch({ signed: signed as never }))).name).to.equal("InvalidAddressError");
    expect(await reader.verifyWarn({ signed: { ...signed, subjectOwner } as typeof signed })).to.equal(true);
    expect(await reader.verifyWarn({ signed })).to.equal(true);
  });

  describe("given a key's signature in another form", () => {
    const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

    it("should say of each form what the registry says", async () => {
      const [payer, voucher] = world.members;
      const signed = await voucher.signVouch({ voucherId: two, subjectId: one, stake: 2, periods: 2 });
      const { r, s, yParity } = parseSignature(signed.signature);
      const end = signed.signature.slice(-2);
      const rest = signed.signature.slice(0, -2);
      const highS = concatHex([r, toHex(ORDER - BigInt(s), { size: 32 }), end === "1b" ? "0x1c" : "0x1b"]);
      const no = "InvalidSignatureError";
      const forms: [Hex, true | string][] = [
        [signed.signature, true],
        [`0x${signed.signature.slice(2).toUpperCase()}`, true],
        [highS, "SignatureFormError"],
        [`${rest}0${yParity}` as Hex, "SignatureFormError"],
        [`${rest}${end === "1b" ? "1c" : "1b"}` as Hex, no],
        [`${rest}1d` as Hex, no],
        [serializeCompactSignature(signatureToCompactSignature({ r, s, yParity })), "SignatureFormError"],
        [`${signed.signature}00`, no],
        [concatHex([`0x${"ff".repeat(32)}`, s, `0x${end}`]), no],
        ["0x", no],
      ];
      for (const [signature, expected] of forms) {
        const changed = { ...signed, signature };
        const answer = await payer.vouchFor.simulate({ signed: changed }).then(
          () => true,
          (error: Error) => error.name,
        );
        expect(answer, `the SDK, ${signature}`).to.equal(expected);
        // The registry itself, without what the SDK looks at before.
        const { to, data } = vouchFor.call(payer, { signed: changed });
        const isTaken = await payer.call({ to, data }).then(
          () => true,
          () => false,
        );
        expect(isTaken, `the registry, ${signature}`).to.equal(expected === true);
        expect(await payer.verifyVouch({ signed: changed }), signature).to.equal(expected === true);
      }
    });

    it("should mend each form without the key, and leave alone what is by another key", async () => {
      const [payer, voucher, other] = world.members;
      const signer = voucher.account.address;
      const signed = await voucher.signVouch({ voucherId: two, subjectId: one, stake: 2, periods: 2 });
      const typedData = getVouchTypedData(signed);
      const { r, s, yParity } = parseSignature(signed.signature);
      const highS = toHex(ORDER - BigInt(s), { size: 32 });
      const forms: Hex[] = [
        signed.signature,
        concatHex([r, s, toHex(yParity, { size: 1 })]),
        concatHex([r, highS, yParity === 0 ? "0x1c" : "0x1b"]),
        concatHex([r, highS, yParity === 0 ? "0x01" : "0x00"]),
        serializeCompactSignature(signatureToCompactSignature({ r, s, yParity })),
      ];
      for (const signature of forms) {
        expect(await canonicalSignature({ signer, typedData, signature })).to.equal(signed.signature);
        const foreign = await canonicalSignature({ signer: other.account.address, typedData, signature });
        expect(foreign).to.equal(signature);
        // An account whose wallet answers in this form.
        const account = toAccount({ ...voucher.account, signTypedData: async () => signature });
        const anew = await voucher.signVouch({ ...signed, account });
        expect(anew.signature).to.equal(signed.signature);
      }
      expect((await payer.vouchForSync({ signed })).edge.stake).to.equal(2);
    });

    it("should put v of 0 or 1, as some wallets answer it, into the form that the registry takes", async () => {
      const [payer, voucher, , newcomer] = world.members;
      /** An account whose wallet counts from 0. */
      const fromZero = ({ account }: typeof voucher) =>
        toAccount({
          ...account,
          signTypedData: async (message) => {
            const signature = await account.signTypedData(message as TypedDataDefinition);
            return `${signature.slice(0, -2)}${signature.endsWith("1b") ? "00" : "01"}` as Hex;
          },
        });
      const ends = new Set<string>();
      // Of eight signatures, not all have the same v.
      for (let stake = 1; stake <= 8; stake++) {
        const offer = { voucherId: two, subjectId: one, stake, periods: 2 };
        const plain = await voucher.signVouch(offer);
        // With its deadline: a second may have passed.
        const signed = await voucher.signVouch({ ...plain, account: fromZero(voucher) });
        expect(signed.signature).to.equal(plain.signature);
        ends.add(signed.signature.slice(-2));
      }
      expect([...ends].sort()).to.deep.equal(["1b", "1c"]);
      const account = fromZero(newcomer);
      // One for both: a second may pass between them.
      const deadline = (await world.now()) + 200;
      for (const [plain, other] of [
        [await newcomer.signRegister({ deadline }), await newcomer.signRegister({ deadline, account })],
        [
          await newcomer.signRotateKey({ id: one, deadline }),
          await newcomer.signRotateKey({ id: one, deadline, account }),
        ],
        [
          await newcomer.signAgentWallet({ id: one, deadline }),
          await newcomer.signAgentWallet({ id: one, deadline, account }),
        ],
      ]) {
        expect(other).to.deep.equal(plain);
      }
      const pair = { voucherId: two, subjectId: one };
      await voucher.vouchSync({ ...pair, stake: 1, periods: 1 });
      expect(await voucher.signRevoke({ ...pair, deadline, account: fromZero(voucher) })).to.deep.equal(
        await voucher.signRevoke({ ...pair, deadline }),
      );
      expect(await voucher.signPulse({ id: two, account: fromZero(voucher) })).to.deep.equal(
        await voucher.signPulse({ id: two }),
      );
      expect((await payer.registerForSync({ signed: await newcomer.signRegister({ account }) })).owner).to.equal(
        account.address,
      );
    });

    it("should leave other bytes alone that end in 0 or 1", async () => {
      const [, , , newcomer] = world.members;
      const signature = `0x${"12".repeat(64)}01` as const;
      const account = toAccount({ ...newcomer.account, signTypedData: async () => signature });
      expect((await newcomer.signRegister({ account })).signature).to.equal(signature);
    });
  });

  it("should refuse what is no signed object at all, in words", async () => {
    const [reader] = world.members;
    expect((await rejection(reader.verifyVouch({ signed: {} as never }))).name).to.equal("InvalidIdError");
    expect((await rejection(reader.verifyRegister({ signed: {} as never }))).name).to.equal("InvalidAddressError");
    const { checkpoint: _, ...rest } = await reader.signPulse({ id: one });
    for (const [wrong, name] of [
      [{}, "InvalidAddressError"],
      [rest, "InvalidBytes32Error"],
      [{ ...rest, checkpoint: "0x" }, "InvalidBytes32Error"],
      [{ ...rest, checkpoint: zeroHash, id: 0 }, "InvalidIdError"],
      [{ ...rest, checkpoint: zeroHash, lastSeen: -1 }, "InvalidTimeError"],
      [{ ...rest, checkpoint: zeroHash, deadline: 0.5 }, "InvalidTimeError"],
      [{ ...rest, checkpoint: zeroHash, signature: "sig" }, "InvalidBytesError"],
    ] as const) {
      expect((await rejection(reader.verifyPulse({ signed: wrong as never }))).name).to.equal(name);
    }
  });

  /** The account of a contract with one key, which signs for it; where it will be, and what puts it there. */
  async function smartAccount() {
    const [, , , key] = world.members;
    const { abi, bytecode } = await artifacts.readArtifact("SmartAccount");
    const initCode = encodeDeployData({ abi, bytecode: bytecode as Hex, args: [key.account.address] });
    const address = getCreate2Address({ from: deterministicDeployer, salt: zeroHash, bytecode: initCode });
    const data = concatHex([zeroHash, initCode]);
    const sign = (message: TypedDataDefinition) => key.account.signTypedData(message);
    const account = toAccount({
      address,
      signMessage: ({ message }) => key.account.signMessage({ message }),
      signTransaction: () => Promise.reject(new Error("It sends nothing.")),
      signTypedData: (message) => sign(message as TypedDataDefinition),
    });
    return { account, address, data, key };
  }

  describe("given a smart account", () => {
    it("should register, check in, vouch and revoke through a relayer (ERC-1271), and be believed before", async () => {
      const [, , , , relayer] = world.members;
      const { account, address, data, key } = await smartAccount();
      await relayer.waitForTransactionReceipt({
        hash: await relayer.sendTransaction({ to: deterministicDeployer, data }),
      });
      const consent = posted(await key.signRegister({ account, agentURI: "ipfs://smart" }));
      expect(consent.owner).to.equal(address);
      expect(await relayer.verifyRegister({ signed: consent })).to.equal(true);
      expect(await relayer.verifyRegister({ signed: { ...consent, agentURI: "" } })).to.equal(false);
      const { id, owner } = await relayer.registerForSync({ signed: consent });
      expect(owner).to.equal(address);
      expect(await relayer.getIdentity({ id })).to.deep.include({ ownerKind: "unproven", isDelegated: false });
      await world.wait(1_800);
      const checkIn = posted(await key.signPulse({ account, id }));
      expect(await relayer.verifyPulse({ signed: checkIn })).to.equal(true);
      expect((await relayer.pulseForSync({ signed: checkIn })).id).to.equal(id);
      expect((await relayer.getIdentity({ id })).ownerKind).to.equal("unproven");
      const error = await rejection(key.proveKey({ account, id }));
      expect(error).to.deep.include({ name: "NotKeyError", owner: address });
      const offer = posted(await key.signVouch({ account, voucherId: id, subjectId: one, stake: 3, periods: 1 }));
      expect(await relayer.verifyVouch({ signed: offer })).to.equal(true);
      expect((await relayer.vouchForSync({ signed: offer })).edge.stake).to.equal(3);
      const end = posted(await key.signRevoke({ account, voucherId: id, subjectId: one }));
      expect(await relayer.verifyRevoke({ signed: end })).to.equal(true);
      expect((await relayer.revokeForSync({ signed: end })).edge.state).to.equal("revoked");
    });

    it("should be believed before it is deployed (ERC-6492)", async () => {
      const [reader] = world.members;
      const { account, data, key, address } = await smartAccount();
      const consent = await key.signRegister({ account });
      const { signature } = consent;
      const wrapped = {
        ...consent,
        signature: serializeErc6492Signature({ address: deterministicDeployer, data, signature }),
      };
      expect(await reader.getCode({ address })).to.equal(undefined);
      expect(await reader.verifyRegister({ signed: posted(wrapped) })).to.equal(true);
      expect(await reader.verifyRegister({ signed: { ...wrapped, agentURI: "other" } })).to.equal(false);
      expect(await reader.verifyRegister({ signed: consent })).to.equal(false);
    });

    it("should be refused with its reason before it is deployed, and sent without its wrapping afterwards", async () => {
      const [relayer] = world.members;
      const { account, data, key, address } = await smartAccount();
      const consent = await key.signRegister({ account });
      const wrap = (signature: Hex) => serializeErc6492Signature({ address: deterministicDeployer, data, signature });
      const wrapped = { ...consent, signature: wrap(consent.signature) };
      const error = await rejection(relayer.registerFor({ signed: wrapped }));
      expect(error).to.deep.include({ name: "SignerNotDeployedError", signer: address });
      expect(error.message).to.include("Deploy the smart account first");
      await relayer.waitForTransactionReceipt({
        hash: await relayer.sendTransaction({ to: deterministicDeployer, data }),
      });
      const foreign = { ...consent, signature: wrap(`0x${"11".repeat(65)}`) };
      expect(await relayer.verifyRegister({ signed: foreign })).to.equal(false);
      expect((await rejection(relayer.registerFor({ signed: foreign }))).name).to.equal("InvalidSignatureError");
      expect(await relayer.verifyRegister({ signed: wrapped })).to.equal(true);
      const { id, owner } = await relayer.registerForSync({ signed: wrapped });
      expect(owner).to.equal(address);
      await world.wait(1_800);
      const offer = await key.signVouch({ account, voucherId: id, subjectId: one, stake: 1, periods: 1 });
      const wrappedOffer = { ...offer, signature: wrap(offer.signature) };
      await relayer.pulseForSync({ signed: await key.signPulse({ account, id }) });
      expect(await relayer.verifyVouch({ signed: wrappedOffer })).to.equal(true);
      expect((await relayer.vouchForSync({ signed: wrappedOffer })).edge.stake).to.equal(1);
    });
  });

  describe("given a signer with code", () => {
    const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

    /** What the registry says of a signed check-in, and what the SDK says of it. */
    async function bothSay(signed: SignedPulse) {
      const [, , , , payer] = world.members;
      const registry = await payer.pulseFor.simulate({ signed }).then(
        () => true,
        (error: Error) => error.name,
      );
      return { registry, sdk: await payer.verifyPulse({ signed }) };
    }

    it("should say of an account that delegates its code (EIP-7702) what the registry says", async () => {
      const [owner] = world.members;
      const { abi, bytecode } = await artifacts.readArtifact("SmartAccount");
      const hash = await owner.deployContract({ abi, bytecode: bytecode as Hex, args: [owner.account.address] });
      const { contractAddress } = await owner.waitForTransactionReceipt({ hash });
      const signed = await owner.signPulse({ id: one });
      const { r, s, yParity } = parseSignature(signed.signature);
      const other = toHex(ORDER - BigInt(s), { size: 32 });
      const forms: [Hex, boolean][] = [
        [signed.signature, true],
        [concatHex([r, other, yParity === 0 ? "0x1c" : "0x1b"]), false],
        [concatHex([r, s, toHex(yParity, { size: 1 })]), false],
        [serializeCompactSignature(signatureToCompactSignature({ r, s, yParity })), false],
      ];
      for (const delegate of [contractAddress ?? "0x", world.members[1].account.address]) {
        await owner.setCode({ address: owner.account.address, bytecode: concatHex(["0xef0100", delegate]) });
        for (const [signature, isGood] of forms) {
          const expected = { registry: isGood || "InvalidSignatureError", sdk: isGood };
          expect(await bothSay({ ...signed, signature }), signature).to.deep.equal(expected);
        }
      }
    });

    it("should say of a contract that answers whatever it likes what the registry says", async () => {
      const [owner] = world.members;
      const { address } = owner.account;
      const signed = { ...(await owner.signPulse({ id: one })), signature: "0x1234" as const };
      const magic = "1626ba7e";
      const zeros = "00".repeat(28);
      const answers: [Hex, boolean][] = [
        [`0x${magic}${zeros}`, true],
        [`0x${magic}${zeros}${"ff".repeat(40)}`, true],
        [`0x${magic}${"00".repeat(27)}01`, false],
        [`0x${magic}`, false],
        [`0x${zeros}${magic}`, false],
        ["0x", false],
      ];
      for (const [answer, isGood] of answers) {
        await owner.setCode({ address, bytecode: codeThat("answers", answer) });
        const expected = { registry: isGood || "InvalidSignatureError", sdk: isGood };
        expect(await bothSay(signed), answer).to.deep.equal(expected);
        await owner.setCode({ address, bytecode: codeThat("reverts", answer) });
        expect((await bothSay(signed)).sdk, `reverts with ${answer}`).to.equal(false);
      }
      await owner.setCode({ address, bytecode: "0xfe" });
      expect((await bothSay(signed)).sdk).to.equal(false);
    });

    it("should not take a node that does not answer for a contract that says no", async () => {
      const [reader] = world.members;
      const { account, data, key } = await smartAccount();
      await reader.waitForTransactionReceipt({
        hash: await reader.sendTransaction({ to: deterministicDeployer, data }),
      });
      const consent = await key.signRegister({ account });
      const { request } = http(world.url)({ chain: hardhat });
      /** Fails where a contract is asked that is no registry. */
      const failing = custom({
        request: async (asked: { method: string; params?: unknown }) => {
          if (asked.method === "eth_call" && JSON.stringify(asked.params).includes("0x1626ba7e")) {
            throw new HttpRequestError({ url: "http://127.0.0.1:1", status: 503 });
          }
          return request(asked as Parameters<typeof request>[0]);
        },
      });
      const flaky = createClient({ chain: hardhat, transport: failing });
      expect((await rejection(verifyRegister(flaky, { signed: consent }))).name).to.equal("NodeRefusedError");
      expect(await reader.verifyRegister({ signed: consent })).to.equal(true);
    });

    it("should not let a contract send this machine to a URL (ERC-3668)", async () => {
      const [owner] = world.members;
      const { address } = owner.account;
      const visits = await visited(async (url) => {
        await owner.setCode({ address, bytecode: codeThat("reverts", offchainLookup(address, url)) });
        const signed = { ...(await owner.signPulse({ id: one })), signature: "0x1234" as const };
        expect(await owner.verifyPulse({ signed })).to.equal(false);
      });
      expect(visits).to.deep.equal([]);
    });
  });

  it("should let an agent register, earn and vouch through a relayer, and never have any ether", async () => {
    const [, , , poor, relayer] = world.members;
    await poor.setBalance({ address: poor.account.address, value: 0n });
    const { id } = await relayer.registerForSync({ signed: posted(await poor.signRegister({})) });
    await world.wait(1_800);
    await relayer.pulseForSync({ signed: posted(await poor.signPulse({ id })) });
    const offer = await poor.signVouch({ voucherId: id, subjectId: one, stake: 1, periods: 1 });
    expect((await relayer.vouchForSync({ signed: posted(offer) })).edge.stake).to.equal(1);
    expect(await poor.getTransactionCount({ address: poor.account.address })).to.equal(0);
  });
});
