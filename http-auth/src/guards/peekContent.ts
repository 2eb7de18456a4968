import { AccessError } from "../errors/accessError.ts";
import { ContentConsumedError, ContentTooLargeError } from "../errors/mistakes.ts";

/** The content of a request of Node's servers, as far as it is read here. */
export interface ContentStream {
  /** Whether all of it has come. */
  readonly complete: boolean;
  readonly readableDidRead: boolean;
  readonly readableLength: number;
  readonly read: () => Uint8Array | null;
  readonly unshift: (chunk: Uint8Array) => void;
  readonly on: (event: "readable" | "close" | "error", listener: () => void) => unknown;
  readonly off: (event: "readable" | "close" | "error", listener: () => void) => unknown;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/**
 * Content, to the byte as it came, before anything inflates or parses it. It is put back: whoever reads the stream afterwards reads
 * the same bytes.
 *
 * It is put back in the turn in which its last byte is read, as a stream takes nothing back once it has said that it ended.
 *
 * @throws ContentTooLargeError as soon as it is longer than `limit`.
 * @throws ContentConsumedError when somebody has read of it before.
 * @throws AccessError when it breaks off.
 */
export function peekContent(stream: ContentStream, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (stream.readableDidRead) return Promise.reject(new ContentConsumedError());
  if (stream.complete && stream.readableLength === 0) return Promise.resolve(new Uint8Array());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const settle = (done: () => void) => {
      stream.off("readable", onReadable);
      stream.off("close", onBreak);
      stream.off("error", onBreak);
      done();
    };
    const onBreak = () => {
      settle(() => reject(new AccessError("ambiguous_request", "The content of the request broke off.")));
    };
    const onReadable = () => {
      // Never more than there is: a stream that is read at its end says that it ended, and the framework would wait for that.
      while (stream.readableLength > 0) {
        const chunk = stream.read();
        if (chunk === null) break;
        length += chunk.length;
        if (length > limit) {
          settle(() => reject(new ContentTooLargeError(limit)));
          return;
        }
        chunks.push(chunk);
      }
      if (!stream.complete) return;
      const all = joined(chunks, length);
      // The chunks themselves, which are of the type that a framework expects.
      for (const chunk of [...chunks].reverse()) stream.unshift(chunk);
      settle(() => resolve(all));
    };
    stream.on("close", onBreak);
    stream.on("error", onBreak);
    stream.on("readable", onReadable);
  });
}
