import { writeFileSync } from "node:fs";
import { chooseParameters, type DeploymentRecord, deployRegistries, type ParameterSet } from "@tenure/sdk";
import { type Command, Option } from "commander";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseFile, parseTime } from "../parse/values.ts";
import { surroundings } from "../surroundings.ts";
import { toJson } from "../view/output.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";

type Options = { parameters?: ParameterSet; origin?: number; out?: string };

export function addDeploy(program: Command): void {
  program
    .command("deploy")
    .description("put the registries on the chain, at their deterministic addresses; what is there is left alone")
    .addOption(
      new Option("--parameters <set>", "a day, or every day made a minute; short on local chains").choices([
        "production",
        "short",
      ]),
    )
    .option("--origin <time>", "with short parameters: when period 0 began (unix seconds)", parseTime)
    .option("--out <file>", "write addresses and parameters there, for --addresses", parseFile)
    .action(async ({ parameters: named, origin, out }: Options, command: Command) => {
      const context = new Context(command);
      const client = await context.writeBare();
      const chainId = client.chain.id;
      const { set, parameters } = chooseParameters(chainId, { set: named, origin });
      const { addresses, contracts } = await waiting("Deploying", deployRegistries(client, { parameters }));
      const record: DeploymentRecord = { chainId, addresses, parameters };
      if (out !== undefined) write(out, record);
      const rows = contracts.map(({ contract, address, hash }) => [contract, address, hash ? "deployed" : "was there"]);
      const columns = [{ title: "contract" }, { title: "address" }, { title: "" }];
      context.print({ ...record, contracts }, `Chain ${chainId}, ${set} parameters\n\n${table(columns, rows)}`);
    });
}

function write(file: string, record: DeploymentRecord): void {
  try {
    writeFileSync(surroundings().locate(file), `${toJson(record, 2)}\n`);
  } catch {
    throw new UsageError(`${file} cannot be written.`);
  }
}
