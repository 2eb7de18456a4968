import type { Command } from "commander";
import { type Address, getAddress, type Hex } from "viem";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { Context } from "../context.ts";
import { UsageError } from "../errors/cliError.ts";
import { accountOf } from "../keys/account.ts";
import { keystoreFolder, keystoreNames, readKeystore, requireNewName, writeKeystore } from "../keys/folder.ts";
import { addressOfKeystore } from "../keys/keystoreFile.ts";
import { ask, canAsk, newPassword, readPassword } from "../keys/password.ts";
import { parseFile } from "../parse/values.ts";
import { surroundings } from "../surroundings.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";

const PASSWORD = "TENURE_KEYSTORE_PASSWORD";

const EMPTY = ["--empty-password", "with none: whoever has the file has the key"] as const;

type StoreOptions = { emptyPassword?: true };

export function addKeystore(program: Command): void {
  const keystore = program.command("keystore").description("encrypted keys in files");
  keystore
    .command("create")
    .description("make a new key")
    .argument("<name>", "what to call it")
    .option(...EMPTY)
    .action(async (name: string, options: StoreOptions, command: Command) => {
      requireNewName(name);
      await store(new Context(command), name, options, generatePrivateKey());
    });
  keystore
    .command("import")
    .description("encrypt a key: from TENURE_PRIVATE_KEY, from the terminal, or from another keystore file")
    .argument("<name>", "what to call it")
    .option("--from <file>", "a V3 keystore of another wallet; its own password is TENURE_IMPORT_PASSWORD", parseFile)
    .option(...EMPTY)
    .action(async (name: string, { from, ...options }: StoreOptions & { from?: string }, command: Command) => {
      requireNewName(name);
      await store(new Context(command), name, options, await readKey(from));
    });
  keystore
    .command("list")
    .description("names and addresses")
    .action((_: object, command: Command) => list(new Context(command)));
}

async function store(context: Context, name: string, options: StoreOptions, privateKey: Hex): Promise<void> {
  const password = await newPassword(name, PASSWORD, options.emptyPassword === true);
  const { encryptKey } = await import("../keys/crypt.ts");
  const file = writeKeystore(name, await waiting("Encrypting", encryptKey(privateKey, password)));
  const address = privateKeyToAddress(privateKey);
  context.print(
    { name, address, file },
    `${colors().green("✓")} ${address} is keystore "${name}"\n  ${colors().dim(file)}`,
  );
}

async function readKey(from: string | undefined): Promise<Hex> {
  if (from !== undefined) {
    const keystore = readKeystore(from);
    const password = await readPassword(from, "TENURE_IMPORT_PASSWORD");
    const { decryptKey } = await import("../keys/crypt.ts");
    return waiting("Opening the keystore", decryptKey(keystore, password, from));
  }
  const variable = surroundings().env.TENURE_PRIVATE_KEY;
  if (variable) return checked(variable, "TENURE_PRIVATE_KEY");
  if (canAsk()) return checked(await ask("Private key: "), "That");
  throw new UsageError("There is no key to import.", "Set TENURE_PRIVATE_KEY, or name a keystore with --from.");
}

function checked(text: string, what: string): Hex {
  accountOf(text, what);
  return text.startsWith("0x") ? (text as Hex) : `0x${text}`;
}

function list(context: Context): void {
  const keystores = keystoreNames().map((name) => ({ name, address: readAddress(name) }));
  const rows = keystores.map(({ name, address }) => [name, address ?? "(not said)"]);
  const text =
    rows.length === 0
      ? "There is no keystore yet. Make one with: tenure keystore create NAME"
      : `${table([{ title: "name", isFlexible: true }, { title: "address" }], rows)}\n\n  ${colors().dim(keystoreFolder())}`;
  context.print({ folder: keystoreFolder(), keystores }, text);
}

/** One broken file must not hide the others. */
function readAddress(name: string): Address | undefined {
  try {
    const address = addressOfKeystore(readKeystore(name));
    return address && getAddress(address);
  } catch {
    return undefined;
  }
}
