import { expect } from "chai";
import { privateKeyToAccount } from "viem/accounts";
import { vectorAccount, vectorNow } from "../../test/utils/signers.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { encodeGrants } from "../grants/encodeGrants.ts";
import { GrantError } from "../grants/grantError.ts";
import { createSession } from "./createSession.ts";
import { createSessionKey } from "./createSessionKey.ts";
import { GrantTooWideError, SessionKeyError, WrongSessionKeyError } from "./errors.ts";
import { openSession } from "./openSession.ts";
import type { DelegateOptions, GrantOptions, Session, SessionKey, WebKeyPair } from "./types.ts";

const now = () => vectorNow * 1_000;
const audience = "https://api.example";
const backup = "https://backup.example";
const held: GrantOptions = {
  audiencePermissions: [
    { audience, permissions: ["items:read", "items:write"] },
    { audience: backup, permissions: ["items:read"] },
  ],
  validFor: 600,
};
const narrow = { audiences: [audience], permissions: ["items:read"], validFor: 300 };

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const reason: unknown = await promise.catch((error: unknown) => error);
  if (reason instanceof Error) return reason;
  throw new Error("nothing failed");
}

describe("a session that hands on", () => {
  let session: Session;
  let key: SessionKey;
  before(async () => {
    session = await createSession({ account: vectorAccount, chainId: 1, now, ...held, remainingDelegations: 2 });
    key = await createSessionKey();
  });

  it("should open what it granted in another process, by text and that one's key", async () => {
    const { field, grant, grants } = await session.delegate({ ...narrow, key });
    expect(grants.slice(0, -1)).to.deep.equal(session.grants);
    expect(encodeGrants(grants)).to.equal(field);
    const opened = await openSession({ grants: field, key, now });
    expect(opened).to.include({ principal: session.principal, keyid: key.keyid, expiresAt: vectorNow + 300 });
    expect(opened.grant).to.deep.equal(grant);
    expect(opened.grant.grant).to.include({ issuer: session.keyid, remainingDelegations: 0, epoch: 0n });
    expect((await openSession({ grants, key, now })).toJSON()).to.deep.equal(opened.toJSON());
    const { headers } = await opened.signRequest(new Request(audience));
    expect(headers.get("erc-8128-delegation")).to.equal(field);
    expect(headers.get("signature-input")).to.contain(`;keyid="${key.keyid}";tag="erc8128-delegated"`);
  });

  it("should hand on to a public key as it came in a message, and to an account", async () => {
    const pair = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
      "sign",
      "verify",
    ])) as WebKeyPair;
    const jwk = await crypto.subtle.exportKey("jwk", pair.publicKey);
    const { grant } = await session.delegate({ ...narrow, key: jwk });
    expect(JSON.parse(grant.grant.delegate)).to.deep.equal({ crv: "P-256", kty: "EC", x: jwk.x, y: jwk.y });
    const account = `eip155:10:${vectorAccount.address.toLowerCase()}`;
    const byCode = await session.delegate({ ...narrow, key: { account } });
    expect(byCode.grant.grant).to.include({ delegate: account, delegateProfile: "erc8128" });
    const byKey = await session.delegate({ ...narrow, key: { account, isKey: true } });
    expect(byKey.grant.grant).to.include({ delegate: account, delegateProfile: "erc8128-eoa" });
    const opened = await openSession({ grants: byCode.field, key: vectorAccount, now });
    expect(opened.keyid).to.equal(account);
  });

  const wide: Record<string, [Partial<DelegateOptions>, string[]]> = {
    "another origin": [{ audiences: ["https://other.example"] }, ['audience "https://other.example"']],
    "another permission": [{ permissions: ["items:delete"] }, [`permission "items:delete" at "${audience}"`]],
    "a permission of another origin": [
      { audiences: [backup], permissions: ["items:write"] },
      [`permission "items:write" at "${backup}"`],
    ],
    "an earlier beginning": [{ validAfter: vectorNow - 1, validFor: 1 }, ["validAfter"]],
    "a later end": [{ validFor: 601 }, ["validUntil"]],
    "longer requests": [{ maxRequestValidity: 61 }, ["maxRequestValiditySeconds"]],
    "as many levels": [{ remainingDelegations: 2 }, ["remainingDelegations"]],
    "all of that": [
      { audiences: ["https://other.example"], validFor: 601, remainingDelegations: 9 },
      ['audience "https://other.example"', "validUntil", "remainingDelegations"],
    ],
  };
  for (const [what, [change, words]] of Object.entries(wide)) {
    it(`should not grant ${what}`, async () => {
      const error = await failureOf(session.delegate({ ...narrow, key, ...change }));
      expect(error).to.be.instanceOf(GrantTooWideError);
      expect((error as GrantTooWideError).widenings).to.deep.equal(words);
      for (const word of words) expect(error.message).to.contain(word);
    });
  }

  it("should hand on down to depth 0, and not below", async () => {
    const child = await openSession({
      grants: (await session.delegate({ ...narrow, key, remainingDelegations: 1 })).field,
      key,
      now,
    });
    const grandchildKey = await createSessionKey({ keyType: "p256" });
    const last = { ...narrow, validFor: 100, key: grandchildKey };
    const grandchild = await openSession({ grants: (await child.delegate(last)).field, key: grandchildKey, now });
    expect(grandchild.grants).to.have.length(3);
    const error = await failureOf(grandchild.delegate({ ...narrow, validFor: 1, key }));
    expect(error).to.be.instanceOf(GrantTooWideError);
    expect(error.message).to.contain("`remainingDelegations` is 0");
    expect((error as GrantTooWideError).widenings).to.deep.equal(["remainingDelegations"]);
  });

  it("should keep what the grants above demand", async () => {
    const strict = await createSession({
      ...{ account: vectorAccount, chainId: 1, now, ...held, remainingDelegations: 1 },
      ...{ maxRequestValidity: 30, requiredComponents: ["x-trace"] },
    });
    const { field, grant } = await strict.delegate({ ...narrow, key, requireNonReplayable: false });
    expect(grant.grant).to.include({ maxRequestValiditySeconds: 30 });
    const opened = await openSession({ grants: field, key, now });
    const { headers } = await opened.signRequest(new Request(audience, { headers: { "x-trace": "t" } }));
    expect(headers.get("signature-input")).to.contain('"x-trace"').and.to.contain("expires=1700000031");
    const again = await failureOf(opened.signRequest(new Request(audience), { nonce: null }));
    expect(again).to.be.instanceOf(InvalidOptionError);
  });

  it("should not hand on beyond the depth that verifiers read", async () => {
    const keys = [
      await createSessionKey(),
      await createSessionKey(),
      await createSessionKey(),
      await createSessionKey(),
    ];
    let above = await createSession({ account: vectorAccount, chainId: 1, now, ...held, remainingDelegations: 9 });
    for (const [index, next] of keys.entries()) {
      const handed = above.delegate({ ...narrow, validFor: 300, remainingDelegations: 8 - index, key: next });
      if (index === 3) {
        const error = await failureOf(handed);
        expect(error).to.be.instanceOf(GrantError).and.to.include({ code: "delegation_chain_too_long" });
      } else above = await openSession({ grants: (await handed).field, key: next, now });
    }
  });

  const unfit: Record<string, DelegateOptions["key"]> = {
    "a private key": { kty: "OKP", crv: "Ed25519", x: "A".repeat(43), d: "A".repeat(43) },
    "a key of another curve": { kty: "EC", crv: "P-384", x: "AA", y: "AA" },
    "a key that is none": { kty: "OKP", crv: "Ed25519", x: "AA" },
    "an account in another form": { account: vectorAccount.address },
  };
  for (const [what, wrongKey] of Object.entries(unfit)) {
    it(`should not hand on to ${what}`, async () => {
      const error = await failureOf(session.delegate({ ...narrow, key: wrongKey }));
      expect(error).to.be.instanceOf(InvalidOptionError).and.to.include({ option: "key" });
    });
  }

  it("should have an account of its own hand on with an epoch of its own", async () => {
    const account = privateKeyToAccount(`0x${"2".padStart(64, "0")}`);
    const above = await createSession({
      ...{ account: vectorAccount, chainId: 1, now, ...held, remainingDelegations: 1, epoch: 7n },
      key: account,
    });
    const { grant } = await above.delegate({ ...narrow, key, epoch: 3n });
    expect(grant.grant.epoch).to.equal(3n);
    expect((await above.delegate({ ...narrow, key })).grant.grant.epoch).to.equal(0n);
    const { address, signMessage } = account;
    const mute = await openSession({ grants: above.grants, key: { address, signMessage }, now });
    expect(await failureOf(mute.delegate({ ...narrow, key }))).to.be.instanceOf(SessionKeyError);
  });
});

describe("opening a session", () => {
  it("should take no key but the one that was granted something", async () => {
    const key = await createSessionKey();
    const session = await createSession({ account: vectorAccount, chainId: 1, now, ...held, key });
    for (const other of [await createSessionKey(), vectorAccount]) {
      const error = await failureOf(openSession({ grants: session.grants, key: other, now }));
      expect(error).to.be.instanceOf(WrongSessionKeyError).and.to.include({ expected: key.keyid });
    }
  });

  it("should take no grants that do not hold", async () => {
    const key = await createSessionKey();
    const session = await createSession({ account: vectorAccount, chainId: 1, now, ...held, key });
    for (const grants of ["", "g0=:AAAA:", "nonsense(", []]) {
      expect(await failureOf(openSession({ grants, key, now })), String(grants)).to.be.instanceOf(GrantError);
    }
    const { grant } = session.grant;
    const wider = {
      grant: { ...grant, issuer: session.keyid, parentGrantHash: session.grant.digest },
      signature: "0x01" as const,
    };
    const error = await failureOf(openSession({ grants: [session.grant, wider], key, now }));
    expect(error).to.be.instanceOf(GrantError).and.to.include({ code: "delegation_attenuation_violation" });
  });
});
