import { randomUUID } from "node:crypto";
import { BoundedMap, type FactsGatherer } from "../facts/index.ts";
import type { BlockMoment } from "../types/chain.ts";
import type { Decision, DecisionLog, DecisionPoint, Failure } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import { decideByPolicies, type Finding } from "./decideByPolicies.ts";
import type { PolicyEngine } from "./engine.ts";
import type { Holders } from "./holders.ts";
import { questionKey } from "./questionKey.ts";
import type { Tenants } from "./tenants.ts";
import { failed, failureOf, messageOf, revoked } from "./unmade.ts";

/** Options of `createDecisionPoint`. */
export interface DecisionPointOptions {
  readonly engine: PolicyEngine;
  readonly tenants: Tenants;
  readonly facts: FactsGatherer;
  /** Where each decision is written down before it is told. A decision that cannot be is not told. */
  readonly log?: DecisionLog | undefined;
  /** Seconds for which a decision may be remembered, at most; 30 where left out. */
  readonly lifetime?: number | undefined;
  /** Decisions that are remembered, over all tenants; 100,000 where left out. */
  readonly cacheLimit?: number | undefined;
  /** Questions that are decided at the same time; 10,000 where left out, 200 requests of 50. More than that fail as `busy`. */
  readonly concurrency?: number | undefined;
  /** The alarm: told of each failure, for whoever runs the server. */
  readonly onFailure?: ((failure: Failure, question: AccessQuestion) => void) | undefined;
  /** Takes note of who may remember which decision. One that cannot be noted may not be remembered. */
  readonly holders?: Holders | undefined;
}

/** The decision point of this process. */
export interface PolicyDecisionPoint extends DecisionPoint {
  /** Decides anew, of facts that are read anew where they changed. Nothing is logged, nobody is told. */
  readonly reconsider: (question: AccessQuestion) => Promise<Decision>;
  /** Writes a decision down, as one that was asked for. */
  readonly record: (question: AccessQuestion, decision: Decision) => Promise<void>;
  /** Forgets what was decided. */
  readonly forget: () => void;
  /** How many decisions are remembered now. */
  readonly remembered: () => number;
}

/**
 * Makes the decision point: it gathers facts, has the policies decide, explains, and writes down. It never throws, and what
 * goes wrong is never a yes.
 *
 * A decision is exact at its blocks: age and tenure are those of a block's time. So it is remembered by policies, question, class of
 * proof and the hashes of the blocks, and no longer than until time alone could change it.
 *
 * @param options - {@link DecisionPointOptions}
 */
export function createDecisionPoint(options: DecisionPointOptions): PolicyDecisionPoint {
  const { engine, tenants, facts, log, lifetime = 30, cacheLimit = 100_000, concurrency = 10_000, onFailure } = options;
  const remembered = new BoundedMap<string, Finding>(cacheLimit);
  const parts = { engine, facts, lifetime };
  let running = 0;
  let forgotten = 0;

  async function find(question: AccessQuestion): Promise<Finding> {
    const found = tenants.find(question.tenant);
    const tenant = found instanceof Promise ? await found : found;
    if (options.holders?.isRevoked(question)) return revoked(question, tenant, facts.clock.now());
    const moment = facts.moment(question.subject.id);
    const { blocks } = moment instanceof Promise ? await moment : moment;
    const key = `${tenant.hash}${blocks.map(({ hash }) => hash).join()}${questionKey(question, tenant.listens(question.action.name))}`;
    const cached = remembered.get(key);
    const now = facts.clock.now();
    // A clock that was set back must not make a decision last longer.
    if (cached !== undefined && now < cached.expiresAt && cached.expiresAt <= now + lifetime) return cached;
    const before = forgotten;
    const finding = await decideByPolicies(question, tenant, parts);
    // A block that came meanwhile is another one than the key's: then it is told, and not remembered. So is what had to be forgotten.
    const isOfKey = finding.blocks.length === 0 || sameBlocks(finding.blocks, blocks);
    if (isOfKey && before === forgotten && now < finding.expiresAt) remembered.set(key, finding);
    return finding;
  }

  async function reconsider(question: AccessQuestion): Promise<Decision> {
    const id = randomUUID();
    if (running >= concurrency) {
      return failed(question, id, {
        part: "busy",
        message: `${concurrency} questions are being decided. Ask again in a moment.`,
      });
    }
    running += 1;
    try {
      const finding = await find(question);
      return { ...finding, id, decidedAt: facts.clock.now() };
    } catch (error) {
      return failed(question, id, failureOf(error));
    } finally {
      running -= 1;
    }
  }

  /**
   * Whether whoever asked can be told when this ends early.
   *
   * @param changes - How many there were when it was begun: whatever changed since was told to those who held something then.
   */
  async function isNoted(question: AccessQuestion, decision: Decision, changes: number): Promise<boolean> {
    const { holders } = options;
    if (holders === undefined) return true;
    try {
      const found = tenants.find(question.tenant);
      const listens = (found instanceof Promise ? await found : found).listens(question.action.name);
      const isHeld = holders.remember(question, decision, listens);
      if (holders.changes() !== changes) holders.doubt(question, listens);
      return isHeld;
    } catch {
      // The tenant's policies are gone since: what they said is told, and not remembered.
      return false;
    }
  }

  async function decide(question: AccessQuestion): Promise<Decision> {
    const changes = options.holders?.changes() ?? 0;
    let decision = await reconsider(question);
    if (decision.expiresAt > decision.decidedAt && !(await isNoted(question, decision, changes))) {
      decision = { ...decision, expiresAt: decision.decidedAt };
    }
    try {
      await log?.append(question, decision);
    } catch (error) {
      decision = failed(question, decision.id, {
        part: "log",
        message: `The decision could not be written down, so it is not told: ${messageOf(error)}`,
      });
    }
    if (decision.failure !== undefined) alarm(decision.failure, question);
    return decision;
  }

  /** An alarm that fails must not turn an answer into an exception. */
  function alarm(failure: Failure, question: AccessQuestion): void {
    try {
      onFailure?.(failure, question);
    } catch {
      // Whoever listens has to look after their own errors: the decision is a refusal already.
    }
  }

  return {
    decide,
    reconsider,
    record: async (question, decision) => await log?.append(question, decision),
    forget: () => {
      forgotten += 1;
      remembered.clear();
    },
    remembered: () => remembered.size,
  };
}

function sameBlocks(ours: readonly BlockMoment[], others: readonly BlockMoment[]): boolean {
  return ours.length === others.length && ours.every(({ hash }, index) => hash === others[index]?.hash);
}
