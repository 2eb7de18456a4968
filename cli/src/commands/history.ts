import { formatCount, formatHex, getHistory, type TenureEvent } from "@tenure/sdk";
import type { Command } from "commander";
import type { Hex } from "viem";
import { Context } from "../context.ts";
import { parseBlock, parseTarget, type Target } from "../parse/values.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";
import { moment } from "../view/text.ts";
import { readProfile } from "./show.ts";

/** An event, as `--json` shows it. */
type HistoryEvent = {
  time: number;
  event: TenureEvent["eventName"];
  args: object;
  blockNumber: number;
  logIndex: number;
  transactionHash: Hex;
};

export function addHistory(program: Command): void {
  program
    .command("history")
    .description("everything that ever happened to it, in order")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .option("--from-block <n>", "where the logs begin, else where it was registered, which is looked for", parseBlock)
    .action(async (given: Target | undefined, { fromBlock }: { fromBlock?: bigint }, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const { id } = await readProfile(client, target);
      const events = await waiting("Reading the logs", getHistory(client, { id, fromBlock }));
      const rows = events.map((event) => [moment(event.timestamp), event.eventName, words(event, id)]);
      const columns = [{ title: "UTC" }, { title: "event" }, { title: "", isFlexible: true }];
      // Its registration is an event: only a block that is named can leave out all of them.
      const text =
        rows.length === 0
          ? `Nothing of identity ${id} is in the logs from block ${fromBlock} on.`
          : `Identity ${id}\n\n${table(columns, rows)}`;
      context.print({ id, events: events.map(forPrograms) }, text);
    });
}

/** What every event has comes first, what only this kind has is in `args`. */
function forPrograms(event: TenureEvent): HistoryEvent {
  const { eventName, timestamp, blockNumber, logIndex, transactionHash, registry: _, blockHash: __, ...args } = event;
  return { time: timestamp, event: eventName, args, blockNumber: Number(blockNumber), logIndex, transactionHash };
}

/** An event in a few words. */
function words(event: TenureEvent, id: number): string {
  switch (event.eventName) {
    case "Vouched":
    case "Warned":
      return [`${pair(event, id)}: ${formatCount(event.edge.stake, "point")}`, event.evidence]
        .filter(Boolean)
        .join(", ");
    case "Burned":
      return [`${pair(event, id)}: ${formatCount(event.amount, "point")} burned`, event.evidence]
        .filter(Boolean)
        .join(", ");
    case "Renewed":
    case "Revoked":
    case "Disowned":
      return `${pair(event, id)}: ${formatCount(event.edge.stake, "point")}`;
    case "Registered":
      return [`by ${formatHex(event.owner)}`, event.agentURI].filter(Boolean).join(", ");
    case "KeyRotated":
      return `from ${formatHex(event.oldOwner)} to ${formatHex(event.newOwner)}`;
    case "URIUpdated":
      return event.agentURI;
    case "MetadataSet":
      return event.key;
    case "GuardianSet":
      return `to ${event.newGuardian === undefined ? "nobody" : formatHex(event.newGuardian)}`;
    case "ChangeProposed":
      return `${event.kind}, from ${moment(event.readyAt)}`;
    case "ChangeCancelled":
      return `${event.kind}, by ${formatHex(event.by)}`;
    case "Suspended":
    case "Resumed":
      return `by ${formatHex(event.by)}`;
    case "OwnerProven":
      return `${formatHex(event.owner)} is a key`;
    case "ArbitrationSet":
      return event.isOpen ? "opened" : "closed";
    case "AgentLinked":
    case "AgentUnlinked":
      return `agent ${event.agentId} of ${formatHex(event.agentRegistry)}`;
    case "Approval":
      return `of ${event.approved === undefined ? "nobody" : formatHex(event.approved)}`;
    case "Pulse":
      return /^0x0*$/.test(event.checkpoint) ? "" : `checkpoint ${formatHex(event.checkpoint)}`;
    default:
      return "";
  }
}

/** The other side of a vouch or warning. */
function pair({ voucherId, subjectId }: { voucherId: number; subjectId: number }, id: number): string {
  return voucherId === id ? `on ${subjectId}` : `by ${voucherId}`;
}
