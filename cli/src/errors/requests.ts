// What @tenure/http-auth refuses, in the words of the command line. By their names: most runs never load that package.
import type { GrantError, GrantTooWideError, OutsideAudienceError, WrongSessionKeyError } from "@tenure/http-auth";
import { Status } from "./cliError.ts";

/** What is too wide, where the option that narrows it has another name. */
const wider: Readonly<Record<string, string>> = {
  validAfter: "an earlier beginning",
  validUntil: "a later end (--valid)",
  maxRequestValiditySeconds: "longer requests",
  remainingDelegations: "as many levels below (--delegations)",
};

type Told = { status: number; message: string; hint: string | undefined };

const words: Readonly<Record<string, (error: Error) => Told>> = {
  GrantError: (error) => {
    const { code, message } = error as GrantError;
    return { status: Status.usage, message: `${message} (${code})`, hint: undefined };
  },
  GrantTooWideError: (error) => {
    const { widenings } = error as GrantTooWideError;
    const what = widenings.map((name) => wider[name] ?? name).join(", ");
    const isOnlyDeep = widenings.length === 1 && widenings[0] === "remainingDelegations";
    const hint = isOnlyDeep
      ? "A session hands on as many levels as it was made with, and those below one less."
      : "Nothing was signed. Narrow it; tenure session show says what the session may do.";
    return { status: Status.usage, message: `That would be wider than the session's own grant: ${what}.`, hint };
  },
  OutsideAudienceError: (error) => {
    const { audiences, origin } = error as OutsideAudienceError;
    const hint = origin.startsWith("https:")
      ? "Nothing was signed or sent. Make a session for that origin."
      : "Nothing was signed or sent. Name the origin that the server is told it has with --origin.";
    const message = `The session may act at ${audiences.join(", ")}, and the request goes to ${origin}.`;
    return { status: Status.usage, message, hint };
  },
  SessionEndedError: ({ message }) => ({ status: Status.refused, message, hint: undefined }),
  WrongSessionKeyError: (error) => {
    const { expected, actual } = error as WrongSessionKeyError;
    const message = `The grants are for ${expected}, and the session's key is ${actual}.`;
    return { status: Status.usage, message, hint: "Ask for grants to this key; tenure session show says which it is." };
  },
  InvalidOptionError: ({ message }) => ({ status: Status.usage, message, hint: undefined }),
  UnsignableRequestError: ({ message }) => ({ status: Status.usage, message, hint: "Nothing was sent." }),
  ContentTooLargeError: ({ message }) => ({ status: Status.usage, message, hint: "Nothing was sent." }),
  SessionKeyError: ({ message }) => ({ status: Status.refused, message, hint: undefined }),
};

/** An error of that package, as a user is told of it; undefined for any other. */
export function explainRequest(error: unknown): (Told & { name: string }) | undefined {
  if (!(error instanceof Error) || !Object.hasOwn(words, error.name)) return undefined;
  const told = words[error.name]?.(error);
  return told && { name: error.name, ...told };
}
