import { statedIn } from "../statedIn.ts";

/** What waits, for whom, how long, and what ends it. */
export const guardians = statedIn("test/IdentityRegistry/pending.test.ts", [
  {
    rule: "setGuardian: one may be replaced only after the delay, and removed only after the delay.",
    first: ["test/IdentityRegistry/guardian.test.ts"],
    from: "if (current != address(0) && !_matured(agentId, ChangeKind.Guardian, guardian)) return;",
    to: `if (current != address(0) && guardian != address(0) && !_matured(agentId, ChangeKind.Guardian, guardian)) return;`,
  },
  {
    rule: "setGuardian: GuardianSet names the guardian before, and not the new one twice.",
    first: ["test/IdentityRegistry/guardian.test.ts"],
    from: "emit GuardianSet(agentId, current, guardian);",
    to: "emit GuardianSet(agentId, _extensions[agentId].guardian, guardian);",
  },
  {
    rule: "setGuardian: the owner of another identity may be the guardian.",
    first: ["test/IdentityRegistry/guardian.test.ts"],
    from: "if (guardian == msg.sender) revert InvalidGuardian(agentId, guardian);",
    to: "if (_keys[guardian].role == KeyRole.Owner) revert InvalidGuardian(agentId, guardian);",
  },
  {
    rule: "setGuardian: the identity's own wallet may be the guardian: it is not the owner.",
    first: ["test/IdentityRegistry/guardian.test.ts"],
    from: "if (guardian == msg.sender) revert InvalidGuardian(agentId, guardian);",
    to: "if (guardian == msg.sender || _isWallet(guardian, agentId)) revert InvalidGuardian(agentId, guardian);",
  },
  {
    rule: "setGuardian: a former key may be the guardian.",
    first: ["test/IdentityRegistry/guardian.test.ts"],
    from: "if (guardian == msg.sender) revert InvalidGuardian(agentId, guardian);",
    to: "if (guardian == msg.sender || _keys[guardian].id == agentId) revert InvalidGuardian(agentId, guardian);",
  },
  {
    rule: "setGuardian: the date of the registration stays where it was kept.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: "        _extensions[agentId].guardian = guardian;",
    to: "        _extensions[agentId] = Extension(guardian, 0);",
  },
  {
    rule: "setGuardian: a guardian that is only proposed has no power yet.",
    first: ["test/IdentityRegistry/guardian.test.ts"],
    from: "        _pending[agentId] = PendingChange(kind, candidate, readyAt);",
    to: `        if (kind == ChangeKind.Guardian) _extensions[agentId].guardian = candidate;
        _pending[agentId] = PendingChange(kind, candidate, readyAt);`,
  },
  {
    rule: "retire: the owner does not replace the guardian's recovery by a retirement.",
    first: ["test/IdentityRegistry/pending.test.ts"],
    from: "if (change.kind == ChangeKind.Recovery) revert RecoveryPending",
    to: "if (change.kind == ChangeKind.Recovery && kind == ChangeKind.Guardian) revert RecoveryPending",
  },
  {
    rule: "setGuardian: the owner does not replace the guardian's recovery by another guardian.",
    first: ["test/IdentityRegistry/pending.test.ts"],
    from: "if (change.kind == ChangeKind.Recovery) revert RecoveryPending",
    to: "if (change.kind == ChangeKind.Recovery && kind == ChangeKind.Retirement) revert RecoveryPending",
  },
  {
    rule: "A recovery that has expired keeps the owner from nothing.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: `PendingChange memory change = _waiting(agentId);
        if (change.kind == ChangeKind.Recovery) revert`,
    to: `PendingChange memory change = _pending[agentId];
        if (change.kind == ChangeKind.Recovery) revert`,
  },
  {
    rule: "A change that has expired does not come true by the next call.",
    first: ["test/IdentityRegistry/guardian.test.ts"],
    from: "if (change.kind != kind || change.candidate != candidate) {",
    to: `change = _pending[agentId];
        if (change.kind != kind || change.candidate != candidate) {`,
  },
  {
    rule: "A second call too early changes nothing: the wait does not begin again.",
    from: "if (block.timestamp < change.readyAt) revert ChangeNotReady(agentId, change.readyAt);\n        delete _pending[agentId];\n        return true;",
    to: `if (block.timestamp < change.readyAt) {
            _propose(agentId, kind, candidate);
            return false;
        }
        delete _pending[agentId];
        return true;`,
  },
  {
    rule: "The owner's wait begins again where it names somebody else.",
    from: "            _propose(agentId, kind, candidate);",
    to: `            if (change.kind != kind) {
                _propose(agentId, kind, candidate);
            } else {
                _pending[agentId].candidate = candidate;
                emit ChangeProposed(agentId, kind, candidate, change.readyAt);
            }`,
  },
  {
    rule: "proposeRecovery: the wait begins again where the guardian names somebody else.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        _propose(agentId, ChangeKind.Recovery, candidate);",
    to: `        PendingChange memory change = _waiting(agentId);
        if (change.kind != ChangeKind.Recovery) {
            _propose(agentId, ChangeKind.Recovery, candidate);
        } else {
            _pending[agentId].candidate = candidate;
            emit ChangeProposed(agentId, ChangeKind.Recovery, candidate, change.readyAt);
        }`,
  },
  {
    rule: "proposeRecovery: the guardian replaces its own recovery.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        _propose(agentId, ChangeKind.Recovery, candidate);",
    to: `        PendingChange memory change = _waiting(agentId);
        if (change.kind == ChangeKind.Recovery) revert RecoveryPending(agentId, change.candidate);
        _propose(agentId, ChangeKind.Recovery, candidate);`,
  },
  {
    rule: "proposeRecovery: the guardian's recovery replaces what the owner proposed.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        _propose(agentId, ChangeKind.Recovery, candidate);",
    to: `        if (_waiting(agentId).kind != ChangeKind.None) return;
        _propose(agentId, ChangeKind.Recovery, candidate);`,
  },
  {
    rule: "proposeRecovery: it suspends nothing by itself.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        _propose(agentId, ChangeKind.Recovery, candidate);",
    to: `        _records[agentId] = record.withStatus(Status.Suspended);
        _propose(agentId, ChangeKind.Recovery, candidate);`,
  },
  {
    rule: "proposeRecovery: a candidate is no key yet, and may register.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "        _propose(agentId, ChangeKind.Recovery, candidate);",
    to: `        _keys[candidate] = Key(uint40(agentId), KeyRole.None, uint40(block.timestamp));
        _propose(agentId, ChangeKind.Recovery, candidate);`,
  },
  {
    rule: "claimRecovery: the candidate itself claims, so that it is known to hold its key; not the guardian for it.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "if (msg.sender != change.candidate) revert",
    to: "if (msg.sender != change.candidate && !_isGuardian(msg.sender, agentId)) revert",
    more: [
      {
        from: "_rotate(agentId, record, msg.sender);",
        to: "_rotate(agentId, record, change.candidate);",
      },
    ],
  },
  {
    rule: "claimRecovery: a suspended identity stays suspended.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "_rotate(agentId, record, msg.sender);",
    to: "_rotate(agentId, record.withStatus(Status.Active), msg.sender);",
  },
  {
    rule: "claimRecovery: an active identity stays active.",
    first: ["test/IdentityRegistry/recovery.test.ts"],
    from: "_rotate(agentId, record, msg.sender);",
    to: "_rotate(agentId, record.withStatus(Status.Suspended), msg.sender);",
  },
  {
    rule: "rotateKey: a retirement that waits lapses, as a change of guardian does.",
    from: "if (change.kind != ChangeKind.None && (!isGuardians",
    to: "if (change.kind != ChangeKind.None && change.kind != ChangeKind.Retirement && (!isGuardians",
  },
  {
    rule: "rotateKey: a change of guardian that waits lapses, as a retirement does.",
    from: "if (change.kind != ChangeKind.None && (!isGuardians",
    to: "if (change.kind != ChangeKind.None && change.kind != ChangeKind.Guardian && (!isGuardians",
  },
  {
    rule: "rotateKey: a recovery goes on, also where the old owner rotates to a key of its own.",
    from: "if (change.kind != ChangeKind.None && (!isGuardians || change.candidate == newOwner)) {",
    to: "if (change.kind != ChangeKind.None && (!isGuardians || change.candidate != address(0))) {",
  },
  {
    rule: "rotateKey: a change that has expired does not lapse once more.",
    first: ["test/IdentityRegistry/rotateKey.test.ts"],
    from: `PendingChange memory change = _waiting(agentId);
        bool isGuardians`,
    to: `PendingChange memory change = _pending[agentId];
        bool isGuardians`,
  },
  {
    rule: "rotateKey: who let the change lapse is the old owner, and not the new one.",
    first: ["test/IdentityRegistry/rotateKey.test.ts"],
    from: "emit ChangeCancelled(agentId, change.kind, msg.sender);",
    to: "emit ChangeCancelled(agentId, change.kind, newOwner);",
  },
  {
    rule: "cancelPending: the owner takes its retirement back, as its change of guardian.",
    from: "msg.sender == record.owner() && kind != ChangeKind.Recovery;",
    to: "msg.sender == record.owner() && kind == ChangeKind.Guardian;",
  },
  {
    rule: "cancelPending: the guardian cancels what the owner proposed, its own replacement too.",
    from: "if (!isOwnChange && !_isGuardian(msg.sender, agentId)) revert",
    to: "if (!isOwnChange && !(kind != ChangeKind.Guardian && _isGuardian(msg.sender, agentId))) revert",
  },
  {
    rule: "cancelPending: the guardian that is proposed cancels nothing.",
    from: "if (!isOwnChange && !_isGuardian(msg.sender, agentId)) revert",
    to: "if (!isOwnChange && !_isGuardian(msg.sender, agentId) && msg.sender != _pending[agentId].candidate) revert",
  },
  {
    rule: "cancelPending: ChangeCancelled names the guardian where it cancels.",
    from: "emit ChangeCancelled(agentId, kind, msg.sender);",
    to: "emit ChangeCancelled(agentId, kind, record.owner());",
  },
  {
    rule: "cancelPending: what has expired cannot be cancelled any more.",
    from: "ChangeKind kind = _waiting(agentId).kind;",
    to: "ChangeKind kind = _pending[agentId].kind;",
  },
]);
