// What strangers send to the routes about identities, on the wire.
import { rpcReader, shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { type HttpApi, http } from "../../src/http/index.ts";
import { exchange } from "../utils/exchange.ts";
import { type RpcDirectory, rpcDirectory } from "../utils/rpcDirectory.ts";
import { type Served, serveApp } from "../utils/serveApp.ts";

describe("http under attack", () => {
  let world: World;
  let directory: RpcDirectory;
  let api: HttpApi;
  let served: Served;
  const errors: unknown[] = [];
  before(async () => {
    world = await openWorld();
    await world.members[1].registerSync({});
    directory = rpcDirectory(world.members[0], shortAddresses.identityRegistry);
    api = http({
      directories: [directory],
      publicUrl: "https://tenure.example",
      version: "0",
      onError: (error) => errors.push(error),
    });
    served = await serveApp(api.app);
  });
  after(async () => {
    api.close();
    await served.close();
    await directory.feed.close();
    await world.close();
  });
  afterEach(() => expect(errors.splice(0)).to.deep.equal([]));

  it("should answer any target with a status that is meant", async () => {
    const part = fc.oneof(
      fc.constantFrom(
        "v1",
        "identities",
        "1",
        "31337:1",
        "addresses",
        "vouchers",
        "history",
        "trust",
        "..",
        ".",
        "%2f",
        "%00",
        "%",
      ),
      fc.constantFrom(
        `0x${"a".repeat(40)}`,
        "__proto__",
        "constructor",
        "events",
        "requirements",
        "check",
        "openapi.json",
      ),
      fc.string({ maxLength: 8 }).map(encodeURIComponent),
    );
    const name = fc.constantFrom(
      "limit",
      "cursor",
      "chain",
      "registry",
      "status",
      "minSupport",
      "vouchedBy",
      "anchors",
      "x",
    );
    const value = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.integer().map(String),
      fc.constantFrom("1", "31337", "active"),
    );
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 3 })
      .map((pairs) => new URLSearchParams(pairs).toString());
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), query, async (parts, search) => {
        if (parts.includes("events")) return;
        const head = `GET /${parts.join("/")}?${search} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
        const status = Number((await exchange(served.port, head)).split(" ")[1]);
        expect(status, head).to.be.oneOf([200, 400, 404, 405, 414]);
      }),
      { numRuns: 300 },
    );
  });

  it("should answer any JSON as a requirement with 200 or 400, and yes only where something was demanded", async () => {
    const names = ["identity", "address", "chain", "requirement", "minSupport", "anchors", "__proto__"];
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("1", 1, { minSupport: 1 }, { minSupport: 0 }, { maxSilence: 1e9 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (body) => {
        const response = await fetch(`${served.url}/v1/requirements/check`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
        const said = (await response.json()) as { isMet?: boolean };
        expect(response.status).to.be.oneOf([200, 400, 404]);
        if (said.isMet) expect(body.requirement).to.deep.equal({ maxSilence: 1e9 });
      }),
      { numRuns: 200 },
    );
  });

  it("should take no name that only looks like one", async () => {
    const { status } = await rpcReader(world.members[0]).identity({ id: 1 });
    expect(status).to.equal("active");
    for (const name of [
      "01",
      "0",
      "1.0",
      "1e0",
      "+1",
      "-1",
      "0x1",
      " 1",
      "1 ",
      "１",
      "1:1",
      "31337:",
      ":1",
      "31337:1:1",
      "1,2",
      "1;2",
    ]) {
      const response = await fetch(`${served.url}/v1/identities/${encodeURIComponent(name)}`);
      expect([400, 404], name).to.include(response.status);
    }
  });
});
