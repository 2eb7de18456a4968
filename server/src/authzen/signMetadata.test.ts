import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { expect } from "chai";
import { authzen, type MetadataSigner, UnfitKeyError } from "./index.ts";

const kinds: Readonly<
  Record<string, { key: KeyObject; algorithm: { name: string; namedCurve?: string; hash?: string } }>
> = {
  EdDSA: { key: generateKeyPairSync("ed25519").privateKey, algorithm: { name: "Ed25519" } },
  ES256: {
    key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
    algorithm: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  },
  RS256: {
    key: generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey,
    algorithm: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  },
};

const decoded = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

describe("signed metadata", () => {
  const at = (signer?: MetadataSigner) =>
    authzen({
      publicUrl: "https://pdp.example",
      tenants: new Map([["shop", {}]]),
      decisionPoint: { decide: () => Promise.reject(new Error("nobody asks")) },
      authenticate: () => Promise.reject(new Error("nobody asks")),
      now: () => 1_700_000_000_000,
      ...(signer && { signer }),
    });
  const metadata = async (signer?: MetadataSigner) => {
    const response = await at(signer).request("/.well-known/authzen-configuration/shop");
    return (await response.json()) as Record<string, string>;
  };

  for (const [alg, { key, algorithm }] of Object.entries(kinds)) {
    it(`should hold by ${alg}, as another library of cryptography verifies it`, async () => {
      const { signed_metadata: token = "", ...plain } = await metadata({
        issuer: "https://tenure.example",
        key,
        keyId: "k1",
      });
      const [header, claims, signature = ""] = token.split(".");
      expect(decoded(header)).to.deep.equal({ alg, kid: "k1", typ: "JWT" });
      expect(decoded(claims)).to.deep.equal({ ...plain, iss: "https://tenure.example", iat: 1_700_000_000 });
      expect(decoded(claims)).to.not.have.property("signed_metadata");
      const jwk = createPublicKey(key).export({ format: "jwk" });
      const imported = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
      const verify = (content: string) =>
        crypto.subtle.verify(algorithm, imported, Buffer.from(signature, "base64url"), Buffer.from(content));
      expect(await verify(`${header}.${claims}`)).to.equal(true);
      expect(await verify(`${header}.${claims}x`)).to.equal(false);
    });
  }

  it("should not be there where nobody signs", async () => {
    expect(await metadata()).to.not.have.property("signed_metadata");
    expect(await metadata()).to.not.have.property("search_subject_endpoint");
  });

  it("should be refused at once by a key that is none for it", () => {
    const signer = { issuer: "a", keyId: "b" };
    for (const key of [
      generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey,
      generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey,
      generateKeyPairSync("x25519").privateKey,
      createPublicKey(kinds.EdDSA?.key as KeyObject),
    ]) {
      expect(() => at({ ...signer, key })).to.throw(UnfitKeyError);
    }
  });
});
