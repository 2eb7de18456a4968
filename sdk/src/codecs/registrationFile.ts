import { type Hex, isHex, maxUint256 } from "viem";
import { InvalidRegistrationFileError } from "../errors/registrationFile.ts";
import type { AgentRegistration, AgentService, RegistrationFile } from "../types/registrationFile.ts";
import { placeOfAgent } from "./agentReference.ts";
import { type Skip, skipping } from "./skipping.ts";

/** What every registration file names as its type. */
const TYPE = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";

/**
 * Reads an ERC-8004 registration file. An entry that is not as the standard has it hides nothing but itself: it is left out,
 * and named in `skipped`. Nothing is guessed: what is left out counts as not said.
 *
 * @param text - The file: JSON.
 * @returns What it says, as far as the standard describes it, and what was left out.
 * @throws {InvalidRegistrationFileError} It is not JSON, or no object.
 *
 * @example
 * const { name, services, skipped } = parseRegistrationFile(await response.text());
 */
export function parseRegistrationFile(text: string): RegistrationFile {
  const file = parse(text);
  const { skip, skipped, countMore } = skipping();
  if (file.type !== TYPE) skip("type", file.type === undefined ? "is missing" : `is not ${TYPE}`);
  return {
    name: string(file.name, "name", skip),
    description: optional(file.description, "description", string, skip),
    image: optional(file.image, "image", string, skip),
    services: servicesOf(file, skip),
    registrations: list(file.registrations, "registrations", registration, skip),
    supportedTrust: list(file.supportedTrust, "supportedTrust", string, skip),
    active: optional(file.active, "active", boolean, skip),
    skipped,
    moreSkipped: countMore(),
  };
}

/** Undefined for what was skipped. */
type Reader<value> = (value: unknown, path: string, skip: Skip) => value | undefined;

function parse(text: string): Record<string, unknown> {
  const file = json(text);
  if (!isRecord(file)) throw new InvalidRegistrationFileError({ problem: "the file is not an object" });
  return file;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidRegistrationFileError({ problem: "it is not JSON" }, { cause: cause as Error });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Reads what is told by a look at it. */
function reader<value>(isIt: (value: unknown) => value is value, reason: string): Reader<value> {
  return (value, path, skip) => (isIt(value) ? value : skip(path, value === undefined ? "is missing" : reason));
}

const string = reader((value) => typeof value === "string", "is no text");
const boolean = reader((value) => typeof value === "boolean", "is neither true nor false");
const record = reader(isRecord, "is no object");
const bytes = reader((value): value is Hex => isHex(value) && value.length % 2 === 0, "is no data in hexadecimal");
const registry = reader(
  (value): value is string =>
    typeof value === "string" && placeOfAgent({ agentRegistry: value, agentId: 0 }) !== undefined,
  "is no registry of an EVM chain",
);

function optional<value>(value: unknown, path: string, read: Reader<value>, skip: Skip): value | undefined {
  return isAbsent(value) ? undefined : read(value, path, skip);
}

function list<value>(value: unknown, path: string, read: Reader<value>, skip: Skip): value[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) {
    skip(path, "is no list");
    return [];
  }
  return value.flatMap((item: unknown, index) => {
    const entry = read(item, `${path}[${index}]`, skip);
    return entry === undefined ? [] : [entry];
  });
}

/** Files from before January 2026 call them endpoints. */
function servicesOf({ services, endpoints }: Record<string, unknown>, skip: Skip): AgentService[] {
  const entries = list(services, "services", service, skip);
  if (isAbsent(endpoints)) return entries;
  if (!Array.isArray(services)) return list(endpoints, "endpoints", service, skip);
  skip("endpoints", "is the earlier name of `services`, which is there too");
  return entries;
}

function service(value: unknown, path: string, skip: Skip): AgentService | undefined {
  const entry = record(value, path, skip);
  if (entry === undefined) return undefined;
  const name = string(entry.name, `${path}.name`, skip);
  const endpoint = string(entry.endpoint, `${path}.endpoint`, skip);
  if (name === undefined || endpoint === undefined) return undefined;
  return { name, endpoint, version: optional(entry.version, `${path}.version`, string, skip) };
}

function registration(value: unknown, path: string, skip: Skip): AgentRegistration | undefined {
  const entry = record(value, path, skip);
  if (entry === undefined) return undefined;
  const agentId = token(entry.agentId, `${path}.agentId`, skip);
  const agentRegistry = registry(entry.agentRegistry, `${path}.agentRegistry`, skip);
  if (agentId === undefined || agentRegistry === undefined) return undefined;
  const linkSignature = optional(entry.linkSignature, `${path}.linkSignature`, bytes, skip);
  return { agentId, agentRegistry, ...(linkSignature !== undefined && { linkSignature }) };
}

/** Some files write it as a text, as is usual for numbers of 256 bits; a number beyond 2^53 is no longer the one written. */
function token(value: unknown, path: string, skip: Skip): number | bigint | undefined {
  if (typeof value === "string" && /^\d{1,78}$/.test(value)) {
    const id = BigInt(value);
    if (id <= maxUint256) return id <= Number.MAX_SAFE_INTEGER ? Number(id) : id;
  }
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  return skip(path, value === undefined ? "is missing" : "is no number of a token");
}
