// Generated from the compiled contracts by `npm run generate`; do not edit.

/** ABI of `TrustGate`. */
export const trustGateAbi = [
  {"inputs":[{"name":"agentId","type":"uint256"},{"name":"reasons","type":"uint256"}],"name":"Untrusted","type":"error"},
  {"inputs":[],"name":"REASON_AGE","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_ANCHORS","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_ANCHOR_WARNINGS","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_FORMER_KEY","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_KEY_AGE","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_OPPOSITION","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_RETIRED","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_SILENCE","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_SUPPORT","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_SUSPENDED","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_TENURE","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_UNKNOWN","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_UNPROVEN_OWNER","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"agentId","type":"uint256"},{"components":[{"name":"minAge","type":"uint40"},{"name":"minTenure","type":"uint40"},{"name":"minKeyAge","type":"uint40"},{"name":"maxSilence","type":"uint40"},{"name":"minSupport","type":"uint32"},{"name":"oppositionLimit","type":"uint32"},{"name":"anchors","type":"uint256[]"},{"name":"minAnchors","type":"uint8"},{"name":"minAnchorStake","type":"uint32"},{"name":"anchorWarningLimit","type":"uint8"},{"name":"keyOwned","type":"bool"}],"name":"requirement","type":"tuple"}],"name":"unmet","outputs":[{"name":"reasons","type":"uint256"}],"stateMutability":"view","type":"function"},
] as const;
