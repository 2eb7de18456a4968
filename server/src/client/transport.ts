import {
  CursorLostError,
  type ProblemFields,
  RequestRefusedError,
  ServerUnavailableError,
  UnexpectedAnswerError,
  UnreachableError,
} from "./errors.ts";

/** Sends a request, as the global `fetch` does, or one that signs. */
export type Fetch = (request: Request) => Promise<Response>;

/** Where the server is, and how it is asked. */
export interface TransportOptions {
  /** The server's URL, with the path before `/v1` if there is one. */
  readonly url: string;
  /** The bearer token, for decisions. With a `fetch` that signs, none is needed. */
  readonly token?: string | undefined;
  readonly fetch?: Fetch | undefined;
  /** Milliseconds that an answer may take; 10,000 where left out. */
  readonly timeout?: number | undefined;
}

/** What is asked for. */
export interface Call {
  readonly method?: "GET" | "POST" | undefined;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks a server. */
export interface Transport {
  /**
   * The answer, in JSON.
   *
   * @throws RequestRefusedError when it is refused, ServerUnavailableError and UnreachableError when nothing can be said, and
   * UnexpectedAnswerError when the answer is none.
   */
  readonly ask: (call: Call) => Promise<unknown>;
  /** The answer as it is, once its head is there, with any content. It has no time limit but the signal. */
  readonly open: (call: Call) => Promise<Response>;
}

/** Makes what asks a server. */
export function transportOf({ url, token, fetch: send = fetch, timeout = 10_000 }: TransportOptions): Transport {
  const base = url.replace(/\/+$/, "");

  async function open({ method = "GET", path, query = {}, body, headers, signal }: Call): Promise<Response> {
    const target = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    const request = new Request(target, {
      method,
      // A token is for one server, and for no other one that this may name.
      redirect: "error",
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    let response: Response;
    try {
      response = await send(request);
    } catch (error) {
      throw new UnreachableError(base, reasonOf(error), error);
    }
    if (response.status === 200) return response;
    throw await refusalOf(response, base);
  }

  return {
    open,
    async ask(call) {
      const late = AbortSignal.timeout(timeout);
      const signal = call.signal === undefined ? late : AbortSignal.any([late, call.signal]);
      const response = await open({ ...call, signal });
      const text = await textOf(response, base);
      if (!/^application\/json\b/i.test(response.headers.get("content-type") ?? "")) {
        throw new UnexpectedAnswerError(base, "its content is not JSON");
      }
      return parsed(text, base);
    },
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

async function textOf(response: Response, url: string): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw new UnreachableError(url, reasonOf(error), error);
  }
}

function parsed(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnexpectedAnswerError(url, "its content is not JSON");
  }
}

async function refusalOf(response: Response, url: string): Promise<Error> {
  const { status } = response;
  const text = await textOf(response, url);
  let said: Partial<ProblemFields> = {};
  try {
    said = Object(JSON.parse(text)) as Partial<ProblemFields>;
  } catch {
    // Whatever stands before the server may answer for it, in whatever form.
  }
  const detail = typeof said.detail === "string" ? said.detail : "The server refused, and did not say why.";
  const reason = typeof said.reason === "string" ? said.reason : "unknown";
  const problem = { status, detail, reason };
  if (status === 410) return new CursorLostError(problem);
  if (status < 400) return new UnexpectedAnswerError(url, `the status ${status}`);
  if (status < 500 && status !== 408 && status !== 429) return new RequestRefusedError(problem);
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ServerUnavailableError(problem, Number.isFinite(seconds) ? seconds : undefined);
}
