// A server as it is shipped, with a token, policies in a folder and the log of decisions: a process of its own, for the benchmark.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { serve } from "@hono/node-server";
import { createServer } from "@tenure/server";
import { TOKEN } from "./questions.ts";

const SCHEMA = `entity User = { "name": String, "role": String };
entity Document = { "owner": String };
action "read", "write" appliesTo { principal: [User], resource: [Document] };
`;

const POLICIES = `@id("read") permit (principal is User, action == Action::"read", resource is Document)
when { principal.role == "viewer" || principal.role == "editor" };
@id("write") permit (principal is User, action == Action::"write", resource is Document)
when { principal.role == "editor" && resource.owner == principal.name };
`;

const folder = mkdtempSync(path.join(tmpdir(), "tenure-bench-"));
const tenant = path.join(folder, "policies/shop");
mkdirSync(tenant, { recursive: true });
writeFileSync(path.join(tenant, "shop.cedarschema"), SCHEMA);
writeFileSync(path.join(tenant, "shop.cedar"), POLICIES);
writeFileSync(
  path.join(tenant, "tenant.json"),
  JSON.stringify({ types: { user: "User", document: "Document" }, subjectProperties: true }),
);
const server = await createServer({
  publicUrl: "http://127.0.0.1",
  version: "0.0.0",
  database: { folder: path.join(folder, "data") },
  chains: [],
  policies: { folder: path.join(folder, "policies"), tenants: { shop: { responses: "bare" } }, defaultTenant: "shop" },
  enforcementPoints: [
    { id: "bench", tokenHashes: [createHash("sha256").update(TOKEN).digest("hex")], mayAssertProof: false },
  ],
  log: { folder: path.join(folder, "log") },
  onProblem: (part, error) => console.error(part, error),
});
const listening = serve({ fetch: server.fetch, port: 0, hostname: "127.0.0.1" }, (address: AddressInfo) =>
  process.send?.({ url: `http://127.0.0.1:${address.port}` }),
);
process.once("disconnect", async () => {
  server.drain();
  listening.close();
  await server.close();
  rmSync(folder, { recursive: true });
  process.exit();
});
