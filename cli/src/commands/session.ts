// Keys that act for an account within grants, kept in files: made, looked at, and removed.
import type { ChainedGrant, KeyType } from "@tenure/http-auth";
import { type Command, Option } from "commander";
import type { Address } from "viem";
import { readEpoch } from "../chain/delegations.ts";
import { Context } from "../context.ts";
import {
  deleteSession,
  readSession,
  requireNewSession,
  requireSession,
  sessionPath,
  writeNewSession,
} from "../keys/sessionFolder.ts";
import { parseAddress } from "../parse/values.ts";
import { date } from "../view/chainOfGrants.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { type GrantTerms, permitted, withGrantTerms, withoutRevocation } from "./grantTerms.ts";
import { addDelegate, addOpen, addRevoke } from "./sessionGrants.ts";
import { addList, addShow } from "./sessionList.ts";

const SECRET =
  "Whoever has the file can act within the grant until it ends; it is readable by its owner alone, and never printed.";

type CreateOptions = GrantTerms & { type: KeyType; registry?: Address };

export function addSession(program: Command): void {
  const session = program
    .command("session")
    .description("keys that act for an account, by grants with an end, and sign requests without its key")
    .addHelpText("after", `\n${SECRET}`);
  addCreate(session);
  addList(session);
  addShow(session);
  addDelegate(session);
  addKey(session);
  addOpen(session);
  addRevoke(session);
  addRemove(session);
}

function withType(command: Command): Command {
  return command.addOption(
    new Option("--type <type>", "what its key is").choices(["ed25519", "p256", "secp256k1"]).default("ed25519"),
  );
}

function addCreate(session: Command): void {
  const command = session
    .command("create")
    .description("make a key, and have the account of --key grant it something; the file of it is a secret")
    .argument("<name>", "what to call it")
    .option("--registry <address>", "the registry of revocations, where it is not the chain's own", parseAddress)
    .addHelpText("after", `\n${SECRET}`);
  withType(withGrantTerms(command)).action(async (name: string, options: CreateOptions, self: Command) => {
    requireNewSession(name);
    const context = new Context(self);
    const account = await context.account();
    const client = await context.places(options.registry);
    const chainId = client.chain.id;
    const { epoch, registry } = await readEpoch(client, account.address, options.registry);
    const { createSession, exportSession } = await import("../auth.ts");
    const { type: keyType, audience: audiences, permission: permissions, valid, delegations } = options;
    const terms = { audiences, permissions, validFor: valid, remainingDelegations: delegations };
    const made = await waiting(
      "Signing",
      createSession({ account, chainId, keyType, extractable: true, epoch, ...terms }),
    );
    const { grants, key } = await exportSession(made);
    const { delegate, delegateProfile: profile } = made.grant.grant;
    const file = writeNewSession(name, {
      version: 1,
      profile,
      delegate,
      key,
      grants,
      registry: options.registry ?? null,
    });
    const { keyid, principal, expiresAt } = made;
    context.print(
      { name, file, keyid, principal, audiences, permissions, expiresAt, epoch, registry, grants },
      `${colors().green("✓")} Session "${name}" acts for ${principal} until ${date(BigInt(expiresAt))} UTC.\n` +
        `  ${permitted(options)}\n` +
        `  Whoever has its file can do the same until then: ${file}` +
        withoutRevocation(chainId, registry),
    );
  });
}

function addKey(session: Command): void {
  const command = session
    .command("key")
    .description("make a key for which somebody else grants something, and print what is public of it")
    .argument("<name>", "what to call the session that it is for");
  withType(command).action(async (name: string, { type: keyType }: { type: KeyType }, self: Command) => {
    requireNewSession(name);
    const context = new Context(self);
    // A key of secp256k1 is an account, of some chain.
    const chainId = keyType === "secp256k1" ? await context.chainId() : undefined;
    const { createSessionKey } = await import("../auth.ts");
    const { profile, delegate, keyid, exportSecret } = await createSessionKey({ keyType, chainId, extractable: true });
    const key = await exportSecret();
    const file = writeNewSession(name, { version: 1, profile, delegate, key, grants: null, registry: null });
    context.print(
      { name, file, profile, delegate, keyid },
      `${colors().green("✓")} Session "${name}" has a key, and no grants yet. Nothing in this is secret:\n\n${delegate}\n\n` +
        `Whoever grants it something says: tenure session delegate THEIRS --to '${delegate}'\n` +
        `And then here: tenure session open ${name} --grants FILE`,
    );
  });
}

function addRemove(session: Command): void {
  session
    .command("remove")
    .description("delete its file, and the key in it; its grant is not revoked by that")
    .argument("<name>", "the session")
    .action(async (name: string, _: object, self: Command) => {
      requireSession(name);
      const context = new Context(self);
      const last = await lastGrant(name);
      deleteSession(name);
      const isGood = last !== undefined && Date.now() / 1_000 < last.grant.validUntil;
      const handle = isGood ? last.revocationHandle : undefined;
      const more =
        last === undefined || handle === undefined
          ? ""
          : `\n  Its grant ends ${date(last.grant.validUntil)} UTC. To end it for copies of the key at once, as ${last.revocationAccount}:\n  tenure grants revoke ${handle}`;
      context.print(
        { name, file: sessionPath(name), revocationHandle: handle },
        `${colors().green("✓")} Session "${name}" is removed, and its key with it.${more}`,
      );
    });
}

/** What is broken can be removed as well. */
async function lastGrant(name: string): Promise<ChainedGrant | undefined> {
  try {
    const { grants } = readSession(name);
    const { decodeGrants } = await import("../auth.ts");
    return grants === null ? undefined : decodeGrants(grants).at(-1);
  } catch {
    return undefined;
  }
}
