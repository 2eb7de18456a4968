import { statedIn } from "../statedIn.ts";

/** What everybody is told. */
export const views = statedIn("test/IdentityRegistry/views.test.ts", [
  {
    rule: "identityOf leaves out a change that has expired.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "identity.pending = _waiting(agentId);",
    to: "identity.pending = _pending[agentId];",
  },
  {
    rule: "identityOf tells a change that waits also while suspended.",
    first: ["test/IdentityRegistry/suspension.test.ts"],
    from: "identity.pending = _waiting(agentId);",
    to: "if (record.isActive()) identity.pending = _waiting(agentId);",
  },
  {
    rule: "identityOf tells the owner as the wallet where none was set.",
    from: "identity.wallet = getAgentWallet(agentId);",
    to: "identity.wallet = _wallets[agentId];",
  },
  {
    rule: "identityOf tells nobody as the wallet of a suspended identity.",
    first: ["test/IdentityRegistry/suspension.test.ts"],
    from: "identity.wallet = getAgentWallet(agentId);",
    to: "identity.wallet = _wallets[agentId] == address(0) ? identity.owner : _wallets[agentId];",
  },
  {
    rule: "identityOf tells as delegated who delegates, and not every contract.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "identity.isDelegated = _isDelegated(identity.owner);",
    to: "identity.isDelegated = identity.owner.code.length != 0;",
  },
  {
    rule: "identityOf tells whether the owner delegates, and not the wallet.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "identity.isDelegated = _isDelegated(identity.owner);",
    to: "identity.isDelegated = _isDelegated(_wallets[agentId] == address(0) ? identity.owner : _wallets[agentId]);",
  },
  {
    rule: "identityOf tells an owner that delegates as the key that it was proven to be.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "identity.ownerKind = record.isKeyOwned() ? OwnerKind.Key : OwnerKind.Unproven;",
    to: `bool isPlain = record.isKeyOwned() && !_isDelegated(identity.owner);
            identity.ownerKind = isPlain ? OwnerKind.Key : OwnerKind.Unproven;`,
  },
  {
    rule: "identityOf tells what the owner was proven to be, and not whether it shows code now.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "identity.ownerKind = record.isKeyOwned() ? OwnerKind.Key : OwnerKind.Unproven;",
    to: "identity.ownerKind = identity.owner.code.length == 0 ? OwnerKind.Key : OwnerKind.Unproven;",
  },
  {
    rule: "identityOf tells what the owner was proven to be also while suspended.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "        if (identity.owner != address(0)) {",
    to: "        if (record.isActive()) {",
  },
  {
    rule: "identityOf tells who agreed to be an arbiter also while suspended.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: "identity.isArbiter = record.isArbiter();",
    to: "identity.isArbiter = record.isArbiter() && record.isActive();",
  },
  {
    rule: "identityOf dates the key by its change, and not by the registration.",
    from: "identity.keySince = _keys[identity.owner].since;",
    to: "if (identity.owner != address(0)) identity.keySince = _firstSeen(agentId, record);",
  },
  {
    rule: "identityOf dates the owner's key, and not the wallet's.",
    from: "identity.keySince = _keys[identity.owner].since;",
    to: "identity.keySince = _keys[identity.wallet].since;",
  },
  {
    rule: "identityOf dates no key of a retired identity.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: "identity.keySince = _keys[identity.owner].since;",
    to: "identity.keySince = record.owner() == address(0) ? _extensions[agentId].firstSeen : _keys[record.owner()].since;",
  },
  {
    rule: "identityPair answers the two in the order in which it is asked.",
    from: "return (_records[voucherId], _records[subjectId]);",
    to: "return (_records[subjectId], _records[voucherId]);",
  },
  {
    rule: "ageOf: a retired identity has an age, which goes on.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: "return record.status() == Status.None ? 0",
    to: "return record.owner() == address(0) ? 0",
  },
  {
    rule: "ageOf counts to now, and not to the last check-in.",
    first: ["test/IdentityRegistry/pulse.test.ts"],
    from: "0 : uint40(block.timestamp) - _firstSeen(agentId, record);",
    to: "0 : record.lastSeen() - _firstSeen(agentId, record);",
  },
  {
    rule: "ageOf counts from the registration, and not from where tenure begins.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: "0 : uint40(block.timestamp) - _firstSeen(agentId, record);",
    to: "0 : uint40(block.timestamp) - record.tenureStart();",
  },
  {
    rule: "tenureOf answers what check-ins credited, and nothing of the silence that goes on.",
    from: "return _records[agentId].tenure();",
    to: `IdentityRecord record = _records[agentId];
        if (record.status() == Status.None) return 0;
        return record.tenure() + uint40(Tenure.credit(record.lastSeen(), block.timestamp, maxSilence));`,
  },
  {
    rule: "tenureOf answers the tenure of a suspended identity too.",
    first: ["test/IdentityRegistry/pulse.test.ts"],
    from: "return _records[agentId].tenure();",
    to: "return _records[agentId].status() == Status.Suspended ? 0 : _records[agentId].tenure();",
  },
  {
    rule: "tenureOf answers the tenure of a retired identity too.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: "return _records[agentId].tenure();",
    to: "return _records[agentId].owner() == address(0) ? 0 : _records[agentId].tenure();",
  },
  {
    rule: "totalRegistered counts the retired too.",
    from: "return _registered;",
    to: "return _registered - _retired;",
  },
  {
    rule: "balanceOf counts what an address owns, and neither a wallet's identity nor a former key's.",
    first: ["test/conformance/erc721.test.ts"],
    from: "return _keys[owner].role == KeyRole.Owner ? 1 : 0;",
    to: "return _keys[owner].id != 0 ? 1 : 0;",
  },
  {
    rule: "balanceOf counts a suspended identity too.",
    first: ["test/IdentityRegistry/suspension.test.ts"],
    from: "return _keys[owner].role == KeyRole.Owner ? 1 : 0;",
    to: "return _keys[owner].role == KeyRole.Owner && _records[_keys[owner].id].isActive() ? 1 : 0;",
  },
  {
    rule: "locked is true also while suspended.",
    first: ["test/IdentityRegistry/suspension.test.ts"],
    from: "        return true;\n    }\n\n    /// @inheritdoc IERC8004IdentityRegistry\n    function isAuthorizedOrOwner",
    to: "        return _records[agentId].isActive();\n    }\n\n    /// @inheritdoc IERC8004IdentityRegistry\n    function isAuthorizedOrOwner",
  },
  {
    rule: "ownerOf answers the owner also while suspended.",
    first: ["test/IdentityRegistry/suspension.test.ts"],
    from: "        if (owner == address(0)) revert ERC721NonexistentToken(agentId);",
    to: "        if (!_records[agentId].isActive()) revert ERC721NonexistentToken(agentId);",
  },
  {
    rule: "resolve tells the wallet's role also while suspended.",
    first: ["test/IdentityRegistry/suspension.test.ts"],
    from: "return (entry.id, entry.role, entry.since);",
    to: `bool isStopped = entry.role == KeyRole.Wallet && !_records[entry.id].isActive();
        return (entry.id, isStopped ? KeyRole.None : entry.role, entry.since);`,
  },
  {
    rule: "resolve tells a former key's identity.",
    from: "return (entry.id, entry.role, entry.since);",
    to: "return (entry.role == KeyRole.Former ? 0 : entry.id, entry.role, entry.since);",
  },
  {
    rule: "The guardian of a suspended identity is answered, as of an active one.",
    first: ["test/IdentityRegistry/suspension.test.ts"],
    from: "identity.guardian = _extensions[agentId].guardian;",
    to: "if (record.isActive()) identity.guardian = _extensions[agentId].guardian;",
  },
]);
