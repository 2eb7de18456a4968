import { expect } from "chai";
import fc from "fast-check";
import { bytesToHex, hexToBytes, keccak256 } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { vectorAccount, vectorVerifier } from "../test/utils/signers.ts";
import { vectorRequest, vectors } from "../test/utils/vectors.ts";
import { isSignedByKey } from "./account/isSignedByKey.ts";
import { type Recover, recoverByViem } from "./account/recover.ts";
import { fastRecover } from "./fast.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const word = (value: bigint) => value.toString(16).padStart(64, "0");

describe("fast recovery of keys", () => {
  let recover: Recover;
  before(async () => {
    recover = await fastRecover();
  });

  it("should find the key that viem finds", async () => {
    const hash = keccak256("0x01");
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(1n, ORDER - 1n),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (key, bytes) => {
          const account = privateKeyToAccount(`0x${word(key)}`);
          const digest = keccak256(bytes);
          const signature = hexToBytes(await account.sign({ hash: digest }));
          const address = account.address.toLowerCase() as typeof account.address;
          expect(await isSignedByKey(address, digest, signature, recover)).to.equal(true);
          expect(await isSignedByKey(address, hash, signature, recover)).to.equal(false);
          const parity = signature[64] === 28 ? 1 : 0;
          const found = await recover(hexToBytes(digest), signature.subarray(0, 64), parity);
          const other = await recoverByViem(hexToBytes(digest), signature.subarray(0, 64), parity);
          expect(bytesToHex(found ?? new Uint8Array())).to.equal(bytesToHex(other ?? new Uint8Array()));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("should take no more forms of a signature than viem does", async () => {
    const hash = keccak256("0x02");
    const address = vectorAccount.address.toLowerCase() as typeof vectorAccount.address;
    const good = await vectorAccount.sign({ hash });
    const r = good.slice(2, 66);
    const s = BigInt(`0x${good.slice(66, 130)}`);
    const v = good.slice(130);
    const other = v === "1b" ? "1c" : "1b";
    const forms = {
      "the upper s": `0x${r}${word(ORDER - s)}${other}`,
      "the other v": `0x${r}${word(s)}${other}`,
      "v of 0 or 1": `0x${r}${word(s)}${v === "1b" ? "00" : "01"}`,
      "r of 0": `0x${word(0n)}${word(s)}${v}`,
      "s of 0": `0x${r}${word(0n)}${v}`,
      "r of the order": `0x${word(ORDER)}${word(s)}${v}`,
      "r not on the curve": `0x${word(5n)}${word(s)}${v}`,
      "64 bytes": `0x${r}${word(s)}`,
      "66 bytes": `${good}00`,
      nothing: "0x",
    } as const;
    for (const by of [recover, recoverByViem]) {
      expect(await isSignedByKey(address, hash, hexToBytes(good), by)).to.equal(true);
      for (const [form, signature] of Object.entries(forms)) {
        expect(await isSignedByKey(address, hash, hexToBytes(signature), by), form).to.equal(false);
      }
    }
  });

  it("should be what a verifier uses that is given it", async () => {
    let asked = 0;
    const counting: Recover = (...given) => {
      asked += 1;
      return recover(...given);
    };
    const { verify } = vectorVerifier({ recover: counting });
    const caller = await verify(vectorRequest());
    expect(caller.principal).to.equal(vectors.positive.keyid);
    expect(asked).to.equal(1);
  });
});
