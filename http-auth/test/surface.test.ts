import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as auth from "../src/index.ts";

const root = path.join(import.meta.dirname, "..");

describe("what @tenure/http-auth exports", () => {
  it("should be these", () => {
    expect(Object.keys(auth).sort()).to.deep.equal(
      [
        ...[
          "checkChain",
          "decodeGrants",
          "encodeGrants",
          "GrantError",
          "widenings",
          "ACCOUNT_PROFILES",
          "GRANT_DOMAIN",
        ],
        ...["GRANT_FIELD", "GRANT_LIMITS", "GRANT_REVISION", "GRANT_TYPES", "KEY_PROFILES", "SYMMETRIC_PROFILES"],
        ...[
          "createSignedFetch",
          "readAuthority",
          "createVerifier",
          "memoryReplayStore",
          "signatureBases",
          "verifyGrants",
          "signRequest",
          "sqlReplayStore",
        ],
        ...[
          "AccessError",
          "ContentConsumedError",
          "ContentTooLargeError",
          "InvalidOptionError",
          "MissingPackageError",
          "RedirectedError",
          "ReplayStoreFullError",
        ],
        ...["createSession", "createSessionKey", "exportSession", "openSession", "restoreSession", "DELEGATED_TAG"],
        ...["EpochUnavailableError", "GrantTooWideError", "OutsideAudienceError", "SessionEndedError"],
        ...["SessionKeyError", "WrongSessionKeyError"],
        ...["UnsignableRequestError", "AUTHENTICATION_SCHEME", "BASELINE_COMPONENTS", "CLOCK_SKEW", "CONTENT_LIMIT"],
        ...[
          "EOA_MODE",
          "FIELDS_COVERED_WHEN_PRESENT",
          "FORMER_DRAFT",
          "LIMITS",
          "NONCE_BYTES",
          "OWN_STATUS_BY_CODE",
          "SIGNATURE_TAG",
        ],
        ...["DELEGATION_STATUS_BY_CODE", "EPOCH_LEAD", "STATUS_LIFETIME"],
        ...["SPECIFICATION_REVISION", "STATUS_BY_CODE", "VALIDITY_FLOOR"],
      ].sort(),
    );
  });

  it("should be these in each of its other entries", async () => {
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const entries = Object.keys(manifest.exports).filter((entry) => entry !== "." && !entry.endsWith(".json"));
    const named: [string, string[]][] = [];
    for (const entry of entries) {
      const built = manifest.exports[entry].default.replace("./dist/", "../src/").replace(/js$/, "ts");
      named.push([entry, Object.keys(await import(built))]);
    }
    expect(named).to.deep.equal([
      ["./express", ["expressGuard"]],
      ["./fast", ["fastRecover"]],
      ["./fastify", ["fastifyGuard"]],
      ["./fetch", ["fetchGuard"]],
      ["./hono", ["honoGuard"]],
      ["./mcp", ["callerOf", "mcpGuard"]],
    ]);
  });

  it("should name the revisions that the README names", () => {
    const readme = readFileSync(path.join(root, "README.md"), "utf8");
    expect(readme).to.contain(`commit ${auth.SPECIFICATION_REVISION.slice(0, 8)} of the pull request 1478`);
    expect(readme).to.contain(`commit ${auth.GRANT_REVISION.slice(0, 8)} of the pull request 1967`);
  });

  it("should need nothing but viem at run time", () => {
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    expect(manifest.dependencies).to.equal(undefined);
    const { peerDependencies, peerDependenciesMeta } = manifest;
    const needed = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
    expect(needed).to.deep.equal(["viem"]);
  });
});
