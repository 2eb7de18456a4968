import { statedIn } from "../statedIn.ts";

const NEW_KEYS = `_keys[oldOwner] = Key(uint40(agentId), KeyRole.Former, uint40(block.timestamp));
        _keys[newOwner] = Key(uint40(agentId), KeyRole.Owner, uint40(block.timestamp));`;

/** A rotation is sent by the old key, a recovery by the new one: an effect that only one of the twins has. */
const RECOVERED = "msg.sender == newOwner";
const ROTATED = "msg.sender != newOwner";

/** What a key change does, by whichever of its two ways. */
export const keys = statedIn("test/IdentityRegistry/rotateKey.test.ts", [
  {
    rule: "A new key is dated by its own change, and not by the registration.",
    first: ["test/IdentityRegistry/rotateKey.test.ts"],
    from: NEW_KEYS,
    to: `uint40 since = _keys[oldOwner].since;
        _keys[oldOwner] = Key(uint40(agentId), KeyRole.Former, uint40(block.timestamp));
        _keys[newOwner] = Key(uint40(agentId), KeyRole.Owner, since);`,
  },
  {
    rule: "A former key is dated by when it became one, and not by when it became the owner.",
    first: ["test/IdentityRegistry/rotateKey.test.ts"],
    from: NEW_KEYS,
    to: NEW_KEYS.replace(
      "_keys[oldOwner] = Key(uint40(agentId), KeyRole.Former, uint40(block.timestamp));",
      "_keys[oldOwner].role = KeyRole.Former;",
    ),
  },
  {
    rule: "A guardian that becomes the owner leaves the date of the registration where it was kept.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: `            delete _extensions[agentId].guardian;
            emit GuardianSet(agentId, newOwner, address(0));`,
    to: `            delete _extensions[agentId];
            emit GuardianSet(agentId, newOwner, address(0));`,
  },
  {
    rule: "rotateKey: a guardian that becomes the owner is its guardian no more, as after a recovery.",
    from: "if (_isGuardian(newOwner, agentId)) {",
    to: `if (${RECOVERED} && _isGuardian(newOwner, agentId)) {`,
  },
  {
    rule: "claimRecovery: a guardian that becomes the owner is its guardian no more, as after a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "if (_isGuardian(newOwner, agentId)) {",
    to: `if (${ROTATED} && _isGuardian(newOwner, agentId)) {`,
  },
  {
    rule: "rotateKey: the approval goes, as by a recovery.",
    from: `_clearWallet(agentId);
        delete _approvals[agentId];
        // Nobody`,
    to: `_clearWallet(agentId);
        if (${RECOVERED}) delete _approvals[agentId];
        // Nobody`,
  },
  {
    rule: "claimRecovery: the approval goes, as by a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: `_clearWallet(agentId);
        delete _approvals[agentId];
        // Nobody`,
    to: `_clearWallet(agentId);
        if (${ROTATED}) delete _approvals[agentId];
        // Nobody`,
  },
  {
    rule: "claimRecovery: the wallet goes, as by a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: `_clearWallet(agentId);
        delete _approvals[agentId];
        // Nobody`,
    to: `if (${ROTATED}) _clearWallet(agentId);
        delete _approvals[agentId];
        // Nobody`,
  },
  {
    rule: "claimRecovery: the wallet that goes is free, as by a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: `_clearWallet(agentId);
        delete _approvals[agentId];
        // Nobody`,
    to: `if (${ROTATED}) _clearWallet(agentId);
        else delete _wallets[agentId];
        delete _approvals[agentId];
        // Nobody`,
  },
  {
    rule: "claimRecovery: the date of the registration is kept, as by a rotation.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: `_keepFirstSeen(agentId, record);
        address oldOwner`,
    to: `if (${ROTATED}) _keepFirstSeen(agentId, record);
        address oldOwner`,
  },
  {
    rule: "The date of the registration is kept, and not that of the key before the last.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: "if (record.keyEpoch() == 0) _extensions[agentId].firstSeen",
    to: "if (record.keyEpoch() == 0 || record.isActive()) _extensions[agentId].firstSeen",
  },
  {
    rule: "claimRecovery: the old key is a former one, as by a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: NEW_KEYS,
    to: NEW_KEYS.replace(
      "_keys[oldOwner] =",
      `if (${RECOVERED}) delete _keys[oldOwner];\n        else _keys[oldOwner] =`,
    ),
  },
  {
    rule: "claimRecovery: MetadataUpdate says that the key epoch is another, as after a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        emit MetadataUpdate(agentId); // of the key epoch",
    to: `        if (${ROTATED}) emit MetadataUpdate(agentId); // of the key epoch`,
  },
  {
    rule: "rotateKey: MetadataUpdate says that the key epoch is another, as after a recovery.",
    from: "        emit MetadataUpdate(agentId); // of the key epoch",
    to: `        if (${RECOVERED}) emit MetadataUpdate(agentId); // of the key epoch`,
  },
  {
    rule: "claimRecovery: the log says who is the wallet now, as after a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        _announceWallet(agentId, record.isActive() ? newOwner : address(0));",
    to: `        if (${ROTATED}) _announceWallet(agentId, record.isActive() ? newOwner : address(0));`,
  },
  {
    rule: "claimRecovery: KeyRotated is logged, as by a rotation.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());",
    to: `        if (${ROTATED}) emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());`,
  },
  {
    rule: "KeyRotated tells the key epoch that begins, and not the one that ends.",
    from: "emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());",
    to: "emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch() - 1);",
  },
  {
    rule: "Transfer is logged before KeyRotated, as a token's history is read.",
    from: `        emit Transfer(oldOwner, newOwner, agentId);
        emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());`,
    to: `        emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());
        emit Transfer(oldOwner, newOwner, agentId);`,
  },
  {
    rule: "Locked is logged once, by the mint.",
    from: "        emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());",
    to: `        emit Locked(agentId);
        emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());`,
  },
  {
    rule: "The wallet of an identity becomes its owner only when it has left.",
    from: "        _requireFresh(newOwner);",
    to: `        if (_isWallet(newOwner, agentId)) _clearWallet(agentId);
        _requireFresh(newOwner);`,
  },
  {
    rule: "A key change leaves arbitration as it is.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: "record = record.withOwner(newOwner).withNextKeyEpoch();",
    to: "record = record.withOwner(newOwner).withNextKeyEpoch().withArbitration(false);",
  },
  {
    rule: "A key change leaves what the identity says of itself.",
    first: ["test/IdentityRegistry/metadata.test.ts"],
    from: "        emit MetadataUpdate(agentId); // of the key epoch",
    to: `        delete _uris[agentId];
        emit MetadataUpdate(agentId); // of the key epoch`,
  },
  {
    rule: "A former key of the identity is not approved by having been its owner.",
    from: "_approvals[agentId] == account) ||",
    to: "_approvals[agentId] == account) || (account != owner && _keys[account].role == KeyRole.Former && _keys[account].id == agentId) ||",
  },
  {
    rule: "rotateKey: what the next owner is proven to be is its own signature's matter, and not the old owner's.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "_records[agentId] = isKey ? _withProof(agentId, record) : record;",
    to: "_records[agentId] = isKey || owner.isKeyOwned() ? _withProof(agentId, record) : record;",
    more: [
      {
        from: "        record = _rotate(agentId, record, newOwner);",
        to: "        IdentityRecord owner = record;\n        record = _rotate(agentId, record, newOwner);",
      },
    ],
  },
  {
    rule: "rotateKey: that a key sends an account's consent does not make the account a key.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "return Consent.check(signer, digest, deadline, signature);",
    to: "return Consent.check(signer, digest, deadline, signature) || msg.sender == tx.origin;",
  },
  {
    rule: "claimRecovery: what the old owner was proven to be does not pass to the next one.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "_records[agentId] = _rotate(agentId, record, msg.sender);",
    to: "bool isKey = record.isKeyOwned();\n        record = _rotate(agentId, record, msg.sender);\n        _records[agentId] = isKey ? record.withKeyOwned() : record;",
  },
  {
    rule: "claimRecovery: a candidate that shows no code is not thereby proven to be a key.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "_records[agentId] = _rotate(agentId, record, msg.sender);",
    to: "record = _rotate(agentId, record, msg.sender);\n        _records[agentId] = msg.sender.code.length == 0 ? record.withKeyOwned() : record;",
  },
  {
    rule: "rotateKey: an operator does not rotate.",
    from: `IdentityRecord record = _requireActive(agentId);
        _requireOwner(agentId, record);
        bytes32 structHash`,
    to: `IdentityRecord record = _requireActive(agentId);
        if (!_operators[record.owner()][msg.sender]) _requireOwner(agentId, record);
        bytes32 structHash`,
  },
  {
    rule: "rotateKey: the next key makes its consent void by its digest.",
    first: ["test/signatures/nonces.test.ts"],
    from: "bool isKey = _checkConsent(newOwner, structHash, deadline, signature);",
    to: "bool isKey = Consent.check(newOwner, _hashTypedDataV4(structHash), deadline, signature);",
  },
  {
    rule: "A consent without a nonce is made void by its digest, and not by the hash of its struct.",
    first: ["test/signatures/nonces.test.ts"],
    from: "if (isNonceUsed(signer, uint256(digest))) revert",
    to: "if (isNonceUsed(signer, uint256(structHash))) revert",
  },
  {
    rule: "A consent without a nonce is made void by its signer, and not by who sends it.",
    first: ["test/signatures/nonces.test.ts"],
    from: "if (isNonceUsed(signer, uint256(digest))) revert",
    to: "if (isNonceUsed(msg.sender, uint256(digest))) revert",
  },
  {
    rule: "A consent without a nonce is not spent by being used.",
    first: ["test/signatures/nonces.test.ts"],
    from: "        if (isNonceUsed(signer, uint256(digest))) revert NonceUsed(signer, uint256(digest));",
    to: "        _useNonce(signer, uint256(digest));",
    more: [
      {
        from: `) private view returns (bool) {
        bytes32 digest`,
        to: `) private returns (bool) {
        bytes32 digest`,
      },
    ],
  },
  {
    rule: "The ration of key changes goes by the age of the key, and not by the last check-in.",
    from: "uint40 readyAt = _keys[record.owner()].since + recoveryDelay;",
    to: "uint40 readyAt = record.lastSeen() + recoveryDelay;",
  },
  {
    rule: "The ration of key changes goes by the age of the key, and not by that of the identity.",
    from: "uint40 readyAt = _keys[record.owner()].since + recoveryDelay;",
    to: "uint40 readyAt = _firstSeen(agentId, record) + recoveryDelay;",
  },
  {
    rule: "The guardian's recovery is not rationed.",
    from: `delete _pending[agentId];
        _records[agentId] = _rotate(`,
    to: `delete _pending[agentId];
        _requireUnhurried(agentId, record);
        _records[agentId] = _rotate(`,
  },
]);
