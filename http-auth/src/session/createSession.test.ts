import { inspect } from "node:util";
import { expect } from "chai";
import { bytesToHex, verifyTypedData } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { nodeThat, vectorAccount, vectorNow } from "../../test/utils/signers.ts";
import { GRANT_DOMAIN, GRANT_TYPES } from "../constants.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { decodeGrants } from "../grants/decodeGrants.ts";
import { GrantError } from "../grants/grantError.ts";
import { createSession, type SessionOptions } from "./createSession.ts";
import { createSessionKey } from "./createSessionKey.ts";
import { EpochUnavailableError, OutsideAudienceError, SessionEndedError } from "./errors.ts";
import { exportSession } from "./exportSession.ts";
import { openSession } from "./openSession.ts";
import type { GrantTypedData, WebKeyPair } from "./types.ts";

const now = () => vectorNow * 1_000;
const audience = "https://api.example";
const options = { account: vectorAccount, chainId: 1, audiences: [audience], validFor: 600, now };
const principal = `eip155:1:${vectorAccount.address.toLowerCase()}`;

/** An account that keeps what it was asked to sign. */
function watchedAccount() {
  const asked: GrantTypedData[] = [];
  const signTypedData = (typedData: GrantTypedData) => {
    asked.push(typedData);
    return vectorAccount.signTypedData(typedData);
  };
  return { account: { address: vectorAccount.address, signTypedData }, asked };
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const reason: unknown = await promise.catch((error: unknown) => error);
  if (reason instanceof Error) return reason;
  throw new Error("nothing failed");
}

const statusAnswer = (epoch: bigint) => bytesToHex(new Uint8Array(32)) + epoch.toString(16).padStart(64, "0");

describe("a session", () => {
  it("should have its account sign one grant, and never again", async () => {
    const { account, asked } = watchedAccount();
    const session = await createSession({ ...options, account, permissions: ["b", "a", "b"] });
    const [typedData] = asked;
    expect(typedData?.domain).to.deep.equal({ ...GRANT_DOMAIN, chainId: 1n });
    expect(typedData?.message).to.deep.equal(session.grant.grant);
    const { address } = vectorAccount;
    const domain = { ...GRANT_DOMAIN, chainId: 1n };
    const message = session.grant.grant;
    const { signature } = session.grant;
    const typed = { domain, types: GRANT_TYPES, primaryType: "Delegation", message, signature, address } as const;
    expect(await verifyTypedData(typed)).to.equal(true);

    await session.signRequest(new Request(audience));
    await session.delegate({ key: await createSessionKey(), audiences: [audience], validFor: 1 }).catch(() => {});
    expect(asked).to.have.length(1);
  });

  it("should grant as little as it is told, and each thing once", async () => {
    const session = await createSession({
      ...options,
      audiences: ["https://z.example", audience],
      permissions: ["b", "a", "b"],
    });
    const { grant } = session.grant;
    expect(grant).to.deep.include({
      ...{ issuer: principal, validAfter: BigInt(vectorNow), validUntil: BigInt(vectorNow + 600), epoch: 0n },
      ...{ maxRequestValiditySeconds: 60, remainingDelegations: 0, delegateProfile: "ed25519" },
      ...{ requireNonReplayable: true, requiredComponents: [], parentGrantHash: `0x${"0".repeat(64)}` },
    });
    expect(grant.audiencePermissions).to.deep.equal([
      { audience, permissions: ["a", "b"] },
      { audience: "https://z.example", permissions: ["a", "b"] },
    ]);
    expect(session).to.include({ principal, expiresAt: vectorNow + 600 });
    expect(session.keyid).to.match(/^urn:ietf:params:oauth:jwk-thumbprint:sha-256:[\w-]{43}$/);
    const other = await createSession(options);
    expect([other.grant.grant.id, other.keyid]).not.to.include.members([grant.id, session.keyid]);
  });

  const kinds = { ed25519: "ed25519", p256: "ecdsa-p256-sha256", secp256k1: "erc8128-eoa" } as const;
  for (const [keyType, profile] of Object.entries(kinds)) {
    it(`should have a key of its own, which shows nothing of itself: ${keyType}`, async () => {
      const extractable = true;
      const session = await createSession({ ...options, keyType: keyType as keyof typeof kinds, extractable });
      expect(session.grant.grant.delegateProfile).to.equal(profile);
      const {
        key: { d = "" },
      } = await exportSession(session);
      const key = await createSessionKey({ keyType: keyType as keyof typeof kinds, chainId: 1, extractable });
      const again = await openSession({ grants: session.grants, key: (await exportSession(session)).key, extractable });
      const hex = Buffer.from(d, "base64url").toString("hex");
      const everything = inspect([session, again, key], {
        depth: 20,
        showHidden: true,
        getters: true,
        maxStringLength: null,
      });
      const texts = [everything, JSON.stringify(session), `${session}`, JSON.stringify(key), `${key}`];
      for (const text of texts) {
        expect(text).not.to.contain(d);
        expect(text).not.to.contain(hex);
      }
      expect(JSON.parse(JSON.stringify(session))).to.deep.equal({
        ...{ keyid: session.keyid, principal, expiresAt: session.expiresAt },
        grants: session.toJSON().grants,
      });
      expect(decodeGrants(session.toJSON().grants)).to.deep.equal(session.grants);
    });
  }

  it("should be for a key that there is already", async () => {
    const pair = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as WebKeyPair;
    const { x } = await crypto.subtle.exportKey("jwk", pair.publicKey);
    const session = await createSession({ ...options, key: pair });
    expect(JSON.parse(session.grant.grant.delegate)).to.deep.equal({ crv: "Ed25519", kty: "OKP", x });

    const agent = privateKeyToAccount(`0x${"2".padStart(64, "0")}`);
    const byAccount = await createSession({ ...options, key: agent });
    const delegate = `eip155:1:${agent.address.toLowerCase()}`;
    expect(byAccount.grant.grant).to.include({ delegate, delegateProfile: "erc8128-eoa" });
    const { address, signMessage } = agent;
    const wallet = await createSession({ ...options, key: { address, signMessage } });
    expect(wallet.grant.grant).to.include({ delegate, delegateProfile: "erc8128" });
  });

  describe("its epoch", () => {
    const registry = "0x00000000000000000000000000000000000000aa";

    it("should be that of the registry", async () => {
      const asked: unknown[] = [];
      const { client } = nodeThat((method, params) => {
        asked.push([method, params[0]]);
        return statusAnswer(7n);
      });
      const session = await createSession({ ...options, revocations: { client, registry } });
      expect(session.grant.grant.epoch).to.equal(7n);
      expect(asked).to.have.length(1);
      const { address } = vectorAccount;
      expect(JSON.stringify(asked)).to.contain(registry).and.to.contain(address.slice(2).toLowerCase());
    });

    it("should be what is said, without a question", async () => {
      const { client, asked } = nodeThat(() => statusAnswer(7n));
      const session = await createSession({ ...options, epoch: 3n, revocations: { client, registry } });
      expect([session.grant.grant.epoch, asked.length]).to.deep.equal([3n, 0]);
    });

    const silent: Record<string, () => unknown> = {
      "has no code": () => "0x",
      reverts: () => {
        throw Object.assign(new Error("execution reverted"), { code: 3 });
      },
      "is out of reach": () => {
        throw new Error("connection refused");
      },
      "answers nonsense": () => "0x12",
    };
    for (const [what, answer] of Object.entries(silent)) {
      it(`should not be guessed where the registry ${what}`, async () => {
        const { account, asked } = watchedAccount();
        const { client } = nodeThat(answer);
        const error = await failureOf(createSession({ ...options, account, revocations: { client, registry } }));
        expect(error).to.be.instanceOf(EpochUnavailableError).and.to.include({ issuer: principal });
        expect(asked).to.deep.equal([]);
      });
    }

    it("should not be that of another chain", async () => {
      const { client } = nodeThat(() => statusAnswer(7n));
      const error = await failureOf(createSession({ ...options, chainId: 10, revocations: { client, registry } }));
      expect(error).to.be.instanceOf(InvalidOptionError).and.to.include({ option: "revocations" });
    });
  });

  const wrong: Record<string, [Partial<SessionOptions>, string]> = {
    "no origin": [{ audiences: undefined }, "audiences"],
    "origins in two ways": [{ audiencePermissions: [] }, "audiences"],
    "permissions in two ways": [{ audiences: undefined, audiencePermissions: [], permissions: [] }, "permissions"],
    "no end": [{ validFor: undefined }, "validFor"],
    "two ends": [{ validUntil: vectorNow + 1 }, "validFor"],
    "no time": [{ validFor: 0 }, "validFor"],
    "half a second": [{ validFor: 1.5 }, "validFor"],
    "requests of no time": [{ maxRequestValidity: 0 }, "maxRequestValidity"],
    "a negative depth": [{ remainingDelegations: -1 }, "remainingDelegations"],
    "no chain": [{ chainId: 0 }, "chainId"],
  };
  for (const [what, [change, option]] of Object.entries(wrong)) {
    it(`should not be made with ${what}`, async () => {
      const { account, asked } = watchedAccount();
      const error = await failureOf(createSession({ ...options, account, ...change }));
      expect(error).to.be.instanceOf(InvalidOptionError).and.to.include({ option });
      expect(asked).to.deep.equal([]);
    });
  }

  const unreadable: Record<string, Partial<SessionOptions>> = {
    "an origin of http": { audiences: ["http://api.example"] },
    "a path": { audiences: ["https://api.example/"] },
    "a permission that is no token": { permissions: ["a b"] },
    "a required component that is none": { requiredComponents: ["@signature-params"] },
    "an end before its beginning": { validFor: undefined, validUntil: vectorNow - 1 },
    "more permissions than anybody reads": { permissions: Array.from({ length: 129 }, (_, index) => `p${index}`) },
    "no origin in a list": { audiences: [] },
  };
  for (const [what, change] of Object.entries(unreadable)) {
    it(`should not put before its account what nobody could read: ${what}`, async () => {
      const { account, asked } = watchedAccount();
      expect(await failureOf(createSession({ ...options, account, ...change }))).to.be.instanceOf(GrantError);
      expect(asked).to.deep.equal([]);
    });
  }

  describe("its requests", () => {
    it("should go to its origins only", async () => {
      const sent: Request[] = [];
      const send = async (request: Request) => {
        sent.push(request);
        return new Response("sent");
      };
      const session = await createSession({ ...options, fetch: send });
      expect(await (await session.fetch(`${audience}/a`)).text()).to.equal("sent");
      for (const url of ["https://other.example/", "http://api.example/", "https://api.example:8443/"]) {
        for (const tried of [session.fetch(url), session.signRequest(new Request(url))]) {
          const error = await failureOf(tried);
          expect(error).to.be.instanceOf(OutsideAudienceError);
          expect(error).to.deep.include({ origin: new URL(url).origin, audiences: [audience] });
        }
      }
      expect(sent).to.have.length(1);
    });

    it("should end with it, and begin with it", async () => {
      let time = vectorNow;
      const session = await createSession({ ...options, validAfter: vectorNow + 100, now: () => time * 1_000 });
      const expiresIn = async () => {
        const { headers } = await session.signRequest(new Request(audience));
        const [, created, expires] = /created=(\d+);expires=(\d+)/.exec(headers.get("signature-input") ?? "") ?? [];
        return [Number(created), Number(expires)];
      };
      expect(await failureOf(expiresIn()))
        .to.be.instanceOf(SessionEndedError)
        .and.to.have.property("message")
        .that.contains("begins in 100 s");
      time = vectorNow + 70;
      expect(await expiresIn()).to.deep.equal([time, time + 60]);
      // The last minute: no request outlives the grant.
      time = vectorNow + 699;
      expect(await expiresIn()).to.deep.equal([time, time + 1]);
      time = vectorNow + 700;
      const ended = await failureOf(expiresIn());
      expect(ended).to.be.instanceOf(SessionEndedError);
      expect(ended).to.include({ validAfter: vectorNow + 100, validUntil: vectorNow + 700 });
      expect(ended.message).to.contain("ended 0 s ago");
      expect(
        await failureOf(session.delegate({ key: await createSessionKey(), audiences: [audience], validFor: 1 })),
      ).to.be.instanceOf(SessionEndedError);
    });

    it("should cover what the grant demands and what is wished, and last no longer than it allows", async () => {
      const session = await createSession({
        ...options,
        ...{ maxRequestValidity: 20, requiredComponents: ["idempotency-key"], components: ["x-more"] },
      });
      const headers = { "idempotency-key": "k", "x-more": "m" };
      const signed = await session.signRequest(new Request(audience, { method: "POST", body: "b", headers }));
      expect(signed.headers.get("signature-input")).to.match(
        /^request=\("@scheme" "@authority" "@method" "@path" "@query" "erc-8128-delegation";sf "idempotency-key" "x-more" "content-digest" "content-type"\);created=1700000001;expires=1700000021;nonce="[\w-]{22}";keyid="urn:[^"]+";tag="erc8128-delegated"$/,
      );
      expect((await failureOf(session.signRequest(new Request(audience)))).message).to.contain('"idempotency-key"');
      const shorter = await createSession({ ...options, requestValidity: 5 });
      expect((await shorter.signRequest(new Request(audience))).headers.get("signature-input")).to.contain(
        "created=1700000001;expires=1700000006;",
      );
    });

    it("should come once, unless the grant lets them come again", async () => {
      const once = await createSession(options);
      const error = await failureOf(once.signRequest(new Request(audience), { nonce: null }));
      expect(error).to.be.instanceOf(InvalidOptionError).and.to.include({ option: "nonce" });
      const again = await createSession({ ...options, requireNonReplayable: false });
      const { headers } = await again.signRequest(new Request(audience), { nonce: null });
      expect(headers.get("signature-input")).not.to.contain("nonce");
    });

    it("should be signed once more for a verifier that asks, under its label, with its algorithm and nonce", async () => {
      const inputs: string[] = [];
      const all = '"@scheme" "@authority" "@method" "@path" "@query" "erc-8128-delegation";sf "@target-uri"';
      const challenge = (asked: string) =>
        new Response(null, { status: 401, headers: { "www-authenticate": "ERC8128", "accept-signature": asked } });
      const ask = (asked: string) =>
        createSession({
          ...options,
          fetch: async (request) => {
            inputs.push(request.headers.get("signature-input") ?? "");
            return inputs.length === 1 ? challenge(asked) : new Response("in");
          },
        });
      const member = `(${all});created;expires;alg="ed25519";nonce="theirs";tag="erc8128-delegated"`;
      const direct = '("@scheme" "@authority" "@method" "@path" "@query" "@target-uri");tag="erc8128"';
      const session = await ask(`direct=${direct}, delegated=${member}`);
      expect(await (await session.fetch(audience)).text()).to.equal("in");
      expect(inputs[1]).to.match(/^delegated=\("@scheme" .* "@target-uri"\);.*;nonce="theirs";.*;alg="ed25519"$/);

      for (const unheeded of [
        `d=(${all});alg="ecdsa-p256-sha256";tag="erc8128-delegated"`,
        `d=(${all.replace(' "erc-8128-delegation";sf', "")});tag="erc8128-delegated"`,
        `d=(${all.replace(";sf", "")});tag="erc8128-delegated"`,
        `d=${direct}`,
      ]) {
        inputs.length = 0;
        const refused = await (await ask(unheeded)).fetch(audience);
        expect([refused.status, inputs.length], unheeded).to.deep.equal([401, 1]);
      }
    });
  });
});
