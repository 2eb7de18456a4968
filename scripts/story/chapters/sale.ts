import type { Agents } from "../agents.ts";
import type { Cast } from "../cast.ts";
import type { Narrator } from "../narrator.ts";
import { refusal } from "../refusal.ts";

/** Bo operates an agent that can be sold, and sells it: the link breaks, and what Bo has earned stays with Bo. */
export async function sale({ bo, dan, platform }: Cast, narrator: Narrator, agents: Agents): Promise<void> {
  narrator.chapter("An agent is sold");
  narrator.say(
    "Elsewhere agents are tokens, which can be sold. Bo makes one, and links it to identity 2, which cannot be sold. " +
      "Whoever meets the agent finds Bo. Then Bo sells the agent to Dan.",
  );
  const agentId = await agents.register(bo.client);
  const token = { agentRegistry: agents.address, agentId };
  await bo.client.linkSync({ id: bo.id, ...token });
  narrator.fact("the agent leads to Bo", await platform.getLinkedIdentity(token), bo.id);
  await agents.sell(bo.client, dan.client, agentId);
  const link = await platform.getLink(token);
  narrator.fact("the link broke with the sale, and nobody had to send anything", link?.isLinked, false);
  narrator.fact("it leads to nobody any more", await platform.getLinkedIdentity(token), undefined);
  const error = await refusal("Dan links it to Bo", dan.client.linkSync({ id: bo.id, ...token }));
  narrator.refused("Dan wants to link the agent to Bo again.", error.shortMessage);
  narrator.fact("only Bo speaks for Bo", error.name, "NotOwnerError");
  narrator.fact("what stood behind Bo still does", (await platform.getSupport({ id: bo.id })).support, 320);
}
