// A signed request on its way. Not by fetch: that adds fields of its own, follows, unpacks, and sends no host but that of the URL.
import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Readable } from "node:stream";
import { AnswerLostError, RefusedError } from "../errors/cliError.ts";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "its name cannot be looked up now",
  EHOSTUNREACH: "it cannot be reached",
  ENETUNREACH: "there is no way to it",
  ETIMEDOUT: "it is silent",
  ECONNRESET: "it closed the connection",
  CERT_HAS_EXPIRED: "its certificate has ended",
  DEPTH_ZERO_SELF_SIGNED_CERT: "nobody but itself signed its certificate",
  SELF_SIGNED_CERT_IN_CHAIN: "nobody that is trusted here signed its certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "nobody that is trusted here signed its certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak https",
  EPROTO: "it does not speak https",
};

/** How long a server may say nothing, before its answer or within it (milliseconds). */
const PATIENCE = 300_000;

/**
 * Sends what is signed for the URL of a request to that, or to another place. No redirect is followed.
 *
 * @param place Where it goes, if not to its own URL: scheme, host and port count.
 * @param patience How long the server may say nothing (milliseconds).
 */
export async function sendRequest(
  signed: Request,
  place: URL = new URL(signed.url),
  patience = PATIENCE,
): Promise<Response> {
  const { host, pathname, search } = new URL(signed.url);
  const content = Buffer.from(await signed.arrayBuffer());
  const options: RequestOptions = {
    method: signed.method,
    path: `${pathname}${search}`,
    host: place.hostname.replace(/^\[|\]$/g, ""),
    port: place.port,
    // What was signed names its host, wherever it goes.
    headers: { host, ...Object.fromEntries(signed.headers), ...lengthOf(signed.method, content) },
    setHost: false,
    agent: false,
    timeout: patience,
  };
  return answerOf(await exchange(place, options, content), place);
}

/** A method that usually has content says so where it has none. */
function lengthOf(method: string, content: Buffer): Record<string, string> {
  const hasNone = content.length === 0 && ["GET", "HEAD", "OPTIONS", "DELETE"].includes(method);
  return hasNone ? {} : { "content-length": String(content.length) };
}

function exchange(place: URL, options: RequestOptions, content: Buffer): Promise<IncomingMessage> {
  const isSecure = place.protocol === "https:";
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const outgoing = (isSecure ? requestHttps : requestHttp)(options, resolve);
    outgoing.once("socket", (socket) => {
      socket.once(isSecure ? "secureConnect" : "connect", () => {
        isConnected = true;
      });
    });
    // Nobody asked for another protocol: it is an answer as any other that is none.
    outgoing.once("upgrade", (incoming, socket) => {
      socket.destroy();
      resolve(incoming);
    });
    outgoing.once("timeout", () => outgoing.destroy(Object.assign(new Error(), { code: "ETIMEDOUT" })));
    outgoing.once("error", (error: NodeJS.ErrnoException) => reject(failure(error, place.host, isConnected)));
    outgoing.end(content);
  });
}

function failure(error: NodeJS.ErrnoException, host: string, isConnected: boolean): Error {
  const why = REASONS[error.code ?? ""] ?? `the system says ${error.code ?? "nothing more"}`;
  if (!isConnected) return new RefusedError(`The server at ${host} does not answer: ${why}.`, "Nothing was sent.");
  return new AnswerLostError(
    `The request was sent to ${host}, and its answer got lost: ${why}.`,
    "Whether it did what was asked is not known: find out before you send it again.",
  );
}

function answerOf(incoming: IncomingMessage, place: URL): Response {
  const status = incoming.statusCode ?? 0;
  if (status < 200 || status > 599) {
    incoming.destroy();
    throw new RefusedError(`The server at ${place.host} answers with status ${status}.`);
  }
  const headers = new Headers();
  for (const [index, name] of incoming.rawHeaders.entries()) {
    if (index % 2 === 0) headers.append(name, incoming.rawHeaders[index + 1] ?? "");
  }
  const isEmpty = [204, 205, 304].includes(status);
  // What comes all the same is not waited for: it may have no end.
  if (isEmpty) incoming.destroy();
  const body = isEmpty ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  // A Response takes fewer characters than servers send.
  const statusText = (incoming.statusMessage ?? "").replace(/[^\t\x20-\x7e\x80-\xff]/g, "");
  return new Response(body, { status, statusText, headers });
}
