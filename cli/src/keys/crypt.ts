// Encrypted keys in the V3 format of geth, ethers and most wallets.
import { randomBytes, randomUUID, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { Keystore } from "ox";
import { type Address, type Hex, isHex } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { UsageError, WrongPasswordError } from "../errors/cliError.ts";

/** A keystore file, as far as it is used here. */
export type KeystoreFile = Keystore.Keystore & { address?: string };

/** As geth makes them: a guess takes 256 MB and the better part of a second. */
const COST = { n: 262_144, r: 8, p: 1, dklen: 32 } as const;

/** A file that asks for more memory than this was made to do harm. */
const MOST_MEMORY = 1_100_000_000;

type ScryptParameters = { n: number; r: number; p: number; dklen: number; salt: string };

const scryptAsync = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

export async function encryptKey(privateKey: Hex, password: string): Promise<KeystoreFile> {
  const kdfparams = { ...COST, salt: randomBytes(32).toString("hex") };
  const iv = new Uint8Array(randomBytes(16));
  const key = await deriveScrypt(password, kdfparams);
  const keystore = Keystore.encrypt(privateKey, key, { iv, kdf: "scrypt", kdfparams, id: randomUUID() });
  return { address: privateKeyToAddress(privateKey).slice(2).toLowerCase(), ...keystore };
}

export async function decryptKey(keystore: KeystoreFile, password: string, name: string): Promise<Hex> {
  const { crypto } = keystore;
  // Node's scrypt, not ox's: that one blocks, and its asynchronous twin ignores the parameters r and p.
  const key =
    crypto.kdf === "scrypt"
      ? await deriveScrypt(password, crypto.kdfparams as ScryptParameters)
      : await Keystore.toKeyAsync(keystore, { password });
  let privateKey: Hex;
  try {
    privateKey = Keystore.decrypt(keystore, key);
  } catch {
    throw new WrongPasswordError(`The password does not open keystore "${name}".`);
  }
  return privateKey;
}

/** Reads a file that geth, ethers or this command wrote; ethers calls the same part "Crypto". */
export function parseKeystore(text: string, name: string): KeystoreFile {
  const broken = new UsageError(`"${name}" is not an encrypted keystore (V3 JSON).`);
  let json: Record<string, unknown>;
  try {
    json = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw broken;
  }
  if (typeof json !== "object" || json === null || json.version !== 3) throw broken;
  const keystore = { ...json, crypto: json.crypto ?? json.Crypto } as KeystoreFile;
  const { crypto } = keystore;
  const isWhole =
    typeof crypto === "object" &&
    crypto !== null &&
    crypto.cipher === "aes-128-ctr" &&
    (crypto.kdf === "scrypt" || crypto.kdf === "pbkdf2") &&
    [crypto.ciphertext, crypto.mac, crypto.cipherparams?.iv, crypto.kdfparams?.salt].every((hex) => isHex(`0x${hex}`));
  if (!isWhole) throw broken;
  return keystore;
}

/** The address that a keystore says it is for, without opening it. */
export function addressOfKeystore({ address }: KeystoreFile): Address | undefined {
  return address === undefined ? undefined : `0x${address.replace(/^0x/i, "").toLowerCase()}`;
}

async function deriveScrypt(password: string, { n, r, p, dklen, salt }: ScryptParameters): Promise<Hex> {
  try {
    const options = { N: n, r, p, maxmem: MOST_MEMORY };
    const key = await scryptAsync(password, new Uint8Array(Buffer.from(salt, "hex")), dklen, options);
    return `0x${key.toString("hex")}`;
  } catch {
    throw new UsageError("The keystore was made with parameters that cannot be used.");
  }
}
