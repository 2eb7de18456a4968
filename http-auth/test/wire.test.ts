// Requests to the byte that are moved, cut, joined or added to on their way: what a handler runs for is what was signed.
import { expect } from "chai";
import { signRequest } from "../src/index.ts";
import { exchange, fieldsOf, guardOptions, origin, type Service, services, wireText } from "./utils/guarded.ts";
import { vectorAccount } from "./utils/signers.ts";

type Fields = [string, string][];

async function signedFields(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Fields> {
  const request = new Request(`${origin}${path}`, { method, headers, ...(body !== undefined && { body }) });
  return fieldsOf(await signRequest(request, { account: vectorAccount, chainId: 1 }));
}

const openEnd = (text: string) => text.replace("Connection: close\r\n", "");
const statusesOf = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);

for (const [name, start] of Object.entries(services)) {
  describe(`what is signed, on the wire: ${name}`, () => {
    let service: Service;
    before(async () => {
      service = await start(guardOptions());
    });
    after(() => service.stop());

    /** Which contents handlers saw, and which statuses were answered. */
    async function sent(text: string): Promise<{ seen: readonly string[]; statuses: readonly (string | undefined)[] }> {
      const before = service.seen.length;
      const answer = await exchange(service.port, text);
      return { seen: service.seen.slice(before).map(({ content }) => content), statuses: statusesOf(answer) };
    }

    it("should not be good for another method, path, query, content or type of content", async () => {
      const plain = { "content-type": "text/plain" };
      const fields = [...(await signedFields("POST", "/items?a", "ab", plain)), ["Content-Length", "2"]] as Fields;
      const other = fields.map(
        ([field, value]) => [field, field === "content-type" ? "application/json" : value] as const,
      );
      for (const text of [
        wireText("PUT", "/items?a", fields, "ab"),
        wireText("POST", "/items/a?a", fields, "ab"),
        wireText("POST", "/items?b", fields, "ab"),
        wireText("POST", "/items?%61", fields, "ab"),
        wireText("POST", "/items", fields, "ab"),
        wireText("POST", "/items?a", fields, "ba"),
        wireText("POST", "/items?a", other, "ab"),
      ]) {
        expect(await sent(text), text.split("\r\n")[0]).to.deep.equal({ seen: [], statuses: ["401"] });
      }
      // None of them has used it up.
      expect(await sent(wireText("POST", "/items?a", fields, "ab"))).to.deep.equal({ seen: ["ab"], statuses: ["200"] });
    });

    it("should not be cut, lengthened, or be of a length that is said in no way", async () => {
      const fields = await signedFields("POST", "/items", "ab");
      const cut: Fields = [...fields, ["Content-Length", "1"]];
      expect((await sent(wireText("POST", "/items", cut, "a"))).seen).to.deep.equal([]);
      const longer: Fields = [...fields, ["Content-Length", "3"]];
      expect((await sent(wireText("POST", "/items", longer, "abc"))).seen).to.deep.equal([]);
      expect((await sent(wireText("POST", "/items", fields, "ab"))).seen).to.deep.equal([]);
      for (const length of ["+2", "0x2", "2, 2", "2;a", "-2"]) {
        const odd: Fields = [...fields, ["Content-Length", length]];
        expect(await sent(wireText("POST", "/items", odd, "ab")), length).to.deep.include({ seen: [] });
      }
      for (const coding of ["xchunked", "chunked, gzip", "identity"]) {
        const odd: Fields = [...fields, ["Transfer-Encoding", coding]];
        const answer = await sent(wireText("POST", "/items", odd, "2\r\nab\r\n0\r\n\r\n"));
        expect(answer, coding).to.deep.include({ seen: [] });
      }
    });

    it("should be refused by itself where several come on one connection", async () => {
      const wrong: Fields = [...(await signedFields("POST", "/items", "ab")), ["Content-Length", "2"]];
      const good = wireText("GET", "/items", await signedFields("GET", "/items"));
      const mixed = await sent(openEnd(wireText("POST", "/items", wrong, "xx")) + openEnd(good) + good);
      expect(mixed).to.deep.equal({ seen: [""], statuses: ["401", "200", "401"] });
      // What nobody asked for the content of: the rest of the connection is not taken for a request.
      const inner = wireText("GET", "/items", await signedFields("GET", "/items"));
      const outer: Fields = [["Content-Length", String(inner.length)]];
      const hidden = await sent(openEnd(wireText("POST", "/items", outer, inner)) + wireText("POST", "/admin", []));
      expect(hidden.seen).to.deep.equal([]);
    });

    it("should be told nothing by trailers, and be the same after an upgrade that is not made", async () => {
      const chunked: Fields = [
        ...(await signedFields("POST", "/items", "ab")),
        ["Transfer-Encoding", "chunked"],
        ["Trailer", "Content-Digest"],
      ];
      const trailers = "2\r\nxx\r\n0\r\nContent-Digest: sha-256=:AAAA:\r\nSignature: a=::\r\n\r\n";
      expect(await sent(wireText("POST", "/items", chunked, trailers))).to.deep.equal({ seen: [], statuses: ["401"] });
      const upgrade = (fields: Fields) =>
        wireText("GET", "/items", [...fields, ["Upgrade", "h2c"]]).replace("close", "upgrade, close");
      expect(await sent(upgrade([]))).to.deep.equal({ seen: [], statuses: ["401"] });
      const signed = await sent(upgrade(await signedFields("GET", "/items")));
      expect(signed).to.deep.equal({ seen: [""], statuses: ["200"] });
    });

    it("should not be found in fields that no field may be like", async () => {
      const fields = await signedFields("GET", "/items");
      const text = wireText("GET", "/items", fields);
      for (const wrong of [
        text.replace("signature-input: ", "signature-input : "),
        text.replaceAll("\r\n", "\n"),
        text.replace("Host: api.example", "Host: api.example\r\nX-A: a\0b"),
        text.replace("Host: api.example", "Host: api.example\r\n X-A: b"),
      ]) {
        expect((await sent(wrong)).seen).to.deep.equal([]);
      }
      expect((await sent(text)).seen).to.deep.equal([""]);
    });
  });
}
