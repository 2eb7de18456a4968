// On-chain metadata: what an identity says of itself, key by key.
import { getAgentMetadata, getHistory, setMetadata } from "@tenure/sdk";
import type { Command } from "commander";
import { type Hex, hexToBytes } from "viem";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parseBlock, parseId, parseMetadata, parseTarget, type Target } from "../parse/values.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";
import { moment, plain } from "../view/text.ts";
import { actor, done } from "./common.ts";
import { readProfile } from "./show.ts";

/** One key that was written and not cleared since. */
type Entry = { key: string; value: Hex; text: string | undefined; time: number };

/** The registry keeps the wallet under this key, and clears it without an event. */
const WALLET = "agentWallet";

export function addMetadata(program: Command): void {
  const metadata = program.command("metadata").description("what it says of itself on chain, key by key");
  addSet(metadata);
  addGet(metadata);
  addList(metadata);
}

function addSet(metadata: Command): void {
  metadata
    .command("set")
    .description("write one key; an empty value clears it")
    .argument("<key=value>", "0x and hexadecimal digits are bytes, all else is text", (text) => parseMetadata(text))
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (entries: { key: string; value: Hex }[], id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const [{ key, value }] = entries as [{ key: string; value: Hex }];
      const client = await context.write();
      const result = await send(client, setMetadata, { id: await actor(client, id), key, value });
      done(context, result, `${plain(key)} of identity ${result.id} is ${value === "0x" ? "cleared" : "written"}.`);
    });
}

function addGet(metadata: Command): void {
  metadata
    .command("get")
    .description("read one key")
    .argument("<key>", "which")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .action(async (key: string, given: Target | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const { id } = await waiting("Reading", readProfile(client, target));
      const value = await waiting("Reading", getAgentMetadata(client, { id, key }));
      const words = value === "0x" ? `Identity ${id} says nothing of ${plain(key)}.` : shown(value);
      context.print({ id, key, value, text: textOf(value) }, words);
    });
}

function addList(metadata: Command): void {
  metadata
    .command("list")
    .description("every key that was written, from the logs")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .option("--from-block <n>", "where the logs begin, else where it was registered, which is looked for", parseBlock)
    .action(async (given: Target | undefined, { fromBlock }: { fromBlock?: bigint }, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const { id } = await waiting("Reading", readProfile(client, target));
      const events = await waiting("Reading the logs", getHistory(client, { id, fromBlock }));
      const last = new Map<string, Entry>();
      for (const event of events) {
        if (event.eventName !== "MetadataSet" || event.key === WALLET) continue;
        const { key, value, timestamp: time } = event;
        last.set(key, { key, value, text: textOf(value), time });
      }
      const entries = [...last.values()].filter(({ value }) => value !== "0x");
      context.print({ id, entries }, list(id, entries));
    });
}

function list(id: number, entries: readonly Entry[]): string {
  if (entries.length === 0) return `Identity ${id} has no metadata.`;
  const rows = entries.map(({ key, value, time }) => [key, moment(time), shown(value)]);
  return `Identity ${id}\n\n${table([{ title: "key" }, { title: "written (UTC)" }, { title: "value", isFlexible: true }], rows)}`;
}

/** As text where it is text without anything that would steer a terminal, else as bytes. */
function shown(value: Hex): string {
  const text = textOf(value);
  return text !== undefined && text === plain(text) ? text : value;
}

/** The text that these bytes are in UTF-8; undefined where they are none. */
function textOf(value: Hex): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(hexToBytes(value));
  } catch {
    return undefined;
  }
}
