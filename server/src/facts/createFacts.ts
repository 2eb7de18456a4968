import { periodAt, periodEnd } from "@tenure/sdk";
import { hashOf } from "../canonical/index.ts";
import type { AccessQuestion } from "../types/question.ts";
import { askSources, type OptionalSources } from "./askedSources.ts";
import { BoundedMap } from "./boundedMap.ts";
import { type ChainFacts, noStakes, readChainFacts, unknownIdentity } from "./chainFacts.ts";
import { type WatchedClock, watchClock } from "./clock.ts";
import { factDeclaration } from "./declaration.ts";
import { FactsUnavailableError } from "./errors.ts";
import { createHead, type Head, type SeenBlock, said } from "./heads.ts";
import { originsOf } from "./origins.ts";
import type { FactsChain, IdentityName } from "./ports.ts";
import { proofFacts } from "./proofFacts.ts";
import { asProven, nameOf, provenAccount } from "./proven.ts";
import { parseSubject, type SubjectName, tokenName } from "./subject.ts";
import type { FactGroup, Facts, GatheredFacts } from "./types.ts";

/** Options of `createFacts`. */
export interface FactsOptions extends OptionalSources {
  /** The registries, those to prefer first: an account is looked for in each of its chain. */
  readonly chains: readonly FactsChain[];
  readonly clock?: WatchedClock | undefined;
  /** Milliseconds for which a newest block is taken to be that, where nobody tells of another; 1,000 where left out. */
  readonly headLifetime?: number | undefined;
  /** Identities whose facts of the newest block are remembered; 10,000 where left out. */
  readonly cacheLimit?: number | undefined;
}

/** Where and when a subject's facts would be of. */
export interface FactsMoment {
  /** The chains that would be asked, each with its newest block. */
  readonly blocks: readonly SeenBlock[];
}

/** Gathers what is known of a caller. */
export interface FactsGatherer {
  /**
   * @param needs - Groups that are asked for; all where left out. Of other groups than `identity`, `proof`, `grant` and `index` the
   * facts say `unknown` where they are not among them.
   * @throws {FactsUnavailableError} A source cannot say, a chain is behind, or a clock is wrong.
   */
  readonly getFacts: (question: AccessQuestion, needs?: ReadonlySet<FactGroup>) => Promise<GatheredFacts>;
  /** The blocks that the facts of a subject would be of now: what a remembered decision has to be of. */
  readonly moment: (subjectId: string) => FactsMoment | Promise<FactsMoment>;
  /** There is another block on a chain, or another truth about the one there was. */
  readonly changed: (chainId: number) => void;
  readonly clock: WatchedClock;
  /** Seconds that the sources of these groups let a decision be remembered for; `Infinity` where only blocks matter. */
  readonly lifetimeOf: (needs: ReadonlySet<FactGroup>) => number;
  /** Names of the anchors (CAIP-19) of a registry. */
  readonly anchorsOf: (chainId: number, registry: string) => readonly string[];
  /** Whether an identity is an anchor of some registry of a chain. */
  readonly isAnchor: (chainId: number, id: number) => boolean;
}

/** Everything that can be asked for. */
const allGroups: ReadonlySet<FactGroup> = new Set(Object.keys(factDeclaration) as FactGroup[]);

interface Registry {
  readonly chain: FactsChain;
  readonly head: Head;
}

/**
 * Gathers facts through ports. Nothing of it is taken from the words of whoever asks: of the subject its id alone counts, of
 * the proof what was verified.
 *
 * @param options - {@link FactsOptions}
 */
export function createFacts(options: FactsOptions): FactsGatherer {
  const { chains, clock = watchClock(), headLifetime = 1_000, cacheLimit = 10_000, ...sources } = options;
  const registries: readonly Registry[] = chains.map((chain) => ({
    chain,
    head: createHead(chain, clock, headLifetime),
  }));
  const cache = new BoundedMap<string, Promise<ChainFacts | undefined>>(cacheLimit);

  function registriesOf(name: SubjectName): readonly Registry[] {
    if (name.kind === "unknown") return [];
    const onChain = registries.filter(({ chain }) => chain.chainId === name.chainId);
    return name.kind === "account"
      ? onChain
      : onChain.filter(({ chain }) => chain.registry.toLowerCase() === name.registry);
  }

  function moment(subjectId: string): FactsMoment | Promise<FactsMoment> {
    const asked = registriesOf(parseSubject(subjectId));
    const known = asked.map(({ head }) => head.known());
    if (known.every((block) => block !== undefined)) return { blocks: known };
    return Promise.all(asked.map(({ head }) => head.newest())).then((blocks) => ({ blocks }));
  }

  /** Reads of one block are made once, however many ask at the same time; a failure is not remembered. */
  function read(chain: FactsChain, id: number | undefined, account: `0x${string}` | undefined, block: SeenBlock) {
    const key = `${chain.chainId}/${chain.registry}/${id ?? ""}/${account ?? ""}/${block.hash}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const reading = readChainFacts(chain, { id, account }, block).catch((error: unknown) => {
      cache.delete(key);
      const where = `chain ${chain.chainId} at block ${block.number}`;
      throw new FactsUnavailableError("node", `Facts of ${where} could not be read: ${said(error)}`, { cause: error });
    });
    cache.set(key, reading);
    return reading;
  }

  async function find(name: SubjectName, proven: `0x${string}` | undefined): Promise<Found> {
    const asked = registriesOf(name);
    const blocks = await Promise.all(asked.map(({ head }) => head.newest()));
    if (name.kind === "unknown") return { blocks, block: blocks[0], registry: undefined, facts: undefined };
    const id = name.kind === "token" ? name.id : undefined;
    const account = name.kind === "account" ? name.address : proven;
    const found = await Promise.all(
      asked.map(async (registry, index) => {
        const block = blocks[index];
        return { registry, block, facts: block && (await read(registry.chain, id, account, block)) };
      }),
    );
    const known = found.find(({ facts }) => facts !== undefined) ?? found[0];
    return { blocks, block: known?.block, registry: known?.registry, facts: known?.facts };
  }

  return {
    clock,
    moment,
    changed: (chainId) => {
      for (const { chain, head } of registries) if (chain.chainId === chainId) head.changed();
    },
    lifetimeOf: (needs) =>
      Math.min(
        ...(["trust", "behaviour", "risk", "corporate"] as const).map((group) =>
          needs.has(group) ? (sources[group]?.lifetime ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
        ),
      ),
    anchorsOf: (chainId, registry) => {
      const found = chains.find((chain) => chain.chainId === chainId && chain.registry.toLowerCase() === registry);
      return found === undefined ? [] : [...new Set(found.anchors)].map((id) => tokenName(chainId, registry, id));
    },
    isAnchor: (chainId, id) => chains.some((chain) => chain.chainId === chainId && chain.anchors.includes(id)),
    getFacts: async (question, needs = allGroups) => {
      const now = clock.now();
      const name = parseSubject(question.subject.id);
      const proven = provenAccount(question, name);
      const found = await find(name, proven);
      const { blocks, block, registry } = found;
      const facts = asProven(found.facts, question, name, proven);
      const identity: IdentityName | undefined = facts && {
        chainId: facts.identity.chain,
        registry: facts.identity.registry,
        id: facts.identity.id,
      };
      const principal = identity
        ? tokenName(identity.chainId, identity.registry, identity.id)
        : nameOf(name, question.subject.id);
      const more = await askSources(sources, { question, principal, identity, block, needs });
      const gathered: Facts = {
        identity: facts?.identity ?? unknownIdentity,
        stakes: facts?.stakes ?? noStakes,
        trust: more.trust.facts,
        ...proofFacts(question.proof, now),
        behaviour: more.behaviour.facts,
        risk: more.risk.facts,
        corporate: more.corporate.facts,
        index: block
          ? { block: Number(block.number), time: block.timestamp, lag: block.lag }
          : { block: 0, time: 0, lag: 0 },
      };
      const moments = blocks.map(({ chainId, number, hash, timestamp }) => ({ chainId, number, hash, timestamp }));
      return {
        facts: gathered,
        origins: originsOf(more, block, now),
        blocks: moments,
        hash: hashOf({ facts: gathered, blocks: moments }),
        principal,
        periodEnd: registry && block ? endOfPeriod(registry.chain, block.timestamp) : undefined,
        clockOffset: block?.clockOffset ?? 0,
      };
    },
  };
}

interface Found {
  readonly blocks: readonly SeenBlock[];
  readonly block: SeenBlock | undefined;
  readonly registry: Registry | undefined;
  readonly facts: ChainFacts | undefined;
}

/** The first second after the period of a moment. */
function endOfPeriod({ periods }: FactsChain, time: number): number {
  return time < periods.origin ? periods.origin : periodEnd(periodAt(time, periods), periods);
}
