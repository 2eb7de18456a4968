import { planOf, type SignOptions } from "./options.ts";
import { signedBy } from "./signedBy.ts";

/**
 * Signs a request, so that whoever receives it can tell which account sent it, that it is unchanged, and that it comes once.
 *
 * @param request The request. It is read to digest it, and can still be sent.
 * @param options Who signs, and how.
 * @returns The same request with `Signature-Input`, `Signature` and, where it has content, `Content-Digest`. Its `redirect` is
 * `manual`, as a signature is for one target.
 * @throws InvalidOptionError when nobody could accept what these options make.
 * @throws UnsignableRequestError when the request has no value for a component, or unreadable signatures of others.
 * @throws ContentTooLargeError when the content is longer than `contentLimit`.
 * @throws ContentConsumedError when somebody has read the content before.
 */
export async function signRequest(request: Request, options: SignOptions): Promise<Request> {
  const plan = planOf(options);
  return signedBy(plan, request);
}
