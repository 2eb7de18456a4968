// The form that the draft began with, against the library that speaks it: signed there and verified here, and the other way round.
import { createSignerClient, createVerifierClient } from "@slicekit/erc8128";
import { expect } from "chai";
import { verifyMessage } from "viem";
import { type AccessError, signRequest } from "../src/index.ts";
import { vectorAccount, vectorNow, vectorVerifier } from "./utils/signers.ts";
import { vectors } from "./utils/vectors.ts";

const url = "https://api.example/items";
const { keyid } = vectors.positive;

const theirs = createSignerClient(
  {
    chainId: 1,
    address: vectorAccount.address,
    signMessage: (message) => vectorAccount.signMessage({ message: { raw: message } }),
  },
  { created: vectorNow, expires: vectorNow + 60 },
);

const post = { method: "POST", headers: { "content-type": "application/json" }, body: '{"a":1}' };

/** What is said of a request: its caller's binding, or the code of the refusal. */
async function verdict(request: Request, verifier = vectorVerifier({ acceptFormerDraft: true })): Promise<string> {
  return verifier.verify(request).then(
    ({ binding }) => binding,
    (error: AccessError) => error.code,
  );
}

/** The same request with something changed. */
function changed(request: Request, change: { url?: string; init?: RequestInit; headers?: Record<string, string> }) {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(change.headers ?? {})) headers.set(name, value);
  return new Request(change.url ?? request.url, { method: request.method, ...change.init, headers });
}

describe("the form that the draft began with", () => {
  it("should be let in where the verifier says so, as the same account", async () => {
    for (const request of [
      await theirs.signRequest(url),
      await theirs.signRequest(`${url}?view=full`),
      await theirs.signRequest(url, post),
    ]) {
      const caller = await vectorVerifier({ acceptFormerDraft: true }).verify(request);
      expect(caller).to.include({ principal: keyid, signer: keyid, binding: "former-draft", replayable: false });
    }
  });

  it("should be no signature anywhere else", async () => {
    for (const acceptFormerDraft of [undefined, false]) {
      const verifier = vectorVerifier({ acceptFormerDraft });
      expect(await verdict(await theirs.signRequest(url), verifier)).to.equal("no_acceptable_signature");
    }
  });

  it("should bind host, method, path, query and content", async () => {
    const get = await theirs.signRequest(url);
    const asked = await theirs.signRequest(`${url}?view=full`);
    const posted = await theirs.signRequest(url, post);
    const { body } = post;
    expect(await verdict(changed(get, { url: `${url}/1` }))).to.equal("bad_signature");
    expect(await verdict(changed(get, { url: `${url}?view=full` }))).to.equal("insufficient_coverage");
    expect(await verdict(changed(get, { init: { method: "DELETE" } }))).to.equal("bad_signature");
    const withContent = { init: { method: "POST", body: "a" } };
    expect(await verdict(changed(get, withContent))).to.equal("content_digest_required");
    expect(await verdict(changed(asked, { url: `${url}?view=none` }))).to.equal("bad_signature");
    expect(await verdict(changed(asked, { url }))).to.equal("bad_signature");
    expect(await verdict(changed(posted, { init: { body: '{"a":2}' } }))).to.equal("bad_content_digest");
    expect(await verdict(changed(posted, { init: { body }, url: `${url}/1` }))).to.equal("bad_signature");
    const elsewhere = vectorVerifier({ acceptFormerDraft: true, origins: ["https://other.example"] });
    expect(await verdict(get, elsewhere)).to.equal("bad_signature");
  });

  it("should pass once, whichever form its nonce comes in", async () => {
    const verifier = vectorVerifier({ acceptFormerDraft: true });
    const [former, today] = [true, false].map((formerDraft) =>
      signRequest(new Request(url), {
        ...{ account: vectorAccount, chainId: 1, nonce: "one", formerDraft, now: () => vectorNow * 1_000 },
      }),
    );
    expect(await verdict((await former) as Request, verifier)).to.equal("former-draft");
    expect(await verdict((await today) as Request, verifier)).to.equal("nonce_reused");
    expect(await verdict((await former) as Request, verifier)).to.equal("nonce_reused");
  });

  it("should be its own class: a tag makes it one of today's, and then its account is none", async () => {
    const request = await theirs.signRequest(url);
    const input = `${request.headers.get("signature-input")};tag="erc8128"`;
    expect(await verdict(changed(request, { headers: { "signature-input": input } }))).to.equal("invalid_keyid");
    const upper = request.headers.get("signature-input")?.replace(/0x[0-9a-f]+/, (text) => text.toUpperCase()) ?? "";
    expect(await verdict(changed(request, { headers: { "signature-input": upper } }))).to.equal("invalid_keyid");
  });

  it("should be verified there when it is signed here", async () => {
    const seen = new Set<string>();
    const nonceStore = { consume: async (key: string) => !seen.has(key) && Boolean(seen.add(key)) };
    const { verifyRequest } = createVerifierClient({ verifyMessage, nonceStore });
    for (const request of [new Request(url), new Request(`${url}?view=full`), new Request(url, post)]) {
      const signed = await signRequest(request, { account: vectorAccount, chainId: 1, formerDraft: true });
      const result = await verifyRequest({ request: signed });
      expect(result).to.include({ ok: true });
    }
    const today = await signRequest(new Request(url), { account: vectorAccount, chainId: 1 });
    expect((await verifyRequest({ request: today })).ok).to.equal(false);
  });
});
