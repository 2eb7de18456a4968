import { AUTHENTICATION_SCHEME, DELEGATED_TAG, GRANT_FIELD, GRANT_LIMITS, LIMITS } from "../constants.ts";
import { parseDictionary } from "../fields/parse.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Dictionary } from "../fields/types.ts";
import { isAudience } from "../grants/audience.ts";
import { isToken } from "../grants/token.ts";
import { componentKey, parseComponent, stringOf } from "../message/components.ts";
import { type ChallengeParameter, readChallenges } from "./challenge.ts";

/** What grants a route wants (ERC-8395, section 6.1). It is a hint of a stranger: whoever grants decides by their own rules. */
export interface Authority {
  /** What they have to permit, all of it. */
  readonly permissions?: readonly string[] | undefined;
  /** The https origin that they have to be for. */
  readonly audience?: string | undefined;
  /** Seconds from the beginning of the last grant to its end. */
  readonly maxValidity?: number | undefined;
  /** How many there may be. */
  readonly maxDepth?: number | undefined;
  /** Whether requests by grants are taken at all. */
  readonly takesGrants: boolean;
  /** The algorithms of keys that are no accounts', as far as the answer names them. */
  readonly algorithms: readonly string[];
}

/** Permissions that a challenge may name. */
const MOST_PERMISSIONS = 32;

function permissionsOf(value: string): readonly string[] | undefined {
  const names = value.split(" ");
  const isFew = names.length <= MOST_PERMISSIONS && new Set(names).size === names.length;
  return isFew && names.every((name) => isToken(name) && name.length <= GRANT_LIMITS.textBytes) ? names : undefined;
}

function integerOf(value: string): number | undefined {
  const number = /^[1-9]\d{0,15}$/.test(value) ? Number(value) : undefined;
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

/** The parameters that say something of grants, and how each is read. */
const READERS = {
  permissions: ["permissions", permissionsOf],
  audience: ["audience", (value: string) => (isAudience(value) ? value : undefined)],
  max_validity: ["maxValidity", integerOf],
  max_depth: ["maxDepth", integerOf],
} as const;

function isReader(name: string): name is keyof typeof READERS {
  return Object.hasOwn(READERS, name);
}

/** What the parameters say of grants; nothing at all where one of those that count is twice there, or is none. */
function metadataOf(parameters: readonly ChallengeParameter[]): Partial<Authority> {
  const found: Record<string, unknown> = {};
  for (const { name, value, isQuoted } of parameters) {
    if (!isReader(name)) continue;
    const [property, read] = READERS[name];
    const meant = isQuoted ? read(value) : undefined;
    if (meant === undefined || property in found) return {};
    found[property] = meant;
  }
  return found;
}

function dictionaryOf(field: string): Dictionary {
  try {
    return field.length > LIMITS.fieldBytes ? new Map() : parseDictionary(field);
  } catch (error) {
    if (error instanceof FieldSyntaxError) return new Map();
    throw error;
  }
}

/**
 * What grants an answer asks for, so that whoever may grant can be asked for them.
 *
 * @param headers Those of a 401 or 403.
 * @returns Nothing of the challenge where it contradicts itself, or is written in another way than the draft's.
 */
export function readAuthority(headers: Headers): Authority {
  const challenge = readChallenges(headers.get("www-authenticate") ?? "").find(
    ({ scheme }) => scheme === AUTHENTICATION_SCHEME.toLowerCase(),
  );
  const covered = componentKey(parseComponent(`${GRANT_FIELD};sf`));
  const members = [...dictionaryOf(headers.get("accept-signature") ?? "").values()].filter(
    (member) =>
      member.kind === "list" &&
      stringOf(member.parameters.get("tag")) === DELEGATED_TAG &&
      member.items.some((item) => componentKey(item) === covered),
  );
  return {
    ...metadataOf(challenge?.parameters ?? []),
    takesGrants: members.length > 0,
    algorithms: members.flatMap(({ parameters }) => stringOf(parameters.get("alg")) ?? []),
  };
}
