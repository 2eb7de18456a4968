import { parseDictionary } from "../fields/parse.ts";
import type { Dictionary } from "../fields/types.ts";
import { queryParameters } from "./queryParameters.ts";
import { remembered } from "./remembered.ts";

/** What a signature may cover of a request: derived of its target, and its fields. */
export interface Message {
  readonly method: string;
  /** `https`, without the colon. */
  readonly scheme: string;
  /** Host, and port where it is not the scheme's own. */
  readonly authority: string;
  readonly path: string;
  /** With the question mark, which stands alone where there is no query. */
  readonly query: string;
  readonly headers: Headers;
  /**
   * A field as a dictionary, an empty one where it is not there; read once.
   *
   * @throws FieldSyntaxError when it is none.
   */
  readonly dictionary: (name: string) => Dictionary;
  /** A parameter of the query, which is read once. */
  readonly queryParameter: (name: string) => string | undefined;
  /** What `;sf` makes of a field, where that is known already. */
  readonly strict?: ReadonlyMap<string, string> | undefined;
}

/**
 * @param request A request.
 * @param origin Where it was sent, if its own URL does not say so, as behind a proxy.
 */
export function messageOf(request: Request, origin?: string): Message {
  const url = new URL(request.url);
  const { protocol, host } = origin === undefined ? url : new URL(origin);
  const { headers } = request;
  const parameters = remembered(queryParameters);
  return {
    method: request.method,
    scheme: protocol.slice(0, -1),
    authority: host,
    path: url.pathname,
    query: url.search === "" ? "?" : url.search,
    headers,
    dictionary: remembered((name) => parseDictionary(headers.get(name) ?? "")),
    queryParameter: (name) => parameters(url.search).get(name),
  };
}
