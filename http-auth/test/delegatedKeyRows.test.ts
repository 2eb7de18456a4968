// The rows of the vectors of ERC-8395 about keys that are no accounts', each with its code and status, by a verifier on a real
// chain.
import { createHash, type KeyObject, sign } from "node:crypto";
import { expect } from "chai";
import {
  concatHex,
  domainSeparator,
  type Hash,
  type Hex,
  hashMessage,
  hexToBytes,
  keccak256,
  stringToHex,
  toHex,
} from "viem";
import { chained, inheritedFrom } from "../src/grants/chain.ts";
import { grantStructHash } from "../src/grants/digest.ts";
import { encodeLink } from "../src/grants/link.ts";
import { type ChainedGrant, GRANT_DOMAIN, type Grant, type SignedGrant } from "../src/index.ts";
import {
  type GrantPlan,
  grantedRequest,
  type RequestChange,
  requestBy,
  signedChain,
  vectorFields,
  vectorGrantRequest,
} from "./utils/grantedRequest.ts";
import { grantKeys, nodeKey, signedByNode, vectorSigner } from "./utils/grantKeys.ts";
import { grantVectors, vectorField, vectorGrant } from "./utils/grantVectors.ts";
import { type GrantTry, grantVerifier, setVectorEpochs } from "./utils/grantVerifier.ts";
import { type RegistryChain, startRegistryChain } from "./utils/registryChain.ts";
import { inBase64 } from "./utils/signers.ts";

const { a, c, d, e } = grantKeys;
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const leaf = (change: Partial<Grant> = {}): GrantPlan[] => [{ like: "p0", to: c, change }];
const chainOfKeys = (...changes: Partial<GrantPlan>[]): GrantPlan[] =>
  [
    { like: "p0", to: c },
    { like: "q1", to: d },
    { like: "q2", to: e },
  ].map((plan, index) => ({ ...plan, ...changes[index] }));

const rootWith = (change: Partial<Grant>) => {
  const { grant, signature } = vectorGrant("p0");
  const link = encodeLink({ grant: { ...grant, ...change }, signature }, { issuer: undefined, epoch: undefined });
  return `g0=:${inBase64(link)}:`;
};

/** The field of grants that were signed for other places than they stand in. */
function misplaced(grants: readonly SignedGrant[]): string {
  let parent: ChainedGrant | undefined;
  const links = grants.map((signed, index) => {
    const link = encodeLink(signed, inheritedFrom(parent));
    parent = chained(signed, parent);
    return `g${index}=:${inBase64(link)}:`;
  });
  return links.join(", ");
}

describe("the rows of ERC-8395 about keys", () => {
  let chain: RegistryChain;
  let start: Hash;
  let key: KeyObject;
  before(async () => {
    chain = await startRegistryChain();
    await setVectorEpochs(chain);
    key = await nodeKey("delegateC_p256", "P-256");
    start = await chain.client.snapshot();
  });
  beforeEach(async () => {
    await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
  });
  after(() => chain.close());

  const verifier = (difference: GrantTry = {}) => grantVerifier(chain, difference);

  async function unreadable(
    code: "bad_delegation_field" | "unsupported_delegate_profile",
    ...changes: Partial<Grant>[]
  ) {
    const { refused, asked } = verifier();
    for (const change of changes) await refused(vectorGrantRequest("p256Leaf", { field: rootWith(change) }), code);
    expect(asked).to.deep.equal([]);
  }

  /** The request of the vectors, signed in another way. */
  const signedSo = (by: (base: Uint8Array) => Hex, more: RequestChange = {}) =>
    requestBy(leaf(), { ...more, sign: async (base) => by(base) });

  const p256: Readonly<Record<number, () => Promise<unknown>>> = {
    1: async () => {
      const { refused, asked } = verifier({ delegation: { profiles: ["erc8128", "erc8128-eoa", "ed25519"] } });
      const error = await refused(vectorGrantRequest("p256Leaf"), "unsupported_delegate_profile");
      expect(error.headers["accept-signature"])
        .to.contain('alg="ed25519";tag="erc8128-delegated"')
        .and.not.to.contain("p256");
      expect(asked).to.deep.equal([]);
    },
    2: async () => {
      const { x, y } = JSON.parse(c.delegate);
      await unreadable(
        "bad_delegation_field",
        ...[JSON.stringify({ kty: "EC", crv: "P-256", x, y }), c.delegate.replace(",", ", ")].map((delegate) => ({
          delegate,
        })),
        ...[',"alg":"ES256"}', `,"d":"${x}"}`].map((end) => ({ delegate: c.delegate.replace("}", end) })),
        ...[
          { delegate: d.delegate },
          { delegateProfile: "ed25519" },
          { delegate: c.delegate.replace('"y":"6', '"y":"7') },
        ],
      );
    },
    3: async () => {
      const id = vectorGrant("q1").grant.issuer;
      for (const wrong of [
        `"${id}="`,
        `"${id.slice(0, -1)}"`,
        `"${id.slice(4)}"`,
        '"x"',
        '""',
        "token",
        "1",
        ":AA==:",
      ]) {
        const input = (text: string) => text.replace(/keyid="[^"]+"/, `keyid=${wrong}`);
        await verifier().refused(vectorGrantRequest("p256Leaf", { input }), "invalid_keyid");
      }
      const input = (text: string) => text.replace(/;keyid="[^"]+"/, "");
      await verifier().refused(vectorGrantRequest("p256Leaf", { input }), "invalid_keyid");
    },
    4: () => unreadable("bad_delegation_field", { issuer: c.delegate }, { issuer: vectorGrant("q1").grant.issuer }),
    5: () =>
      unreadable(
        "bad_delegation_field",
        { delegateProfile: "hmac-sha256" },
        { delegateProfile: "hmac-sha256", delegate: '{"k":"AA","kty":"oct"}' },
        { delegate: '{"k":"AA","kty":"oct"}' },
      ),
    6: () =>
      unreadable(
        "unsupported_delegate_profile",
        ...["ecdsa-p384-sha384", "rsa-pss-sha512", "rsa-v1_5-sha256"].map((delegateProfile) => ({ delegateProfile })),
      ),
    7: async () => {
      for (const alg of ["ecdsa-p256-sha256", "1", '"ed25519"', '"ECDSA-P256-SHA256"', '""', "?1"]) {
        const request = await requestBy(leaf(), { input: (text) => `${text};alg=${alg}` });
        await verifier().refused(request, "unsupported_algorithm");
      }
    },
    8: async () => {
      const request = await requestBy(leaf(), { input: (text) => `${text};alg="ecdsa-p256-sha256"` });
      await verifier().letIn(request);
    },
    9: async () => {
      for (const alg of ["ecdsa-p256-sha256", "erc8128-eoa", "erc8128"]) {
        const request = await requestBy([{ like: "g0", to: a }], { input: (text) => `${text};alg="${alg}"` });
        await verifier().refused(request, "unsupported_algorithm");
      }
    },
    10: async () => {
      const { grants } = await signedChain({ like: "p0", to: e });
      const { field } = await signedChain(...leaf());
      const other = grants[0]?.delegateId ?? "";
      await verifier().refused(await grantedRequest(field, c, other), "delegate_mismatch");
      await verifier().refused(await grantedRequest(field, c, a.delegate), "delegate_mismatch");
    },
    11: async () => {
      const { field, grants } = await signedChain({ like: "p0", to: e });
      await verifier().refused(await grantedRequest(field, c, grants[0]?.delegateId ?? ""), "bad_signature");
    },
    12: async () => {
      const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
      const wrong: ((base: Uint8Array) => Hex)[] = [
        (base) => toHex(sign("sha256", base, key)),
        (base) => concatHex([signedByNode(key, base), "0x1b"]),
        (base) => signedByNode(key, hexToBytes(hashMessage({ raw: base }))),
        (base) => signedByNode(key, sha256(base)),
        () => "0x",
        () => `0x${"00".repeat(64)}`,
        () => `0x${"ff".repeat(64)}`,
      ];
      for (const by of wrong) await verifier().refused(await signedSo(by), "bad_signature");
    },
    13: async () => {
      const { letIn, refused } = verifier();
      const request = await signedSo((base) => signedByNode(key, base));
      const [, bytes = ""] = /:([^:]+):/.exec(request.headers.get("signature") ?? "") ?? [];
      const proof = toHex(Buffer.from(bytes, "base64"));
      const s = toHex(P256_ORDER - BigInt(`0x${proof.slice(66)}`), { size: 32 });
      const twin = new Request(request);
      twin.headers.set("signature", `request=:${inBase64(concatHex([proof.slice(0, 66) as Hex, s]))}:`);
      await letIn(twin);
      await refused(request, "nonce_reused");
      await refused(twin, "nonce_reused");
    },
    14: async () => {
      const { outcome } = verifier();
      const both = await Promise.all([1, 2].map(() => outcome(vectorGrantRequest("p256Leaf"))));
      expect(both.filter((one) => "principal" in one)).to.have.length(1);
      expect(both.filter((one) => "code" in one && one.code === "nonce_reused")).to.have.length(1);
    },
    15: async () => {
      const before = await chain.client.snapshot();
      await chain.revoke(vectorSigner("root"), vectorGrant("p0").grant.id);
      await verifier().refused(vectorGrantRequest("p256Leaf"), "authorization_revoked");
      await chain.client.revert({ id: before });
      await chain.advanceEpoch(vectorSigner("root"));
      await verifier().refused(vectorGrantRequest("p256Leaf"), "authorization_epoch_mismatch");
    },
  };

  const jwk: Readonly<Record<number, () => Promise<unknown>>> = {
    1: () => unreadable("bad_delegation_field", { issuer: c.delegate }, { issuer: vectorGrant("q2").grant.issuer }),
    2: async () => {
      await verifier().refused(await requestBy(chainOfKeys({}, { by: d })), "bad_grant_signature");
      await verifier().refused(await requestBy(chainOfKeys({}, {}, { by: e })), "bad_grant_signature");
    },
    3: async () => {
      const of = (text: (grant: ChainedGrant) => Uint8Array) => async (grant: ChainedGrant) =>
        signedByNode(key, text(grant));
      for (const prove of [
        of(({ digest }) => hexToBytes(digest)),
        of(({ signingInput }) => hexToBytes(stringToHex(signingInput))),
        of(({ signingInput }) => hexToBytes(stringToHex(signingInput.slice(2)))),
      ]) {
        await verifier().refused(await requestBy(chainOfKeys({}, { prove })), "bad_grant_signature");
      }
    },
    4: async () => {
      const { grants } = await signedChain(...chainOfKeys());
      const [root] = grants;
      const last = grants.at(-1);
      if (root === undefined || last === undefined) throw new Error("no grants");
      for (const other of [e, a]) {
        const { delegate, delegateProfile } = other;
        const field = `${rootWith({ ...root.grant, delegate, delegateProfile })}, ${misplaced(grants).split(", ").slice(1).join(", ")}`;
        const outcome = await verifier().outcome(await grantedRequest(field, e, last.delegateId));
        expect(outcome).to.have.property("status", 401);
      }
    },
    5: async () => {
      const { grants } = await signedChain(...chainOfKeys());
      const other = await signedChain({ like: "p0", to: c, change: { id: `0x${"99".repeat(32)}` } });
      const field = misplaced([...other.grants, ...grants.slice(1)]);
      const request = await grantedRequest(field, e, grants.at(-1)?.delegateId ?? "");
      await verifier().refused(request, "delegation_chain_discontinuous");
    },
    6: async () => {
      const { grants } = await signedChain(...chainOfKeys());
      const other = await signedChain({ like: "p0", to: c, change: { id: `0x${"99".repeat(32)}` } });
      const [root, child] = [other.grants[0], grants[1]];
      if (root === undefined || child === undefined) throw new Error("no grants");
      const moved = { grant: { ...child.grant, parentGrantHash: root.digest }, signature: child.signature };
      const request = await grantedRequest(misplaced([root, moved]), d, child.delegateId);
      await verifier().refused(request, "bad_grant_signature");
    },
    7: async () => {
      const { name, version } = GRANT_DOMAIN;
      for (const domain of [
        { ...GRANT_DOMAIN, chainId: 5n },
        { ...GRANT_DOMAIN, chainId: 1n, verifyingContract: `0x${"72".repeat(20)}` as const },
        { name, version, chainId: 1n },
      ]) {
        const prove = ({ grant }: ChainedGrant) => {
          const input = concatHex(["0x1901", domainSeparator({ domain }), grantStructHash(grant)]);
          return vectorSigner("root").sign({ hash: keccak256(input) });
        };
        await verifier().refused(await requestBy(chainOfKeys({ prove })), "bad_grant_signature");
      }
    },
    8: async () => {
      const at = (...permissions: string[]) => ({
        audiencePermissions: [{ audience: "https://api.example", permissions }],
      });
      for (const change of [at("resource:write"), { validUntil: 1_700_003_601n }, { remainingDelegations: 2 }]) {
        const request = await requestBy(chainOfKeys({}, { change }));
        await verifier().refused(request, "delegation_attenuation_violation");
      }
    },
    9: async () => {
      const sibling = await requestBy(chainOfKeys({}, { change: { id: `0x${"77".repeat(32)}` } }));
      const handle = vectorGrant("q1").registryHandle;
      if (handle === undefined) throw new Error("no handle");
      await chain.revoke(vectorSigner("root"), handle);
      await verifier().refused(vectorGrantRequest("jwkChain"), "authorization_revoked");
      await verifier().refused(await requestBy(chainOfKeys().slice(0, 2)), "authorization_revoked");
      await verifier().letIn(sibling);
      await verifier().letIn(vectorGrantRequest("p256Leaf"));
    },
    10: async () => {
      const before = await chain.client.snapshot();
      const all = await Promise.all([1, 2, 3].map((depth) => requestBy(chainOfKeys().slice(0, depth))));
      await chain.revoke(vectorSigner("root"), vectorGrant("p0").grant.id);
      for (const request of all) await verifier().refused(request, "authorization_revoked");
      await chain.client.revert({ id: before });
      await chain.advanceEpoch(vectorSigner("root"));
      for (const request of all) await verifier().refused(request, "authorization_epoch_mismatch");
    },
    11: async () => {
      const flipped = async ({ signingInput }: ChainedGrant): Promise<Hex> => {
        const proof = signedByNode(key, hexToBytes(signingInput));
        return concatHex([proof.slice(0, 66) as Hex, toHex(P256_ORDER - BigInt(`0x${proof.slice(66)}`), { size: 32 })]);
      };
      const plain = await verifier().letIn(await requestBy(chainOfKeys()));
      const other = await verifier().letIn(await requestBy(chainOfKeys({}, { prove: flipped })));
      expect(other.grants).to.deep.equal(plain.grants);
    },
  };

  for (const { set, row, mutation, expect: expected } of grantVectors.negative) {
    const rows = { p256, "jwk-chain": jwk }[set];
    if (rows === undefined) continue;
    it(`should hold, ${set}, row ${row}: ${mutation} → ${expected}`, async () => {
      const check = rows[row];
      if (check === undefined) throw new Error(`Row ${row} has no test.`);
      await check();
    });
  }

  it("should hold where Node's cryptography is not there, by WebCrypto", async () => {
    const found = Object.getOwnPropertyDescriptor(process, "getBuiltinModule");
    Object.defineProperty(process, "getBuiltinModule", { value: undefined, configurable: true });
    try {
      for (const name of Object.keys(grantVectors.requests)) {
        const { letIn, refused } = verifier();
        await letIn(vectorGrantRequest(name));
        const input = (text: string) => text.replace(/nonce="[^"]+"/, 'nonce="another"');
        await refused(vectorGrantRequest(name, { input }), "bad_signature");
      }
      await verifier().refused(await requestBy(chainOfKeys({}, { by: d })), "bad_grant_signature");
    } finally {
      if (found !== undefined) Object.defineProperty(process, "getBuiltinModule", found);
    }
  });

  for (const [name, { expect: expected, delegation }] of Object.entries(grantVectors.requests)) {
    it(`should let the positive one in, to the last word: ${name}`, async () => {
      const { letIn, consumed } = verifier();
      const caller = await letIn(vectorGrantRequest(name));
      const { principal, signer, binding } = expected;
      expect(caller).to.include({ principal, signer, binding, replayable: false, identity: undefined });
      expect(caller.permissions).to.deep.equal(
        vectorGrant(delegation.at(-1) ?? "").grant.audiencePermissions[0]?.permissions,
      );
      const [{ keyid = "" } = {}] = consumed;
      expect(keyid).to.equal(expected.nonceConsumedFor);
      for (const [index, grant] of delegation.map(vectorGrant).entries()) {
        expect(caller.grants[index]).to.deep.equal({
          ...{ issuer: grant.grant.issuer, delegate: grant.grant.delegate, delegateId: idOf(grant.grant) },
          permissions: grant.grant.audiencePermissions[0]?.permissions,
          ...{ validAfter: Number(grant.grant.validAfter), validUntil: Number(grant.grant.validUntil) },
          ...{ depth: index + 1, digest: grant.digest, revocationHandle: grant.registryHandle ?? grant.grant.id },
          revocationAccount: grant.grant.issuer.startsWith("urn:") ? principal : grant.grant.issuer,
        });
      }
      expect(vectorFields(name).field).to.equal(vectorField(...delegation));
    });
  }
});

/** Who a delegate is, found out by Node. */
function idOf({ delegate, delegateProfile }: Grant): string {
  if (delegateProfile.startsWith("erc8128")) return delegate;
  return `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${createHash("sha256").update(delegate).digest("base64url")}`;
}
