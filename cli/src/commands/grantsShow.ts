// Grants out of a request or a file, whoever made them.
import type { ChainedGrant, GrantError } from "@tenure/http-auth";
import type { Command } from "commander";
import { areSigned, type IsSigned, linkStatuses } from "../chain/delegations.ts";
import { Context } from "../context.ts";
import { readField } from "../parse/grantsFile.ts";
import { parseFile } from "../parse/values.ts";
import { answer } from "../status.ts";
import { grantFields, grantText, linksOf } from "../view/chainOfGrants.ts";
import { colors } from "../view/colors.ts";

export function addGrantsShow(grants: Command): void {
  grants
    .command("show")
    .description(
      "what grants say, link by link, and where a node answers whether they count; status 1 where they cannot hold",
    )
    .argument("<file>", 'the field ERC-8128-Delegation, or JSON with it as `field` ("-" is stdin)', parseFile)
    .action(async (file: string, _: object, command: Command) => {
      const context = new Context(command);
      const field = await readField(file);
      const { checkChain, decodeGrants } = await import("../auth.ts");
      const chain = decodeGrants(field);
      const { statuses, reason } = await linkStatuses(() => context.places(), chain, context.where);
      const signed = await areSigned(() => context.places(), field);
      const problem = problemOf(() => checkChain(chain)) ?? unsigned(signed);
      const now = Math.floor(Date.now() / 1_000);
      const links = linksOf(chain, signed, statuses);
      context.print(
        {
          ...{ principal: chain[0]?.grant.issuer, signer: chain.at(-1)?.delegateId, problem },
          grants: links.map(({ grant, depth, of }) => grantFields(grant, depth, of)),
        },
        [
          ...links.map(({ grant, depth, of }) => grantText(grant, depth, of, now)),
          ...(reason === undefined ? [] : [`Whether they are revoked is not known: ${reason}`]),
          verdict(chain, signed, problem),
        ].join("\n\n"),
      );
      answer(problem === undefined);
    });
}

type Problem = { code: string; detail: string };

function problemOf(check: () => void): Problem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    const { name, code, message } = error as GrantError;
    if (name !== "GrantError") throw error;
    return { code, detail: message };
  }
}

/** A grant that somebody else made up, in the words of a verifier. */
function unsigned(signed: readonly IsSigned[]): Problem | undefined {
  const index = signed.indexOf(false);
  if (index < 0) return undefined;
  return { code: "bad_grant_signature", detail: `Grant ${index + 1} is not signed by its issuer.` };
}

function verdict(grants: readonly ChainedGrant[], signed: readonly IsSigned[], problem: Problem | undefined): string {
  if (problem !== undefined) return `${colors().red("✗")} ${problem.code}: ${problem.detail}`;
  const parts = grants.length === 1 ? "It is one grant" : `They are ${grants.length} grants, each within the one above`;
  if (signed.includes(undefined)) return `${parts}. Whether all are signed is not known.`;
  return `${parts}, signed by ${grants.length === 1 ? "its issuer" : "their issuers"}.`;
}
