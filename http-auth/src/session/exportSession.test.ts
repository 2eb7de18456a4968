import { expect } from "chai";
import { vectorAccount, vectorNow } from "../../test/utils/signers.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { createSession } from "./createSession.ts";
import { SessionKeyError, WrongSessionKeyError } from "./errors.ts";
import { exportSession, restoreSession } from "./exportSession.ts";

const now = () => vectorNow * 1_000;
const audience = "https://api.example";
const options = { account: vectorAccount, chainId: 1, audiences: [audience], validFor: 600, now };

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const reason: unknown = await promise.catch((error: unknown) => error);
  if (reason instanceof Error) return reason;
  throw new Error("nothing failed");
}

describe("a session as data", () => {
  for (const keyType of ["ed25519", "p256", "secp256k1"] as const) {
    it(`should be the same session again, by way of JSON: ${keyType}`, async () => {
      const session = await createSession({ ...options, keyType, extractable: true });
      const kept = JSON.stringify(await exportSession(session));
      const restored = await restoreSession(JSON.parse(kept), { now, extractable: true });
      expect(restored.toJSON()).to.deep.equal(session.toJSON());
      const signed = await restored.signRequest(new Request(audience));
      expect(signed.headers.get("signature-input")).to.contain(`keyid="${session.keyid}"`);
      expect(JSON.stringify(await exportSession(restored))).to.contain(JSON.parse(kept).key.d);
      // As secret as before, where nothing else is said.
      expect(await failureOf(exportSession(await restoreSession(JSON.parse(kept))))).to.be.instanceOf(SessionKeyError);
    });

    it(`should not be had where nobody said so: ${keyType}`, async () => {
      const error = await failureOf(exportSession(await createSession({ ...options, keyType })));
      expect(error).to.be.instanceOf(SessionKeyError);
    });
  }

  it("should not be had of an account, nor of what is no session", async () => {
    const session = await createSession({ ...options, key: vectorAccount, extractable: true });
    expect(await failureOf(exportSession(session))).to.be.instanceOf(SessionKeyError);
    expect(await failureOf(exportSession({ ...session }))).to.be.instanceOf(SessionKeyError);
  });

  it("should not be restored with another key, or with none", async () => {
    const kept = await exportSession(await createSession({ ...options, extractable: true }));
    const other = await exportSession(await createSession({ ...options, extractable: true }));
    const secp = await exportSession(await createSession({ ...options, keyType: "secp256k1", extractable: true }));
    expect(await failureOf(restoreSession({ ...kept, key: other.key }))).to.be.instanceOf(WrongSessionKeyError);
    expect(await failureOf(restoreSession({ ...kept, key: secp.key }))).to.be.instanceOf(WrongSessionKeyError);
    for (const key of [{}, { ...kept.key, d: "AA" }, { ...secp.key, d: "AA" }, { crv: "P-256", kty: "EC" }]) {
      expect(await failureOf(restoreSession({ ...kept, key }))).to.be.instanceOf(InvalidOptionError);
    }
  });

  it("should tell nothing of a private key that is none of its curve", async () => {
    const kept = await exportSession(await createSession({ ...options, keyType: "secp256k1", extractable: true }));
    const order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for (const hex of ["00".repeat(32), order, "ff".repeat(32)]) {
      const d = Buffer.from(hex, "hex").toString("base64url");
      const error = await failureOf(restoreSession({ ...kept, key: { ...kept.key, d } }));
      expect(error).to.be.instanceOf(InvalidOptionError);
      for (const secret of [d, hex, String(BigInt(`0x${hex}`))])
        expect(error.stack).not.to.match(new RegExp(`\\b${secret}\\b`));
    }
  });
});
