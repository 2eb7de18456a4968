import type { Edge } from "@tenure/sdk";
import type { Command } from "commander";
import { type HistoryEvent, readHistory } from "../chain/history.ts";
import { Context } from "../context.ts";
import { parseTarget, type Target } from "../parse/values.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";
import { count, moment, short } from "../view/text.ts";
import { readProfile } from "./show.ts";

export function addHistory(program: Command): void {
  program
    .command("history")
    .description("everything that ever happened to it, in order")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .action(async (given: Target | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const { id } = await readProfile(client, target);
      const events = await waiting("Reading the logs", readHistory(client, id));
      const rows = events.map((event) => [moment(event.time), event.event, words(event, id)]);
      const columns = [{ title: "UTC" }, { title: "event" }, { title: "", isFlexible: true }];
      context.print({ id, events }, `Identity ${id}\n\n${table(columns, rows)}`);
    });
}

const kinds = ["none", "guardian", "recovery", "retirement"];

/** An event in a few words. */
function words({ event, args }: HistoryEvent, id: number): string {
  const { voucherId, subjectId, edge } = args as { voucherId?: number; subjectId?: number; edge?: Edge };
  const text = (name: string) => String(args[name] ?? "");
  if (edge !== undefined) {
    const pair = voucherId === id ? `on ${subjectId}` : `by ${voucherId}`;
    const amount = event === "Burned" ? `${count(Number(args.amount), "point")} burned` : count(edge.stake, "point");
    return [`${pair}: ${amount}`, text("evidence")].filter(Boolean).join(", ");
  }
  switch (event) {
    case "Registered":
      return [`by ${short(text("owner"))}`, text("agentURI")].filter(Boolean).join(", ");
    case "KeyRotated":
      return `from ${short(text("oldOwner"))} to ${short(text("newOwner"))}`;
    case "URIUpdated":
      return text("newURI");
    case "MetadataSet":
      return text("metadataKey");
    case "GuardianSet":
      return `to ${short(text("newGuardian"))}`;
    case "ChangeProposed":
      return `${kinds[Number(args.kind)]}, from ${moment(Number(args.readyAt))}`;
    case "ChangeCancelled":
      return `${kinds[Number(args.kind)]}, by ${short(text("by"))}`;
    case "Suspended":
    case "Resumed":
      return `by ${short(text("by"))}`;
    case "Pulse":
      return /^0x0*$/.test(text("checkpoint")) ? "" : `checkpoint ${short(text("checkpoint"))}`;
    default:
      return "";
  }
}
