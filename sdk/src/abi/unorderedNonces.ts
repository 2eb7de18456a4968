// Generated from the compiled contracts by `npm run generate`; do not edit.

/** ABI of `IUnorderedNonces`. */
export const unorderedNoncesAbi = [
  {"inputs":[{"name":"owner","type":"address"},{"name":"nonce","type":"uint256"}],"name":"NonceUsed","type":"error"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"word","type":"uint256"},{"indexed":false,"name":"mask","type":"uint256"}],"name":"NoncesInvalidated","type":"event"},
  {"inputs":[{"name":"word","type":"uint256"},{"name":"mask","type":"uint256"}],"name":"invalidateNonces","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"owner","type":"address"},{"name":"nonce","type":"uint256"}],"name":"isNonceUsed","outputs":[{"name":"","type":"bool"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"owner","type":"address"},{"name":"word","type":"uint256"}],"name":"nonceBitmap","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
] as const;
