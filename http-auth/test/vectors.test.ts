// Every row of the draft's vectors, by its number, with its code, its status and what must not have happened.
import { expect } from "chai";
import { bytesToHex, hashMessage, hexToBytes } from "viem";
import { LIMITS, STATUS_BY_CODE } from "../src/constants.ts";
import { parseDictionary } from "../src/fields/parse.ts";
import {
  AccessError,
  memoryReplayStore,
  type Nonce,
  type ReplayStore,
  type RoutePolicy,
  type SigningAccount,
  type VerifierOptions,
} from "../src/index.ts";
import { signatureBase } from "../src/message/base.ts";
import { messageOf } from "../src/message/target.ts";
import {
  inBase64,
  nodeThat,
  nodeWithoutCode,
  opaqueAccount,
  vectorAccount,
  vectorNow,
  vectorVerifier,
} from "./utils/signers.ts";
import { type Change, vectorRequest, vectors } from "./utils/vectors.ts";

const { request, keyid } = vectors.positive;
const input = request.headers["Signature-Input"] ?? "";
const signature = request.headers.Signature ?? "";

/** The positive vector with other parameters, signed anew. */
async function resigned(change: (input: string) => string, account: SigningAccount = vectorAccount, more: Change = {}) {
  const text = change(input);
  const member = parseDictionary(text).get("request");
  if (member?.kind !== "list") throw new Error("no list");
  const unsigned = vectorRequest(more);
  const covered = { components: member.items, parameters: member.parameters };
  const base = signatureBase(messageOf(unsigned, "https://api.example"), covered);
  if (base === undefined) throw new Error("no base");
  const bytes = await account.signMessage({ message: { raw: base } });
  return vectorRequest({
    ...more,
    headers: { ...more.headers, "Signature-Input": text, Signature: `request=:${inBase64(bytes)}:` },
  });
}

/** Another parameter at the end. */
const and = (parameter: string) => (text: string) => `${text};${parameter}`;
const without = (part: string) => (text: string) => {
  if (!text.includes(part)) throw new Error(`no ${part}`);
  return text.replace(part, "");
};
const NONCE = ';nonce="EjRWeJCrze8BI0VniavN7w"';

interface Try {
  options?: Partial<VerifierOptions>;
  node?: ReturnType<typeof nodeThat>;
  policy?: RoutePolicy;
}

/** That a request is refused by a code, that no nonce was used up, and what the node was asked. */
async function refused(tried: Request, code: string, { options, node, policy }: Try = {}): Promise<AccessError> {
  const consumed: Nonce[] = [];
  const replay: ReplayStore = { consume: (nonce) => consumed.push(nonce) > 0 };
  const verifier = vectorVerifier({ replay, ...options }, node);
  const error = await verifier.verify(tried, policy).catch((reason: unknown) => reason);
  expect(error).to.be.instanceOf(AccessError);
  expect(error).to.include({ code, status: STATUS_BY_CODE[code as keyof typeof STATUS_BY_CODE] });
  expect(consumed).to.deep.equal([]);
  if (code !== "bad_signature" && code !== "signature_verification_unavailable")
    expect(verifier.asked).to.deep.equal([]);
  return error as AccessError;
}

async function letIn(tried: Request, { options, node, policy }: Try = {}): Promise<readonly string[]> {
  const verifier = vectorVerifier(options, node);
  expect(await verifier.verify(tried, policy)).to.include({ principal: keyid, signer: keyid });
  return verifier.asked;
}

/** A node that knows code of the account, and says yes to the one opaque signature. */
const nodeWithCode = (code: string) =>
  nodeThat((method, params) => {
    if (method === "eth_getCode") return code;
    const [call] = params as [{ data: string }];
    return call.data.endsWith(`c0de${"0".repeat(60)}`) ? `0x1626ba7e${"0".repeat(56)}` : `0x${"0".repeat(64)}`;
  });
const nodeThatFails = () =>
  nodeThat(() => {
    throw new Error("connection refused");
  });

const rows: Readonly<Record<number, () => Promise<unknown>>> = {
  1: async () => {
    await refused(vectorRequest({ headers: { Signature: undefined } }), "signature_missing");
    await refused(vectorRequest({ headers: { "Signature-Input": undefined } }), "signature_missing");
  },
  2: async () => {
    for (const wrong of ["=", "request=(", `${input},`, `${input};A`]) {
      await refused(vectorRequest({ headers: { "Signature-Input": wrong } }), "signature_input_invalid");
    }
    await refused(vectorRequest({ headers: { Signature: `${signature}, other=:_:` } }), "signature_input_invalid");
    // No candidate is looked at: the good one, which comes first, does not help.
    await refused(vectorRequest({ headers: { "Signature-Input": `${input}, b=(` } }), "signature_input_invalid");
  },
  3: async () => {
    const alone = input.replace("request=", "first=");
    await refused(vectorRequest({ headers: { "Signature-Input": alone } }), "signature_input_invalid");
    await letIn(vectorRequest({ headers: { "Signature-Input": `${alone}, ${input}` } }));
    const wrongType = { "Signature-Input": `${alone}, ${input}`, Signature: `first="text", ${signature}` };
    await letIn(vectorRequest({ headers: wrongType }));
  },
  4: async () => {
    const many = (count: number, one: (index: number) => string) =>
      Array.from({ length: count }, (_, i) => one(i)).join("");
    const headers: Record<string, string>[] = [
      { "Signature-Input": `${input};x="${"a".repeat(16_384)}"` },
      { Signature: `${signature}, x="${"a".repeat(16_384)}"` },
      { Signature: `request=:${inBase64(new Uint8Array(8_193))}:` },
      { "Signature-Input": input.replace("(", `(${many(26, (index) => `"x-${index}" `)}`) },
      { "Signature-Input": `${input}${many(12, (index) => `;x${index}`)}` },
      { "Signature-Input": `${input}${many(8, (index) => `, x${index}=();tag="erc8128"`)}` },
    ];
    for (const change of headers) await refused(vectorRequest({ headers: change }), "signature_too_large");
    // One less of each is read.
    const fits: Record<string, string>[] = [
      { "Signature-Input": `${input}${many(7, (index) => `, x${index}=();tag="erc8128"`)}` },
      { "Signature-Input": `${input}, x="${"a".repeat(16_384 - input.length - 6)}"` },
    ];
    for (const change of fits) await letIn(vectorRequest({ headers: change }));
    await refused(
      vectorRequest({ headers: { Signature: `request=:${inBase64(new Uint8Array(8_192))}:` } }),
      "bad_signature",
    );
    await letIn(await resigned(and("a;b;c;d;e;f;g;h;i;j")));
  },
  5: async () => {
    for (const tag of ['tag="erc8128-other"', "tag=erc8128", "tag", 'tag="ERC8128"', 'tag="erc8128";tag="other"']) {
      const other = input.replace('tag="erc8128"', tag);
      await refused(vectorRequest({ headers: { "Signature-Input": other } }), "no_acceptable_signature");
    }
    await letIn(await resigned((text) => text.replace('tag="erc8128"', 'tag="other";tag="erc8128"')));
  },
  6: async () => {
    const address = keyid.slice(-40);
    for (const wrong of [
      ...[
        `eip155:01:0x${address}`,
        `eip155:1:0x${address.toUpperCase()}`,
        `eip155:1:${address}`,
        `erc8128:1:0x${address}`,
      ],
      ...[`eip155:1:0x${address}0`, ` eip155:1:0x${address}`, `EIP155:1:0x${address}`, `eip155:-1:0x${address}`, ""],
    ]) {
      const other = input.replace(keyid, wrong);
      await refused(vectorRequest({ headers: { "Signature-Input": other } }), "invalid_keyid");
    }
    for (const other of [input.replace(`;keyid="${keyid}"`, ""), `${input};keyid=token`]) {
      await refused(vectorRequest({ headers: { "Signature-Input": other } }), "invalid_keyid");
    }
  },
  7: async () => {
    for (const chain of ["10", "99999999999999999999"]) {
      const other = input.replace("eip155:1:", `eip155:${chain}:`);
      const error = await refused(vectorRequest({ headers: { "Signature-Input": other } }), "unsupported_chain");
      expect(error.headers["www-authenticate"]).to.equal('ERC8128 error="unsupported_chain", chains="eip155:1"');
    }
  },
  8: async () => {
    expect(await letIn(await resigned(and('mode="eoa"')), { node: nodeThatFails() })).to.deep.equal([]);
  },
  9: async () => {
    const tried = await resigned(and('mode="eoa"'), opaqueAccount);
    expect(await letIn(tried, { node: nodeWithCode("0x6001") })).to.deep.equal(["eth_getCode", "eth_call"]);
    const other = await resigned(and('mode="eoa"'), { ...opaqueAccount, signMessage: async () => "0xdead" });
    await refused(other, "bad_signature", { node: nodeWithCode("0x6001") });
  },
  10: async () => {
    const node = () => nodeWithCode(`0xef0100${"ab".repeat(20)}`);
    expect(await letIn(await resigned(and('mode="eoa"')), { node: node() })).to.deep.equal([]);
    // Without the mode, the code is asked, and its no is final.
    await refused(vectorRequest(), "bad_signature", { node: node() });
  },
  11: async () => {
    for (const mode of ['mode="key"', "mode=eoa", "mode"]) {
      expect(await letIn(await resigned(and(mode)))).to.deep.equal(["eth_getCode"]);
      const tried = await resigned(and(mode));
      await refused(tried, "signature_verification_unavailable", { node: nodeThatFails() });
    }
  },
  12: async () => {
    const { "Signature-Input": _, ...others } = request.headers;
    for (const other of [
      input.replace(";created=1700000000", ""),
      input.replace(";expires=1700000060", ""),
      ...['"1700000000"', "1700000000.0", "@1700000000", "1700000060", "1700000061"].map((created) =>
        input.replace("created=1700000000", `created=${created}`),
      ),
    ]) {
      await refused(vectorRequest({ headers: { ...others, "Signature-Input": other } }), "invalid_time");
    }
  },
  13: async () => {
    await refused(vectorRequest(), "request_not_yet_valid", { options: { now: () => 1_699_999_969_000 } });
    await letIn(vectorRequest(), { options: { now: () => 1_699_999_970_000 } });
  },
  14: async () => {
    await refused(vectorRequest(), "request_expired", { options: { now: () => 1_700_000_091_000 } });
    await letIn(vectorRequest(), { options: { now: () => 1_700_000_090_999 } });
  },
  15: async () => {
    const tried = () => resigned((text) => text.replace("expires=1700000060", "expires=1700000061"));
    await refused(await tried(), "request_validity_too_long", { policy: { maxValidity: 60 } });
    await letIn(await tried(), { policy: { maxValidity: 61 } });
  },
  16: async () => {
    for (const nonce of ["token", `"${"n".repeat(129)}"`, "1", ":aGk=:"]) {
      const other = input.replace(/nonce="[^"]+"/, `nonce=${nonce}`);
      await refused(vectorRequest({ headers: { "Signature-Input": other } }), "invalid_nonce");
    }
    await letIn(await resigned((text) => text.replace(/nonce="[^"]+"/, `nonce="${"n".repeat(128)}"`)));
    // Beyond ASCII it is no structured field at all.
    const latin = input.replace(/nonce="[^"]+"/, 'nonce="é"');
    await refused(vectorRequest({ headers: { "Signature-Input": latin } }), "signature_input_invalid");
  },
  17: async () => {
    for (const name of ["@scheme", "@authority", "@method", "@path", "@query", "content-digest", "content-type"]) {
      const other = input.replace(name === "@scheme" ? `"${name}" ` : ` "${name}"`, "");
      const error = await refused(vectorRequest({ headers: { "Signature-Input": other } }), "insufficient_coverage");
      expect(error.headers["accept-signature"]).to.equal(
        'request=("@scheme" "@authority" "@method" "@path" "@query" "content-digest" "content-type");created;expires;tag="erc8128"',
      );
    }
    // A component with a parameter is another one.
    const other = input.replace('"content-digest"', '"content-digest";sf');
    await refused(vectorRequest({ headers: { "Signature-Input": other } }), "insufficient_coverage");
  },
  18: async () => {
    await refused(vectorRequest({ headers: { "Content-Digest": undefined } }), "content_digest_required");
  },
  19: async () => {
    const digest = request.headers["Content-Digest"] ?? "";
    await refused(vectorRequest({ body: '{"hello":"World"}' }), "bad_content_digest");
    await refused(vectorRequest({ body: "" }), "bad_content_digest");
    for (const wrong of [
      ...["sha-256", 'sha-256="text"', "sha-256=:aGk=:", "sha-256=(:aGk=:)", "(", "md5=:aGk=:", ""],
      ...[`${digest}, sha-512=:${inBase64(new Uint8Array(64))}:`, `${digest}, sha-512=1`, digest.replace(":k6", ":k7")],
    ]) {
      await refused(vectorRequest({ headers: { "Content-Digest": wrong } }), "bad_content_digest");
    }
  },
  20: async () => {
    await refused(await resigned(without(NONCE)), "nonce_required", { policy: { replay: "non-replayable" } });
    await refused(await resigned(without(NONCE)), "nonce_required");
  },
  21: async () => {
    const asked: unknown[] = [];
    const invalidations = { isInvalidated: (ended: unknown) => asked.push(ended) > 0 };
    const policy = { replay: "either", isInvalidationEndpoint: true } as const;
    await refused(await resigned(without(NONCE)), "nonce_required", { options: { invalidations }, policy });
    expect(asked).to.deep.equal([]);
  },
  22: async () => {
    const verifier = vectorVerifier();
    await verifier.verify(vectorRequest());
    const error = await verifier.verify(vectorRequest()).catch((reason: unknown) => reason);
    expect(error).to.include({ code: "nonce_reused", status: 401 });
  },
  23: async () => {
    const options = { invalidations: { isInvalidated: () => false }, isReplayAllowed: () => false };
    const policy = { replay: "either" } as const;
    await refused(await resigned(without(NONCE)), "replayable_not_allowed", { options, policy });
    const allowed = { ...options, isReplayAllowed: () => true };
    await letIn(await resigned(without(NONCE)), { options: allowed, policy });
  },
  24: async () => {
    await refused(vectorRequest({ headers: { "Signature-Input": `${input};alg="ecdsa"` } }), "unsupported_algorithm");
    await refused(vectorRequest({ headers: { "Signature-Input": `${input};alg` } }), "unsupported_algorithm");
  },
  25: async () => {
    await refused(vectorRequest({ target: "/items?view=none" }), "bad_signature");
    await refused(vectorRequest({ target: "/items" }), "bad_signature");
    await refused(vectorRequest({ target: "/items/?view=full" }), "bad_signature");
  },
  26: async () => {
    await refused(vectorRequest(), "signature_verification_unavailable", { node: nodeThatFails() });
  },
  27: async () => {
    await refused(vectorRequest(), "principal_not_allowed", { options: { isPrincipalAllowed: () => false } });
  },
  28: async () => {
    const wrong = 'first=("@path");created=1;expires=2;keyid="x";tag="erc8128"';
    const headers = { "Signature-Input": `${wrong}, ${input}`, Signature: `first=:aGk=:, ${signature}` };
    await letIn(vectorRequest({ headers }));
  },
};

describe("the vectors of ERC-8128", () => {
  it("should have the base, the hash and the signature of the positive one", async () => {
    const member = parseDictionary(input).get("request");
    if (member?.kind !== "list") throw new Error("no list");
    const covered = { components: member.items, parameters: member.parameters };
    const base = signatureBase(messageOf(vectorRequest(), "https://api.example"), covered) ?? new Uint8Array();
    expect(new TextDecoder().decode(base)).to.equal(vectors.positive.signatureBase);
    expect(base.length).to.equal(vectors.positive.signatureBaseBytes);
    expect(hashMessage({ raw: base })).to.equal(vectors.positive.H);
    expect(await vectorAccount.signMessage({ message: { raw: base } })).to.equal(vectors.positive.S);
    expect(bytesToHex(hexToBytes(vectors.positive.S as `0x${string}`))).to.equal(vectors.positive.S);
  });

  it("should let the positive one in, and use up its nonce last", async () => {
    const steps: string[] = [];
    const node = nodeThat((method) => {
      steps.push(method);
      return "0x";
    });
    const replay: ReplayStore = {
      consume: (nonce) => {
        steps.push("consume");
        expect(nonce).to.deep.equal({ keyid, nonce: "EjRWeJCrze8BI0VniavN7w", until: 1_700_000_090, now: vectorNow });
        return true;
      },
    };
    const decide = () => steps.push("decide") > 0;
    const isPrincipalAllowed = () => steps.push("principal") > 0;
    const caller = await vectorVerifier({ replay, isPrincipalAllowed }, node).verify(vectorRequest(), { decide });
    const { principal, signer, binding } = vectors.positive.expect;
    expect(caller).to.deep.equal({
      ...{ principal, signer, binding, replayable: false },
      ...{ expiresAt: 1_700_000_060, origin: "https://api.example" },
      ...{ grants: [], permissions: undefined, identity: undefined },
    });
    expect(steps).to.deep.equal(["principal", "eth_getCode", "decide", "consume"]);
  });

  for (const { row, mutation, expect: expected } of vectors.mutations) {
    it(`should hold, row ${row}: ${mutation} → ${expected}`, async () => {
      const check = rows[row];
      if (check === undefined) throw new Error(`Row ${row} has no test.`);
      await check();
    });
  }

  it("should let one of many in that come at once", async () => {
    const verifier = vectorVerifier({ replay: memoryReplayStore() });
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => verifier.verify(vectorRequest())));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    const codes = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect(new Set(codes)).to.deep.equal(new Set(["nonce_reused"]));
  });

  it("should have these codes, statuses and limits", () => {
    expect(Object.keys(STATUS_BY_CODE)).to.deep.equal(vectors.codes);
    const withStatus = (status: number) => vectors.codes.filter((code) => statusBy[code] === status);
    const statusBy: Readonly<Record<string, number>> = STATUS_BY_CODE;
    expect(withStatus(400)).to.deep.equal(vectors.status400);
    expect(withStatus(503)).to.deep.equal(vectors.status503);
    expect(LIMITS).to.deep.equal({
      fieldBytes: vectors.limits.signatureInputBytes,
      signatureBytes: vectors.limits.decodedMemberBytes,
      candidates: vectors.limits.candidates,
      components: vectors.limits.components,
      parameters: vectors.limits.parameters,
      nonceLength: vectors.limits.nonceAsciiBytes,
    });
  });

  it("should ask no node where no code is to be known", async () => {
    const node = nodeWithoutCode();
    await letIn(await resigned(and('mode="eoa"')), { node });
    expect(node.asked).to.deep.equal([]);
  });
});
