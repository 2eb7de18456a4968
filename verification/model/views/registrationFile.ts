import { type Agent, Status } from "../rules/state.ts";
import { tenureOf } from "../rules/tenure.ts";

const DAY = 86_400n;
const PREFIX = "data:application/json;base64,";

/** What the file made on chain says, or the URI as it was set; a suspended identity's own is not shown. */
export function registrationFile(agent: Agent): unknown[] {
  const isActive = agent.status === Status.Active;
  if (agent.uri !== "" && isActive) return [agent.uri];
  const days = Number(tenureOf(agent) / DAY);
  const attributes = [isActive ? "Active" : "Suspended", Number(agent.firstSeen), days, Number(agent.keyEpoch)];
  const since = new Date(Number(agent.firstSeen) * 1000).toISOString().replace(/T.*/, "").replace(/^\+0*/, "");
  const words = ["TENURE", isActive ? "ACTIVE" : "SUSPENDED", `#${agent.id}`, "FIRST SEEN", "TENURE"];
  return [Number(agent.id), isActive, attributes, [...words, since, `${days} d`]];
}

interface File {
  active: boolean;
  image: string;
  attributes: { value: string | number }[];
  registrations: { agentId: number }[];
}

export function readFile(uri: string): unknown[] {
  if (!uri.startsWith(PREFIX)) return [uri];
  const decode = (base64: string) => Buffer.from(base64, "base64").toString();
  const file = JSON.parse(decode(uri.slice(PREFIX.length))) as File;
  const picture = decode(file.image.replace("data:image/svg+xml;base64,", ""));
  const words = [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, word]) => word);
  const attributes = file.attributes.map(({ value }) => value);
  return [file.registrations[0]?.agentId, file.active, attributes, words];
}
