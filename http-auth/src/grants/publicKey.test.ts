import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { isPublicKey } from "./publicKey.ts";

const jwkOf = (bytes: Uint8Array) => `{"crv":"Ed25519","kty":"OKP","x":"${Buffer.from(bytes).toString("base64url")}"}`;

describe("a public key as a grant names it", () => {
  it("should be any that a platform makes", () => {
    for (let count = 0; count < 20; count++) {
      const { crv, kty, x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
      expect(isPublicKey("ed25519", JSON.stringify({ crv, kty, x }))).to.equal(true);
      const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
      const text = JSON.stringify({ crv: p256.crv, kty: p256.kty, x: p256.x, y: p256.y });
      expect(isPublicKey("ecdsa-p256-sha256", text)).to.equal(true);
    }
  });

  it("should not be one for which anybody can sign", () => {
    const small = [
      ...["01", "00", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"],
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ];
    for (const hex of small) {
      for (const sign of [0, 0x80]) {
        const point = Buffer.alloc(32);
        point.write(hex, "hex");
        point[31] = (point[31] ?? 0) | sign;
        const jwk = jwkOf(point);
        expect(isPublicKey("ed25519", jwk), jwk).to.equal(false);
      }
    }
  });
});
