import { BoundedMap, parseSubject } from "../facts/index.ts";
import type { Decision } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import { questionKey } from "./questionKey.ts";

/** An enforcement point that remembers a decision. */
export interface Hold {
  /** Which enforcement point. */
  readonly holder: string;
  readonly question: AccessQuestion;
  /** The last answer that it got to this question. */
  readonly decision: Decision;
  /** Unix seconds until which it may act by it. */
  readonly until: number;
}

/** Knows who holds which decision, on what it rests, and which grants were revoked. */
export interface Holders {
  /**
   * Takes note that whoever asked holds an answer until it expires. `false` where there is no room: it may not be remembered then.
   *
   * @param listens - Whether the question's context can matter: two questions that differ in it alone are one where it cannot.
   */
  readonly remember: (question: AccessQuestion, decision: Decision, listens: boolean) => boolean;
  /** The same for longer, for a connection that stays open by a decision: until then it is told of each flip, by time too. */
  readonly hold: (question: AccessQuestion, decision: Decision, until: number) => boolean;
  /** It does not act by it any more. */
  readonly release: (question: AccessQuestion) => void;
  readonly get: (key: string) => Hold | undefined;
  /** Replaces what a holder holds by a newer answer to the same question. */
  readonly replace: (key: string, decision: Decision) => void;
  readonly end: (key: string) => void;
  /** Keys of the holds that rest on something: see `tags`. */
  readonly restingOn: (tag: string) => readonly string[];
  /** Keys of the holds whose time has come to be looked at. */
  readonly due: (now: number) => readonly string[];
  /** Takes note that a grant was revoked, by its handle in the registry, or that it was not after all. */
  readonly revoke: (handle: string, isRemoved: boolean) => void;
  /** Takes note that an account ended all of its grants: those that are held. */
  readonly revokeAllOf: (issuer: string) => void;
  /** Whether a question is asked by a grant that was revoked. */
  readonly isRevoked: (question: AccessQuestion) => boolean;
  /** Takes note that something changed on which decisions can rest. */
  readonly changed: () => void;
  /** How many changes there were: a decision that was begun before the last one may be of what was before it. */
  readonly changes: () => number;
  /** A hold may be of what was before a change: it has to be looked at, as its holder may have missed that. */
  readonly doubt: (question: AccessQuestion, listens: boolean) => void;
  /** Keys of the holds that are doubted, each once. */
  readonly takeDoubted: () => readonly string[];
  readonly size: () => number;
}

/** What a hold can rest on. */
export const tags = {
  identity: (chainId: number, id: number) => `identity/${chainId}/${id}`,
  /** Accounts of a chain that nobody knew. */
  strangers: (chainId: number) => `strangers/${chainId}`,
  /** What the anchors of a chain stake. */
  anchors: (chainId: number) => `anchors/${chainId}`,
  chain: (chainId: number) => `chain/${chainId}`,
  subject: (subject: string) => `subject/${subject.toLowerCase()}`,
  tenant: (tenant: string) => `tenant/${tenant}`,
  handle: (handle: string) => `handle/${handle.toLowerCase()}`,
  issuer: (issuer: string) => `issuer/${addressOf(issuer)}`,
} as const;

/** @param limit - Decisions that are held at the same time; 100,000 where left out. */
export function createHolders(limit = 100_000): Holders {
  const holds = new Map<string, Hold>();
  const byTag = new Map<string, Set<string>>();
  const byTime = new Map<number, Set<string>>();
  const revoked = new BoundedMap<string, true>(200_000);
  const doubted = new Set<string>();
  let changes = 0;

  function put(key: string, hold: Hold): boolean {
    take(key);
    if (holds.size >= limit) return false;
    holds.set(key, hold);
    for (const tag of tagsOf(hold)) addTo(byTag, tag, key);
    addTo(byTime, lookAt(hold), key);
    return true;
  }

  function take(key: string): void {
    const hold = holds.get(key);
    if (hold === undefined) return;
    holds.delete(key);
    doubted.delete(key);
    for (const tag of tagsOf(hold)) removeFrom(byTag, tag, key);
    removeFrom(byTime, lookAt(hold), key);
  }

  const add = (key: string, question: AccessQuestion, decision: Decision, until: number) =>
    put(key, { holder: question.askedBy, question, decision, until });

  return {
    remember: (question, decision, listens) => {
      const key = holdKey(question, listens);
      const longer = holds.get(key)?.until ?? 0;
      return add(key, question, decision, Math.max(decision.expiresAt, longer));
    },
    hold: (question, decision, until) => {
      const key = holdKey(question, false);
      return add(holds.has(key) ? key : holdKey(question, true), question, decision, until);
    },
    release: (question) => {
      take(holdKey(question, false));
      take(holdKey(question, true));
    },
    get: (key) => holds.get(key),
    replace: (key, decision) => {
      const hold = holds.get(key);
      if (hold !== undefined) put(key, { ...hold, decision });
    },
    end: take,
    restingOn: (tag) => [...(byTag.get(tag) ?? [])],
    due: (now) => [...byTime].flatMap(([second, keys]) => (second <= now ? [...keys] : [])),
    revoke: (handle, isRemoved) => {
      if (isRemoved) revoked.delete(tags.handle(handle));
      else revoked.set(tags.handle(handle), true);
    },
    revokeAllOf: (issuer) => {
      const tag = tags.issuer(issuer);
      for (const key of byTag.get(tag) ?? []) {
        for (const grant of holds.get(key)?.question.proof.grants ?? []) {
          if (tags.issuer(grant.issuer) === tag) revoked.set(`digest/${grant.digest}`, true);
        }
      }
    },
    isRevoked: ({ proof }) =>
      proof.grants.some(
        ({ handle, digest }) => revoked.get(tags.handle(handle)) === true || revoked.get(`digest/${digest}`) === true,
      ),
    changed: () => {
      changes += 1;
    },
    changes: () => changes,
    doubt: (question, listens) => {
      const key = holdKey(question, listens);
      if (holds.has(key)) doubted.add(key);
    },
    takeDoubted: () => {
      const keys = [...doubted];
      doubted.clear();
      return keys;
    },
    size: () => holds.size,
  };
}

/** One enforcement point holds one answer to a question. */
function holdKey(question: AccessQuestion, listens: boolean): string {
  return JSON.stringify([question.askedBy, questionKey(question, listens)]);
}

function tagsOf({ question, decision: { subject, restsOn } }: Hold): string[] {
  const found = [tags.tenant(question.tenant), tags.subject(subject)];
  for (const { handle, issuer } of question.proof.grants) found.push(tags.handle(handle), tags.issuer(issuer));
  const name = parseSubject(subject);
  if (name.kind === "unknown") return found;
  found.push(tags.chain(name.chainId));
  found.push(name.kind === "token" ? tags.identity(name.chainId, name.id) : tags.strangers(name.chainId));
  const restsOnAnchors = restsOn.some(
    (path) => path.startsWith("stakes.vouching") || path.startsWith("stakes.warning"),
  );
  if (restsOnAnchors) found.push(tags.anchors(name.chainId));
  return found;
}

/** When a hold has to be looked at: as time could flip its decision, and at its end. */
function lookAt({ decision: { flipsAt }, until }: Hold): number {
  return Math.min(flipsAt ?? until, until);
}

function addTo<key>(map: Map<key, Set<string>>, name: key, value: string): void {
  const found = map.get(name);
  if (found === undefined) map.set(name, new Set([value]));
  else found.add(value);
}

function removeFrom<key>(map: Map<key, Set<string>>, name: key, value: string): void {
  const found = map.get(name);
  found?.delete(value);
  if (found?.size === 0) map.delete(name);
}

/** An account may be named with its chain or without. */
function addressOf(account: string): string {
  return (/0x[0-9a-fA-F]{40}$/.exec(account)?.[0] ?? account).toLowerCase();
}
