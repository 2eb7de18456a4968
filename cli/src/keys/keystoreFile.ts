// Encrypted keys in the V3 format of geth, ethers and most wallets: their files, read without opening them.
import type * as Keystore from "ox/Keystore";
import { type Address, isHex } from "viem";
import { UsageError } from "../errors/cliError.ts";

/** A keystore file, as far as it is used here. */
export type KeystoreFile = Keystore.Keystore & { address?: string };

/** What opening a keystore may take. A file that asks for more was made to do harm. */
export const MOST = { memory: 512 * 2 ** 20, work: 2 ** 24, iterations: 10_000_000, salt: 1_024 } as const;

export type ScryptParameters = { n: number; r: number; p: number; dklen: number; salt: string };
export type Pbkdf2Parameters = { c: number; dklen: number; prf: string; salt: string };

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
    [crypto.ciphertext, crypto.mac, crypto.cipherparams?.iv, crypto.kdfparams?.salt].every(isBareHex) &&
    (keystore.address === undefined || isAddressText(keystore.address));
  if (!isWhole) throw broken;
  requireBounded(keystore, name);
  return keystore;
}

/** The address that a keystore says it is for, without opening it. */
export function addressOfKeystore({ address }: KeystoreFile): Address | undefined {
  return address === undefined ? undefined : `0x${address.replace(/^0x/i, "").toLowerCase()}`;
}

function isBareHex(value: unknown): boolean {
  return typeof value === "string" && isHex(`0x${value}`);
}

function isAddressText(value: unknown): boolean {
  return typeof value === "string" && /^(0x)?[0-9a-f]{40}$/i.test(value);
}

/** Refuses a keystore that would take a machine's memory, or hours. */
function requireBounded({ crypto }: KeystoreFile, name: string): void {
  const { dklen, salt } = crypto.kdfparams;
  const isBounded = crypto.kdf === "scrypt" ? isBoundedScrypt(crypto.kdfparams) : isBoundedPbkdf2(crypto.kdfparams);
  if (!isBounded || dklen !== 32 || salt.length > MOST.salt) {
    throw new UsageError(`Keystore "${name}" was made with parameters that cannot be used.`);
  }
}

function isBoundedScrypt({ n, r, p }: Partial<ScryptParameters>): boolean {
  if (!isCount(n) || !isCount(r) || !isCount(p)) return false;
  return n > 1 && Number.isInteger(Math.log2(n)) && 128 * n * r <= MOST.memory && n * r * p <= MOST.work;
}

function isBoundedPbkdf2({ c, prf }: Partial<Pbkdf2Parameters>): boolean {
  return prf === "hmac-sha256" && isCount(c) && c <= MOST.iterations;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
