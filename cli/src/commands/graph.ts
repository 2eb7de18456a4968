import { writeFileSync } from "node:fs";
import { formatCount } from "@tenure/sdk";
import { solve } from "@tenure/sdk/trust";
import type { Command } from "commander";
import { readTrust, type TrustOptions, withTrustOptions } from "../chain/trust.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseFile, parseLimit, parseTarget, type Target } from "../parse/values.ts";
import { surroundings } from "../surroundings.ts";
import { colors } from "../view/colors.ts";
import { layout } from "../view/graphLayout.ts";
import { pick } from "../view/graphPick.ts";
import { svg } from "../view/graphSvg.ts";
import { readProfile } from "./show.ts";

type GraphOptions = TrustOptions & { out: string; of?: Target; nodes: number };

export function addGraph(program: Command): void {
  const command = program
    .command("graph")
    .description("draw who vouches, who warns, and how much of your anchors' trust flows")
    .requiredOption("--out <file>", "where the picture goes (SVG); - is stdout", parseFile)
    .option("--of <target>", "draw what reaches this one", parseTarget)
    .option("--nodes <n>", "how many identities at most", parseLimit, 50);
  withTrustOptions(command).action(async (options: GraphOptions, self: Command) => {
    const context = new Context(self);
    const client = await context.read();
    const target = options.of && (await readProfile(client, options.of)).id;
    const { graph, blockNumber, time, differences } = await readTrust(client, options);
    const trust = solve(graph, { anchors: options.anchors });
    const picture = pick(trust, target, options.nodes);
    const whose = target === undefined ? "Trust" : `Trust in identity ${target}`;
    const text = svg(layout(picture), `${whose} from ${options.anchors.join(", ")}, block ${blockNumber}`);
    if (options.out === "-") {
      surroundings().stdout.write(text);
      return;
    }
    try {
      writeFileSync(surroundings().locate(options.out), text);
    } catch {
      throw new UsageError(`${options.out} cannot be written.`);
    }
    const { nodes, edges } = picture;
    context.print(
      { file: options.out, nodes, edges, anchors: trust.anchors, blockNumber: Number(blockNumber), time, differences },
      `${colors().green("✓")} ${options.out}: ${nodes.length} of ${formatCount(graph.size, "identity").replace("identitys", "identities")}, ${formatCount(edges.length, "edge")}.`,
    );
  });
}
