import { createHash } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import { authzen, authzenRoutes, createAuthenticator } from "../../src/authzen/index.ts";
import { type Json, openApiOf } from "../../src/http/index.ts";
import { type Served, serveApp } from "../utils/serveApp.ts";
import { certificationCases } from "./utils/cases.ts";
import { candidatesOf, pointOf, policies } from "./utils/policies.ts";
import { ask } from "./utils/runCases.ts";

const token = "document-0123456789abcdef";

interface Document {
  readonly paths: Readonly<
    Record<string, { post: { responses: Record<string, { content: Record<string, { schema: Json }> }> } }>
  >;
  readonly components: Json;
}

describe("the document of AuthZEN", () => {
  let served: Served;
  before(async () => {
    const tokenHashes = [createHash("sha256").update(token).digest("hex")];
    served = await serveApp(
      authzen({
        publicUrl: "https://pdp.example",
        tenants: new Map([["certification", {}]]),
        decisionPoint: pointOf(policies),
        search: { candidates: candidatesOf(policies) },
        authenticate: createAuthenticator({
          realm: "test",
          clients: [{ id: "one", tokenHashes, mayAssertProof: false }],
        }),
      }),
    );
  });
  after(() => served.close());

  it("should say of each answer what it is, with everything that is in it", async () => {
    const document = openApiOf(authzenRoutes, {
      version: "0",
      url: "https://x.example",
      isStrict: true,
    }) as unknown as Document;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.addSchema({ $id: "doc", components: document.components } as object);
    for (const { endpoint, request, title } of certificationCases) {
      for (const key of [token, "wrong-0123456789abcdef"]) {
        const { status, type, body } = await ask({ url: `${served.url}/certification`, token: key }, endpoint, request);
        const { responses } = document.paths[`/{tenant}/access/v1/${endpoint}`]?.post ?? {};
        const schema = responses?.[String(status)]?.content[type ?? ""]?.schema;
        expect(schema, `${title}: ${status} ${type}`).to.not.equal(undefined);
        const isValid = ajv.validate(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/')), body);
        expect(isValid, `${title}: ${ajv.errorsText()} in ${JSON.stringify(body)}`).to.equal(true);
      }
    }
  });
});
