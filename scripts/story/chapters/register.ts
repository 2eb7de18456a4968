import { formatHex } from "@tenure/sdk";
import { agentsOf, type Cast } from "../cast.ts";
import { moment } from "../format.ts";
import type { Narrator } from "../narrator.ts";
import { refusal } from "../refusal.ts";

/** Four agents register, and none of them twice. */
export async function register(cast: Cast, narrator: Narrator): Promise<void> {
  narrator.chapter("Four agents appear");
  narrator.say("Each registers with a key of its own. The chain writes down when, and nobody can change that.");
  const rows = [];
  for (const agent of agentsOf(cast)) {
    // What it signs proves that there is such a key; having sent a transaction would not.
    const consent = await agent.client.signRegister({ agentURI: registrationFile(agent.name) });
    const { id, receipt } = await agent.client.registerForSync({ signed: consent });
    agent.id = id;
    const { timestamp } = await cast.platform.getBlock({ blockNumber: receipt.blockNumber });
    rows.push([String(id), agent.name, formatHex(agent.client.account.address), moment(Number(timestamp))]);
  }
  narrator.table(["id", "agent", "key", "first seen (UTC)"], rows, ["right"]);

  const { ada } = cast;
  const seen = await cast.platform.getProfiles({ ids: agentsOf(cast).map(({ id }) => id) });
  narrator.fact(
    "each is active, and owned by the key that registered it, which has proven to be one",
    seen.map(({ status, owner, ownerKind }) => ({ status, owner, ownerKind })),
    agentsOf(cast).map(({ client }) => ({ status: "active", owner: client.account.address, ownerKind: "key" })),
  );
  narrator.fact(
    "each was first seen at the time of its block",
    seen.map(({ firstSeen }) => moment(firstSeen)),
    rows.map(([, , , time]) => time),
  );
  const error = await refusal("Ada registers again", ada.client.registerSync({}));
  narrator.refused("Ada registers again, to begin anew.", error.shortMessage);
  narrator.fact("one key has one identity, for ever", error.name, "AlreadyRegisteredError");
}

/** An ERC-8004 registration file, in the URI itself. */
function registrationFile(name: string): string {
  const file = { type: "https://eips.ethereum.org/EIPS/eip-8004#registration-v1", name };
  return `data:application/json;base64,${Buffer.from(JSON.stringify(file)).toString("base64")}`;
}
