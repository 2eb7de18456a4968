import { signRequest } from "@tenure/http-auth";
import { formatDuration } from "@tenure/sdk";
import { verifyLine, verifyLog } from "@tenure/server/log";
import type { Cast, StoryClient } from "../cast.ts";
import { type Gateway, startGateway, type Verdict } from "../gateway.ts";
import type { Narrator } from "../narrator.ts";
import { type Platform, SHOP } from "../platform.ts";

/** A shop's gateway lets the platform's server decide about each signed request. */
export async function gateway(
  { bo, dan }: Cast,
  stranger: StoryClient,
  narrator: Narrator,
  platform: Platform,
): Promise<void> {
  narrator.chapter("A gateway asks, and is told when it is over");
  narrator.say(
    `A shop's gateway knows no signatures. It hands each request over to the platform's server at ${platform.url}, which follows ` +
      "the chain and decides by the shop's policy: who buys has 45 days of tenure and a vouch of Ada or Bo, and no warning.",
  );
  const shop = await startGateway(platform);
  try {
    await visits(shop, { bo, dan }, stranger, narrator);
    await suspension(shop, bo, narrator);
  } finally {
    shop.close();
  }
  await log(platform, narrator);
}

async function buy(
  shop: Gateway,
  { account }: StoryClient,
): Promise<[verdict: Verdict, again: () => Promise<Verdict>]> {
  const order = new Request(`${SHOP}/orders`, { method: "POST", body: "a lamp" });
  const signed = await signRequest(order, { account, chainId: 31_337 });
  const send = async () => {
    const body = await signed.clone().text();
    const answer = await fetch(`${shop.url}/orders`, { method: "POST", headers: signed.headers, body });
    return (await answer.json()) as Verdict;
  };
  return [await send(), send];
}

async function visits(shop: Gateway, { bo, dan }: Pick<Cast, "bo" | "dan">, stranger: StoryClient, narrator: Narrator) {
  const [bought, again] = await buy(shop, bo.client);
  const repeated = await again();
  const [refused] = await buy(shop, dan.client);
  const [unknown] = await buy(shop, stranger);
  const rows: [string, Verdict][] = [
    ["Bo", bought],
    ["the same again", repeated],
    ["Dan", refused],
    ["a stranger", unknown],
  ];
  narrator.table(
    ["who buys", "verdict", "because"],
    rows.map(([who, { decision, context }]) => [who, decision ? "bought" : context.outcome, because(context)]),
  );
  narrator.fact(
    "the server lets Bo buy, once for each signature, and nobody else",
    rows.map(([, { decision }]) => decision),
    [true, false, false, false],
  );
  narrator.fact("the policy that lets Bo in has a name", bought.context.policies, ["shop.buy"]);
  narrator.fact("whom nobody knows is unknown, and not just refused", unknown.context.outcome, "unknown");
}

async function suspension(shop: Gateway, bo: Cast["bo"], narrator: Narrator): Promise<void> {
  narrator.pause();
  narrator.say("Bo suspends the identity. The gateway holds a yes about Bo, and has asked nothing since.");
  await bo.client.suspendSync({ id: bo.id });
  const deadline = Date.now() + 20_000;
  while (shop.flips.length === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  narrator.fact(
    "the server tells the gateway by itself that the yes is over",
    shop.flips.map(({ agent, decision }) => [agent.endsWith(`/${bo.id}`), decision]),
    [[true, false]],
  );
  const [refused] = await buy(shop, bo.client);
  narrator.refused("Bo wants to buy.", because(refused.context));
  narrator.fact("the next order is refused", refused.decision, false);
  await bo.client.resumeSync({ id: bo.id });
}

async function log({ server }: Platform, narrator: Narrator): Promise<void> {
  const { log: decisions } = server.decisions;
  const { size, findings } = await verifyLog(decisions.reader);
  narrator.fact("every decision is in a log that shows no change", findings, []);
  const ids: string[] = [];
  for await (const raw of decisions.reader.lines(0)) ids.push(JSON.parse(Buffer.from(raw).toString()).id as string);
  const proofs = await Promise.all(ids.map((id) => decisions.prove(id)));
  narrator.fact(`each of its ${size} lines has a proof that holds without the server`, proofs.every(verifyLine), true);
}

function because({ policies, unmet, reason_user: reason }: Verdict["context"]): string {
  const [first] = unmet;
  if (first === undefined) return policies.length > 0 ? policies.join(", ") : (Object.values(reason)[0] ?? "");
  const demand = first.comparison === "isNot" ? "must not be" : "has to be";
  const shown = (value: unknown) => (first.fact === "identity.tenure" ? formatDuration(Number(value)) : String(value));
  return `${first.fact} is ${shown(first.actual)}, and ${demand} ${shown(first.demanded)}`;
}
