// Whoever has only a shell can do all that the protocol lets anybody do.
import { tenureWalletActions } from "@tenure/sdk";
import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { makeProgram } from "../src/program.ts";
import { commandsOf } from "./utils/commands.ts";

/** The command that does what an action of a wallet's client does, and the option by which it does. */
const commands: Readonly<Record<string, string>> = {
  register: "register",
  registerFor: "submit",
  pulse: "pulse",
  pulseFor: "submit",
  proveKey: "pulse --prove",
  setAgentURI: "uri set",
  setMetadata: "metadata set",
  setAgentWallet: "wallet set --consent",
  unsetAgentWallet: "wallet unset",
  rotateKey: "rotate --consent",
  setGuardian: "guardian set",
  proposeRecovery: "guardian propose",
  claimRecovery: "guardian claim",
  cancelPending: "guardian cancel",
  suspend: "suspend",
  resume: "resume",
  retire: "retire",
  setArbitration: "arbitration",
  vouch: "vouch",
  vouchFor: "submit",
  warn: "warn",
  warnFor: "submit",
  renew: "renew",
  revoke: "revoke",
  revokeFor: "submit",
  disown: "disown",
  burn: "burn",
  link: "link",
  unlink: "unlink",
  invalidateNonces: "nonces void",
  voidConsent: "void",
  signRegister: "register --sign",
  signPulse: "pulse --sign",
  signRotateKey: "rotate --sign",
  signAgentWallet: "wallet set --sign",
  signVouch: "vouch --sign",
  signWarn: "warn --sign",
  signRevoke: "revoke --sign",
  signAgentLink: "statement sign",
  revokeDelegation: "grants revoke",
  revokeDelegationFor: "submit",
  signDelegationRevocation: "grants revoke --sign",
  advanceDelegationEpoch: "grants advance-epoch",
};

describe("the protocol, from a shell", () => {
  const client = createClient({ chain: hardhat, transport: http() });
  // A twin that waits is what a command does anyway.
  const actions = Object.keys(tenureWalletActions()(client)).filter((name) => !name.endsWith("Sync"));
  const there = new Map(commandsOf(makeProgram()).map(({ name, command }) => [name, command]));

  it("should have a command for every action of a wallet's client, and for nothing else", () => {
    expect(Object.keys(commands).sort()).to.deep.equal(actions.sort());
  });

  for (const [action, typed] of Object.entries(commands)) {
    it(`should have \`tenure ${typed}\` for ${action}`, () => {
      const [name = "", option] = typed.split(/ (?=--)/);
      const command = there.get(name);
      expect(command, name).to.not.equal(undefined);
      if (option === undefined) return;
      expect(command?.options.map(({ long }) => long)).to.include(option);
    });
  }

  it("should describe every command, argument and option", () => {
    for (const [name, command] of there) {
      expect(command.description(), name).to.match(/\w{3}/);
      for (const argument of command.registeredArguments) expect(argument.description, name).to.match(/\w{3}/);
      for (const option of command.options) expect(option.description, `${name} ${option.long}`).to.match(/\w{3}/);
    }
  });
});
