// Which registry is meant.

/** The contracts that actions call by name. */
export type CalledContract = "identityRegistry" | "vouchRegistry" | "agentLinks" | "delegationRegistry";

/** A registry that takes signatures, each of which has its own nonces. */
export type NonceRegistry = "identityRegistry" | "vouchRegistry";
