// Keys by Node's cryptography and by WebCrypto: both have to say the same.
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { nodeCrypto } from "./nodeCrypto.ts";
import { type KeyProfile, verifyingKey } from "./verifyingKey.ts";

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const platforms = { Node: nodeCrypto(), WebCrypto: undefined };
const pairs: Readonly<Record<KeyProfile, () => { publicKey: KeyObject; privateKey: KeyObject }>> = {
  ed25519: () => generateKeyPairSync("ed25519"),
  "ecdsa-p256-sha256": () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
};

const signed = (key: KeyObject, message: Uint8Array, dsaEncoding: "ieee-p1363" | "der" = "ieee-p1363") =>
  new Uint8Array(
    key.asymmetricKeyType === "ed25519" ? sign(null, message, key) : sign("sha256", message, { key, dsaEncoding }),
  );
const jwkOf = (key: KeyObject) => JSON.stringify(key.export({ format: "jwk" }));

describe("a key that is no account's", () => {
  it("should be checked by Node where this runs on Node", () => {
    expect(nodeCrypto()).to.have.property("verify").that.is.a("function");
  });

  for (const [platform, node] of Object.entries(platforms)) {
    for (const [profile, generate] of Object.entries(pairs) as [
      KeyProfile,
      () => ReturnType<(typeof pairs)["ed25519"]>,
    ][]) {
      describe(`${profile} by ${platform}`, () => {
        const { publicKey, privateKey } = generate();
        const key = verifyingKey(profile, jwkOf(publicKey), node);

        it("should have signed what it signed, and nothing else", async () => {
          const property = fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(), async (message, at) => {
            const signature = signed(privateKey, message);
            expect(await key.isSigned(message, signature)).to.equal(true);
            expect(await key.isSigned(Uint8Array.of(...message, 0), signature)).to.equal(false);
            const flipped = signature.map((byte, index) => (index === at % 64 ? byte ^ 1 : byte));
            expect(await key.isSigned(message, flipped)).to.equal(false);
          });
          await fc.assert(property, { numRuns: 20 });
        });

        it("should take no other form", async () => {
          const message = Buffer.from("message");
          const signature = signed(privateKey, message);
          const others = [signature.subarray(1), Uint8Array.of(...signature, 27), new Uint8Array(), new Uint8Array(64)];
          for (const other of [...others, new Uint8Array(64).fill(255), signed(privateKey, message, "der")]) {
            if (profile === "ed25519" && other.length === 64 && other[0] === signature[0]) continue;
            expect(await key.isSigned(message, other)).to.equal(false);
          }
          expect(await verifyingKey(profile, jwkOf(generate().publicKey), node).isSigned(message, signature)).to.equal(
            false,
          );
        });

        it("should answer at once on Node", () => {
          expect(typeof key.isSigned(randomBytes(3), new Uint8Array(64))).to.equal(node ? "boolean" : "object");
        });
      });
    }

    it(`should take both s of P-256, as the standard does, by ${platform}`, async () => {
      const { publicKey, privateKey } = pairs["ecdsa-p256-sha256"]();
      const message = Buffer.from("message");
      const signature = signed(privateKey, message);
      const s = P256_ORDER - BigInt(`0x${Buffer.from(signature.subarray(32)).toString("hex")}`);
      const other = Uint8Array.of(
        ...signature.subarray(0, 32),
        ...Buffer.from(s.toString(16).padStart(64, "0"), "hex"),
      );
      const key = verifyingKey("ecdsa-p256-sha256", jwkOf(publicKey), node);
      expect(await key.isSigned(message, other)).to.equal(true);
    });

    it(`should not take an s of Ed25519 beyond the order, by ${platform}`, async () => {
      const { publicKey, privateKey } = pairs.ed25519();
      const message = Buffer.from("message");
      const signature = signed(privateKey, message);
      const order = 2n ** 252n + 27742317777372353535851937790883648493n;
      const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString("hex")}`) + order;
      const bytes = Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse();
      const key = verifyingKey("ed25519", jwkOf(publicKey), node);
      expect(await key.isSigned(message, Uint8Array.of(...signature.subarray(0, 32), ...bytes))).to.equal(false);
    });
  }
});
