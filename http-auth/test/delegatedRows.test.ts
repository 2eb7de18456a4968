// The rows of the vectors of ERC-8395 about all kinds of grants, each with its code and status, by a verifier on a real chain.
import { expect } from "chai";
import { type Hash, hexToBytes, toHex } from "viem";
import { encodeLink } from "../src/grants/link.ts";
import type { Grant } from "../src/index.ts";
import {
  type GrantPlan,
  grantedRequest,
  requestBy,
  signedChain,
  vectorFields,
  vectorGrantRequest,
} from "./utils/grantedRequest.ts";
import { grantKeys, vectorSigner } from "./utils/grantKeys.ts";
import { grantVectors, vectorField, vectorGrant } from "./utils/grantVectors.ts";
import { type GrantTry, grantVerifier, setVectorEpochs } from "./utils/grantVerifier.ts";
import { type RegistryChain, startRegistryChain } from "./utils/registryChain.ts";
import { inBase64, nodeThat, vectorNow } from "./utils/signers.ts";

const { a, b, third } = grantKeys;
const api = "https://api.example";
const single = (change: Partial<Grant> = {}): GrantPlan[] => [{ like: "g0", to: a, change }];
const two = (child: Partial<Grant> = {}, parent: Partial<Grant> = {}): GrantPlan[] => [
  { like: "g0", to: a, change: parent },
  { like: "g1", to: b, change: child },
];
const three = (): GrantPlan[] => [
  ...two(),
  { like: "g1", to: third, change: { remainingDelegations: 0, epoch: 0n, id: `0x${"44".repeat(32)}` } },
];

/** The root's link, its bytes changed. */
const bytesOf = (change: (bytes: Uint8Array) => Uint8Array | number[]) =>
  `g0=:${Buffer.from(change(Uint8Array.from(Buffer.from(vectorGrant("g0").link, "base64")))).toString("base64")}:`;
const withByte = (at: number, value: number) => bytesOf((bytes) => bytes.fill(value, at, at + 1));

/** A root with a value that a signer of grants would not write. */
const rootWith = (change: Partial<Grant>) => {
  const { grant, signature } = vectorGrant("g0");
  return `g0=:${inBase64(encodeLink({ grant: { ...grant, ...change }, signature }, { issuer: undefined, epoch: undefined }))}:`;
};
const permissionsAt = (audience: string, ...permissions: string[]) => ({
  audiencePermissions: [{ audience, permissions }],
});

describe("the rows of ERC-8395 about grants", () => {
  let chain: RegistryChain;
  let start: Hash;
  before(async () => {
    chain = await startRegistryChain();
    await setVectorEpochs(chain);
    start = await chain.client.snapshot();
  });
  beforeEach(async () => {
    await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
  });
  after(() => chain.close());

  const verifier = (difference: GrantTry = {}) => grantVerifier(chain, difference);

  /** That fields of another form are refused before anything is asked of the node. */
  async function malformed(...fields: string[]): Promise<void> {
    const { refused, asked } = verifier();
    for (const field of fields) await refused(vectorGrantRequest("single", { field }), "bad_delegation_field");
    expect(asked).to.deep.equal([]);
  }

  const rows: Readonly<Record<number, () => Promise<unknown>>> = {
    1: async () => {
      const { refused } = verifier({ delegation: null, policy: { delegation: undefined } });
      await refused(vectorGrantRequest("single"), "unsupported_delegation");
    },
    2: async () => {
      const { link } = vectorGrant("g0");
      await malformed(
        ...[
          "",
          "(",
          `g1=:${link}:`,
          `g01=:${link}:`,
          `g0=:${link}:, g2=:${link}:`,
          `g0=:${link}:, x=1`,
          "g0=1",
          "g0=::",
        ],
        ...[withByte(3, 0xff), withByte(0, 0x9f), bytesOf((bytes) => [...bytes, 0])],
        ...[bytesOf((bytes) => bytes.subarray(0, -1)), bytesOf((bytes) => [0x98, 13, ...bytes.subarray(1)])],
      );
    },
    3: async () => {
      const { refused, asked } = verifier({ policy: { delegation: undefined } });
      await refused(vectorGrantRequest("single"), "unsupported_delegation");
      expect(asked).to.deep.equal([]);
    },
    4: async () => {
      const { refused, asked } = verifier();
      await refused(await requestBy(two(permissionsAt(api))), "insufficient_permissions");
      expect(asked).to.include("eth_call");
    },
    5: async () => {
      const { refused } = verifier();
      for (const [parent, child] of [
        [0, 0],
        [1, 1],
        [1, 2],
      ] as const) {
        const plans = two({ remainingDelegations: child }, { remainingDelegations: parent });
        await refused(await requestBy(plans), "delegation_attenuation_violation");
      }
    },
    6: () => malformed(...[11, 12, 14].map((count) => withByte(0, 0x80 | count))),
    7: () =>
      malformed(
        rootWith({ audiencePermissions: [] }),
        rootWith({ audiencePermissions: [1, 2].map(() => ({ audience: api, permissions: [] })) }),
        ...["a b", "1a", ""].map((permission) => rootWith(permissionsAt(api, permission))),
      ),
    8: () =>
      malformed(
        ...[`${api}:443`, `${api}/`, "https://bücher.example", `${api}.`, "https://u@api.example"].map((audience) =>
          rootWith(permissionsAt(audience)),
        ),
        ...[`${api}?x`, `${api}#x`, "https://*.example", "http://api.example"].map((audience) =>
          rootWith(permissionsAt(audience)),
        ),
      ),
    9: () => verifier().letIn(vectorGrantRequest("single", { field: `g0=:AAAA:, ${vectorField("g0")}` })),
    10: () => malformed(`${vectorField("g0")}, g0=:AAAA:`),
    11: async () => {
      const { letIn } = verifier({ options: { origins: [api, "https://backup.example"] } });
      const caller = await letIn(await requestBy(single(), { host: "backup.example" }));
      expect(caller.permissions).to.deep.equal(["resource:read"]);
    },
    12: async () => {
      const policy = { permissions: ["resource:write"] };
      const { refused } = verifier({ options: { origins: [api, "https://backup.example"] }, policy });
      const error = await refused(await requestBy(single(), { host: "backup.example" }), "insufficient_permissions");
      expect(error.headers["www-authenticate"]).to.equal(
        'ERC8128 error="insufficient_permissions", permissions="resource:write", audience="https://backup.example", max_depth="4"',
      );
    },
    13: async () => {
      const { refused, asked } = verifier();
      const many = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, at) => one(at));
      for (const field of [
        `${vectorField("g0")}${" ".repeat(16_384)}, g1=:AAAA:`,
        rootWith({ audiencePermissions: many(33, (at) => ({ audience: `https://a${at}.example`, permissions: [] })) }),
        rootWith(permissionsAt(api, ...many(129, (at) => `p${at}`))),
        rootWith(permissionsAt(api, "p".repeat(257))),
        rootWith(permissionsAt(api, ...many(40, (at) => `${"p".repeat(240)}${at}`))),
        rootWith({ requiredComponents: many(33, (at) => `x${at}`) }),
      ]) {
        await refused(vectorGrantRequest("single", { field }), "delegation_too_large");
      }
      expect(asked).to.deep.equal([]);
    },
    14: async () => {
      const { refused } = verifier();
      for (const other of ["", ' "erc-8128-delegation"', ' "erc-8128-delegation";sf;x', ' "erc-8128-delegation";bs']) {
        const input = (text: string) => text.replace(' "erc-8128-delegation";sf', other);
        await refused(vectorGrantRequest("single", { input }), "delegation_not_covered");
      }
    },
    15: async () => {
      const { field } = vectorFields("single");
      await verifier().refused(await grantedRequest(field, third, third.delegate), "delegate_mismatch");
    },
    16: async () => {
      const error = await verifier({ delegation: { maxDepth: 1 } }).refused(
        vectorGrantRequest("depthTwo"),
        "delegation_chain_too_long",
      );
      expect(error.headers["www-authenticate"]).to.contain('max_depth="1"');
      await verifier({ policy: { maxDepth: 1 } }).refused(vectorGrantRequest("depthTwo"), "delegation_chain_too_long");
      await verifier({ policy: { maxDepth: 2 } }).letIn(vectorGrantRequest("depthTwo"));
    },
    17: () => {
      const as = (name: string, issuer: string | undefined, epoch: bigint | undefined) =>
        inBase64(encodeLink(vectorGrant(name), { issuer, epoch }));
      return malformed(
        `${vectorField("g0")}, g1=:${as("g1", undefined, undefined)}:`,
        `${vectorField("p0")}, g1=:${as("q1", "x", undefined)}:`,
        `g0=:${as("g0", "x", undefined)}:`,
      );
    },
    18: async () => {
      const { refused } = verifier();
      const wrong: Partial<Grant>[] = [
        { issuer: third.delegate },
        { epoch: 4n },
        { parentGrantHash: `0x${"ab".repeat(32)}` },
      ];
      for (const change of wrong) {
        // What is signed is not what stands on the wire, and what is reconstructed from it.
        const lied = await signedChain({ like: "g1", to: b, change: { issuer: a.delegate, ...change }, by: a });
        const prove = async () => lied.grants[0]?.signature ?? "0x";
        const [parent, child] = two();
        const request = await requestBy([parent as GrantPlan, { ...(child as GrantPlan), prove }]);
        await refused(request, "bad_grant_signature");
      }
    },
    19: async () => {
      const { refused } = verifier();
      for (const change of [
        ...[permissionsAt("https://new.example"), permissionsAt(api, "resource:admin")],
        ...[permissionsAt("https://backup.example", "resource:write"), { maxRequestValiditySeconds: 61 }],
        ...[{ validAfter: 1_699_998_999n }, { validUntil: 1_700_003_601n }],
      ]) {
        await refused(await requestBy(two(change)), "delegation_attenuation_violation");
      }
    },
    20: () => verifier({ now: 1_699_999_469 }).refused(vectorGrantRequest("depthTwo"), "grant_not_yet_valid"),
    21: () => verifier({ now: 1_700_001_831 }).refused(vectorGrantRequest("depthTwo"), "grant_expired"),
    22: async () => {
      await verifier({ delegation: { maxGrantValidity: 4_599 } }).refused(
        vectorGrantRequest("single"),
        "grant_validity_too_long",
      );
      await verifier({ delegation: { maxGrantValidity: 3_599 } }).refused(
        vectorGrantRequest("depthTwo"),
        "grant_validity_too_long",
      );
      await verifier({ delegation: { maxGrantValidity: 4_600 } }).letIn(vectorGrantRequest("single"));
    },
    23: async () => {
      const { refused } = verifier({ policy: { maxGrantWindow: 2_299 } });
      const error = await refused(vectorGrantRequest("depthTwo"), "grant_validity_too_long");
      expect(error.headers["www-authenticate"]).to.contain('max_validity="2299"');
      await verifier({ policy: { maxGrantWindow: 2_300 } }).letIn(vectorGrantRequest("depthTwo"));
    },
    24: async () => {
      const input = (text: string) => text.replace("1700000000", "1700001741").replace("1700000060", "1700001801");
      await verifier({ now: 1_700_001_771 }).refused(await requestBy(two(), { input }), "request_outside_grant_window");
    },
    25: async () => {
      const input = (text: string) => text.replace("expires=1700000060", "expires=1700000061");
      for (const maxValidity of [60, 300]) {
        const { refused } = verifier({ policy: { maxValidity } });
        await refused(await requestBy(single(), { input }), "delegation_request_validity_exceeded");
      }
    },
    26: async () => {
      for (const component of ["@foo", "@status", "@path;x", "content-type;tr", "x-list;sf"]) {
        const request = await requestBy(single({ requiredComponents: [component] }));
        await verifier().refused(request, "delegation_components_unsupported");
      }
    },
    27: async () => {
      const request = await requestBy(single({ requiredComponents: ["content-type"] }));
      await verifier().refused(request, "delegation_components_uncovered");
    },
    28: async () => {
      const input = (text: string) => text.replace(/;nonce="[^"]+"/, "");
      await verifier().refused(await requestBy(single(), { input }), "delegation_nonce_required");
      const options = { invalidations: { isInvalidated: () => false } };
      const { refused, letIn } = verifier({ options, policy: { replay: "either" } });
      await refused(await requestBy(two({ requireNonReplayable: false }), { input }), "delegation_nonce_required");
      await letIn(await requestBy(single({ requireNonReplayable: false }), { input }));
    },
    29: async () => {
      const request = await requestBy(two(permissionsAt("https://backup.example")));
      const error = await verifier().refused(request, "audience_mismatch");
      expect(error.headers["www-authenticate"]).to.contain('audience="https://api.example"');
    },
    30: async () => {
      const { refused, asked } = verifier({
        delegation: { understandsPermissions: false },
        policy: { permissions: [] },
      });
      await refused(vectorGrantRequest("single"), "unsupported_permissions");
      // One of a link above is enough.
      await refused(await requestBy(two(permissionsAt(api))), "unsupported_permissions");
      expect(asked).to.deep.equal([]);
    },
    31: async () => {
      const { letIn } = verifier({ delegation: { understandsPermissions: false }, policy: { permissions: [] } });
      await letIn(await requestBy(single(permissionsAt(api))));
    },
    32: () =>
      verifier({ policy: { permissions: ["resource:write"] } }).refused(
        vectorGrantRequest("depthTwo"),
        "insufficient_permissions",
      ),
    33: async () => {
      for (const name of ["g0", "g1"]) {
        const prove = async () => {
          const bytes = hexToBytes(vectorGrant(name).signature);
          return toHex(bytes.fill((bytes[9] ?? 0) ^ 1, 9, 10));
        };
        const plans = two().map((plan) => (plan.like === name ? { ...plan, prove } : plan));
        await verifier().refused(await requestBy(plans), "bad_grant_signature");
      }
      // The leaf's signature is looked at first.
      const { field } = await signedChain(...two().map((plan) => ({ ...plan, prove: async () => "0x12" as const })));
      await verifier().refused(await grantedRequest(field, third, b.delegate), "bad_signature");
    },
    34: async () => {
      const silent = nodeThat(() => {
        throw new Error("connection refused");
      });
      const { refused } = verifier({ options: { clients: [silent.client] } });
      await refused(vectorGrantRequest("depthTwo"), "grant_verification_unavailable");
    },
    35: async () => {
      await chain.revoke(vectorSigner("delegateA"), vectorGrant("g1").grant.id);
      await verifier().refused(vectorGrantRequest("depthTwo"), "authorization_revoked");
      await verifier().letIn(vectorGrantRequest("single"));
    },
    36: async () => {
      await chain.advanceEpoch(vectorSigner("delegateA"));
      await verifier().refused(vectorGrantRequest("depthTwo"), "authorization_epoch_mismatch");
      await verifier().letIn(vectorGrantRequest("single"));
      await chain.advanceEpoch(vectorSigner("root"));
      await verifier().refused(vectorGrantRequest("single"), "authorization_epoch_mismatch");
    },
    37: async () => {
      for (const statuses of [() => Promise.reject(new Error("down")), () => [], () => new Promise<never>(() => {})]) {
        const { refused } = verifier({ delegation: { status: { statuses } }, options: { timeout: 200 } });
        await refused(vectorGrantRequest("depthTwo"), "revocation_unavailable");
      }
      // Nor is anything said by an address where no registry is.
      const nowhere = verifier({ delegation: { registries: { 1: `0x${"ab".repeat(20)}` } } });
      await nowhere.refused(vectorGrantRequest("depthTwo"), "revocation_unavailable");
    },
    38: async () => {
      const request = await requestBy(three());
      await verifier().letIn(request.clone());
      await chain.revoke(vectorSigner("delegateA"), vectorGrant("g1").grant.id);
      await verifier().refused(request, "authorization_revoked");
    },
    39: async () => {
      const request = await requestBy(three());
      await chain.advanceEpoch(vectorSigner("delegateA"));
      await verifier().refused(request, "authorization_epoch_mismatch");
    },
    40: async () => {
      const good = vectorFields("single");
      const other = good.input.replace("request=", "first=").replace(/nonce="[^"]+"/, 'nonce="unused"');
      const input = `${other.replace(a.delegate, third.delegate)}, ${good.input}`;
      const { letIn, consumed } = verifier();
      const signature = `first=:AAAA:, ${good.signature}`;
      await letIn(vectorGrantRequest("single", { input: () => input, signature }));
      expect(consumed).to.have.length(1);
      expect(consumed[0]).to.include({ keyid: a.delegate, nonce: "ASNFZ4mrze8QMlR2mLrc_g", now: vectorNow });
    },
  };

  for (const { set, row, mutation, expect: expected } of grantVectors.negative) {
    if (set !== "general") continue;
    it(`should hold, row ${row}: ${mutation} → ${expected}`, async () => {
      const check = rows[row];
      if (check === undefined) throw new Error(`Row ${row} has no test.`);
      await check();
    });
  }
});
