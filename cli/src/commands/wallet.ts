// The ERC-8004 agent wallet: an address that acts for an identity, and is paid for it.
import {
  getIdentity,
  type Identity,
  type SignedAgentWallet,
  setAgentWallet,
  signAgentWallet,
  unsetAgentWallet,
} from "@tenure/sdk";
import type { Command } from "commander";
import { withAccount } from "../chain/connect.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { openKeystore } from "../keys/account.ts";
import { parseDuration, parseFile, parseId, parseTarget, type Target } from "../parse/values.ts";
import { readSigned, requireSameRegistry } from "../signed.ts";
import { waiting } from "../view/progress.ts";
import { moment } from "../view/text.ts";
import { actor, deadline, done, handOver, requireSign, type SignOptions } from "./common.ts";
import { readProfile } from "./show.ts";

type SetOptions = SignOptions & { to?: string; consent?: string };

export function addWallet(program: Command): void {
  const wallet = program.command("wallet").description("the address that acts for it and is paid for it");
  addSet(wallet);
  addUnset(wallet);
  addShow(wallet);
}

function addSet(wallet: Command): void {
  wallet
    .command("set")
    .description("give it a wallet, which consents: --to KEYSTORE, or --sign there and --consent here")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .option("--to <keystore>", "the wallet's key (password: TENURE_NEW_KEYSTORE_PASSWORD)")
    .option("--consent <file>", 'what the wallet signed ("-" is stdin)', parseFile)
    .option("--sign <file>", 'with the wallet\'s key: consent, into a file ("-" is stdout)', parseFile)
    .option("--valid <span>", "when the consent ends (5m); it is taken in the last five minutes", parseDuration)
    .action(async (id: number | undefined, options: SetOptions, command: Command) => {
      const context = new Context(command);
      const { to, consent, sign, valid } = options;
      if ([to, consent, sign].filter((option) => option !== undefined).length !== 1) {
        throw new UsageError("The wallet has to consent.", "Give one of --to, --consent and --sign.");
      }
      requireSign(options);
      if (sign !== undefined) {
        if (id === undefined) throw new UsageError("Say which identity: the wallet has none yet.");
        const client = await context.write();
        const signed = await signAgentWallet(client, { id, ...(await deadline(client, valid)) });
        const until = `${moment(signed.deadline)} UTC`;
        const how = `Its owner takes it in the five minutes before ${until}: tenure wallet set --consent ${sign}`;
        return handOver(context, sign, { kind: "agentWallet", ...signed }, how);
      }
      const given = consent === undefined ? undefined : await readConsent(consent);
      const client = await context.write();
      const served = await actor(client, id ?? given?.id);
      let signed: SignedAgentWallet;
      if (given !== undefined) {
        requireSameRegistry(client, given);
        if (given.id !== served) throw new UsageError(`The wallet consented for identity ${given.id}.`);
        signed = given;
      } else {
        const account = await openKeystore(to ?? "", "TENURE_NEW_KEYSTORE_PASSWORD");
        signed = await signAgentWallet(withAccount(client, account), { id: served });
      }
      const result = await send(client, setAgentWallet, { signed });
      done(context, result, `${result.wallet} acts for identity ${result.id} from now on, and is paid for it.`);
    });
}

async function readConsent(file: string) {
  const signed = await readSigned(file);
  if (signed.kind !== "agentWallet") throw new UsageError(`${file} is no consent of a wallet.`);
  return signed;
}

function addUnset(wallet: Command): void {
  wallet
    .command("unset")
    .description("take its wallet away: the owner serves as wallet again")
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, unsetAgentWallet, { id: await actor(client, id) });
      done(context, result, `Identity ${result.id} has no wallet but its owner.`);
    });
}

function addShow(wallet: Command): void {
  wallet
    .command("show")
    .description("which address acts for it now")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .action(async (given: Target | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const { id } = await waiting("Reading", readProfile(client, target));
      const identity = await waiting("Reading", getIdentity(client, { id }));
      const { owner, wallet, status } = identity;
      const isSet = wallet !== undefined && wallet !== owner;
      context.print({ id, wallet, owner, isSet, status }, words(identity, isSet));
    });
}

function words({ id, status, wallet }: Identity, isSet: boolean): string {
  if (wallet === undefined) return `Identity ${id} is ${status}: nobody is answered as its wallet.`;
  return isSet ? `${wallet} acts for identity ${id}.` : `${wallet}, the owner of identity ${id}, is its wallet too.`;
}
