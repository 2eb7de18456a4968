// What a decision takes, in process: node scripts/with-node.cjs node bench/server/decisions.ts

import { readFile } from "node:fs/promises";
import type { AccessQuestion, DecisionPoint, Outcome } from "@tenure/server";
import { createDecisionPoint, createHolders, createPolicyEngine, type PolicyFile } from "@tenure/server/policy";
import { rate } from "../http-auth/meter.ts";
import { AGENTS, factsInMemory, questionBy } from "./agents.ts";

/** Decisions a second and core, warm. */
export const WARM_GOAL = 8_000;

/** Decisions of each kind, a round. */
const COUNT = 5_000;

async function policiesOf(set: string): Promise<readonly PolicyFile[]> {
  const file = `../../server/policies/${set}/${set}.cedar`;
  return [{ file: `${set}.cedar`, text: await readFile(new URL(file, import.meta.url), "utf8") }];
}

/** Policies about other actions, which a tenant of many services has. */
function others(count: number): PolicyFile {
  const policy = (index: number) =>
    `@id("other.${index}") permit (principal is Tenure::Agent, action == Tenure::Action::"act${index}", resource)
  when { context.facts.stakes.support >= ${index} && context.facts.identity.status == "active" };`;
  return { file: "others.cedar", text: Array.from({ length: count }, (_, index) => policy(index)).join("\n") };
}

async function pointWith(policies: readonly PolicyFile[], more: number) {
  const actions = ["list", "read", "write", "pay", ...Array.from({ length: more }, (_, index) => `act${index}`)];
  const engine = await createPolicyEngine(await policiesOf("floor"));
  const tenant = engine.compile({ policies, settings: { file: "tenant.json", text: JSON.stringify({ actions }) } });
  const holders = createHolders(1_000_000);
  return createDecisionPoint({ engine, tenants: { find: () => tenant }, facts: factsInMemory(), holders });
}

/** Measures decisions with the set `market` on its floor. */
export async function measureDecisions() {
  const market = await policiesOf("market");
  const few = await pointWith(market, 0);
  const many = await pointWith([...market, others(194)], 194);
  const asserted = (question: AccessQuestion): AccessQuestion => ({
    ...question,
    proof: { ...question.proof, scheme: "asserted" },
  });
  return [
    await rate("warm: remembered, and noted who holds it", COUNT, (index) =>
      expect(few, questionBy(index % AGENTS, "1"), "allowed"),
    ),
    await rate("not remembered: 6 policies", COUNT, (index) =>
      expect(few, questionBy(index % AGENTS, `a${index}`), "allowed"),
    ),
    await rate("not remembered: 200 policies", COUNT, (index) =>
      expect(many, questionBy(index % AGENTS, `b${index}`), "allowed"),
    ),
    await rate("not remembered, refused, with reasons", COUNT, (index) =>
      expect(few, asserted(questionBy(index % AGENTS, `c${index}`)), "refused"),
    ),
  ];
}

/** A wrong answer is no figure. */
async function expect(point: DecisionPoint, question: AccessQuestion, wanted: Outcome): Promise<void> {
  const { outcome, reason, failure } = await point.decide(question);
  if (outcome !== wanted) throw new Error(`It is ${outcome} instead of ${wanted}: ${failure?.message ?? reason}`);
}

if (import.meta.main) {
  for (const { way, cpu } of await measureDecisions()) {
    console.log(`${way}: ${cpu.toFixed(1)} µs of CPU, ${Math.round(1e6 / cpu)} a second and core`);
  }
}
