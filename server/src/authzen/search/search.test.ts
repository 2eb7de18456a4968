import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { candidatesOf, type Policy, pointOf } from "../../../test/authzen/utils/policies.ts";
import type { DecisionPoint } from "../../types/decision.ts";
import { createAuthenticator } from "../authenticate/createAuthenticator.ts";
import { authzen } from "../authzen.ts";
import type { AuthzenLimits } from "../limits.ts";
import { walk } from "./walk.ts";

const tokens = ["first-0123456789abcdef", "second-0123456789abcde"] as const;
const ids = Array.from({ length: 100 }, (_, index) => `r${String(index).padStart(3, "0")}`);

/** Every third one, as far as there are rules. */
const rules: Record<string, Policy> = {
  shop: {
    permits: ({ resource, action }) =>
      action.name === "read" ? Number(resource.id.slice(1)) % 3 === 0 : resource.id === "r050",
    entities: { record: ids, user: ["alice", "bob"] },
    actions: { record: ["delete", "read", "write"] },
  },
};

interface Found {
  readonly status?: number;
  readonly page?: { readonly next_token: string; readonly count: number };
  readonly results: readonly { readonly id: string }[];
}

describe("a search", () => {
  const at = (limits: Partial<AuthzenLimits> = {}, decisionPoint: DecisionPoint = pointOf(rules), now = Date.now) => {
    const app = authzen({
      publicUrl: "https://pdp.example",
      tenants: new Map([["shop", {}]]),
      decisionPoint,
      search: { candidates: candidatesOf(rules) },
      authenticate: createAuthenticator({
        realm: "test",
        clients: tokens.map((token, index) => ({
          id: String(index),
          tokenHashes: [createHash("sha256").update(token).digest("hex")],
          mayAssertProof: false,
        })),
      }),
      limits,
      pageKey: new Uint8Array(32),
      now,
    });
    return async (kind: string, body: unknown, token: string = tokens[0]): Promise<Found> => {
      const response = await app.request(`/shop/access/v1/search/${kind}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      const answered = (await response.json()) as Found;
      return response.status === 200 ? answered : { ...answered, status: response.status };
    };
  };
  const query = { subject: { type: "user", id: "alice" }, action: { name: "read" }, resource: { type: "record" } };

  it("should find all in pages of any size, whatever may be examined for one", async () => {
    const all = ids.filter((_, index) => index % 3 === 0);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 120 }), async (limit, examined) => {
        const find = at({ examined });
        const found: string[] = [];
        let token: string | undefined;
        for (let pages = 0; token !== ""; pages += 1) {
          const { page, results }: Found = await find("resource", {
            ...query,
            page: { limit, ...(token && { token }) },
          });
          expect(results.length).to.equal(page?.count).and.to.be.at.most(limit);
          found.push(...results.map(({ id }) => id));
          token = page?.next_token ?? "";
          expect(pages).to.be.lessThan(202);
        }
        expect(found).to.deep.equal(all);
      }),
      { numRuns: 25 },
    );
  });

  it("should promise more only where more is found", async () => {
    const find = at();
    expect((await find("resource", { ...query, page: { limit: 34 } })).page).to.deep.equal({
      next_token: "",
      count: 34,
    });
    expect((await find("resource", { ...query, page: { limit: 33 } })).page?.next_token).to.not.equal("");
    expect(await find("resource", query)).to.not.have.property("page");
    const none = await find("resource", { ...query, page: { limit: 0 } });
    expect([none.results, none.page?.count]).to.deep.equal([[], 0]);
    const huge = await at({ maxPageSize: 5 })("resource", { ...query, page: { limit: 1_000_000 } });
    expect(huge.results).to.have.length(5);
  });

  it("should take a token for the same search, by the same client, in its time, and for no other", async () => {
    let time = 1_700_000_000_000;
    const find = at({ pageLifetime: 60 }, pointOf(rules), () => time);
    const { page } = await find("resource", { ...query, page: { limit: 10 } });
    const token = page?.next_token ?? "";
    const next = { ...query, page: { limit: 10, token } };
    expect((await find("resource", next)).results[0]?.id).to.equal("r030");
    const reordered = {
      page: { token, limit: 10 },
      resource: query.resource,
      action: query.action,
      subject: query.subject,
    };
    expect((await find("resource", reordered)).results[0]?.id).to.equal("r030");
    for (const changed of [
      { ...next, page: { limit: 11, token } },
      { ...next, page: { ...next.page, properties: { sort: "up" } } },
      { ...next, subject: { type: "user", id: "bob" } },
      { ...next, action: { name: "write" } },
      { ...next, context: {} },
      { ...next, resource: { type: "record", properties: { a: 1 } } },
      { ...next, page: { limit: 10, token: `${token.slice(0, -2)}AA` } },
      { ...next, page: { limit: 10, token: token.slice(0, 20) } },
      { ...next, page: { limit: 10, token: `A${token.slice(1)}` } },
    ]) {
      expect((await find("resource", changed)).status, JSON.stringify(changed)).to.equal(400);
    }
    expect((await find("resource", next, tokens[1])).status).to.equal(400);
    expect((await find("subject", { ...next, resource: { type: "record", id: "r000" } })).status).to.equal(400);
    time += 61_000;
    expect((await find("resource", next)).status).to.equal(400);
  });

  it("should not tell in a token what was looked at", async () => {
    const { page } = await at({ examined: 52 })("resource", {
      ...query,
      action: { name: "write" },
      page: { limit: 10 },
    });
    const opened = Buffer.from(page?.next_token ?? "", "base64url").toString("latin1");
    expect(opened).to.not.include("r05");
  });

  it("should find actions, and nothing of what nobody knows", async () => {
    const find = at();
    const about = (id: string) => ({ subject: query.subject, resource: { type: "record", id } });
    expect((await find("action", about("r050"))).results).to.deep.equal([{ name: "delete" }, { name: "write" }]);
    expect((await find("action", { ...about("r050"), page: { limit: 1 } })).results).to.deep.equal([
      { name: "delete" },
    ]);
    expect(
      (await find("action", { subject: query.subject, resource: { type: "ship", id: "1" } })).results,
    ).to.deep.equal([]);
    expect((await find("resource", { ...query, resource: { type: "ship" } })).results).to.deep.equal([]);
  });

  it("should be 503 where one of the candidates cannot be decided on", async () => {
    const { decide } = pointOf(rules);
    const broken: DecisionPoint = {
      decide: async (question) => {
        if (question.resource.id === "r001") throw new Error("down");
        return decide(question);
      },
    };
    expect((await at({}, broken)("resource", query)).status).to.equal(503);
    expect(
      (
        await at({}, broken)("subject", {
          ...query,
          subject: { type: "user" },
          resource: { type: "record", id: "r001" },
        })
      ).status,
    ).to.equal(503);
  });

  it("should end where nothing comes after, though it was told to look at no more", async () => {
    const none = { next: async () => [], keyOf: String, isResult: async () => true };
    expect(await walk(none, undefined, { results: 1, examined: 1 })).to.deep.equal({ results: [], after: undefined });
  });
});
