import { identityRegistryAbi } from "@tenure/sdk";

/**
 * Whether the registry is the one that docs/erc8004.md describes: with unordered nonces, an `isAuthorizedOrOwner` that
 * leaves the wallet out, and no wallet while suspended.
 */
const isRevised = identityRegistryAbi.some(({ name }: { name?: string }) => name === "isNonceUsed");

/** A test of what only that registry does; pending on the one before. */
export const itOnceRevised: Mocha.TestFunction | Mocha.PendingTestFunction = isRevised ? it : it.skip;
