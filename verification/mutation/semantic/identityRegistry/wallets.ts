import { statedIn } from "../statedIn.ts";

const KEY_OF_WALLET = `if (newWallet != owner) {
            _wallets[agentId] = newWallet;
            _keys[newWallet] = Key(uint40(agentId), KeyRole.Wallet, uint40(block.timestamp));
        }`;

/** Who becomes the wallet of an identity, and what becomes of who was it. */
export const wallets = statedIn("test/IdentityRegistry/wallet.test.ts", [
  {
    rule: "A wallet that consents again is dated by its newest consent.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: `_clearWallet(agentId);
        ${KEY_OF_WALLET}`,
    to: `if (_wallets[agentId] != newWallet) {
            _clearWallet(agentId);
            ${KEY_OF_WALLET.replaceAll("\n", "\n    ")}
        }`,
  },
  {
    rule: "A wallet is dated by its consent, and not by when its identity was registered.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: "_keys[newWallet] = Key(uint40(agentId), KeyRole.Wallet, uint40(block.timestamp));",
    to: "_keys[newWallet] = Key(uint40(agentId), KeyRole.Wallet, _firstSeen(agentId, _records[agentId]));",
  },
  {
    rule: "setAgentWallet: the deadline is bounded, also where the owner itself sends.",
    from: "if (deadline > latest) revert",
    to: "if (deadline > latest && msg.sender != owner) revert",
  },
  {
    rule: "setAgentWallet: the owner as its own wallet takes the one away that was set.",
    from: `_clearWallet(agentId);
        ${KEY_OF_WALLET}`,
    to: KEY_OF_WALLET.replace("{\n", "{\n            _clearWallet(agentId);\n"),
  },
  {
    rule: "setAgentWallet: the wallet that is replaced is free.",
    from: `_clearWallet(agentId);
        if (newWallet != owner)`,
    to: `delete _wallets[agentId];
        if (newWallet != owner)`,
  },
  {
    rule: "setAgentWallet: the log names the owner where it becomes its own wallet, as getAgentWallet does.",
    from: "_announceWallet(agentId, newWallet);",
    to: "_announceWallet(agentId, _wallets[agentId]);",
  },
  {
    rule: "setAgentWallet: the owner of another identity is no wallet.",
    from: "if (key.id != 0 && (key.id != agentId || key.role == KeyRole.Former)) {",
    to: "if (key.id != 0 && (key.id != agentId && key.role == KeyRole.Wallet || key.role == KeyRole.Former)) {",
  },
  {
    rule: "setAgentWallet: a former key of another identity is no wallet.",
    from: "if (key.id != 0 && (key.id != agentId || key.role == KeyRole.Former)) {",
    to: "if (key.role == KeyRole.Former ? key.id == agentId : key.id != 0 && key.id != agentId) {",
  },
  {
    rule: "setAgentWallet: the guardian may be the wallet, it is no key.",
    from: "        _checkConsent(newWallet, structHash, deadline, signature);",
    to: `        if (_isGuardian(newWallet, agentId)) revert InvalidGuardian(agentId, newWallet);
        _checkConsent(newWallet, structHash, deadline, signature);`,
  },
  {
    rule: "setAgentWallet: the wallet consents to the owner, whoever sends.",
    from: "abi.encode(AGENT_WALLET_SET_TYPEHASH, agentId, newWallet, owner, deadline)",
    to: "abi.encode(AGENT_WALLET_SET_TYPEHASH, agentId, newWallet, msg.sender, deadline)",
  },
  {
    rule: "setAgentWallet: the wallet makes its consent void by its digest.",
    first: ["test/signatures/nonces.test.ts"],
    from: "        _checkConsent(newWallet, structHash, deadline, signature);",
    to: "        Consent.check(newWallet, _hashTypedDataV4(structHash), deadline, signature);",
  },
  {
    rule: "setAgentWallet: a wallet that sends its consent itself has to have signed it.",
    from: "        _checkConsent(newWallet, structHash, deadline, signature);",
    to: "        if (newWallet != msg.sender) _checkConsent(newWallet, structHash, deadline, signature);",
  },
  {
    rule: "setAgentWallet: the wallet that is set already has to consent as well.",
    from: "        _checkConsent(newWallet, structHash, deadline, signature);",
    to: "        if (newWallet != _wallets[agentId]) _checkConsent(newWallet, structHash, deadline, signature);",
  },
  {
    rule: "unsetAgentWallet: where none is set, the log says all the same who is the wallet.",
    from: `        _clearWallet(agentId);
        _announceWallet(agentId, record.isActive() ? owner : address(0));`,
    to: `        if (_wallets[agentId] == address(0)) return;
        _clearWallet(agentId);
        _announceWallet(agentId, record.isActive() ? owner : address(0));`,
  },
  {
    rule: "unsetAgentWallet: a wallet leaves its own identity alone.",
    from: "!isGuardiansTurn && !_isWallet(msg.sender, agentId)",
    to: "!isGuardiansTurn && _keys[msg.sender].role != KeyRole.Wallet",
  },
  {
    rule: "unsetAgentWallet: a wallet leaves also while its identity is suspended.",
    from: "!isGuardiansTurn && !_isWallet(msg.sender, agentId)",
    to: "!isGuardiansTurn && !(record.isActive() && _isWallet(msg.sender, agentId))",
  },
  {
    rule: "unsetAgentWallet: while suspended, too, the approved address unsets the wallet.",
    from: "!isGuardiansTurn && !_isWallet(msg.sender, agentId)) {",
    to: `!isGuardiansTurn && !_isWallet(msg.sender, agentId)) {
            _requireActive(agentId);`,
  },
  {
    rule: "A wallet that has left is no former key.",
    from: "delete _keys[wallet];",
    to: "_keys[wallet].role = KeyRole.Former;",
  },
  {
    rule: "A wallet that has left is answered as nobody's: no role and no date.",
    from: "delete _keys[wallet];",
    to: "_keys[wallet].id = 0;",
  },
  {
    rule: "getAgentWallet: the owner is paid where no wallet is set, and not the approved address.",
    from: "return wallet == address(0) ? record.owner() : wallet;",
    to: `if (wallet == address(0)) wallet = _approvals[agentId];
        return wallet == address(0) ? record.owner() : wallet;`,
  },
]);
