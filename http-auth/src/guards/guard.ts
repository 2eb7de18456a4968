import { AccessError } from "../errors/accessError.ts";
import { createVerifier } from "../verify/createVerifier.ts";
import { policyOf } from "../verify/policy.ts";
import { settingsOf } from "../verify/settings.ts";
import type { Caller } from "../verify/types.ts";
import { DISCOVERY_PATH, discoveryOf } from "./discovery.ts";
import { type Found, routeTable } from "./routes.ts";
import type { AccessQuestion, Decision, GuardOptions } from "./types.ts";

/** What of a question depends on the kind of guard. */
export type Described = Pick<AccessQuestion, "action" | "resource">;

/** What a request asks for: several things, where a message of MCP holds several. Its content is checked by then. */
export type Describe = (request: Request) => readonly Described[] | Promise<readonly Described[]>;

/** What every guard does, whatever the framework. */
export interface Guard {
  /** The answer to a request for the document of what is demanded here; `undefined` for any other request. */
  readonly discovery: (request: Request) => Response | undefined;
  /**
   * Who sent a request that may do what it asks for.
   *
   * @throws AccessError when it is not let in.
   */
  readonly admit: (request: Request) => Promise<Caller>;
  /** The answer to a refusal, after the service was told of it; `undefined` for any other error. */
  readonly refusal: (error: unknown) => Response | undefined;
}

/** A method of HTTP, on a path. */
const describeHttp: Describe = ({ method, url }) => [
  { action: method, resource: { type: "http", id: new URL(url).pathname } },
];

/** Letters, digits and others that stand for themselves, encoded: no client does, and routers decode them. */
const NEEDLESS = /%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/i;

/** The path of a request, which has to be there in the one form in which it is signed, and decided on. */
function pathOf({ url }: Request): string {
  const { pathname, search } = new URL(url);
  const target = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  if (target === `${pathname}${search}` && !NEEDLESS.test(pathname)) return pathname;
  throw new AccessError("ambiguous_request", "The target is not in its normal form. Send the path that it comes to.");
}

function refusalOf(found: Exclude<Found, { key: string }>): AccessError {
  if ("methods" in found) {
    const allow = [...new Set(found.methods)].join(", ");
    return new AccessError(found.problem, "The path does not take this method.", { allow });
  }
  if (found.problem === "unknown_route") return new AccessError(found.problem, "There is nothing at this path.");
  return new AccessError(found.problem, "The path may be read in two ways. Write it as the service does.");
}

/** What becomes of the decisions, while the verifier knows only yes and no. */
interface Outcome {
  reasons: readonly string[];
  isUnavailable: boolean;
}

async function decideAll(
  { decide }: GuardOptions,
  caller: Caller,
  questions: readonly AccessQuestion[],
  outcome: Outcome,
): Promise<boolean> {
  for (const question of questions) {
    let decision: Decision;
    try {
      const answer = await decide(caller, question);
      decision = typeof answer === "boolean" ? { allowed: answer } : { ...answer };
    } catch {
      outcome.isUnavailable = true;
      return false;
    }
    // Whatever is not `true` is no yes, whoever wrote it in JavaScript.
    if (decision.allowed === true) continue;
    outcome.reasons = decision.reasons ?? [];
    return false;
  }
  return questions.length > 0;
}

/** With what the decision point said, where it was the one that refused. */
function explained(error: unknown, { reasons, isUnavailable }: Outcome): unknown {
  if (!(error instanceof AccessError) || error.code !== "access_denied") return error;
  if (isUnavailable) return new AccessError("decision_unavailable", "Whether this is allowed cannot be said now.");
  return new AccessError(error.code, error.message, error.headers, reasons);
}

/**
 * What every guard does: the table, the verifier, the decision point.
 *
 * @throws InvalidOptionError when the options cannot work.
 */
export function guardOf(options: GuardOptions, describe: Describe = describeHttp): Guard {
  const { routes, onRefusal, decide: _, name: __, permissionDescriptions: ___, ...verifierOptions } = options;
  const find = routeTable(routes);
  const verifier = createVerifier(verifierOptions);
  const documents = discoveryOf(options);
  const settings = settingsOf(verifierOptions);
  // A mistake in a table is met when it is set up, not when somebody calls.
  for (const entry of Object.values(routes)) for (const route of [entry].flat()) policyOf(settings, route);

  return {
    discovery(request) {
      const url = new URL(request.url);
      if (url.pathname !== DISCOVERY_PATH) return undefined;
      if (request.method !== "GET" && request.method !== "HEAD") {
        return refusalOf({ problem: "method_not_allowed", methods: ["GET", "HEAD"] }).toResponse();
      }
      const [[first = "", only = ""] = []] = documents;
      const origin =
        documents.size === 1 ? first : [...documents.keys()].find((known) => new URL(known).host === url.host);
      const text = documents.size === 1 ? only : documents.get(origin ?? "");
      if (text === undefined) return refusalOf({ problem: "unknown_route" }).toResponse();
      return new Response(request.method === "HEAD" ? null : text, {
        headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
      });
    },

    async admit(request) {
      const found = find(request.method, pathOf(request));
      if ("problem" in found) throw refusalOf(found);
      const outcome: Outcome = { reasons: [], isUnavailable: false };
      const decide = async (caller: Caller) => {
        const described = await describe(request);
        const questions = described.map((part) => ({ ...part, route: found.key, request }));
        return decideAll(options, caller, questions, outcome);
      };
      try {
        return await verifier.verify(request, { ...found.route, decide });
      } catch (error) {
        throw explained(error, outcome);
      }
    },

    refusal(error) {
      if (!(error instanceof AccessError)) return undefined;
      try {
        onRefusal?.(error);
      } catch {
        // Whoever counts refusals must not make one into something else.
      }
      return error.toResponse();
    },
  };
}
