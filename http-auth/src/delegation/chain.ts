import { concatHex, type Hash, hexToBytes, keccak256 } from "viem";
import { type AccountId, parseAccountId } from "../account/accountId.ts";
import { parseDictionary } from "../fields/parse.ts";
import { serializeDictionary } from "../fields/serialize.ts";
import type { Item } from "../fields/types.ts";
import { readGrants } from "../grants/decodeGrants.ts";
import { malformed } from "../grants/grantError.ts";
import { checkContinuity, checkNarrowing } from "../grants/narrowing.ts";
import type { ChainedGrant } from "../grants/types.ts";
import { componentKey, parseComponent } from "../message/components.ts";
import { type Signatory, type Statement, signatoryOf } from "./signatory.ts";
import type { CallerGrant } from "./types.ts";

/** A grant in its chain, with all that is worked out once and needed with every request. */
export interface Link {
  readonly chained: ChainedGrant;
  readonly issuer: Signatory;
  /** What its issuer has to have signed. */
  readonly statement: Statement;
  /** Its digest and its signature in one: what a proof is kept under. */
  readonly proofKey: Hash;
  /** The account that can revoke it. */
  readonly revoker: AccountId;
  /** What its status is kept under: account, handle and epoch. */
  readonly statusKey: string;
}

/** What a chain gives at one origin. */
export interface View {
  readonly grants: readonly CallerGrant[];
  /** Those of the last grant. */
  readonly permissions: readonly string[];
  /** Whether any grant gives any. */
  readonly hasPermissions: boolean;
}

/** What was read of a field, and not yet compared. */
export interface ReadChain {
  readonly field: string;
  readonly grants: readonly ChainedGrant[];
  readonly last: ChainedGrant;
  /** The chains of all accounts in it. */
  readonly chainIds: readonly string[];
}

/** A chain of grants that holds together and narrows. Who signed it, and what became of it, is not known yet. */
export interface Chain {
  readonly read: ReadChain;
  readonly links: readonly Link[];
  /** The root's account. */
  readonly principal: string;
  /** Whoever has to have signed the request. */
  readonly leaf: Signatory;
  /** The last grant. */
  readonly last: ChainedGrant["grant"];
  /** What `"erc-8128-delegation";sf` covers. */
  readonly strictField: string;
  /** What some grant wants covered, with what it is compared by. */
  readonly components: ReadonlyMap<string, Item>;
  /** Whether some grant lets no request come again. */
  readonly isNonceRequired: boolean;
  /** The longest time that one of its grants is for, in seconds. */
  readonly longest: bigint;
  /** What it gives at an origin; `undefined` where that is not among its audiences. */
  readonly viewAt: (origin: string) => View | undefined;
}

/** A grant below another one, with what is needed to check who signed it. */
export function linkOf(chained: ChainedGrant, parent: ChainedGrant | undefined): Link {
  const { grant, digest, signature, signingInput, revocationAccount, revocationHandle } = chained;
  const revoker = parseAccountId(revocationAccount);
  if (revoker === undefined) throw malformed("The issuer of a grant is no account in the form of CAIP-10.");
  const above = parent?.grant;
  return {
    chained,
    issuer: signatoryOf(above?.delegateProfile ?? "erc8128", above?.delegate ?? grant.issuer, grant.issuer),
    statement: {
      hash: () => digest,
      message: () => hexToBytes(signingInput),
      signature: hexToBytes(signature),
      isByKey: false,
    },
    proofKey: keccak256(concatHex([digest, signature])),
    revoker,
    statusKey: `${revocationAccount} ${revocationHandle} ${grant.epoch}`,
  };
}

function permissionsAt({ grant }: ChainedGrant, origin: string): readonly string[] | undefined {
  return grant.audiencePermissions.find(({ audience }) => audience === origin)?.permissions;
}

function viewOf(grants: readonly ChainedGrant[], last: ChainedGrant, origin: string): View | undefined {
  const permissions = permissionsAt(last, origin);
  if (permissions === undefined) return undefined;
  // Every caller by these grants gets the same objects: nobody may change what the next one is let do.
  const shown = grants.map((chained, index): CallerGrant => {
    const { grant, delegateId, digest, revocationAccount, revocationHandle } = chained;
    return Object.freeze({
      ...{ issuer: grant.issuer, delegate: grant.delegate, delegateId },
      permissions: Object.freeze([...(permissionsAt(chained, origin) ?? [])]),
      ...{ validAfter: Number(grant.validAfter), validUntil: Number(grant.validUntil) },
      ...{ depth: index + 1, revocationAccount, revocationHandle, digest },
    });
  });
  return {
    grants: Object.freeze(shown),
    permissions: Object.freeze([...permissions]),
    hasPermissions: shown.some((grant) => grant.permissions.length > 0),
  };
}

/**
 * The grants of a field. That they hang together is not checked.
 *
 * @throws GrantError when they cannot be read, or are too many.
 */
export function readChain(field: string, maxDepth: number, isKnown: (profile: string) => boolean): ReadChain {
  const grants = readGrants(field, { maxDepth, isKnown });
  const last = grants.at(-1);
  if (last === undefined) throw malformed("The field of grants is empty.");
  const accounts = [...grants.map(({ revocationAccount }) => revocationAccount), last.delegateId].map(parseAccountId);
  return { field, grants, last, chainIds: [...new Set(accounts.flatMap((account) => account?.chainId ?? []))] };
}

/**
 * A chain that hangs together and narrows.
 *
 * @throws GrantError when it does not.
 */
export function chainOf(read: ReadChain): Chain {
  const { field, grants, last } = read;
  checkContinuity(grants);
  checkNarrowing(grants);
  const views = new Map<string, View | undefined>();
  const all = grants.flatMap(({ grant }) => grant.requiredComponents.map(parseComponent));
  const windows = grants.map(({ grant }) => grant.validUntil - grant.validAfter);
  return {
    read,
    links: grants.map((chained, index) => linkOf(chained, grants[index - 1])),
    principal: grants[0]?.grant.issuer ?? "",
    leaf: signatoryOf(last.grant.delegateProfile, last.grant.delegate, last.delegateId),
    last: last.grant,
    strictField: serializeDictionary(parseDictionary(field)),
    components: new Map(all.map((component) => [componentKey(component), component])),
    isNonceRequired: grants.some(({ grant }) => grant.requireNonReplayable),
    longest: windows.reduce((longest, window) => (window > longest ? window : longest), 0n),
    viewAt(origin) {
      if (!views.has(origin)) views.set(origin, viewOf(grants, last, origin));
      return views.get(origin);
    },
  };
}
