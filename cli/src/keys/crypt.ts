// Opening and closing encrypted keys. Only who needs a keystore's key imports it, when it does: the ciphers take long to load.
import { pbkdf2, randomBytes, randomUUID, scrypt } from "node:crypto";
import { promisify } from "node:util";
import * as Keystore from "ox/Keystore";
import type { Hex } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { WrongPasswordError } from "../errors/cliError.ts";
import { type KeystoreFile, MOST, type Pbkdf2Parameters, type ScryptParameters } from "./keystoreFile.ts";

/** As geth makes them: a guess takes 256 MB and the better part of a second. */
const COST = { n: 262_144, r: 8, p: 1, dklen: 32 } as const;

// Node's own, which run beside the program and stop nobody from interrupting; ox's block, or ignore r and p.
const scryptAsync = promisify<string, Uint8Array, number, object, Buffer>(scrypt);
const pbkdf2Async = promisify<string, Uint8Array, number, number, string, Buffer>(pbkdf2);

export async function encryptKey(privateKey: Hex, password: string): Promise<KeystoreFile> {
  const kdfparams = { ...COST, salt: randomBytes(32).toString("hex") };
  const iv = new Uint8Array(randomBytes(16));
  const key = await deriveScrypt(password, kdfparams);
  const keystore = Keystore.encrypt(privateKey, key, { iv, kdf: "scrypt", kdfparams, id: randomUUID() });
  return { address: privateKeyToAddress(privateKey).slice(2).toLowerCase(), ...keystore };
}

export async function decryptKey(keystore: KeystoreFile, password: string, name: string): Promise<Hex> {
  const { crypto } = keystore;
  const key =
    crypto.kdf === "scrypt"
      ? await deriveScrypt(password, crypto.kdfparams as ScryptParameters)
      : await derivePbkdf2(password, crypto.kdfparams as Pbkdf2Parameters);
  let privateKey: Hex;
  try {
    privateKey = Keystore.decrypt(keystore, key);
  } catch {
    throw new WrongPasswordError(`The password does not open keystore "${name}".`);
  }
  return privateKey;
}

async function deriveScrypt(password: string, { n, r, p, dklen, salt }: ScryptParameters): Promise<Hex> {
  // Node counts a little beside what n and r make.
  const options = { N: n, r, p, maxmem: 2 * MOST.memory };
  const key = await scryptAsync(password, new Uint8Array(Buffer.from(salt, "hex")), dklen, options);
  return `0x${key.toString("hex")}`;
}

async function derivePbkdf2(password: string, { c, dklen, salt }: Pbkdf2Parameters): Promise<Hex> {
  const key = await pbkdf2Async(password, new Uint8Array(Buffer.from(salt, "hex")), c, dklen, "sha256");
  return `0x${key.toString("hex")}`;
}
