import { type Address, isAddress } from "viem";
import { ACCOUNT_PROFILES, GRANT_LIMITS, KEY_PROFILES, STATUS_LIFETIME } from "../constants.ts";
import { InvalidOptionError, positive } from "../errors/mistakes.ts";
import type { Chain } from "./chain.ts";
import { Proofs } from "./proofs.ts";
import { Recent } from "./recent.ts";
import { registryStatus } from "./registryStatus.ts";
import type { Nodes } from "./signatory.ts";
import { Statuses } from "./statuses.ts";
import type { DelegationOptions } from "./types.ts";

/** How many chains are kept read: some 10 KiB each as grants are, and at most some 100 KiB. */
const CHAINS = 1_000;

/** How grants are checked, with nothing left open, and what is known of some already. */
export interface Delegation {
  readonly maxDepth: number;
  /** Seconds. */
  readonly maxGrantValidity: number;
  readonly isKnown: (profile: string) => boolean;
  readonly profiles: readonly string[];
  readonly understandsPermissions: boolean;
  /** Chains whose proofs all held, by their field. */
  readonly chains: Recent<string, Chain>;
  readonly proofs: Proofs;
  readonly statuses: Statuses;
}

function registriesOf({ registries }: DelegationOptions, { clients }: Nodes): ReadonlyMap<string, Address> {
  const entries = Object.entries(registries);
  if (entries.length === 0) throw new InvalidOptionError("delegation.registries", "is empty: no grant could be good.");
  for (const [chain, address] of entries) {
    if (!clients.has(chain))
      throw new InvalidOptionError("delegation.registries", `has chain ${chain}, without a client.`);
    if (!isAddress(address))
      throw new InvalidOptionError("delegation.registries", `has no address for chain ${chain}.`);
  }
  return new Map(entries);
}

function profilesOf({ profiles }: DelegationOptions): readonly string[] {
  const known = [...ACCOUNT_PROFILES, ...KEY_PROFILES];
  const unknown = profiles?.find((profile) => !known.includes(profile));
  if (unknown === undefined) return profiles ?? known;
  throw new InvalidOptionError("delegation.profiles", `has ${JSON.stringify(unknown)}, which is none of those known.`);
}

/** @throws InvalidOptionError when no grant could be good by these options, or one for too long. */
export function delegationOf(options: DelegationOptions, nodes: Nodes): Delegation {
  const lifetime = positive("delegation.statusLifetime", options.statusLifetime ?? STATUS_LIFETIME, 0);
  if (lifetime > STATUS_LIFETIME) {
    throw new InvalidOptionError("delegation.statusLifetime", `is beyond the ${STATUS_LIFETIME} seconds of the draft.`);
  }
  const { maxGrantValidity } = options;
  const profiles = profilesOf(options);
  const statuses = new Statuses({
    source: options.status ?? registryStatus(nodes.clients),
    registries: registriesOf(options, nodes),
    lifetime,
    mayTrail: options.mayTrail ?? false,
    timeout: nodes.timeout,
  });
  options.events?.subscribe((event) => statuses.drop(event));
  return {
    maxDepth: positive("delegation.maxDepth", options.maxDepth ?? GRANT_LIMITS.depth),
    maxGrantValidity:
      maxGrantValidity === undefined
        ? Number.POSITIVE_INFINITY
        : positive("delegation.maxGrantValidity", maxGrantValidity),
    isKnown: (profile) => profiles.includes(profile),
    profiles,
    understandsPermissions: options.understandsPermissions ?? true,
    chains: new Recent(CHAINS),
    proofs: new Proofs(nodes, lifetime),
    statuses,
  };
}
