import { readContent } from "../digest/content.ts";
import { planOf, type SignOptions } from "./options.ts";
import { componentsOf, prepare, sign } from "./sign.ts";
import { wantedOf } from "./wanted.ts";

/** A `fetch` of any kind: that of the platform, or one that does more. */
export type Fetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

/** How requests are signed, and what sends them. */
export interface SignedFetchOptions extends SignOptions {
  /** The platform's `fetch` where nothing is said. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/**
 * Makes a `fetch` that signs every request.
 *
 * Where a 401 says in `Accept-Signature` what else is to be covered, or which nonce to use, the request is signed and sent once
 * more. Content is kept in memory until then, up to `contentLimit`.
 *
 * @param options Who signs, and how.
 * @returns A function that is called as `fetch` is, and fails as {@link signRequest} and `fetch` do.
 * @throws InvalidOptionError when nobody could accept what these options make.
 */
export function createSignedFetch(options: SignedFetchOptions): Fetch {
  const plan = planOf(options);
  const send = options.fetch ?? ((request: Request) => fetch(request));
  return async (input, init) => {
    const request = new Request(input, init);
    const content = await readContent(request, plan.contentLimit);
    const prepared = await prepare(request, content);
    const answer = await send(await sign(prepared.clone(), plan));
    const wanted = wantedOf(answer, prepared, componentsOf(prepared, plan));
    if (wanted === undefined) return answer;
    await answer.body?.cancel();
    return send(await sign(prepared, plan, wanted));
  };
}
