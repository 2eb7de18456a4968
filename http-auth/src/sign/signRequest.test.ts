import { expect } from "chai";
import { nodeThat, opaqueAccount, vectorAccount, vectorNow, vectorVerifier } from "../../test/utils/signers.ts";
import { vectorRequest, vectors } from "../../test/utils/vectors.ts";
import { ContentTooLargeError, InvalidOptionError, UnsignableRequestError } from "../errors/mistakes.ts";
import { parseDictionary } from "../fields/parse.ts";
import type { SignOptions } from "./options.ts";
import { signRequest } from "./signRequest.ts";

const options: SignOptions = { account: vectorAccount, chainId: 1, now: () => vectorNow * 1_000 };
const url = "https://api.example/items?view=full";

/** The parameters of the one signature of a request. */
function parametersOf(request: Request, label = "request") {
  return parseDictionary(request.headers.get("signature-input") ?? "").get(label)?.parameters ?? new Map();
}

describe("a signed request", () => {
  const requests: Readonly<Record<string, () => Request>> = {
    "a GET without a query": () => new Request("https://api.example/"),
    "a GET with an odd path": () => new Request("https://api.example/a%20b/ü/../c;d?x=%2f&y=é&&"),
    "a POST of text": () => new Request(url, { method: "POST", body: "é" }),
    "a POST of nothing": () => new Request(url, { method: "POST" }),
    "a POST of an empty text": () => new Request(url, { method: "POST", body: "" }),
    "a PUT of bytes": () => new Request(url, { method: "PUT", body: new Uint8Array([0, 255]) }),
    "a method of its own, whose case counts": () => new Request(url, { method: "pUrge", body: "a" }),
    "a form": () => new Request(url, { method: "POST", body: new URLSearchParams({ a: "b" }) }),
    "a form in parts": () => {
      const form = new FormData();
      form.set("file", new Blob(["abc"], { type: "text/x" }), "f.txt");
      return new Request(url, { method: "POST", body: form });
    },
    "a stream": () => {
      const init = { method: "POST", body: new Blob(["a", "b"]).stream(), duplex: "half" };
      return new Request(url, init as RequestInit);
    },
    "a DELETE with a type and no content": () => {
      return new Request(url, { method: "DELETE", headers: { "content-type": "application/json" } });
    },
  };
  for (const [what, make] of Object.entries(requests)) {
    it(`should be let in, with the same content: ${what}`, async () => {
      const original = make();
      const signed = await signRequest(original, options);
      const caller = await vectorVerifier().verify(signed);
      expect(caller).to.include({ principal: vectors.positive.keyid, replayable: false, expiresAt: vectorNow + 60 });
      expect(signed.method).to.equal(original.method);
      expect(signed.url).to.equal(original.url);
      expect(signed.headers.get("content-type")).to.equal(original.headers.get("content-type"));
      expect(await signed.text()).to.equal(await original.text());
    });
  }

  it("should cover what it has to, and say that a key signs", async () => {
    const signed = await signRequest(new Request(url, { method: "POST", body: "a" }), { ...options, nonce: "n" });
    expect(signed.headers.get("signature-input")).to.equal(
      'request=("@scheme" "@authority" "@method" "@path" "@query" "content-digest" "content-type");' +
        `created=1700000001;expires=1700000061;nonce="n";keyid="${vectors.positive.keyid}";tag="erc8128";mode="eoa"`,
    );
    const verifier = vectorVerifier();
    await verifier.verify(signed);
    expect(verifier.asked).to.deep.equal([]);
  });

  it("should be what the draft's vector is", async () => {
    const bare = { headers: { Signature: undefined, "Signature-Input": undefined, "Content-Digest": undefined } };
    const at = new Request("https://api.example/items?view=full", vectorRequest(bare));
    const nonce = "EjRWeJCrze8BI0VniavN7w";
    const signed = await signRequest(at, {
      ...options,
      nonce,
      validFor: 60,
      isKey: false,
      now: () => 1_700_000_000_999,
    });
    for (const field of ["Signature-Input", "Signature", "Content-Digest"]) {
      expect(signed.headers.get(field)).to.equal(vectors.positive.request.headers[field]);
    }
  });

  it("should have a nonce of its own, of 128 bits", async () => {
    const nonces = new Set<unknown>();
    for (let count = 0; count < 20; count++) {
      const nonce = parametersOf(await signRequest(new Request(url), options)).get("nonce");
      expect(nonce?.value).to.match(/^[\w-]{22}$/);
      nonces.add(nonce?.value);
    }
    expect(nonces.size).to.equal(20);
  });

  it("should have none where it may come again", async () => {
    const signed = await signRequest(new Request(url), { ...options, nonce: null });
    expect(parametersOf(signed).has("nonce")).to.equal(false);
    const verifier = vectorVerifier({ invalidations: { isInvalidated: () => false } });
    const policy = { replay: "either" } as const;
    for (let count = 0; count < 2; count++) expect((await verifier.verify(signed, policy)).replayable).to.equal(true);
  });

  it("should leave a wallet of code to its code", async () => {
    const signed = await signRequest(new Request(url), { ...options, account: opaqueAccount });
    expect(parametersOf(signed).has("mode")).to.equal(false);
    const node = nodeThat((method) => (method === "eth_getCode" ? "0x60" : `0x1626ba7e${"0".repeat(56)}`));
    const verifier = vectorVerifier({}, node);
    await verifier.verify(signed);
    expect(verifier.asked).to.deep.equal(["eth_getCode", "eth_call"]);
  });

  it("should cover more where it is asked to, and no request without it", async () => {
    const headers = { "idempotency-key": '"k"', "x-list": "a=1, b=2" };
    const components = ["idempotency-key", 'x-list;key="b"', "@path"];
    const signed = await signRequest(new Request(url, { headers }), { ...options, components });
    const covered = '"@query" "idempotency-key" "x-list";key="b")';
    expect(signed.headers.get("signature-input")).to.contain(covered);
    const policy = { requiredComponents: ["idempotency-key"] };
    await vectorVerifier().verify(signed.clone(), policy);
    const changed = new Request(signed, {
      headers: { ...Object.fromEntries(signed.headers), "idempotency-key": '"l"' },
    });
    const error = await vectorVerifier()
      .verify(changed, policy)
      .catch((reason: unknown) => reason);
    expect(error).to.include({ code: "bad_signature" });
    const without = await signRequest(new Request(url), { ...options, components }).catch((reason: unknown) => reason);
    expect(without).to.be.instanceOf(UnsignableRequestError);
  });

  it("should keep signatures of others, replace an older one of its own, and correct a digest", async () => {
    const headers = {
      "signature-input": 'proxy=("@path");keyid="p", request=()',
      signature: "proxy=:aGk=:, request=:aGk=:",
      "content-digest": "sha-256=:aGk=:",
    };
    const signed = await signRequest(new Request(url, { method: "POST", body: "a", headers }), options);
    expect([...parseDictionary(signed.headers.get("signature") ?? "").keys()]).to.deep.equal(["proxy", "request"]);
    expect(signed.headers.get("signature-input")).to.match(/^proxy=\("@path"\);keyid="p", request=\("@scheme"/);
    await vectorVerifier().verify(signed);
    const unreadable = new Request(url, { headers: { "signature-input": "(" } });
    const error = await signRequest(unreadable, options).catch((reason: unknown) => reason);
    expect(error)
      .to.be.instanceOf(UnsignableRequestError)
      .and.to.have.property("message")
      .that.contains("signature-input");
  });

  it("should not be read beyond its limit", async () => {
    const large = () => new Request(url, { method: "POST", body: "abc" });
    await signRequest(large(), { ...options, contentLimit: 3 });
    const error = await signRequest(large(), { ...options, contentLimit: 2 }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ContentTooLargeError);
  });

  const mistakes: Readonly<Record<string, Partial<SignOptions>>> = {
    chainId: { chainId: 0 },
    validFor: { validFor: 1.5 },
    nonce: { nonce: "n".repeat(129) },
    components: { components: ["@path", 'a"b'] },
  };
  for (const [option, mistake] of Object.entries(mistakes)) {
    it(`should not be made with a wrong option: ${option}`, async () => {
      const error = await signRequest(new Request(url), { ...options, ...mistake }).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(InvalidOptionError).and.to.include({ option });
    });
  }

  it("should be refused for anything but itself", async () => {
    const signed = await signRequest(new Request(url, { method: "POST", body: "a" }), options);
    const headers = Object.fromEntries(signed.headers);
    const moved: Readonly<Record<string, [Request, string]>> = {
      path: [
        new Request("https://api.example/items/2?view=full", { method: "POST", headers, body: "a" }),
        "bad_signature",
      ],
      query: [new Request(`${url}&a`, { method: "POST", headers, body: "a" }), "bad_signature"],
      method: [new Request(url, { method: "PUT", headers, body: "a" }), "bad_signature"],
      content: [new Request(url, { method: "POST", headers, body: "b" }), "bad_content_digest"],
      type: [
        new Request(url, { method: "POST", headers: { ...headers, "content-type": "text/html" }, body: "a" }),
        "bad_signature",
      ],
    };
    for (const [what, [request, code]] of Object.entries(moved)) {
      const error = await vectorVerifier()
        .verify(request)
        .catch((reason: unknown) => reason);
      expect(error, what).to.include({ code });
    }
    for (const origins of [["https://other.example"], ["http://api.example"], ["https://api.example:8443"]]) {
      const error = await vectorVerifier({ origins })
        .verify(signed.clone())
        .catch((reason: unknown) => reason);
      expect(error, String(origins)).to.include({ code: "bad_signature" });
    }
    await vectorVerifier().verify(signed);
  });
});
