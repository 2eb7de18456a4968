// Sessions that are kept here, and what became of them.
import type { ChainedGrant } from "@tenure/http-auth";
import type { Command } from "commander";
import type { Address } from "viem";
import { areSigned, type LinkStatus, type LinkStatuses, linkStatuses } from "../chain/delegations.ts";
import { Context } from "../context.ts";
import { readSession, sessionFolder, sessionNames, sessionPath } from "../keys/sessionFolder.ts";
import { date, grantFields, grantText, linksOf, phaseOf } from "../view/chainOfGrants.ts";
import { colors } from "../view/colors.ts";
import { type Column, table } from "../view/table.ts";
import { plain } from "../view/text.ts";

/** Asks for the status of the links of a session: of each registry that is named, the node is connected to once. */
function asking(
  context: Context,
): (grants: readonly ChainedGrant[], registry: Address | null) => Promise<LinkStatuses> {
  const clients = new Map<Address | null, ReturnType<Context["places"]>>();
  return (grants, registry) => {
    const connect = () => {
      const client = clients.get(registry) ?? context.places(registry ?? undefined);
      clients.set(registry, client);
      return client;
    };
    return linkStatuses(connect, grants, context.where);
  };
}

/** What a session is, in a word: what stops it goes before what is not known of it. */
function stateOf(grants: readonly ChainedGrant[], statuses: readonly LinkStatus[]): string {
  const now = Date.now() / 1_000;
  const phases = grants.map(({ grant }) => phaseOf(grant, now));
  const stops = [...["revoked", "other epoch"], ...["ended", "not begun"], "unknown"];
  return stops.find((stop) => [...statuses, ...phases].includes(stop as LinkStatus)) ?? "active";
}

export function addList(session: Command): void {
  session
    .command("list")
    .description("all that are kept here: for whom they act, where, until when, and whether they count")
    .action(async (_: object, self: Command) => {
      const context = new Context(self);
      const names = sessionNames();
      const ask = asking(context);
      const sessions: Awaited<ReturnType<typeof summary>>[] = [];
      const reasons = new Set<string>();
      for (const name of names) sessions.push(await summary(name, ask, reasons));
      const columns: Column[] = [
        ...[{ title: "name" }, { title: "status" }, { title: "ends (UTC)" }],
        ...[{ title: "audiences", isFlexible: true }, { title: "permissions" }],
      ];
      const rows = sessions.map(({ name, status, expiresAt, audiences, permissions }) => [
        ...[name, status, expiresAt === undefined ? "" : date(BigInt(expiresAt))],
        ...[audiences.join(" "), permissions.join(" ")],
      ]);
      const notes = [...reasons].map((reason) => `\n  Not known of some whether they are revoked: ${reason}`);
      const text =
        sessions.length === 0
          ? "There is no session yet. Make one with: tenure session create NAME"
          : `${table(columns, rows)}\n${principals(sessions)}${notes.join("")}\n  ${colors().dim(sessionFolder())}`;
      context.print({ folder: sessionFolder(), sessions }, text);
    });
}

/** For whom sessions act, a line for each account: it would leave a table no room for the rest. */
function principals(sessions: readonly { name: string; principal: string | undefined }[]): string {
  const accounts = [...new Set(sessions.flatMap(({ principal }) => principal ?? []))];
  return accounts
    .map((account) => {
      const names = sessions.filter(({ principal }) => principal === account).map(({ name }) => name);
      return `\n  For ${account}: ${names.join(", ")}`;
    })
    .join("");
}

/** One broken file must not hide the others. */
async function summary(name: string, ask: ReturnType<typeof asking>, reasons: Set<string>) {
  const nothing = { principal: undefined, keyid: undefined, audiences: [], permissions: [], expiresAt: undefined };
  const { decodeGrants } = await import("../auth.ts");
  let grants: readonly ChainedGrant[];
  let registry: Address | null;
  try {
    const stored = readSession(name);
    if (stored.grants === null) return { name, status: "no grants", ...nothing };
    registry = stored.registry;
    grants = decodeGrants(stored.grants);
  } catch {
    return { name, status: "unreadable", ...nothing };
  }
  const { statuses, reason } = await ask(grants, registry);
  const last = grants.at(-1);
  const entries = last?.grant.audiencePermissions ?? [];
  if (reason !== undefined) reasons.add(reason);
  return {
    name,
    status: stateOf(grants, statuses),
    principal: grants[0]?.grant.issuer,
    keyid: last?.delegateId,
    audiences: entries.map(({ audience }) => audience),
    permissions: [...new Set(entries.flatMap(({ permissions }) => permissions))],
    expiresAt: last && Number(last.grant.validUntil),
  };
}

export function addShow(session: Command): void {
  session
    .command("show")
    .description("its grants from the first to the last, and what is public of its key")
    .argument("<name>", "the session")
    .action(async (name: string, _: object, self: Command) => {
      const context = new Context(self);
      const { grants: field, profile, delegate, registry } = readSession(name);
      const { decodeGrants } = await import("../auth.ts");
      const grants = field === null ? [] : decodeGrants(field);
      const { statuses, reason } =
        grants.length === 0 ? { statuses: [], reason: undefined } : await asking(context)(grants, registry);
      const signed = field === null ? [] : await areSigned(() => context.places(), field);
      const status = field === null ? "no grants" : signed.includes(false) ? "not signed" : stateOf(grants, statuses);
      const now = Math.floor(Date.now() / 1_000);
      const links = linksOf(grants, signed, statuses);
      const texts = links.map(({ grant, depth, of }) => grantText(grant, depth, of, now));
      const head = `Session "${name}": ${status}\n${plain(`${profile} ${delegate}`)}\n${colors().dim(sessionPath(name))}`;
      const note = reason === undefined ? [] : [`Whether it is revoked is not known: ${reason}`];
      context.print(
        {
          ...{ name, file: sessionPath(name), status, profile, delegate, field },
          grants: links.map(({ grant, depth, of }) => grantFields(grant, depth, of)),
        },
        [head, ...texts, ...note].join("\n\n"),
      );
    });
}
