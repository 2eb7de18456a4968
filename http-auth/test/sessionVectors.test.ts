// The vectors of ERC-8395, made anew by sessions: each grant and each request, to the byte where its algorithm is
// deterministic.
import { expect } from "chai";
import { hexToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { GRANT_FIELD } from "../src/constants.ts";
import {
  createSession,
  type DelegateKey,
  decodeGrants,
  type GrantOptions,
  type Jwk,
  openSession,
  type Session,
} from "../src/index.ts";
import { grantVectors, vectorField, vectorGrant } from "./utils/grantVectors.ts";
import { isSignedByJwk, privateJwk } from "./utils/jwk.ts";
import { vectorNow } from "./utils/signers.ts";

const now = () => (vectorNow - 1) * 1_000;
const secretOf = (name: string) => {
  const secret = grantVectors.keys[name];
  if (secret === undefined) throw new Error(`no key ${name}`);
  return secret;
};
const accountOf = (name: string) => privateKeyToAccount(secretOf(name));

/** A grant of the vectors as options, but for its delegate. */
function optionsOf(name: string): GrantOptions {
  const { grant } = vectorGrant(name);
  return {
    audiencePermissions: grant.audiencePermissions,
    validAfter: Number(grant.validAfter),
    validUntil: Number(grant.validUntil),
    remainingDelegations: grant.remainingDelegations,
    maxRequestValidity: grant.maxRequestValiditySeconds,
    requiredComponents: grant.requiredComponents,
    id: grant.id,
    epoch: grant.epoch,
  };
}

/** The session of the root's grant. */
async function rootSession(name: "g0" | "p0"): Promise<Session> {
  const key = name === "g0" ? accountOf("delegateA") : await privateJwk(secretOf("delegateC_p256"), "P-256");
  return createSession({ account: accountOf("root"), chainId: 1, key, now, ...optionsOf(name) });
}

const publicKeyIn = (name: string): DelegateKey => {
  const { delegate, delegateProfile } = vectorGrant(name).grant;
  return { profile: delegateProfile, delegate };
};

describe("sessions, and the vectors of ERC-8395", () => {
  for (const name of ["g0", "p0"] as const) {
    it(`should have the root sign the same grant: ${name}`, async () => {
      const session = await rootSession(name);
      expect(session.grant.grant).to.deep.equal(vectorGrant(name).grant);
      expect(session.grant.digest).to.equal(vectorGrant(name).digest);
      expect(session.grant.signature).to.equal(vectorGrant(name).signature);
      expect(session.toJSON().grants).to.equal(vectorField(name));
    });
  }

  it("should hand on as an account does: g1", async () => {
    const session = await rootSession("g0");
    const { field } = await session.delegate({ ...optionsOf("g1"), key: publicKeyIn("g1") });
    expect(field).to.equal(vectorField("g0", "g1"));
  });

  it("should hand on as a key of P-256 does, but for its signature, which is another one each time: q1", async () => {
    const session = await rootSession("p0");
    const { grant } = await session.delegate({ ...optionsOf("q1"), key: publicKeyIn("q1") });
    expect(grant.grant).to.deep.equal(vectorGrant("q1").grant);
    expect(grant.digest).to.equal(vectorGrant("q1").digest);
    const [above] = session.grants;
    expect(await isSignedByJwk(above?.grant.delegate ?? "", grant.signature, hexToBytes(grant.signingInput))).to.equal(
      true,
    );
  });

  it("should hand on as a key of Ed25519 does: q2", async () => {
    const key = await privateJwk(secretOf("delegateD_ed25519_seed"), "Ed25519");
    const session = await openSession({ grants: vectorField("p0", "q1"), key, now });
    const { field } = await session.delegate({ ...optionsOf("q2"), key: publicKeyIn("q2") });
    expect(field).to.equal(vectorField("p0", "q1", "q2"));
  });

  const leaves: Record<string, () => Promise<Jwk> | ReturnType<typeof accountOf>> = {
    single: () => accountOf("delegateA"),
    depthTwo: () => accountOf("delegateB"),
    p256Leaf: () => privateJwk(secretOf("delegateC_p256"), "P-256"),
    jwkChain: () => privateJwk(secretOf("delegateE_p256"), "P-256"),
  };
  for (const [name, vector] of Object.entries(grantVectors.requests)) {
    it(`should sign the same request: ${name}`, async () => {
      const key = await leaves[name]?.();
      if (key === undefined) throw new Error("no key");
      const field = vectorField(...vector.delegation);
      const session = await openSession({ grants: field, key, now });
      expect([session.principal, session.keyid]).to.deep.equal([vector.expect.principal, vector.expect.signer]);
      const nonce = /nonce="([^"]+)"/.exec(vector.signatureInput)?.[1];
      const { headers } = await session.signRequest(new Request(`https://${vector.host}${vector.target}`), { nonce });
      expect(headers.get("signature-input")).to.equal(vector.signatureInput);
      expect(headers.get(GRANT_FIELD)).to.equal(field);
      const signature = headers.get("signature") ?? "";
      if (vector.H !== undefined) expect(signature).to.equal(vector.signature);
      else {
        // P-256 by WebCrypto signs by chance: the signature is compared by what it is for.
        const { delegate } = decodeGrants(field).at(-1)?.grant ?? { delegate: "" };
        expect(await isSignedByJwk(delegate, signature, baseOf(vector.signatureInput, field, vector))).to.equal(true);
        expect(await isSignedByJwk(delegate, vector.signature, baseOf(vector.signatureInput, field, vector))).to.equal(
          true,
        );
      }
    });
  }
});

/** The base by hand, as the draft has it. */
function baseOf(input: string, field: string, { host, target }: { host: string; target: string }): Uint8Array {
  const [path, query] = target.split("?");
  return new TextEncoder().encode(
    [
      '"@scheme": https',
      `"@authority": ${host}`,
      '"@method": GET',
      `"@path": ${path}`,
      `"@query": ?${query}`,
      `"${GRANT_FIELD}";sf: ${field}`,
      `"@signature-params": ${input.replace("request=", "")}`,
    ].join("\n"),
  );
}
