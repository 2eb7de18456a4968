// Generated from the compiled contracts by `npm run generate`; do not edit.

/** ABI of `RegistrationRenderer`. */
export const registrationRendererAbi = [
  {"inputs":[{"name":"value","type":"uint256"},{"name":"length","type":"uint256"}],"name":"StringsInsufficientHexLength","type":"error"},
  {"inputs":[{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"tokenURI","outputs":[{"name":"","type":"string"}],"stateMutability":"view","type":"function"},
] as const;
