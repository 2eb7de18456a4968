import { type Agent, type State, Status } from "../rules/state.ts";
import { tenureOf } from "../rules/tenure.ts";

const DAY = 86_400n;
const PREFIX = "data:application/json;base64,";

/** What the file made on chain says, or the URI as it was set. */
export function registrationFile(state: State, agent: Agent): unknown[] {
  if (agent.uri !== "") return [agent.uri];
  const isActive = agent.status === Status.Active;
  const since = new Date(Number(agent.firstSeen) * 1000).toISOString().replace(/T.*/, "").replace(/^\+0*/, "");
  const words = ["TENURE", isActive ? "ACTIVE" : "SUSPENDED", `#${agent.id}`, "FIRST SEEN", "TENURE"];
  return [Number(agent.id), isActive, [...words, since, `${tenureOf(state, agent) / DAY} d`]];
}

interface File {
  active: boolean;
  image: string;
  registrations: { agentId: number }[];
}

export function readFile(uri: string): unknown[] {
  if (!uri.startsWith(PREFIX)) return [uri];
  const decode = (base64: string) => Buffer.from(base64, "base64").toString();
  const file = JSON.parse(decode(uri.slice(PREFIX.length))) as File;
  const picture = decode(file.image.replace("data:image/svg+xml;base64,", ""));
  const words = [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, word]) => word);
  return [file.registrations[0]?.agentId, file.active, words];
}
