import { faultOf } from "../errors/fault.ts";
import type { AnyClient } from "../types/client.ts";

/** For how long nobody may answer (milliseconds). */
const PATIENCE = 15_000;

/** After so long without an answer somebody asks for one (milliseconds): a subscription may be quiet, or looks be rare. */
const QUIET = 4_000;

/** How often silence is noticed (milliseconds). */
const TICK = 500;

/** A client for a wait, which notices when nobody answers any more. */
export type Lifeline = {
  /** Asks through it. */
  client: AnyClient;
  /** Ends with the last wait, and with it whatever is still asked. */
  signal: AbortSignal;
  /** Comes when nobody answered for too long; never while somebody does. */
  silence: Promise<void>;
  /** Nobody waits any more. */
  release: () => void;
};

type Shared = { client: AnyClient; controller: AbortController; waits: number; lastAnswer: number };

/** Waits of one client: viem has them look at the chain together, through the client of the first. */
const shared = new WeakMap<object, Shared>();

/** Waits through one client, as long as somebody answers. */
export function openLifeline(client: AnyClient): Lifeline {
  const line = shared.get(client.transport) ?? share(client);
  if (line.waits === 0) line.lastAnswer = Date.now();
  line.waits += 1;
  let isAsking = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const silence = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      const quiet = Date.now() - line.lastAnswer;
      if (quiet >= PATIENCE) return resolve();
      if (quiet < QUIET || isAsking) return;
      isAsking = true;
      const asked: Promise<unknown> = line.client.request({ method: "eth_blockNumber" });
      asked
        .catch(() => undefined)
        .finally(() => {
          isAsking = false;
        });
    }, TICK);
  });
  const release = () => {
    clearInterval(timer);
    line.waits -= 1;
    if (line.waits > 0) return;
    shared.delete(client.transport);
    line.controller.abort();
  };
  return { client: line.client, signal: line.controller.signal, silence, release };
}

function share(client: AnyClient): Shared {
  const controller = new AbortController();
  const { retryCount = 3, retryDelay = 150 } = client.transport as { retryCount?: number; retryDelay?: number };
  // Its own actions, which viem prefers, ask in their own way.
  const fields = Object.entries(client).filter(([, value]) => typeof value !== "function");
  const line: Shared = { client, controller, waits: 0, lastAnswer: Date.now() };
  const request = async (parameters: unknown, options?: object) => {
    for (let tries = 0; ; tries++) {
      try {
        const once = { ...options, retryCount: 0, signal: controller.signal };
        const answer = await client.request(parameters as never, once as never);
        line.lastAnswer = Date.now();
        return answer;
      } catch (error) {
        const fault = faultOf(error);
        const isAway = ["away", "slow", "passing", "alien"].includes(fault);
        if (!isAway) line.lastAnswer = Date.now();
        const mayPass = fault === "busy" || fault === "away" || fault === "passing";
        if (!mayPass || tries >= retryCount || controller.signal.aborted) throw error;
        await pauseUnless(controller.signal, retryDelay * 2 ** tries);
      }
    }
  };
  line.client = { ...(Object.fromEntries(fields) as unknown as AnyClient), request: request as AnyClient["request"] };
  shared.set(client.transport, line);
  return line;
}

async function pauseUnless(signal: AbortSignal, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { once: true });
  });
}
