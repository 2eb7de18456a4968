// What a server answers, and where that goes.
import { randomUUID } from "node:crypto";
import { accessSync, constants, createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { RefusedError, RequestRefusedError, UsageError } from "../errors/cliError.ts";
import { surroundings } from "../surroundings.ts";
import { plainLines } from "../view/text.ts";

/** More than any answer that is printed as JSON should be (bytes). */
const MOST = 16 * 2 ** 20;

/** As much of a refusal as is read for what it says (bytes). */
const MOST_OF_REFUSAL = 64 * 2 ** 10;

/** Why a server refuses, as RFC 9457 has it, with the reason of ERC-8128. */
export type Problem = { reason: string | undefined; detail: string | undefined };

/** Content as it comes; who reads is told where it ends too early. */
async function* piecesOf(answer: Response): AsyncGenerator<Uint8Array> {
  if (answer.body === null) return;
  try {
    yield* answer.body as unknown as AsyncIterable<Uint8Array>;
  } catch {
    throw new RefusedError(`The answer, with status ${answer.status}, broke off before its end.`);
  }
}

/** All content of an answer, up to a limit. */
export async function readContent(answer: Response, most = MOST): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(answer)) {
    size += piece.length;
    if (size > most) throw new RefusedError(`The answer is larger than ${most / 2 ** 20} MiB.`, "Say --out FILE.");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The beginning of a refusal, to be told. */
export async function readRefusal(answer: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(answer)) {
    pieces.push(piece);
    size += piece.length;
    if (size >= MOST_OF_REFUSAL) break;
  }
  return Buffer.concat(pieces);
}

/** Puts content on stdout as it comes: in a pipe to the byte, on a terminal without what would steer it. */
export async function printContent(answer: Response): Promise<void> {
  const { stdout } = surroundings();
  const decoder = stdout.isTTY ? new TextDecoder() : undefined;
  let end = "\n";
  for await (const piece of piecesOf(answer)) {
    const text = decoder?.decode(piece, { stream: true });
    if (text !== undefined && text !== "") end = text.slice(-1);
    await write(stdout, text === undefined ? piece : plainLines(text));
  }
  // The shell's next line begins on a line of its own.
  if (stdout.isTTY && end !== "\n") await write(stdout, "\n");
}

function write(stream: Writable, piece: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

/** Refuses a file that cannot be written, while nothing is sent yet. */
export function requireWritable(file: string): void {
  const place = surroundings().locate(file);
  try {
    accessSync(path.dirname(place), constants.W_OK | constants.X_OK);
    if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return;
  } catch {
    // It says so below.
  }
  throw new UsageError(`${file} cannot be written.`, "Nothing was sent.");
}

/** Puts content into a file, which is there once it is whole; one that was there is replaced. */
export async function saveContent(answer: Response, file: string): Promise<void> {
  const place = surroundings().locate(file);
  const fresh = `${place}.${randomUUID()}`;
  const stream = createWriteStream(fresh, { flags: "wx" });
  const isWritten = finished(stream);
  // It is waited for below; until then nobody listens.
  isWritten.catch(() => undefined);
  try {
    for await (const piece of piecesOf(answer)) await write(stream, piece);
    stream.end();
    await isWritten;
    renameSync(fresh, place);
  } catch (error) {
    stream.destroy();
    rmSync(fresh, { force: true });
    if (error instanceof RefusedError) throw error;
    throw new UsageError(`${file} cannot be written.`, "The request was sent, and answered.");
  }
}

/** What a refusal says of itself. */
export function problemIn(answer: Response, content: Buffer): Problem {
  const isProblem = /^application\/(?:problem\+)?json\b/i.test(answer.headers.get("content-type") ?? "");
  try {
    const json = isProblem ? (JSON.parse(content.toString("utf8")) as Record<string, unknown> | null) : null;
    const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
    return { reason: text(json?.reason), detail: text(json?.detail) ?? text(json?.title) };
  } catch {
    return { reason: undefined, detail: undefined };
  }
}

/** The answer of a server that did not do what it was asked for, as an error. */
export function refusalOf(answer: Response, host: string, { reason, detail }: Problem): RequestRefusedError {
  const { status } = answer;
  const location = status >= 300 && status < 400 ? answer.headers.get("location") : null;
  if (location !== null) {
    return new RequestRefusedError(
      `The server at ${host} points elsewhere, to ${location}, with status ${status}.`,
      "No redirect is followed: a signature is for one target. If you trust that one, send a request of its own to it.",
    );
  }
  const why = [reason, detail].filter((part) => part !== undefined).join(": ");
  const end = why === "" ? "." : `: ${why}${/[.!?]$/.test(why) ? "" : "."}`;
  return new RequestRefusedError(`The server at ${host} refuses with status ${status}${end}`);
}
