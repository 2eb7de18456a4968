// Generated from the compiled contracts by `npm run generate`; do not edit.

/** ABI of `TrustGate`. */
export const trustGateAbi = [
  {"inputs":[{"internalType":"uint256","name":"agentId","type":"uint256"},{"internalType":"uint256","name":"reasons","type":"uint256"}],"name":"Untrusted","type":"error"},
  {"inputs":[],"name":"REASON_AGE","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_ANCHORS","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_FORMER_KEY","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_KEY_AGE","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_OPPOSITION","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_RETIRED","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_SILENCE","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_SUPPORT","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_SUSPENDED","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_TENURE","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"REASON_UNKNOWN","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"internalType":"uint256","name":"agentId","type":"uint256"},{"components":[{"internalType":"uint40","name":"minAge","type":"uint40"},{"internalType":"uint40","name":"minTenure","type":"uint40"},{"internalType":"uint40","name":"minKeyAge","type":"uint40"},{"internalType":"uint40","name":"maxSilence","type":"uint40"},{"internalType":"uint32","name":"minSupport","type":"uint32"},{"internalType":"uint32","name":"maxOpposition","type":"uint32"},{"internalType":"uint256[]","name":"anchors","type":"uint256[]"},{"internalType":"uint8","name":"minAnchors","type":"uint8"}],"internalType":"struct Requirement","name":"requirement","type":"tuple"}],"name":"unmet","outputs":[{"internalType":"uint256","name":"reasons","type":"uint256"}],"stateMutability":"view","type":"function"},
] as const;
