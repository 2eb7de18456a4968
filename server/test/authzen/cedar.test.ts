// AuthZEN's own suites, decided by Cedar from files.
import { createHash } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { authzen, createAuthenticator } from "../../src/authzen/index.ts";
import { createFacts } from "../../src/facts/index.ts";
import {
  createDecisionPoint,
  createPolicyEngine,
  openPolicyFolder,
  type PolicyFolder,
  tenantCandidates,
} from "../../src/policy/index.ts";
import { type Served, serveApp } from "../utils/serveApp.ts";
import { certificationCases, interopCases } from "./utils/cases.ts";
import { runCases } from "./utils/runCases.ts";

const token = "cedar-0123456789abcdefgh";
const source = new URL("tenants/", import.meta.url);

describe("AuthZEN's own suites, decided by Cedar", () => {
  let served: Served;
  let folder: PolicyFolder;
  let root: string;
  const problems: unknown[] = [];
  before(async () => {
    root = await mkdtemp(join(tmpdir(), "tenure-authzen-"));
    await cp(source, root, { recursive: true });
    await cp(new URL("search/", source), join(root, "idp"), { recursive: true });
    const engine = await createPolicyEngine();
    folder = openPolicyFolder({ root, engine, onProblems: (tenant, found) => problems.push([tenant, found]) });
    const tenants = ["certification", "todo", "gateway", "search", "idp"];
    served = await serveApp(
      authzen({
        publicUrl: "https://pdp.example",
        tenants: new Map(tenants.map((name) => [name, { responses: "bare" }])),
        decisionPoint: createDecisionPoint({ engine, tenants: folder, facts: createFacts({ chains: [] }) }),
        search: { candidates: tenantCandidates(folder) },
        authenticate: createAuthenticator({
          realm: "test",
          clients: [
            { id: "runner", tokenHashes: [createHash("sha256").update(token).digest("hex")], mayAssertProof: false },
          ],
        }),
      }),
    );
  });
  after(async () => {
    await served.close();
    await folder.close();
    await rm(root, { recursive: true });
  });

  for (const [tenant, cases] of Object.entries({ certification: certificationCases, ...interopCases })) {
    it(`should pass the ${cases.length} requests of ${tenant}, each answer as a whole`, async () => {
      const wrong = await runCases({ url: `${served.url}/${tenant}`, token }, cases);
      expect(problems).to.deep.equal([]);
      expect(wrong).to.deep.equal([]);
    });
  }
});
