// Everything that a draft may still change. The revision spoken here is that of the pull request 1478 of ethereum/ERCs at
// commit 362f1a94, of September 2026.

/** The commit of ethereum/ERCs, pull request 1478, whose text this package follows. */
export const SPECIFICATION_REVISION = "362f1a94a4cc7b9796887691e6624c8ec26a1f7d";

/** The value of the signed parameter `tag`: what makes a signature one of this profile. */
export const SIGNATURE_TAG = "erc8128";

/** The one defined value of the signed parameter `mode`. */
export const EOA_MODE = "eoa";

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

/** What the draft has no code for: HTTP's own refusals of a size and of a host, and a platform's own decision. */
export const OWN_STATUS_BY_CODE = {
  content_too_large: 413,
  misdirected_request: 421,
  access_denied: 403,
} as const;

/** Bytes of content that are read, where no other limit is set. */
export const CONTENT_LIMIT = 1_048_576;
