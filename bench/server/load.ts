// Asks a server from another process than its own, over so many connections: node bench/server/load.ts, told what by its parent.
import { Agent, request } from "node:http";
import { asAuthzen, asCerbos, questionAt, TOKEN } from "./questions.ts";

/** What to ask, whom, and for how long. */
export interface Load {
  readonly url: string;
  readonly kind: "authzen" | "batch" | "cerbos";
  readonly connections: number;
  readonly seconds: number;
  readonly isNew: boolean;
}

/** Evaluations of one request where several are asked at once. */
export const BATCH = 50;

function post(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      authorization: `Bearer ${TOKEN}`,
    };
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (answer.statusCode === 200) resolve(text);
        else reject(new Error(`${answer.statusCode}: ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function ask(agent: Agent, { url, kind, isNew }: Load, index: number): Promise<number> {
  if (kind === "batch") {
    const questions = Array.from({ length: BATCH }, (_, place) => questionAt(index * BATCH + place, isNew));
    const text = await post(agent, url, JSON.stringify({ evaluations: questions.map(asAuthzen) }));
    const { evaluations } = JSON.parse(text) as { evaluations: { decision: boolean }[] };
    if (questions.some(({ expected }, place) => evaluations[place]?.decision !== expected)) throw new Error(text);
    return BATCH;
  }
  const question = questionAt(index, isNew);
  const text = await post(agent, url, JSON.stringify(kind === "cerbos" ? asCerbos(question) : asAuthzen(question)));
  // A wrong answer is no figure.
  const isAllowed = kind === "cerbos" ? text.includes("EFFECT_ALLOW") : text.includes('"decision":true');
  if (isAllowed !== question.expected) throw new Error(`${JSON.stringify(question)}: ${text}`);
  return 1;
}

async function run(load: Load): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  let next = 0;
  const during = async (seconds: number) => {
    const end = performance.now() + seconds * 1_000;
    let count = 0;
    const worker = async () => {
      while (performance.now() < end) {
        // Not in one step: while it is waited for, others count.
        const done = await ask(agent, load, next++);
        count += done;
      }
    };
    await Promise.all(Array.from({ length: load.connections }, worker));
    return count / seconds;
  };
  await during(1);
  const rate = await during(load.seconds);
  agent.destroy();
  return rate;
}

process.on("message", async (load: Load) => process.send?.(await run(load)));
