import { quote } from "../errors/quote.ts";

/** Thrown when a signed request is answered by a redirect. It is not followed: the signature is for one target. */
export class RedirectedError extends Error {
  override readonly name = "RedirectedError";
  /** What was asked. */
  readonly url: string;
  /** Where the answer points to, as it says it. A browser does not tell. */
  readonly location: string | undefined;

  constructor(url: string, location: string | null) {
    const where = location === null ? "" : ` to ${quote(location)}`;
    super(
      `The answer is a redirect${where}, and a signature is for one target. If you trust that one, send a request of its own to it; \`redirect: "manual"\` gives you the answer itself.`,
    );
    this.url = url;
    this.location = location ?? undefined;
  }
}
