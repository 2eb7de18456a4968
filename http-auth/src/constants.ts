// Everything that a draft may still change. The revision spoken here is that of the pull request 1478 of ethereum/ERCs at
// commit 362f1a94, of September 2026.

/** The commit of ethereum/ERCs, pull request 1478, whose text this package follows. */
export const SPECIFICATION_REVISION = "362f1a94a4cc7b9796887691e6624c8ec26a1f7d";

/** The value of the signed parameter `tag`: what makes a signature one of this profile. */
export const SIGNATURE_TAG = "erc8128";

/** The one defined value of the signed parameter `mode`. */
export const EOA_MODE = "eoa";

/** How the form of the draft's beginning differs, which `@slicekit/erc8128` 0.2 speaks: it has no `tag`, and covers less. */
export const FORMER_DRAFT = {
  /** What `keyid` begins with, before chain and address. */
  prefix: "erc8128:",
  /** What a signature covers at the least; `@query` too where there is one, and `content-digest` where there is content. */
  components: ["@authority", "@method", "@path"],
} as const;

/** The name of the scheme in `WWW-Authenticate`. */
export const AUTHENTICATION_SCHEME = "ERC8128";

/** What a signature covers, at the least, to bind one request and no other. */
export const BASELINE_COMPONENTS = ["@scheme", "@authority", "@method", "@path", "@query"] as const;

/** Fields that have to be covered whenever they are there. */
export const FIELDS_COVERED_WHEN_PRESENT = ["content-digest", "content-type"] as const;

/** What a verifier reads at most, before it checks any signature. */
export const LIMITS = {
  /** Bytes of the combined `Signature-Input` field, and of the combined `Signature` field. */
  fieldBytes: 16_384,
  /** Bytes of one decoded signature. */
  signatureBytes: 8_192,
  /** Signatures of this profile in one request. */
  candidates: 8,
  /** Covered components of one signature. */
  components: 32,
  /** Parameters of one signature. */
  parameters: 16,
  /** Characters of a nonce, all of them ASCII. */
  nonceLength: 128,
} as const;

/** Seconds that two clocks may be apart. */
export const CLOCK_SKEW = 30;

/** Seconds that every verifier lets a signature be valid. What a signer may rely on, and what is the limit where none is set. */
export const VALIDITY_FLOOR = 60;

/** Random bytes of a nonce that the signer makes. */
export const NONCE_BYTES = 16;

/** The status of an answer, by the stable code of the refusal. */
export const STATUS_BY_CODE = {
  signature_missing: 401,
  signature_input_invalid: 400,
  signature_too_large: 400,
  no_acceptable_signature: 401,
  invalid_keyid: 401,
  unsupported_chain: 401,
  invalid_time: 401,
  request_not_yet_valid: 401,
  request_expired: 401,
  request_validity_too_long: 401,
  invalid_nonce: 401,
  insufficient_coverage: 401,
  content_digest_required: 401,
  bad_content_digest: 401,
  nonce_required: 401,
  nonce_reused: 401,
  replayable_not_allowed: 401,
  unsupported_algorithm: 401,
  bad_signature: 401,
  signature_verification_unavailable: 503,
  principal_not_allowed: 401,
} as const;

/** The same for what ERC-8395 adds. */
export const DELEGATION_STATUS_BY_CODE = {
  unsupported_delegation: 401,
  unsupported_delegate_profile: 401,
  bad_delegation_field: 401,
  delegation_too_large: 400,
  delegation_not_covered: 401,
  delegate_mismatch: 401,
  delegation_chain_too_long: 400,
  delegation_chain_discontinuous: 401,
  delegation_attenuation_violation: 401,
  grant_not_yet_valid: 401,
  grant_expired: 401,
  grant_validity_too_long: 401,
  request_outside_grant_window: 401,
  delegation_request_validity_exceeded: 401,
  delegation_components_unsupported: 401,
  delegation_components_uncovered: 401,
  delegation_nonce_required: 401,
  audience_mismatch: 401,
  unsupported_permissions: 401,
  insufficient_permissions: 403,
  bad_grant_signature: 401,
  grant_verification_unavailable: 503,
  authorization_revoked: 401,
  authorization_epoch_mismatch: 401,
  revocation_unavailable: 503,
} as const;

/**
 * What the drafts have no code for: HTTP's own refusals of a size, a host, a path, a method, and of what two readers would read in
 * two ways; a platform's own decision; and a registry of identities, or a decision point, that cannot be asked.
 */
export const OWN_STATUS_BY_CODE = {
  content_too_large: 413,
  misdirected_request: 421,
  access_denied: 403,
  identity_unavailable: 503,
  ambiguous_request: 400,
  unknown_route: 404,
  method_not_allowed: 405,
  decision_unavailable: 503,
} as const;

/** Bytes of content that are read, where no other limit is set. */
export const CONTENT_LIMIT = 1_048_576;

// Grants, ERC-8395. The revision spoken here is that of the pull request 1967 of ethereum/ERCs at commit 17956878.

/** The commit of ethereum/ERCs, pull request 1967, whose text the grants follow. */
export const GRANT_REVISION = "179568784f2297236b483541be2662ccb9fc3bb8";

/** The value of `tag` where whoever signs acts by grants. */
export const DELEGATED_TAG = "erc8128-delegated";

/** The field that carries a chain of grants. */
export const GRANT_FIELD = "erc-8128-delegation";

/** What a grant is signed for, beside its chain. */
export const GRANT_DOMAIN = {
  name: "ERC-8128 Delegation",
  version: "1",
  verifyingContract: "0x7271B48567f0dD8fAb1ee505b091f253B0528B40",
} as const;

/** The message of EIP-712 that a grant is. */
export const GRANT_TYPES = {
  AudiencePermission: [
    { name: "audience", type: "string" },
    { name: "permissions", type: "string[]" },
  ],
  Delegation: [
    { name: "issuer", type: "string" },
    { name: "delegate", type: "string" },
    { name: "audiencePermissions", type: "AudiencePermission[]" },
    { name: "id", type: "bytes32" },
    { name: "epoch", type: "uint64" },
    { name: "validAfter", type: "uint64" },
    { name: "validUntil", type: "uint64" },
    { name: "maxRequestValiditySeconds", type: "uint32" },
    { name: "remainingDelegations", type: "uint32" },
    { name: "delegateProfile", type: "string" },
    { name: "requireNonReplayable", type: "bool" },
    { name: "requiredComponents", type: "string[]" },
    { name: "parentGrantHash", type: "bytes32" },
  ],
} as const;

/** What is read of grants at most, before any of their signatures is checked. */
export const GRANT_LIMITS = {
  fieldBytes: 16_384,
  linkBytes: 8_192,
  /** Audiences of one grant, and required components. */
  entries: 32,
  /** Permissions of one grant, at all audiences together. */
  permissions: 128,
  /** Bytes of a delegate that is a JWK. */
  delegateBytes: 2_048,
  textBytes: 256,
  depth: 4,
} as const;

/** Seconds for which a registry's yes may be believed, at most. */
export const STATUS_LIFETIME = 60;

/** Seconds after its beginning in which a grant may be one epoch ahead of a chain that is seen late. */
export const EPOCH_LEAD = 60;

/** Delegates that are accounts: any, and one whose key alone counts. */
export const ACCOUNT_PROFILES: readonly string[] = ["erc8128", "erc8128-eoa"];

/** Delegates that are keys, by the name of their algorithm in the registry of HTTP signatures. */
export const KEY_PROFILES: readonly string[] = ["ecdsa-p256-sha256", "ed25519"];

/** Algorithms of that registry with a shared secret, which no grant may name. */
export const SYMMETRIC_PROFILES: readonly string[] = ["hmac-sha256"];
