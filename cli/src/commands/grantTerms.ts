// What a grant allows, as the commands that make one take it.
import type { Command } from "commander";
import type { Address } from "viem";
import { UsageError } from "../errors/cliError.ts";
import { parseAudience, parseLevels, parsePermission } from "../parse/grants.ts";
import { parseDuration } from "../parse/values.ts";

export type GrantTerms = { audience: string[]; permission: string[]; valid: number; delegations: number };

export function withGrantTerms(command: Command): Command {
  return command
    .requiredOption("--audience <url...>", "https origins at which it is good", parseAudience)
    .option(
      "--permission <token...>",
      "what it permits at each of them; where left out, nothing by name",
      parsePermission,
      [],
    )
    .requiredOption("--valid <span>", 'how long from now on, as "12h"', parseValid)
    .option("--delegations <n>", "how many levels of sub-agents it may be handed on to", parseLevels, 0);
}

function parseValid(text: string): number {
  const seconds = parseDuration(text);
  if (seconds > 0) return seconds;
  throw new UsageError("A grant for no time is none.", 'Write "30d", "12h", "90m" or "45s".');
}

/** The same in words. */
export function permitted({ audience, permission, delegations }: GrantTerms): string {
  const what = permission.length === 0 ? "nothing by name" : permission.join(", ");
  const below = delegations === 0 ? "" : `; to be handed on ${delegations} deep`;
  return `It may do this at ${audience.join(", ")}: ${what}${below}.`;
}

/** Said where a chain has no registry of revocations. */
export function withoutRevocation(chainId: number, registry: Address | undefined): string {
  if (registry !== undefined) return "";
  return `\n  Chain ${chainId} has no registry of revocations: the grant says epoch 0, and nothing but its end takes it back.`;
}
