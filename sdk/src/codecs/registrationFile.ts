import { isHex, maxUint256 } from "viem";
import { InvalidRegistrationFileError } from "../errors/registrationFile.ts";
import type { AgentRegistration, AgentService, RegistrationFile } from "../types/registrationFile.ts";

/** What every registration file names as its type. */
const TYPE = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";

/**
 * Reads and validates an ERC-8004 registration file.
 *
 * @param text - The file: JSON.
 * @returns What it says, as far as the standard describes it.
 * @throws {InvalidRegistrationFileError} It is no such file.
 *
 * @example
 * const { name, services } = parseRegistrationFile(await response.text());
 */
export function parseRegistrationFile(text: string): RegistrationFile {
  const file = record(parse(text), "the file");
  if (file.type !== TYPE) throw wrong(`its \`type\` is not ${TYPE}`);
  return {
    name: string(file.name, "name"),
    description: optional(file.description, "description", string),
    image: optional(file.image, "image", string),
    // Files from before January 2026 call them endpoints.
    services: list(file.services ?? file.endpoints, "services", service),
    registrations: list(file.registrations, "registrations", registration),
    supportedTrust: list(file.supportedTrust, "supportedTrust", string),
    active: optional(file.active, "active", boolean),
  };
}

type Reader<value> = (value: unknown, field: string) => value;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidRegistrationFileError({ problem: "it is not JSON" }, { cause: cause as Error });
  }
}

function wrong(problem: string): InvalidRegistrationFileError {
  return new InvalidRegistrationFileError({ problem });
}

function record(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(`${field} is not an object`);
  return value as Record<string, unknown>;
}

function string(value: unknown, field: string): string {
  if (typeof value !== "string") throw wrong(`\`${field}\` is not a text`);
  return value;
}

function boolean(value: unknown, field: string): boolean {
  if (typeof value !== "boolean") throw wrong(`\`${field}\` is neither true nor false`);
  return value;
}

function optional<value>(value: unknown, field: string, read: Reader<value>): value | undefined {
  return value === undefined || value === null ? undefined : read(value, field);
}

function list<value>(value: unknown, field: string, read: Reader<value>): value[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrong(`\`${field}\` is not a list`);
  return value.map((item, index) => read(item, `${field}[${index}]`));
}

function service(value: unknown, field: string): AgentService {
  const { name, endpoint, version } = record(value, `\`${field}\``);
  return {
    name: string(name, `${field}.name`),
    endpoint: string(endpoint, `${field}.endpoint`),
    version: optional(version, `${field}.version`, string),
  };
}

function registration(value: unknown, field: string): AgentRegistration {
  const { agentId, agentRegistry, linkSignature } = record(value, `\`${field}\``);
  // Not of the standard, so that whatever else is called that makes the file no worse.
  const isSigned = isHex(linkSignature) && linkSignature.length % 2 === 0;
  return {
    agentId: token(agentId, `${field}.agentId`),
    agentRegistry: string(agentRegistry, `${field}.agentRegistry`),
    ...(isSigned && { linkSignature }),
  };
}

/** Some files write it as a text, as is usual for numbers of 256 bits; a number beyond 2^53 is no longer the one written. */
function token(value: unknown, field: string): number | bigint {
  if (typeof value === "string" && /^\d{1,78}$/.test(value)) {
    const id = BigInt(value);
    if (id <= maxUint256) return id <= Number.MAX_SAFE_INTEGER ? Number(id) : id;
  }
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong(`\`${field}\` is not a number`);
}
