// Generated from the compiled contracts by `npm run generate`; do not edit.

/** ABI of `AgentLinks`. */
export const agentLinksAbi = [
  {"inputs":[{"name":"identities_","type":"address"}],"stateMutability":"nonpayable","type":"constructor"},
  {"inputs":[{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"},{"name":"linkedId","type":"uint256"}],"name":"AlreadyLinked","type":"error"},
  {"inputs":[{"name":"agentId","type":"uint256"}],"name":"IdentitySuspended","type":"error"},
  {"inputs":[{"name":"available","type":"uint256"},{"name":"needed","type":"uint256"}],"name":"InsufficientGas","type":"error"},
  {"inputs":[{"name":"identities","type":"address"}],"name":"InvalidIdentityRegistry","type":"error"},
  {"inputs":[{"name":"registry","type":"address"}],"name":"InvalidRegistry","type":"error"},
  {"inputs":[{"name":"id","type":"uint256"},{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"LinkNotFound","type":"error"},
  {"inputs":[{"name":"agentId","type":"uint256"},{"name":"caller","type":"address"}],"name":"NotOwner","type":"error"},
  {"inputs":[{"name":"id","type":"uint256"},{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"},{"name":"tokenOwner","type":"address"}],"name":"TokenNotHeld","type":"error"},
  {"inputs":[{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"TokenUnreadable","type":"error"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"registry","type":"address"},{"indexed":true,"name":"agentId","type":"uint256"},{"indexed":false,"name":"tokenOwner","type":"address"},{"indexed":false,"name":"keyEpoch","type":"uint8"},{"indexed":false,"name":"throughWallet","type":"bool"}],"name":"AgentLinked","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"registry","type":"address"},{"indexed":true,"name":"agentId","type":"uint256"}],"name":"AgentUnlinked","type":"event"},
  {"inputs":[],"name":"READ_GAS","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"identities","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"id","type":"uint256"},{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"isLinked","outputs":[{"name":"","type":"bool"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"id","type":"uint256"},{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"link","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"linkOf","outputs":[{"components":[{"name":"id","type":"uint256"},{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"},{"name":"tokenOwner","type":"address"},{"name":"keyEpoch","type":"uint8"},{"name":"throughWallet","type":"bool"},{"name":"isLinked","type":"bool"}],"name":"","type":"tuple"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"linkedIdentity","outputs":[{"name":"id","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"id","type":"uint256"},{"name":"cursor","type":"uint256"},{"name":"limit","type":"uint256"}],"name":"linksOf","outputs":[{"components":[{"name":"id","type":"uint256"},{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"},{"name":"tokenOwner","type":"address"},{"name":"keyEpoch","type":"uint8"},{"name":"throughWallet","type":"bool"},{"name":"isLinked","type":"bool"}],"name":"page","type":"tuple[]"},{"name":"next","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"tokenOwner","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"tokenWallet","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"id","type":"uint256"},{"name":"registry","type":"address"},{"name":"agentId","type":"uint256"}],"name":"unlink","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
