import { serializeDictionary } from "../fields/serialize.ts";
import type { Item } from "../fields/types.ts";
import { chained, inheritedFrom } from "./chain.ts";
import { decodeGrants } from "./decodeGrants.ts";
import { malformed } from "./grantError.ts";
import { decodeLink, encodeLink } from "./link.ts";
import type { ChainedGrant, SignedGrant } from "./types.ts";

/**
 * The value of `ERC-8128-Delegation` for some grants.
 *
 * @param grants From the root to the leaf.
 * @throws GrantError when nobody could read what comes of it, or when a grant says something else than its place does.
 */
export function encodeGrants(grants: readonly SignedGrant[]): string {
  const links: [string, Item][] = [];
  let parent: ChainedGrant | undefined;
  for (const [index, signed] of grants.entries()) {
    const inherited = inheritedFrom(parent);
    const { issuer = signed.grant.issuer, epoch = signed.grant.epoch } = inherited;
    if (signed.grant.issuer !== issuer)
      throw malformed(`Grant ${index} is not issued by the delegate of the one above it.`);
    if (signed.grant.epoch !== epoch) throw malformed(`Grant ${index} has not the epoch of the one above it.`);
    if (parent === undefined && !/^0x0{64}$/.test(signed.grant.parentGrantHash)) {
      throw malformed("The root has a parent.");
    }
    const link = encodeLink(signed, inherited);
    links.push([`g${index}`, { kind: "item", value: { type: "bytes", value: link }, parameters: new Map() }]);
    // Read again: whatever nobody could read is refused here, before it is hashed.
    parent = chained(decodeLink(link, inherited), parent);
  }
  const field = serializeDictionary(new Map(links));
  decodeGrants(field);
  return field;
}
