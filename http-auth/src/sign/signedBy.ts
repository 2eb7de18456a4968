import { readContent } from "../digest/content.ts";
import { contentDigest } from "../digest/contentDigest.ts";
import type { Plan } from "./plan.ts";
import { RedirectedError } from "./redirectedError.ts";
import { componentsOf, prepare, sign } from "./sign.ts";
import { wantedOf } from "./wanted.ts";

/** A `fetch` of any kind: that of the platform, or one that does more. */
export type Fetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

/** What sends a request that is signed. */
export type Send = (request: Request) => Promise<Response>;

/** A request, signed as planned. */
export async function signedBy(plan: Plan, request: Request): Promise<Request> {
  return sign(await prepare(request, await readContent(request, plan.contentLimit), plan), plan);
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** A browser shows that there is a redirect, and not where to. */
function isRedirect({ type, status }: Response): boolean {
  return type === "opaqueredirect" || REDIRECTS.includes(status);
}

/** The digest of no content, which nobody sends unless somebody asks for it. */
async function addDigest(answer: Response, prepared: Request, content: Uint8Array<ArrayBuffer>): Promise<void> {
  const isAsked = answer.headers.get("accept-signature")?.includes('"content-digest"') ?? false;
  if (isAsked && content.length === 0) prepared.headers.set("content-digest", await contentDigest(content));
}

/** A `fetch` that signs as planned, and once more where a 401 asks for more. */
export function fetchBy(plan: Plan, send: Send = (request) => fetch(request)): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const content = await readContent(request, plan.contentLimit);
    const prepared = await prepare(request, content, plan);
    const sent = componentsOf(prepared, plan);
    const first = await send(await sign(prepared.clone(), plan));
    await addDigest(first, prepared, content);
    const wanted = wantedOf(first, prepared, plan, sent);
    if (wanted !== undefined) await first.body?.cancel();
    const answer = wanted === undefined ? first : await send(await sign(prepared, plan, wanted));
    if (request.redirect !== "follow" || !isRedirect(answer)) return answer;
    await answer.body?.cancel();
    throw new RedirectedError(request.url, answer.headers.get("location"));
  };
}
