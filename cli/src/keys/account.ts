import { type Address, getAddress, type Hex, isHex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { UsageError } from "../errors/cliError.ts";
import { parseAddress } from "../parse/values.ts";
import { surroundings } from "../surroundings.ts";
import { waiting } from "../view/progress.ts";
import { keystoreNames, readKeystore } from "./folder.ts";
import { addressOfKeystore } from "./keystoreFile.ts";
import { readPassword } from "./password.ts";

/** Where a key comes from. */
type Source = { keystore: string } | { privateKey: string };

/** Opens the key that signs: --key, TENURE_KEYSTORE, TENURE_PRIVATE_KEY, or the only keystore there is. */
export async function openAccount(key: string | undefined): Promise<PrivateKeyAccount> {
  const source = findSource(key);
  if ("privateKey" in source) return accountOf(source.privateKey);
  return openKeystore(source.keystore, "TENURE_KEYSTORE_PASSWORD");
}

/** Opens one keystore. */
export async function openKeystore(name: string, variable: string): Promise<PrivateKeyAccount> {
  const keystore = readKeystore(name);
  const password = await readPassword(name, variable);
  const { decryptKey } = await import("./crypt.ts");
  const account = privateKeyToAccount(await waiting("Opening the keystore", decryptKey(keystore, password, name)));
  const claimed = addressOfKeystore(keystore);
  if (claimed !== undefined && claimed !== account.address.toLowerCase()) {
    throw new UsageError(`Keystore "${name}" holds the key of another address than it says.`);
  }
  return account;
}

/** The address of the key that would sign, without opening it where its keystore says it. */
export async function findAddress(key: string | undefined): Promise<Address> {
  const source = findSource(key);
  if ("privateKey" in source) return accountOf(source.privateKey).address;
  const claimed = addressOfKeystore(readKeystore(source.keystore));
  return claimed === undefined ? (await openAccount(key)).address : getAddress(claimed);
}

/** An address, or the name of a keystore that says whose key it holds; it is not opened. */
export function parseHolder(text: string): Address {
  if (/^0x/i.test(text)) return parseAddress(text);
  const claimed = addressOfKeystore(readKeystore(text));
  if (claimed === undefined) throw new UsageError(`Keystore "${text}" does not say its address.`);
  return getAddress(claimed);
}

function findSource(key: string | undefined): Source {
  if (key !== undefined && /^(0x)?[0-9a-f]{64}$/i.test(key)) {
    throw new UsageError(
      "A private key is never an argument: it would stay in the shell's history. Consider it known.",
      "Use a keystore (tenure keystore import NAME) or TENURE_PRIVATE_KEY.",
    );
  }
  const { env } = surroundings();
  const keystore = key ?? (env.TENURE_KEYSTORE || undefined);
  if (keystore !== undefined) return { keystore };
  const privateKey = env.TENURE_PRIVATE_KEY;
  if (privateKey) return { privateKey };
  const names = keystoreNames();
  if (names.length === 1 && names[0] !== undefined) return { keystore: names[0] };
  if (names.length === 0) {
    throw new UsageError(
      "There is no key to sign with.",
      "Make a keystore with: tenure keystore create NAME; or set TENURE_PRIVATE_KEY.",
    );
  }
  throw new UsageError("It is not clear which key is meant.", `Choose one with --key: ${names.join(", ")}.`);
}

/** The account of a private key; its text is in no message. */
export function accountOf(text: string, what = "TENURE_PRIVATE_KEY"): PrivateKeyAccount {
  const privateKey: Hex = text.startsWith("0x") ? (text as Hex) : `0x${text}`;
  if (!isHex(privateKey) || privateKey.length !== 66) {
    throw new UsageError(`${what} is not a private key.`, "That is 64 hexadecimal digits, with or without 0x.");
  }
  try {
    return privateKeyToAccount(privateKey);
  } catch {
    throw new UsageError(`${what} is not a private key that can be used.`);
  }
}
