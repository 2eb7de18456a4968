import { readFileSync } from "node:fs";
import { Command } from "commander";
import { addAdvance } from "./commands/advance.ts";
import { addArbitration } from "./commands/arbitration.ts";
import { addBurn } from "./commands/burn.ts";
import { addCheck } from "./commands/check.ts";
import { addDeploy } from "./commands/deploy.ts";
import { addDisown } from "./commands/disown.ts";
import { addFund } from "./commands/fund.ts";
import { addGrants } from "./commands/grants.ts";
import { addGraph } from "./commands/graph.ts";
import { addGuardian } from "./commands/guardian.ts";
import { addHistory } from "./commands/history.ts";
import { addIdentities } from "./commands/identities.ts";
import { addPulse, addResume, addRetire, addSuspend } from "./commands/identity.ts";
import { addKeystore } from "./commands/keystore.ts";
import { addLink, addLinks, addUnlink } from "./commands/link.ts";
import { addMetadata } from "./commands/metadata.ts";
import { addNode } from "./commands/node.ts";
import { addNonces } from "./commands/nonces.ts";
import { addRegister } from "./commands/register.ts";
import { addRequest } from "./commands/request.ts";
import { addRotate } from "./commands/rotate.ts";
import { addServe } from "./commands/serve.ts";
import { addIndex } from "./commands/serverIndex.ts";
import { addLog } from "./commands/serverLog.ts";
import { addSession } from "./commands/session.ts";
import { addShow } from "./commands/show.ts";
import { addStatement } from "./commands/statement.ts";
import { addSubmit } from "./commands/submit.ts";
import { addTrust } from "./commands/trust.ts";
import { addUri } from "./commands/uri.ts";
import { addVoid } from "./commands/void.ts";
import { addRenew, addRevoke, addVouch, addWarn } from "./commands/vouch.ts";
import { addVouchers } from "./commands/vouchers.ts";
import { addWallet } from "./commands/wallet.ts";
import { parseChainId, parseFile } from "./parse/values.ts";
import { surroundings } from "./surroundings.ts";
import { muteProgress, startProgress } from "./view/progress.ts";

const footer = `
Keys:    --key or TENURE_KEYSTORE (a keystore), else TENURE_PRIVATE_KEY, else
         the only keystore there is. Passwords are asked for, or come from
         TENURE_KEYSTORE_PASSWORD or TENURE_KEYSTORE_PASSWORD_FILE.
Status:  0 done, 1 refused by the chain or the node, 2 wrong usage,
         3 sent, but what came of it is unknown, 130 interrupted.`;

/** All commands. */
export function makeProgram(): Command {
  const { stdout, stderr } = surroundings();
  const program = new Command("tenure")
    .description("Dated identities and bounded vouches for agents.")
    .version(version(), "--version", "show the version")
    .option("--json", "for programs: one JSON value on stdout, errors as JSON on stderr")
    .option("--rpc <url>", "the node (TENURE_RPC, else http://127.0.0.1:8545)")
    .option("--chain <id>", "refuse any other chain", parseChainId)
    .option("--key <keystore>", "name or file of the keystore that signs (TENURE_KEYSTORE)")
    .option("--addresses <file>", "where the registries are, as deploy --out writes it (TENURE_ADDRESSES)", parseFile)
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(100, stdout.columns ?? 80) })
    // Errors are thrown, and told in one place.
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: () => undefined,
    })
    .exitOverride()
    .hook("preAction", (self) => (self.opts<{ json?: true }>().json ? muteProgress() : startProgress()))
    .addHelpText("after", footer);
  const adders = [
    ...[addRegister, addPulse, addShow, addVouch, addWarn, addRenew, addRevoke, addVouchers, addHistory],
    ...[addIdentities, addCheck],
    ...[addTrust, addGraph, addArbitration, addBurn, addDisown, addLink, addUnlink, addLinks, addStatement],
    ...[addRequest, addSession, addGrants],
    ...[addUri, addMetadata, addWallet, addRotate, addGuardian, addSuspend, addResume, addRetire],
    ...[addSubmit, addVoid, addNonces, addKeystore, addNode, addFund, addAdvance, addDeploy],
    ...[addServe, addIndex, addLog],
  ];
  for (const add of adders) add(program);
  return program;
}

function version(): string {
  const file = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
