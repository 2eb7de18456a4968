import { formatCount, type Profile } from "@tenure/sdk";
import { type Explanation, explain, solve, type TrustLine, type TrustVerdict } from "@tenure/sdk/trust";
import type { Command } from "commander";
import { readTrust, type TrustOptions, withTrustOptions } from "../chain/trust.ts";
import { Context } from "../context.ts";
import { parseTarget, type Target } from "../parse/values.ts";
import { colors } from "../view/colors.ts";
import { table } from "../view/table.ts";
import { readProfile } from "./show.ts";

export function addTrust(program: Command): void {
  const command = program
    .command("trust")
    .description("how far the trust of your anchors reaches it, line by line")
    .argument("<target>", "number or address", parseTarget);
  withTrustOptions(command).action(async (target: Target, options: TrustOptions, self: Command) => {
    const context = new Context(self);
    const client = await context.read();
    const profile = await readProfile(client, target);
    const { graph, blockNumber, time, differences } = await readTrust(client, options);
    const trust = solve(graph, { anchors: options.anchors });
    const explanation = explain(trust, profile.id);
    const { parameters } = graph;
    const result = {
      ...explanation,
      anchors: trust.anchors,
      parameters,
      blockNumber: Number(blockNumber),
      time,
      differences,
    };
    context.print(result, text(explanation, profile));
  });
}

const verdicts: Record<TrustVerdict, (id: number) => string> = {
  supported: (id) => colors().green(`Identity ${id} is supported.`),
  distrusted: (id) => colors().red(`Identity ${id} is distrusted.`),
  contested: (id) => colors().yellow(`Identity ${id} is contested: as much speaks for it as against it.`),
  unknown: (id) =>
    colors().dim(`Identity ${id} is unknown to your anchors: nobody whom their trust reaches says anything about it.`),
};

function text(explanation: Explanation, { status, role, key }: Profile): string {
  const { id, verdict, lines, printed } = explanation;
  const parts = [verdicts[verdict](id)];
  if (role === "former") parts.push(`${key} is a FORMER key of it: it speaks for nobody.`);
  if (status !== "active") parts.push(`It is ${status}.`);
  if (lines.length > 0) parts.push("", lineTable(lines));
  const { support, opposition, anchored, kappa, lambda, score } = printed;
  const against = lambda === "1" ? opposition : `${lambda} × ${opposition}`;
  const own = Number(anchored) === 0 ? "" : ` + ${anchored}`;
  parts.push(
    "",
    "  flow  = its trust ÷ standing × stake × fresh",
    `  for ${support}, against ${opposition}${own && `, as an anchor ${anchored}`}: millionths of all trust, by ${formatCount(lines.length, "line")}`,
    `  score = (${support}${own} − ${against}) / (${support}${own} + ${against} + ${kappa}) = ${colors().bold(score)}`,
  );
  return parts.join("\n");
}

function lineTable(lines: readonly TrustLine[]): string {
  const rows = lines.map((line) => [
    String(line.voucherId),
    line.stance,
    line.printed.trust,
    String(line.budget),
    String(line.stake),
    line.fresh.toFixed(3),
    line.printed.flow,
    remark(line),
  ]);
  const columns = [
    { title: "voucher", align: "right" },
    { title: "stance" },
    { title: "its trust", align: "right" },
    { title: "standing", align: "right" },
    { title: "stake", align: "right" },
    { title: "fresh", align: "right" },
    { title: "flow", align: "right" },
    { title: "", isFlexible: true },
  ] as const;
  return table(columns, rows);
}

function remark({ muted, voucherRekeyed }: TrustLine): string {
  // A flow of zero says the rest.
  if (muted !== undefined) return muted;
  return voucherRekeyed ? "new key" : "";
}
