// What a user types, and what it means. Each refuses with a sentence.
import { type Address, getAddress, type Hex, isAddress, isHex, keccak256, maxUint256, toHex } from "viem";
import { UsageError } from "../errors/cliError.ts";

/** An identity, named by its number or by one of its keys. */
export type Target = { id: number; address?: undefined } | { address: Address; id?: undefined };

export function parseId(text: string): number {
  const id = Number(text.replace(/^#/, ""));
  if (!/^#?\d+$/.test(text) || id < 1 || id > 2 ** 40 - 1) {
    throw new UsageError(`"${clip(text)}" is not the number of an identity.`, "Identities are counted from 1.");
  }
  return id;
}

export function parseTarget(text: string): Target {
  if (/^#?\d+$/.test(text)) return { id: parseId(text) };
  if (/^0x/i.test(text)) return { address: parseAddress(text) };
  throw new UsageError(
    `"${clip(text)}" is neither the number of an identity nor an address.`,
    "Numbers are counted from 1; addresses are 0x and 40 hexadecimal digits.",
  );
}

export function parseAddress(text: string): Address {
  const digits = text.replace(/^0x/i, "");
  if (/^[0-9a-f]*$/i.test(digits) && digits.length !== 40) {
    throw new UsageError(
      `"${clip(text)}" is not an address: it has ${digits.length} hexadecimal digits instead of 40.`,
    );
  }
  if (!isAddress(text, { strict: false })) {
    throw new UsageError(`"${clip(text)}" is not an address: one of its characters is no hexadecimal digit.`);
  }
  if (!isAddress(text)) {
    throw new UsageError(`"${text}" is not an address: its checksum is wrong, so it was probably mistyped.`);
  }
  return getAddress(text);
}

/** An amount of ether, as wei. */
export function parseEther(text: string): bigint {
  const [, whole, part = ""] = /^(\d{1,9})(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  const wei = whole === undefined ? 0n : BigInt(whole + part.padEnd(18, "0"));
  if (wei > 0n) return wei;
  throw new UsageError(
    `"${clip(text)}" is not an amount of ether.`,
    'Write "10" or "0.5": more than 0, below 1000000000.',
  );
}

export function parsePoints(text: string): number {
  return parseWhole(text, 1, 2 ** 32 - 1, "a number of points: those are whole, and at least 1");
}

export function parseAmount(text: string): number {
  return parseWhole(text, 0, 2 ** 32 - 1, "a number of points: those are whole, and at least 0");
}

/** The number of a token: any of 256 bits. */
export function parseToken(text: string): bigint {
  if (!/^\d{1,78}$/.test(text) || BigInt(text) > maxUint256) {
    throw new UsageError(`"${clip(text)}" is not the number of a token.`, "It is a whole number from 0.");
  }
  return BigInt(text);
}

/** "3,4"; what is named twice counts once. */
export function parseNonces(text: string): bigint[] {
  const nonces = text.split(",").map((part) => {
    const nonce = part.trim();
    if (!/^\d{1,78}$/.test(nonce) || BigInt(nonce) > maxUint256) {
      throw new UsageError(`"${clip(nonce)}" is not a nonce.`, "Nonces are whole numbers from 0.");
    }
    return BigInt(nonce);
  });
  return [...new Set(nonces)];
}

export function parsePeriods(text: string): number {
  return parseWhole(text, 1, 6, "a number of periods: those are whole, from 1 to 6");
}

export function parseLimit(text: string): number {
  return parseWhole(text, 1, Number.MAX_SAFE_INTEGER, "a limit: a whole number from 1");
}

/** How many of a list that may be very long: those are held in memory. */
export function parsePage(text: string): number {
  return parseWhole(text, 1, 10_000, "a limit: a whole number from 1 to 10000");
}

/** How many nonces: 256 share a word of storage. */
export function parseCount(text: string): number {
  return parseWhole(text, 1, 256, "a count: a whole number from 1 to 256");
}

export function parseChainId(text: string): number {
  return parseWhole(text, 1, Number.MAX_SAFE_INTEGER, "the number of a chain: that is whole, and at least 1");
}

export function parsePort(text: string): number {
  return parseWhole(text, 1, 65_535, "a port: those are whole numbers from 1 to 65535");
}

export function parseBlock(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) {
    throw new UsageError(`"${clip(text)}" is not the number of a block.`, "Blocks are counted from 0.");
  }
  return BigInt(text);
}

export function parseTime(text: string): number {
  return parseWhole(text, 0, 2 ** 40 - 1, "a time in unix seconds: a whole number from 0");
}

const units = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** "30d", "12h", "90m", "45s", or 0. A bare number is refused: 30 may be meant as days, and would be seconds. */
export function parseDuration(text: string): number {
  if (/^0+$/.test(text)) return 0;
  if (/^\d{1,9}$/.test(text)) {
    throw new UsageError(`"${text}" has no unit.`, `Write "${text}s" for seconds, or "30d", "12h", "90m".`);
  }
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (amount === undefined) {
    throw new UsageError(`"${clip(text)}" is not a span of time.`, 'Write "30d", "12h", "90m" or "45s".');
  }
  return Number(amount) * units[unit as keyof typeof units];
}

export function parseIds(text: string): number[] {
  return text.split(",").map((part) => parseId(part.trim()));
}

/** The name of a file. An empty one, as an unset variable of a shell makes, is an oversight. */
export function parseFile(text: string): string {
  if (text.trim() === "") throw new UsageError(`"${text}" is not the name of a file.`);
  return text;
}

/** The parser of an option that is a URL. It may hold a secret, and is not repeated. */
export function urlOf(option: string, what: string): (text: string) => string {
  return (text) => {
    if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
    throw new UsageError(`${option} is not the address of a ${what}.`, "It starts with http:// or https://.");
  };
}

/** 32 bytes as they are; any other text is hashed. */
export function parseTopic(text: string): Hex {
  return isHex(text) && text.length === 66 ? text : keccak256(toHex(text));
}

export function parseBytes32(text: string): Hex {
  if (!isHex(text) || text.length !== 66) {
    throw new UsageError(`"${clip(text)}" is not 32 bytes.`, "Write 0x and 64 hexadecimal digits.");
  }
  return text;
}

/** "KEY=VALUE" of on-chain metadata; several come one by one. */
export function parseMetadata(text: string, previous: { key: string; value: Hex }[] = []) {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`"${clip(text)}" is not metadata.`, "Write KEY=VALUE.");
  const value = text.slice(at + 1);
  return [
    ...previous,
    { key: text.slice(0, at), value: isHex(value) && value.length % 2 === 0 ? value : toHex(value) },
  ];
}

function parseWhole(text: string, least: number, most: number, what: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) throw new UsageError(`"${clip(text)}" is not ${what}.`);
  return number;
}

/** What was typed may be a key: never more of it than tells it apart. */
function clip(text: string): string {
  return text.length > 48 ? `${text.slice(0, 12)}…` : text;
}
