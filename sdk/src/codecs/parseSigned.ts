import { type Address, getAddress, type Hex, isAddress, isHex } from "viem";
import { InvalidSignedError } from "../errors/signed.ts";
import type { SignedKinds } from "../types/signed.ts";

/**
 * Reads a signature that came from somebody else: a text, or an object of whatever shape.
 *
 * Whether it is a good one, `verify…` says.
 *
 * @param kind - What it has to be.
 * @param value - A JSON text, or what became of one.
 * @returns What was signed: every field of it checked, and nothing else.
 * @throws {InvalidSignedError} It is none of this kind.
 *
 * @example
 * const signed = parseSigned("vouch", text);
 * const hash = await vouchFor(payer, { signed });
 */
export function parseSigned<kind extends keyof SignedKinds>(kind: kind, value: unknown): SignedKinds[kind] {
  if (!Object.hasOwn(fields, kind)) {
    throw new InvalidSignedError({ field: "kind", value: kind, demanded: `one of ${Object.keys(fields).join(", ")}` });
  }
  const from = record(value);
  const found: [field: string, value: unknown][] = [];
  for (const [field, read] of Object.entries<Reader<unknown>>(fields[kind])) {
    // What an object inherits was not sent.
    const content = read(Object.hasOwn(from, field) ? from[field] : undefined, field);
    if (content !== undefined) found.push([field, content]);
  }
  return Object.fromEntries(found) as SignedKinds[kind];
}

type Reader<value> = (value: unknown, field: string) => value;

/** The compiler holds these against the types: no field is missing, and none is read as something else. */
type Readers = { [kind in keyof SignedKinds]: FieldsOf<SignedKinds[kind]> };
type FieldsOf<signed> = { [field in keyof signed]-?: Reader<signed[field]> };

const whole =
  (least: number, most: number): Reader<number> =>
  (value, field) => {
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    throw new InvalidSignedError({ field, value, demanded: `a whole number from ${least} to ${most}` });
  };

const id = /*#__PURE__*/ whole(1, 2 ** 40 - 1);
const epoch = /*#__PURE__*/ whole(0, 255);
const nonce = /*#__PURE__*/ whole(0, Number.MAX_SAFE_INTEGER);
const moment = /*#__PURE__*/ whole(0, 2 ** 40 - 1);

/** Other languages write null where there is none. */
const optionalId: Reader<number | undefined> = (value, field) =>
  value === undefined || value === null ? undefined : id(value, field);

const address: Reader<Address> = (value, field) => {
  if (typeof value === "string" && isAddress(value)) return getAddress(value);
  throw new InvalidSignedError({ field, value, demanded: "an address" });
};

const optionalAddress: Reader<Address | undefined> = (value, field) =>
  value === undefined || value === null ? undefined : address(value, field);

const bytes: Reader<Hex> = (value, field) => {
  if (isHex(value) && value.length % 2 === 0) return value;
  throw new InvalidSignedError({ field, value, demanded: "0x and an even number of hexadecimal digits" });
};

const bytes32: Reader<Hex> = (value, field) => {
  if (isHex(value) && value.length === 66) return value;
  throw new InvalidSignedError({ field, value, demanded: "0x and 64 hexadecimal digits" });
};

const text: Reader<string> = (value, field) => {
  if (typeof value === "string") return value;
  throw new InvalidSignedError({ field, value, demanded: "a text" });
};

const anywhere = {
  chainId: /*#__PURE__*/ whole(1, Number.MAX_SAFE_INTEGER),
  registry: address,
  signature: bytes,
};
const common = { ...anywhere, deadline: moment };
const revocation = { ...common, voucherId: id, subjectId: id, keyEpoch: epoch, since: moment, signatureNonce: nonce };
const offer = {
  ...revocation,
  stake: /*#__PURE__*/ whole(1, 2 ** 32 - 1),
  periods: /*#__PURE__*/ whole(1, 6),
  arbiterId: optionalId,
  arbiterOwner: optionalAddress,
  topic: bytes32,
  evidence: text,
};

const fields: Readers = {
  register: { ...common, owner: address, agentURI: text, signatureNonce: nonce },
  pulse: { ...common, id, owner: address, checkpoint: bytes32, lastSeen: moment },
  vouch: { ...offer, subjectOwner: address },
  warn: { ...offer, subjectKey: address },
  revoke: revocation,
  rotateKey: { ...common, id, owner: address, newOwner: address, keyEpoch: epoch },
  agentWallet: { ...common, id, newWallet: address, owner: address },
  delegationRevocation: { ...anywhere, issuer: address, handle: bytes32 },
};

function record(value: unknown): Record<string, unknown> {
  const demanded = "an object, or the JSON of one, as the SDK's sign… returned it";
  let found = value;
  if (typeof value === "string") {
    try {
      found = JSON.parse(value);
    } catch (cause) {
      throw new InvalidSignedError({ value, demanded }, { cause: cause as Error });
    }
  }
  if (typeof found === "object" && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  throw new InvalidSignedError({ value: found, demanded });
}
