// Requests that prove who sent them (ERC-8128), by the key's account or by a session (ERC-8395).
import { type Command, Option } from "commander";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseOrigin } from "../parse/grants.ts";
import { readBytes } from "../parse/textFile.ts";
import { parseFile } from "../parse/values.ts";
import {
  printContent,
  problemIn,
  readContent,
  readRefusal,
  refusalOf,
  requireWritable,
  saveContent,
} from "../requests/answer.ts";
import { sendRequest } from "../requests/send.ts";
import { type Signer, signerOf } from "../requests/signer.ts";
import { headersOf, isThisMachine, parseHeader, parseMethod, parseUrl } from "../requests/typed.ts";
import { surroundings } from "../surroundings.ts";
import { stopProgress, waiting } from "../view/progress.ts";
import { plain } from "../view/text.ts";

type Options = {
  header: [string, string][];
  data?: string;
  dataFile?: string;
  session?: string;
  origin?: string;
  include?: true;
  out?: string;
  print?: true;
};

const MORE = `
The chain of the account is --chain, else that of the node. With --session,
neither the account's key nor a node is needed. No redirect is followed.
What --print shows is good for a minute, for whoever sends it first.`;

export function addRequest(program: Command): void {
  program
    .command("request")
    .description(
      "send an HTTP request that is signed by the key's account, or by a session; status 1 where it is refused",
    )
    .argument("<method>", "GET, POST, PUT …", parseMethod)
    .argument("<url>", "where to; http:// on this machine alone", parseUrl)
    .option("--header <field>", 'as "Name: value"; may be said again', parseHeader, [])
    .option("--data <text>", "what it says; JSON is sent as such")
    .addOption(
      new Option("--data-file <file>", 'a file with what it says ("-" is stdin)')
        .argParser(parseFile)
        .conflicts("data"),
    )
    .option("--session <name>", "sign by a session: tenure session list")
    .option("--origin <url>", "for a server on this machine: the https origin that it is told it has", parseOrigin)
    .option("--include", "print status and fields of the answer before it")
    .option("--out <file>", "write the answer there, where it is no refusal", parseFile)
    .option("--print", "show what is signed, and send nothing")
    .addHelpText("after", MORE)
    .action(async (method: string, url: URL, options: Options, command: Command) => {
      const context = new Context(command);
      const target = targetOf(url, options);
      if (options.out !== undefined) requireWritable(options.out);
      const content = await contentOf(method, options);
      const init = { method, headers: headersOf(options.header, content), redirect: "manual" as const };
      const request = new Request(target, { ...init, ...(content && { body: content }) });
      const signer = await signerOf(context, options.session);
      if (options.print) return print(context, request, url, signer);
      await exchange(context, request, url, signer, options);
    });
}

/** What is signed: the URL, at the origin that the server has for itself. */
function targetOf(url: URL, { origin }: Options): URL {
  if (origin === undefined) return url;
  if (!isThisMachine(url)) {
    throw new UsageError(
      "--origin is for servers on this machine: any other could use what is signed for that origin.",
      "Leave it out, or write http://127.0.0.1 and the server's port.",
    );
  }
  // Not as a text to be resolved: a path such as "//evil.example" would be another host.
  const target = new URL(origin);
  target.pathname = url.pathname;
  target.search = url.search;
  return target;
}

async function contentOf(method: string, { data, dataFile }: Options): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (data === undefined && dataFile === undefined) return undefined;
  if (method === "GET" || method === "HEAD") {
    throw new UsageError(`A ${method} has no content.`, "Say POST or PUT, or leave --data out.");
  }
  return new Uint8Array(data === undefined ? await readBytes(dataFile ?? "-") : Buffer.from(data));
}

async function print(context: Context, request: Request, url: URL, { keyid, sign }: Signer): Promise<void> {
  const { signatureBases } = await import("../auth.ts");
  const signed = await sign(request);
  const fields = Object.fromEntries(signed.headers);
  const base = [...signatureBases(signed).values()][0] ?? "";
  const sentTo = url.origin === new URL(signed.url).origin ? undefined : url.origin;
  const lines = Object.entries(fields).map(([name, value]) => plain(`${name}: ${value}`));
  const { host, pathname, search } = new URL(signed.url);
  const where = sentTo === undefined ? "" : `\nIt would go to ${sentTo}.`;
  context.print(
    {
      ...{ method: signed.method, url: signed.url, sentTo, keyid, headers: fields },
      ...{ signatureInput: fields["signature-input"], signature: fields.signature, base },
    },
    [
      `${signed.method} ${pathname}${search} HTTP/1.1\nhost: ${host}\n${lines.join("\n")}`,
      `The signature is of these lines:\n\n${base.split("\n").map(plain).join("\n")}`,
      `Nothing was sent.${where}`,
    ].join("\n\n"),
  );
}

async function exchange(
  context: Context,
  request: Request,
  url: URL,
  { keyid, fetchBy }: Signer,
  { include, out }: Options,
): Promise<void> {
  const answer = await waiting("Asking", fetchBy((signed) => sendRequest(signed, url))(request));
  stopProgress();
  if (context.isJson) return printJson(context, answer, request, url, keyid, out);
  const { stdout } = surroundings();
  if (include) stdout.write(`${headOf(answer)}\n\n`);
  if (!answer.ok) {
    const content = await readRefusal(answer);
    if (out === undefined) await printContent(new Response(new Uint8Array(content)));
    throw refusalOf(answer, url.host, problemIn(answer, content));
  }
  if (out === undefined) await printContent(answer);
  else await saveContent(answer, out);
}

function headOf(answer: Response): string {
  const fields = [...answer.headers].map(([name, value]) => plain(`${name}: ${value}`));
  return [plain(`${answer.status} ${answer.statusText}`.trim()), ...fields].join("\n");
}

/** For programs, all of it in one value; a refusal is told on stderr too, as every error is. */
async function printJson(
  context: Context,
  answer: Response,
  request: Request,
  url: URL,
  keyid: string,
  out: string | undefined,
): Promise<void> {
  const isSaved = answer.ok && out !== undefined;
  if (isSaved) await saveContent(answer, out);
  const content = isSaved ? undefined : await (answer.ok ? readContent(answer) : readRefusal(answer));
  const text = content && textIn(content);
  const problem = answer.ok || content === undefined ? undefined : problemIn(answer, content);
  const value = {
    ...{ method: request.method, url: request.url, keyid, status: answer.status },
    headers: fieldsOf(answer.headers),
    body: text,
    bodyBase64: text === undefined ? content?.toString("base64") : undefined,
    file: isSaved ? out : undefined,
    ...{ reason: problem?.reason, detail: problem?.detail },
  };
  context.print(value, "");
  if (problem !== undefined) throw refusalOf(answer, url.host, problem);
}

/** Fields by name; one that came several times in one line. */
function fieldsOf(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers.keys()].map((name) => [name, headers.get(name) ?? ""]));
}

/** Content as text, where it is some. */
function textIn(content: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
