import { run } from "../model/run.ts";
import { scenarios } from "../model/scenarios.ts";
import type { Bytecode } from "./compiler.ts";

/** Borders are crossed fastest where periods are short. */
const { short, production, lowCap, lastPeriods, guardians } = scenarios;
const ORDER = [short, production, lowCap, lastPeriods, guardians];
const STEPS = 40;

/** Whether the differential test notices the mutant; if so, by what. */
export async function modelNotices(codes: ReadonlyMap<string, Bytecode>): Promise<string | undefined> {
  const replacements = new Map([...codes].map(([name, { creation }]) => [name, creation]));
  for (const scenario of ORDER) {
    try {
      await run(scenario, 1, STEPS, { variant: { replacements }, shrinks: false });
    } catch (error) {
      // The chain or this program is broken then, not the contract.
      if (error instanceof Error && (error.cause as Error | undefined)?.name === "HardhatError") throw error;
      return `model, ${scenario.name}: ${String(error).split("\n").slice(0, 2).join(" ").slice(0, 200)}`;
    }
  }
  return undefined;
}
