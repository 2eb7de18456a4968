import { formatCount, getParameters, getVouchers, getVouchesBy, periodEnd, type Vouch } from "@tenure/sdk";
import type { Command } from "commander";
import { Context } from "../context.ts";
import { parseLimit, parseTarget, type Target } from "../parse/values.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";
import { moment } from "../view/text.ts";
import { readProfile } from "./show.ts";

export function addVouchers(program: Command): void {
  program
    .command("vouchers")
    .description("who staked on it; with --by, on whom it staked")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .option("--by", "the vouches and warnings that it gave")
    .option("--limit <n>", "how many at most, newest first", parseLimit, 50)
    .action(async (given: Target | undefined, { by, limit }: { by?: true; limit: number }, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const [{ id }, clock] = await Promise.all([readProfile(client, target), getParameters(client)]);
      const vouches = await waiting("Reading", all((by ? getVouchesBy : getVouchers)(client, { id, limit })));
      const result = vouches.map((vouch) => ({ ...vouch, endsAt: periodEnd(vouch.endPeriod, clock) }));
      context.print({ id, vouches: result }, text(id, by === true, result));
    });
}

async function all(walk: AsyncIterable<Vouch>): Promise<Vouch[]> {
  const vouches: Vouch[] = [];
  for await (const vouch of walk) vouches.push(vouch);
  return vouches;
}

function text(id: number, isBy: boolean, vouches: readonly (Vouch & { endsAt: number })[]): string {
  if (vouches.length === 0) return isBy ? `Identity ${id} staked on nobody.` : `Nobody staked on identity ${id}.`;
  const rows = vouches.map((vouch) => [
    String(isBy ? vouch.subjectId : vouch.voucherId),
    vouch.stance,
    String(vouch.stake),
    vouch.state,
    moment(vouch.endsAt),
    arbiter(vouch),
    remarks(vouch),
  ]);
  const columns = [
    { title: isBy ? "subject" : "voucher", align: "right" },
    { title: "stance" },
    { title: "points", align: "right" },
    { title: "state" },
    { title: "ends (UTC)" },
    { title: "arbiter", align: "right" },
    { title: "voucher is", isFlexible: true },
  ] as const;
  const title = isBy
    ? `Identity ${id} staked ${formatCount(vouches.length, "time")}`
    : `On identity ${id}, newest first`;
  return `${title}\n\n${table(columns, rows)}`;
}

/** One that is not active cannot burn. */
function arbiter({ arbiterId, arbiterStatus }: Vouch): string {
  if (arbiterId === undefined) return "–";
  return arbiterStatus === "active" ? String(arbiterId) : `${arbiterId}, ${arbiterStatus}`;
}

function remarks({ voucherStatus, voucherRekeyed }: Vouch): string {
  return voucherRekeyed ? `${voucherStatus}, new key` : voucherStatus;
}
