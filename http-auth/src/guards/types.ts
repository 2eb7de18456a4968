import type { AccessError } from "../errors/accessError.ts";
import type { Caller, RoutePolicy, VerifierOptions } from "../verify/types.ts";

/** What a caller wants to do, as a decision point is asked about it. */
export interface AccessQuestion {
  /** The method of HTTP, or that of MCP, such as `tools/call`. */
  readonly action: string;
  /** A path is of type `http`. In MCP it is a `tool`, a `resource`, a `prompt`, or for any other method `mcp`. */
  readonly resource: { readonly type: string; readonly id: string };
  /** The key of the table under which the request falls. */
  readonly route: string;
  /** The request, whose content is the one that was signed. To read it, read a clone. */
  readonly request: Request;
}

/** A decision, and why. The reasons are told to whoever is refused. */
export interface Decision {
  readonly allowed: boolean;
  readonly reasons?: readonly string[] | undefined;
}

/**
 * The decision point: whether a caller, whose signature holds, may do something. It is asked before the nonce is used up. What it
 * throws is 503, never a yes.
 */
export type Decide = (caller: Caller, question: AccessQuestion) => boolean | Decision | Promise<boolean | Decision>;

/** What a route demands, and of which methods of HTTP; of all, where none is said. Methods are written as on the wire. */
export interface GuardRoute extends Omit<RoutePolicy, "decide"> {
  readonly methods?: readonly string[] | undefined;
}

/** The routes of a guard, and how it checks who calls. */
export interface GuardOptions extends Omit<VerifierOptions, "policy"> {
  /**
   * What each path demands. A key is a path, a path that ends in `/*`, or `default`; the exact one goes before the longest prefix,
   * and that before `default`. Of several for one path, the first that names the method counts, then the first that names none; not
   * for a HEAD where one names GET, as frameworks run the handler of a GET for it. A request for which there is no entry is refused.
   * So is `/items` where there is `/items/*` only: some routers take one for the other, and the table has to say what is demanded.
   */
  readonly routes: Readonly<Record<string, GuardRoute | readonly GuardRoute[]>>;
  readonly decide: Decide;
  /** Told of each refusal before it is answered, for logs and counts. What it throws changes nothing. */
  readonly onRefusal?: ((refusal: AccessError) => void) | undefined;
  /** The name of the service, for whoever is asked to sign a grant. */
  readonly name?: string | undefined;
  /** What each permission means, in words for people. */
  readonly permissionDescriptions?: Readonly<Record<string, string>> | undefined;
}
