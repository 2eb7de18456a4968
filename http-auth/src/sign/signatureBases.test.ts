import { expect } from "chai";
import { recoverMessageAddress, toHex } from "viem";
import { vectorAccount, vectorNow } from "../../test/utils/signers.ts";
import { parseDictionary } from "../fields/parse.ts";
import { signatureBases } from "./signatureBases.ts";
import { signRequest } from "./signRequest.ts";

const options = { account: vectorAccount, chainId: 1, now: () => vectorNow * 1_000 };
const signed = (init: RequestInit = {}) => signRequest(new Request("https://api.example/items?a=b", init), options);

function signatureOf(request: Request) {
  const member = parseDictionary(request.headers.get("signature") ?? "").get("request");
  if (member?.kind !== "item" || member.value.type !== "bytes") throw new Error("there is no signature");
  return toHex(member.value.value);
}

describe("the bases of a request's signatures", () => {
  it("should be what was signed, by label", async () => {
    const request = await signed({ method: "POST", body: "{}", headers: { "content-type": "application/json" } });
    const bases = signatureBases(request);
    expect([...bases.keys()]).to.deep.equal(["request"]);
    const base = bases.get("request") ?? "";
    expect(base.split("\n").slice(0, 5)).to.deep.equal([
      ...['"@scheme": https', '"@authority": api.example', '"@method": POST', '"@path": /items', '"@query": ?a=b'],
    ]);
    expect(base).to.match(/\n"@signature-params": \("@scheme" [^\n]+;tag="erc8128";mode="eoa"$/);
    const message = { raw: toHex(new TextEncoder().encode(base)) };
    expect(await recoverMessageAddress({ message, signature: signatureOf(request) })).to.equal(vectorAccount.address);
  });

  it("should be those of the origin that is named, where the request came by another", async () => {
    const request = await signed();
    const inside = new Request("http://127.0.0.1:3000/items?a=b", { headers: request.headers });
    expect(signatureBases(inside)).to.not.deep.equal(signatureBases(request));
    expect(signatureBases(inside, "https://api.example")).to.deep.equal(signatureBases(request));
  });

  it("should leave out what cannot be read, and what covers something that is not there", async () => {
    expect(signatureBases(new Request("https://api.example/")).size).to.equal(0);
    const broken = { "signature-input": "(", signature: "a=:AA==:" };
    expect(signatureBases(new Request("https://api.example/", { headers: broken })).size).to.equal(0);
    const twice = {
      "signature-input": 'a=("@path" "@path");tag="erc8128", b=("x-none");tag="erc8128", c=("@path");tag="erc8128"',
      signature: "a=:AA==:, b=:AA==:, c=:AA==:",
    };
    const bases = signatureBases(new Request("https://api.example/", { headers: twice }));
    expect([...bases]).to.deep.equal([["c", '"@path": /\n"@signature-params": ("@path");tag="erc8128"']]);
  });
});
