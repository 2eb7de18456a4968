import { writeFileSync } from "node:fs";
import { type DeploymentParameters, deployRegistries, productionParameters, shortParameters } from "@tenure/sdk";
import { type Command, Option } from "commander";
import { isLocalChain } from "../chain/connect.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseTime } from "../parse/values.ts";
import { toJson } from "../view/output.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";

type Options = { parameters?: "production" | "short"; origin?: number; out?: string };

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
    .option("--out <file>", "write addresses and parameters there, for --addresses")
    .action(async ({ parameters: set, origin, out }: Options, command: Command) => {
      const context = new Context(command);
      const client = await context.writeBare();
      const chainId = client.chain.id;
      const chosen = set ?? (isLocalChain(chainId) ? "short" : "production");
      const parameters = chooseParameters(chosen, origin);
      const { addresses, contracts } = await waiting("Deploying", deployRegistries(client, { parameters }));
      const record = { chainId, addresses, parameters };
      if (out !== undefined) write(out, record);
      const rows = contracts.map(({ contract, address, hash }) => [contract, address, hash ? "deployed" : "was there"]);
      const columns = [{ title: "contract" }, { title: "address" }, { title: "" }];
      context.print({ ...record, contracts }, `Chain ${chainId}, ${chosen} parameters\n\n${table(columns, rows)}`);
    });
}

function chooseParameters(set: "production" | "short", origin: number | undefined): DeploymentParameters {
  if (origin === undefined) return set === "production" ? productionParameters : shortParameters;
  if (set === "production") throw new UsageError("In production, period 0 began at the same time on every chain.");
  return { ...shortParameters, origin };
}

function write(file: string, record: object): void {
  try {
    writeFileSync(file, `${toJson(record, 2)}\n`);
  } catch {
    throw new UsageError(`${file} cannot be written.`);
  }
}
