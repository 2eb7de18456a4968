import { expect } from "chai";
import { createClient, custom } from "viem";
import { base, mainnet } from "viem/chains";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { memoryReplayStore } from "../replay/memoryReplayStore.ts";
import { discoveryOf } from "./discovery.ts";
import { guardOf } from "./guard.ts";
import type { GuardOptions } from "./types.ts";

const transport = custom({ request: async () => "0x" });
const options: GuardOptions = {
  clients: [createClient({ chain: mainnet, transport }), createClient({ chain: base, transport })],
  origins: ["https://api.example", "http://localhost:3000"],
  replay: memoryReplayStore(),
  invalidations: { isInvalidated: () => false },
  delegation: { registries: { 1: "0x00000000000000000000000000000000000000aa" }, maxDepth: 3, maxGrantValidity: 7_200 },
  name: "Items",
  permissionDescriptions: { "items:read": "Read items" },
  routes: {
    "/items": [
      { methods: ["GET"], delegation: true, permissions: ["items:read"], maxDepth: 2, maxGrantWindow: 3_600 },
      { methods: ["POST"], maxValidity: 300, requiredComponents: ["idempotency-key"], contentDigest: "required" },
    ],
    "/feed/*": { replay: "either", delegation: true },
    "/end": { isInvalidationEndpoint: true, replay: "either" },
    default: {},
  },
  decide: () => true,
};
const plain = { max_validity_sec: 60, replay: "non-replayable", content_digest: "request-body" };

describe("the document of what is demanded", () => {
  it("should say for each route what is enforced, in the draft's words", () => {
    const document = JSON.parse(discoveryOf(options).get("https://api.example") ?? "");
    expect(document).to.deep.equal({
      max_validity_sec: 60,
      chains: ["eip155:1", "eip155:8453"],
      invalidation_endpoint: "https://api.example/end",
      name: "Items",
      permissions: { "items:read": "Read items" },
      delegation: { max_depth: 3, registry_chains: ["eip155:1"] },
      route_policies: {
        "/items": [
          {
            ...plain,
            ...{ methods: ["GET"], permissions: ["items:read"], audience: "https://api.example" },
            ...{ max_depth: 2, max_grant_validity_sec: 3_600 },
          },
          {
            ...plain,
            ...{ methods: ["POST"], max_validity_sec: 300, required_components: ["idempotency-key"] },
            content_digest: "required",
          },
        ],
        "/feed/*": {
          ...plain,
          ...{ replay: "either", audience: "https://api.example", max_depth: 3, max_grant_validity_sec: 7_200 },
        },
        "/end": plain,
        default: plain,
      },
    });
  });

  it("should not name as audience or URL what is no https origin", () => {
    const document = JSON.parse(discoveryOf(options).get("http://localhost:3000") ?? "");
    expect(document).not.to.have.property("invalidation_endpoint");
    expect(document.route_policies["/feed/*"]).not.to.have.property("audience");
  });

  it("should be that of the origin that is asked, and of no other", async () => {
    const { discovery } = guardOf(options);
    const bodyOf = async (url: string) => discovery(new Request(url))?.text();
    expect(await bodyOf("https://api.example/.well-known/erc8128")).to.contain("https://api.example/end");
    expect(await bodyOf("http://localhost:3000/.well-known/erc8128")).not.to.contain("https://api.example");
    expect(discovery(new Request("https://evil.example/.well-known/erc8128"))?.status).to.equal(404);
    expect(discovery(new Request("https://api.example/items"))).to.equal(undefined);
  });

  it("should be refused at the beginning where nobody would read all of it", () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`/p${index}`, {}]));
    expect(() => guardOf({ ...options, routes: many }))
      .to.throw(InvalidOptionError)
      .and.to.include({ option: "routes" });
  });

  it("should not be made of routes that cannot hold", () => {
    const { invalidations: _, ...without } = options;
    expect(() => guardOf({ ...without, routes: { "/a": { replay: "either" } } })).to.throw(InvalidOptionError);
    expect(() => guardOf({ ...options, routes: { "/a": [{}, { permissions: ["a b"] }] } })).to.throw(
      InvalidOptionError,
    );
  });
});
