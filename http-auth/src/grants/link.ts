import { bytesToHex, type Hex, hexToBytes, isHex } from "viem";
import { GRANT_FIELD, GRANT_LIMITS } from "../constants.ts";
import { serializeMember } from "../fields/serialize.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import { parseComponent } from "../message/components.ts";
import { isAudience } from "./audience.ts";
import { CborReader } from "./cborReader.ts";
import { writeArray, writeBoolean, writeBytes, writeInteger, writeText } from "./cborWriter.ts";
import { checkDelegate } from "./delegate.ts";
import { malformed, tooLarge } from "./grantError.ts";
import { isToken } from "./token.ts";
import type { AudiencePermission, SignedGrant } from "./types.ts";

/** What a link leaves out, as its parent says it already. */
export interface Inherited {
  /** `undefined` for the root, which says itself who issued it. */
  readonly issuer: string | undefined;
  /** `undefined` for the grant of an account, which has an epoch of its own. */
  readonly epoch: bigint | undefined;
}

const COMPONENT_NAME = /^@?[a-z0-9!#$%&'*+\-.^_`|~]+$/;

function checkComponent(text: string): void {
  try {
    const component = parseComponent(text);
    const name = component.value.type === "string" ? component.value.value : "";
    const isForbidden = name === "@signature-params" || name === GRANT_FIELD;
    if (isForbidden || !COMPONENT_NAME.test(name) || serializeMember(component) !== quoted(text)) {
      throw malformed("A grant requires what is no component of a request.");
    }
  } catch (error) {
    if (error instanceof FieldSyntaxError) throw malformed("A grant requires what is no component of a request.");
    throw error;
  }
}

/** A component as it stands in a base. */
function quoted(text: string): string {
  const end = text.includes(";") ? text.indexOf(";") : text.length;
  return `"${text.slice(0, end)}"${text.slice(end)}`;
}

function readHash(reader: CborReader): Hex {
  const bytes = reader.bytes();
  if (bytes.length !== 32) throw malformed("A grant has a hash that is not of 32 bytes.");
  return bytesToHex(bytes);
}

function readAudiences(reader: CborReader): AudiencePermission[] {
  let left: number = GRANT_LIMITS.permissions;
  const readPermission = () => {
    const permission = reader.text(GRANT_LIMITS.textBytes);
    if (!isToken(permission)) throw malformed("A grant has a permission that is no token.");
    return permission;
  };
  const entries = reader.list(GRANT_LIMITS.entries, "audiences", () => {
    if (reader.array(2, "parts of an audience") !== 2) throw malformed("An audience of a grant is no pair.");
    const audience = reader.text(GRANT_LIMITS.textBytes);
    if (!isAudience(audience)) throw malformed("A grant has an audience that is no https origin in its one form.");
    const count = reader.array(Number.MAX_SAFE_INTEGER, "permissions");
    if (count > left) throw tooLarge("permissions", GRANT_LIMITS.permissions);
    left -= count;
    return { audience, permissions: Array.from({ length: count }, readPermission) };
  });
  if (entries.length === 0) throw malformed("A grant has no audience.");
  if (new Set(entries.map(({ audience }) => audience)).size < entries.length) {
    throw malformed("A grant has an audience twice.");
  }
  return entries;
}

/** A grant from its bytes, the parent's digest aside, which only a child has. */
export function decodeLink(bytes: Uint8Array, { issuer: known, epoch: inherited }: Inherited): SignedGrant {
  if (bytes.length > GRANT_LIMITS.linkBytes) throw tooLarge("bytes", GRANT_LIMITS.linkBytes);
  const isRoot = known === undefined;
  const reader = new CborReader(bytes);
  const expected = inherited === undefined ? 13 : 12;
  if (reader.array(Number.MAX_SAFE_INTEGER, "elements") !== expected) {
    throw malformed(`A grant has not the ${expected} elements that it should have in its place.`);
  }
  const issuer = known ?? reader.text(GRANT_LIMITS.textBytes);
  const delegate = reader.text(GRANT_LIMITS.delegateBytes);
  const audiencePermissions = readAudiences(reader);
  const id = readHash(reader);
  const epoch = inherited ?? reader.integer(64);
  const validAfter = reader.integer(64);
  const validUntil = reader.integer(64);
  const maxRequestValiditySeconds = Number(reader.integer(32));
  const remainingDelegations = Number(reader.integer(32));
  const delegateProfile = reader.text(GRANT_LIMITS.textBytes);
  const requireNonReplayable = reader.boolean();
  const requiredComponents = reader.list(GRANT_LIMITS.entries, "required components", () => {
    const component = reader.text(GRANT_LIMITS.textBytes);
    checkComponent(component);
    return component;
  });
  const parentGrantHash = isRoot ? (`0x${"0".repeat(64)}` as const) : readHash(reader);
  const signature = reader.bytes();
  if (signature.length === 0) throw malformed("A grant has no signature.");
  if (!reader.isAtEnd) throw malformed("A grant has bytes behind its end.");
  if (validUntil <= validAfter) throw malformed("A grant ends before it begins.");
  if (maxRequestValiditySeconds === 0) throw malformed("A grant allows no request any time.");
  if (!isToken(delegateProfile)) throw malformed("A grant has a profile that is no token.");
  checkDelegate(delegateProfile, delegate);
  return {
    grant: {
      ...{ issuer, delegate, audiencePermissions, id, epoch, validAfter, validUntil, maxRequestValiditySeconds },
      ...{ remainingDelegations, delegateProfile, requireNonReplayable, requiredComponents, parentGrantHash },
    },
    signature: bytesToHex(signature),
  };
}

/** The bytes of a grant in its place: the opposite. What it inherits is left out. */
export function encodeLink({ grant, signature }: SignedGrant, { issuer, epoch }: Inherited): Uint8Array {
  const isRoot = issuer === undefined;
  if (![grant.id, grant.parentGrantHash, signature].every((hex) => isHex(hex))) {
    throw malformed("A grant has a hash or a signature that is no hex.");
  }
  return writeArray([
    ...(isRoot ? [writeText(grant.issuer)] : []),
    writeText(grant.delegate),
    writeArray(
      grant.audiencePermissions.map(({ audience, permissions }) =>
        writeArray([writeText(audience), writeArray(permissions.map(writeText))]),
      ),
    ),
    writeBytes(hexToBytes(grant.id)),
    ...(epoch === undefined ? [writeInteger(grant.epoch)] : []),
    writeInteger(grant.validAfter),
    writeInteger(grant.validUntil),
    writeInteger(grant.maxRequestValiditySeconds),
    writeInteger(grant.remainingDelegations),
    writeText(grant.delegateProfile),
    writeBoolean(grant.requireNonReplayable),
    writeArray(grant.requiredComponents.map(writeText)),
    ...(isRoot ? [] : [writeBytes(hexToBytes(grant.parentGrantHash))]),
    writeBytes(hexToBytes(signature)),
  ]);
}
