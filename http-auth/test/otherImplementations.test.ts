// RFC 9421 by others: what is signed here is verified there, and the other way round.
import { expect } from "chai";
import fc from "fast-check";
import { httpbis, type Request as PlainRequest } from "http-message-signatures";
import { bytesToHex, hashMessage, hexToBytes, recoverAddress } from "viem";
import { signRequest } from "../src/index.ts";
import { vectorAccount, vectorNow, vectorVerifier } from "./utils/signers.ts";
import { vectors } from "./utils/vectors.ts";

const keyid = vectors.positive.keyid;
const now = () => vectorNow * 1_000;

const plain = (request: Request): PlainRequest => ({
  method: request.method,
  url: request.url,
  headers: Object.fromEntries(request.headers),
});

/** Whether the other implementation finds the key's signature over its own base. */
function isVerifiedByOther(request: Request): Promise<boolean | null> {
  const verify = async (base: Buffer, signature: Buffer) => {
    const hash = hashMessage({ raw: new Uint8Array(base) });
    const signer = await recoverAddress({ hash, signature: bytesToHex(new Uint8Array(signature)) });
    return signer === vectorAccount.address;
  };
  const keyLookup = async ({ keyid: id }: { keyid?: string }) => (id === keyid ? { id, verify } : null);
  return httpbis.verifyMessage({ keyLookup, notAfter: vectorNow, tolerance: 1e9 }, plain(request));
}

const requests = fc
  .record({
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
    path: fc.webPath(),
    query: fc.option(fc.webQueryParameters()),
    type: fc.constantFrom("application/json", 'text/plain; charset="utf-8"'),
    body: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ method, path, query, type, body }) => {
    const url = `https://api.example${path}${query === null ? "" : `?${query}`}`;
    const content =
      method === "POST" || method === "PUT" ? { body: new Uint8Array(body), headers: { "content-type": type } } : {};
    return () => new Request(url, { method, ...content });
  });

describe("http-message-signatures", () => {
  it("should verify what is signed here, whatever the request is", async () => {
    const property = fc.asyncProperty(requests, async (make) => {
      const signed = await signRequest(make(), { account: vectorAccount, chainId: 1, now });
      expect(await isVerifiedByOther(signed)).to.equal(true);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it("should find the signature wrong when the request is another one", async () => {
    const signed = await signRequest(new Request("https://api.example/a"), { account: vectorAccount, chainId: 1, now });
    const other = new Request("https://api.example/b", { headers: signed.headers });
    expect(await isVerifiedByOther(other)).to.equal(false);
  });

  it("should be verified here, with viem's signatures", async () => {
    const sign = async (base: Buffer) => {
      return Buffer.from(hexToBytes(await vectorAccount.signMessage({ message: { raw: new Uint8Array(base) } })));
    };
    const fields = ["@scheme", "@authority", "@method", "@path", "@query"];
    const property = fc.asyncProperty(requests, async (make) => {
      const request = make();
      fc.pre(request.body === null);
      const created = new Date(now());
      const paramValues = { created, expires: new Date(now() + 60_000), nonce: "n", tag: "erc8128" };
      const params = ["created", "expires", "nonce", "keyid", "tag"];
      const signed = await httpbis.signMessage(
        { key: { id: keyid, sign }, name: "x", fields, params, paramValues },
        plain(request),
      );
      const headers = signed.headers as Record<string, string>;
      const received = new Request(request.url, { method: request.method, headers });
      expect(await vectorVerifier().verify(received)).to.include({ principal: keyid });
    });
    await fc.assert(property, { numRuns: 40 });
  });

  const components: Readonly<Record<string, [component: string, headers?: Record<string, string>]>> = {
    "a parameter of the query": ['@query-param;name="id"'],
    "a parameter of the query that is encoded": ['@query-param;name="a%20b%C3%A9"'],
    "a field as it came": ["x-list", { "x-list": "a=1,   b" }],
    "the bytes of a field": ["x-bytes;bs", { "x-bytes": 'a, "b"  c' }],
    "the bytes of an empty field": ["x-bytes;bs", { "x-bytes": "" }],
    "a dictionary in its one form": ["priority;sf", { priority: "u=1,   i;a=?1,x=(1   2);b" }],
    "a list in its one form": ["client-cert-chain;sf", { "client-cert-chain": ":AAAA:;a,   :AQID:" }],
    "an item in its one form": ["idempotency-key;sf", { "idempotency-key": '"a";  b' }],
    "one member of a dictionary": ['x-dict;key="b"', { "x-dict": "a=1,   b=(x   y);z, c" }],
    "a member that stands for yes": ['x-dict;key="c"', { "x-dict": "a=1,   b=(x   y);z, c" }],
  };
  for (const [what, [component, headers = {}]] of Object.entries(components)) {
    it(`should be verified here where it covers ${what}`, async () => {
      const sign = async (base: Buffer) => {
        return Buffer.from(hexToBytes(await vectorAccount.signMessage({ message: { raw: new Uint8Array(base) } })));
      };
      const request = new Request("https://api.example/x?id=1%2F2+3&a%20b%C3%A9=%C3%A9", { headers });
      const fields = ["@scheme", "@authority", "@method", "@path", "@query", component];
      const paramValues = { created: new Date(now()), expires: new Date(now() + 60_000), nonce: "n", tag: "erc8128" };
      const params = ["created", "expires", "nonce", "keyid", "tag"];
      const signed = await httpbis.signMessage(
        { key: { id: keyid, sign }, name: "x", fields, params, paramValues },
        plain(request),
      );
      const received = () => new Request(request.url, { headers: signed.headers as Record<string, string> });
      const policy = { requiredComponents: [component] };
      expect(await vectorVerifier().verify(received(), policy)).to.include({ principal: keyid });
      // And is signed here as it is there.
      const ours = await signRequest(request, { account: vectorAccount, chainId: 1, now, components: [component] });
      expect(await isVerifiedByOther(ours)).to.equal(true);
      // A change that another form of the same would not be is found.
      const [name = ""] = component.split(";");
      const changed = name.startsWith("@") ? new Request("https://api.example/x?id=2", received()) : received();
      if (!name.startsWith("@")) changed.headers.set(name, "changed=1");
      const error = await vectorVerifier()
        .verify(changed, policy)
        .catch((reason: unknown) => reason);
      expect(error).to.include({ code: "bad_signature" });
    });
  }
});
