import { GRANT_LIMITS } from "../constants.ts";
import { parseDictionary } from "../fields/parse.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Dictionary } from "../fields/types.ts";
import { chained, inheritedFrom } from "./chain.ts";
import { isKnownProfile } from "./delegate.ts";
import { GrantError, malformed, tooLarge } from "./grantError.ts";
import { decodeLink } from "./link.ts";
import { checkDepth } from "./narrowing.ts";
import type { ChainedGrant } from "./types.ts";

function membersOf(field: string): Dictionary {
  try {
    return parseDictionary(field);
  } catch (error) {
    if (error instanceof FieldSyntaxError) throw malformed(`The field of grants cannot be read. ${error.message}`);
    throw error;
  }
}

/** What else is demanded of grants while they are read. */
export interface ReadingLimits {
  /** How many there may be. */
  readonly maxDepth: number;
  readonly isKnown: (profile: string) => boolean;
}

/** As `decodeGrants`, for whoever takes only some: what is too many is not decoded. */
export function readGrants(field: string, { maxDepth, isKnown }: ReadingLimits): readonly ChainedGrant[] {
  if (field.length > GRANT_LIMITS.fieldBytes) throw tooLarge("bytes in its field", GRANT_LIMITS.fieldBytes);
  const members = [...membersOf(field)];
  if (members.length === 0) throw malformed("The field of grants is empty.");
  const links = members.map(([name, member], index) => {
    if (name !== `g${index}`) throw malformed("The grants are not numbered from `g0` on, in their order.");
    if (member.kind !== "item" || member.value.type !== "bytes") throw malformed(`\`g${index}\` is no bytes.`);
    return member.value.value;
  });
  checkDepth(links.length, maxDepth);
  const grants: ChainedGrant[] = [];
  for (const link of links) {
    const parent = grants.at(-1);
    grants.push(chained(decodeLink(link, inheritedFrom(parent)), parent));
  }
  if (grants.some(({ grant }) => !isKnown(grant.delegateProfile))) {
    throw new GrantError("unsupported_delegate_profile", "A grant is for a kind of key that is not known here.");
  }
  return grants;
}

/**
 * The grants of a field, from the root to the leaf, each with what follows of its place. Their form is checked, with limits while
 * it is read; that each narrows the one above, and that anybody signed it, is not.
 *
 * @param field The value of `ERC-8128-Delegation`.
 * @throws GrantError when it cannot be read; nothing else, whatever the field is.
 */
export function decodeGrants(field: string): readonly ChainedGrant[] {
  return readGrants(field, { maxDepth: Number.POSITIVE_INFINITY, isKnown: isKnownProfile });
}
