// Generated from the compiled contracts by `npm run generate`; do not edit.

/** ABI of `DelegationRegistry`. */
export const delegationRegistryAbi = [
  {"inputs":[{"name":"issuer","type":"address"},{"name":"epoch","type":"uint64"}],"name":"EpochsExhausted","type":"error"},
  {"inputs":[{"name":"signer","type":"address"}],"name":"InvalidSignature","type":"error"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"issuer","type":"address"},{"indexed":false,"name":"newEpoch","type":"uint64"}],"name":"EpochAdvanced","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"issuer","type":"address"},{"indexed":true,"name":"id","type":"bytes32"}],"name":"Revoked","type":"event"},
  {"inputs":[],"name":"advanceEpoch","outputs":[{"name":"newEpoch","type":"uint64"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"id","type":"bytes32"}],"name":"revoke","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"issuer","type":"address"},{"name":"id","type":"bytes32"},{"name":"sig","type":"bytes"}],"name":"revokeBySig","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"issuer","type":"address"},{"name":"id","type":"bytes32"}],"name":"status","outputs":[{"name":"isRevoked","type":"bool"},{"name":"currentEpoch","type":"uint64"}],"stateMutability":"view","type":"function"},
] as const;
