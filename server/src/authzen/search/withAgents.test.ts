import type { Profile } from "@tenure/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { candidatesOf } from "../../../test/authzen/utils/policies.ts";
import type { Directory, ListQuestion } from "../../types/directory.ts";
import { withAgents } from "./withAgents.ts";

/** A registry whose every third identity is retired. */
function listing(chainId: number, count: number) {
  const all = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    status: index % 3 === 2 ? "retired" : "active",
  }));
  const block = { chainId, number: 1n, hash: "0x", timestamp: 1 } as const;
  const directory: Pick<Directory, "chainId" | "registry" | "list"> = {
    ...{ chainId, registry: `0x${"aB".repeat(20)}` as const },
    // Pages of half of what was asked for, as a filter may make them.
    list: async ({ after = 0, cursor, limit }: ListQuestion) => {
      const from = Math.max(after, Number(cursor ?? 0));
      const items = all.filter(({ id }) => id > from).slice(0, Math.ceil(limit / 2)) as Profile[];
      const last = items.at(-1)?.id ?? count;
      return { items, next: last < count ? String(last) : undefined, block };
    },
  };
  const names = all
    .filter(({ status }) => status === "active")
    .map(({ id }) => `eip155:${chainId}/erc721:0x${"ab".repeat(20)}/${id}`);
  return { directory, names };
}

describe("agents among the candidates", () => {
  it("should come registry by registry, each once, in steps of any size, and those that are retired not", async () => {
    const size = fc.nat(12);
    await fc.assert(
      fc.asyncProperty(fc.tuple(size, size, size), fc.integer({ min: 1, max: 9 }), async (counts, limit) => {
        const registries = counts.map((count, index) => listing(index + 1, count));
        const { entities } = withAgents(
          candidatesOf({}),
          registries.map(({ directory }) => directory),
        );
        const found: string[] = [];
        for (let after: string | undefined; ; after = found.at(-1)) {
          const page = await entities({ tenant: "a", role: "subject", type: "agent", after, limit });
          found.push(...page.map(({ id }) => id));
          expect(page.length).to.be.at.most(limit);
          if (page.length < limit) break;
        }
        expect(found).to.deep.equal(registries.flatMap(({ names }) => names));
      }),
    );
  });

  it("should leave everything else to whoever knows it", async () => {
    const rules = { a: { permits: () => true, entities: { agent: ["x"], user: ["y"] }, actions: { agent: ["read"] } } };
    const { entities, actions } = withAgents(candidatesOf(rules), [listing(1, 3).directory]);
    const question = { tenant: "a", limit: 9 } as const;
    expect(await entities({ ...question, role: "subject", type: "user" })).to.deep.equal([{ type: "user", id: "y" }]);
    expect(await entities({ ...question, role: "resource", type: "agent" })).to.deep.equal([
      { type: "agent", id: "x" },
    ]);
    expect(await actions({ tenant: "a", resourceType: "agent" })).to.deep.equal(["read"]);
  });
});
