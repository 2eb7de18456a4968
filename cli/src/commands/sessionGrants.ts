// What sessions are granted and grant: handing on, receiving, taking back.
import type { DelegateKey } from "@tenure/http-auth";
import { getDelegationStatuses, revokeDelegation } from "@tenure/sdk";
import type { Command } from "commander";
import { isAddressEqual } from "viem";
import { withAccount } from "../chain/connect.ts";
import { accountIn, type Epoch, nameOf, readEpoch, requireChainOf } from "../chain/delegations.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { RefusedError, UsageError } from "../errors/cliError.ts";
import { grantsOf, openStored } from "../keys/openSession.ts";
import { readSession, replaceSession, sessionPath } from "../keys/sessionFolder.ts";
import { readDelegate } from "../parse/delegate.ts";
import { readField } from "../parse/grantsFile.ts";
import { parseFile } from "../parse/values.ts";
import { surroundings } from "../surroundings.ts";
import { date, grantFields } from "../view/chainOfGrants.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { writeText } from "../view/textFile.ts";
import { done } from "./common.ts";
import { type GrantTerms, permitted, withGrantTerms, withoutRevocation } from "./grantTerms.ts";

type DelegateOptions = GrantTerms & { to: string; out?: string };

export function addDelegate(session: Command): void {
  const command = session
    .command("delegate")
    .description("grant a sub-agent a part of it; prints the grants, in which nothing is secret")
    .argument("<name>", "the session that hands on")
    .requiredOption(
      "--to <key>",
      'whose key: a file of tenure session key --json ("-" is stdin), a public JWK, or an account',
    )
    .option("--out <file>", "write the grants to a new file", parseFile);
  withGrantTerms(command).action(async (name: string, { to, out, ...terms }: DelegateOptions, self: Command) => {
    const context = new Context(self);
    const stored = readSession(name);
    const opened = await openStored(name);
    const key = await readDelegate(to, accountIn(opened.principal)?.chainId ?? 0);
    const epoch = await epochOf(context, opened.keyid, stored.registry ?? undefined);
    const { audience: audiences, permission: permissions, valid, delegations } = terms;
    const asked = { audiences, permissions, validFor: valid, remainingDelegations: delegations, epoch: epoch?.epoch };
    const { grant, grants, field } = await opened.delegate({ key: key as DelegateKey, ...asked });
    if (out !== undefined) writeText(out, `${field}\n`);
    const value = { ...grantFields(grant, grants.length, { isSigned: true, status: "unknown" }), field, file: out };
    const missing = epoch === undefined ? "" : withoutRevocation(epoch.chainId, epoch.registry);
    if (out === undefined) {
      if (missing !== "" && !context.isJson) surroundings().stderr.write(`${missing.trim()}\n`);
      return context.print(value, field);
    }
    context.print(
      value,
      `${colors().green("✓")} Granted to ${grant.delegateId} until ${date(grant.grant.validUntil)} UTC, into ${out}.\n` +
        `  ${permitted(terms)}${missing}`,
    );
  });
}

/** A key that is an account has an epoch of its own, and any other that of the grant above. */
async function epochOf(
  context: Context,
  keyid: string,
  named: Parameters<typeof readEpoch>[2],
): Promise<(Epoch & { chainId: number }) | undefined> {
  const account = accountIn(keyid);
  if (account === undefined) return undefined;
  const client = await context.places(named);
  requireChainOf(client, account);
  return { ...(await readEpoch(client, account.address, named)), chainId: account.chainId };
}

export function addOpen(session: Command): void {
  session
    .command("open")
    .description("give it the grants that somebody made for its key")
    .argument("<name>", "the session that tenure session key made")
    .requiredOption("--grants <file>", 'what tenure session delegate printed ("-" is stdin)', parseFile)
    .action(async (name: string, { grants: file }: { grants: string }, self: Command) => {
      const stored = readSession(name);
      const grants = await readField(file);
      const { openSession } = await import("../auth.ts");
      const { keyid, principal, expiresAt, grant } = await openSession({ grants, key: stored.key });
      replaceSession(name, { ...stored, grants });
      const audiences = grant.grant.audiencePermissions.map(({ audience }) => audience);
      new Context(self).print(
        { name, file: sessionPath(name), keyid, principal, audiences, expiresAt, grants },
        `${colors().green("✓")} Session "${name}" acts for ${principal} at ${audiences.join(", ")}, until ${date(BigInt(expiresAt))} UTC.\n` +
          `  Whether the grants are signed, and still count, says: tenure session show ${name}`,
      );
    });
}

export function addRevoke(session: Command): void {
  session
    .command("revoke")
    .description("take its grant back on chain, with all below it, for ever; by the key of the account that granted")
    .argument("<name>", "the session")
    .action(async (name: string, _: object, self: Command) => {
      const context = new Context(self);
      const stored = readSession(name);
      const { decodeGrants } = await import("../auth.ts");
      const last = decodeGrants(grantsOf(name, stored)).at(-1);
      const account = last && accountIn(last.revocationAccount);
      if (last === undefined || account === undefined) throw new UsageError(`Nobody can revoke session "${name}".`);
      await requireKeyOf(context, name, nameOf(account));
      const signer = await context.account();
      const client = await context.places(stored.registry ?? undefined);
      requireChainOf(client, account);
      const handle = last.revocationHandle;
      const grants = [{ issuer: account.address, handle }];
      // It fails where there is no registry: nothing is sent to an address without code.
      const { statuses } = await waiting("Reading", getDelegationStatuses(client, { grants }));
      if (statuses[0]?.isRevoked) throw new RefusedError(`Session "${name}" is revoked already.`, "Nothing was sent.");
      const result = { name, ...(await send(withAccount(client, signer), revokeDelegation, { handle })) };
      done(
        context,
        result,
        `Session "${name}" is revoked, and all that it handed on. Whoever verifies may take a minute to know.`,
      );
    });
}

/** Whoever is not the one who can revoke is told so before a password is asked for. */
async function requireKeyOf(context: Context, name: string, wanted: string): Promise<void> {
  const address = await context.address();
  const account = accountIn(wanted);
  if (account !== undefined && isAddressEqual(account.address, address)) return;
  throw new UsageError(
    `The grant of session "${name}" can be revoked by ${wanted} alone, and the key is that of ${address}.`,
    "Name another key with --key.",
  );
}
