import { ContentConsumedError, ContentTooLargeError } from "../errors/mistakes.ts";

/**
 * The content of a request, read from a copy so that whoever handles the request can still read it.
 *
 * @throws ContentTooLargeError as soon as it is longer than `limit`; what is left is not read.
 * @throws ContentConsumedError when somebody has read it before.
 */
export async function readContent(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (request.bodyUsed || request.body?.locked) throw new ContentConsumedError();
  if (request.body === null) return new Uint8Array();
  // A sender that says so itself need not be heard out. One that says less is stopped below.
  if (Number(request.headers.get("content-length")) > limit) throw new ContentTooLargeError(limit);
  const reader = request.clone().body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > limit) {
      // Both copies have to be given up before the sender is.
      void reader?.cancel().catch(() => {});
      void request.body.cancel().catch(() => {});
      throw new ContentTooLargeError(limit);
    }
    chunks.push(part.value);
  }
  const content = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}
