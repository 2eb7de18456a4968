import { statedIn } from "../statedIn.ts";

/** What a check-in is, who may make one, and what is none. */
export const liveness = statedIn("test/IdentityRegistry/pulse.test.ts", [
  {
    rule: "pulse: the guardian does not check in.",
    from: "if (msg.sender != owner && !_isWallet(msg.sender, agentId)) _requireApproved(owner, agentId);",
    to: `if (msg.sender != owner && !_isWallet(msg.sender, agentId) && !_isGuardian(msg.sender, agentId)) {
            _requireApproved(owner, agentId);
        }`,
  },
  {
    rule: "pulse: what the identity's owner may is not what any owner may.",
    from: "if (msg.sender != owner && !_isWallet(msg.sender, agentId)) _requireApproved(owner, agentId);",
    to: "if (_keys[msg.sender].role != KeyRole.Owner && !_isWallet(msg.sender, agentId)) _requireApproved(owner, agentId);",
  },
  {
    rule: "pulse: a wallet checks in for its own identity alone.",
    from: "if (msg.sender != owner && !_isWallet(msg.sender, agentId)) _requireApproved(owner, agentId);",
    to: "if (msg.sender != owner && _keys[msg.sender].role != KeyRole.Wallet) _requireApproved(owner, agentId);",
  },
  {
    rule: "A check-in without a checkpoint is logged too.",
    from: "        emit Pulse(agentId, checkpoint);",
    to: "        if (checkpoint != bytes32(0)) emit Pulse(agentId, checkpoint);",
  },
  {
    rule: "A check-in answers the tenure with what it credited.",
    from: "record = record.withCheckIn(block.timestamp,",
    to: `tenure = record.tenure();
        record = record.withCheckIn(block.timestamp,`,
    more: [
      {
        from: `emit Pulse(agentId, checkpoint);
        return record.tenure();`,
        to: "emit Pulse(agentId, checkpoint);",
      },
    ],
  },
  {
    rule: "A check-in credits a silence of any length up to maxSilence, the first one after the registration too.",
    from: "record = record.withCheckIn(block.timestamp, Tenure.credit(record.lastSeen(), block.timestamp, maxSilence));",
    to: `uint256 credit = record.tenure() == 0 ? 0 : Tenure.credit(record.lastSeen(), block.timestamp, maxSilence);
        record = record.withCheckIn(block.timestamp, credit);`,
  },
  {
    rule: "pulseFor: the owner makes it void by its digest, and the sender does not.",
    first: ["test/IdentityRegistry/pulseFor.test.ts"],
    from: `bool isKey = _checkConsent(owner, structHash, deadline, signature);
        if (isKey && !record`,
    to: `bool isKey = Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);
        if (isKey && !record`,
  },
  {
    rule: "pulseFor: the owner signs, and not its wallet.",
    first: ["test/IdentityRegistry/pulseFor.test.ts"],
    from: `bool isKey = _checkConsent(owner, structHash, deadline, signature);
        if (isKey && !record`,
    to: `bool isKey = _checkConsent(getAgentWallet(agentId), structHash, deadline, signature);
        if (isKey && !record`,
  },
  {
    rule: "pulseFor: who may check in itself cannot send what nobody signed.",
    first: ["test/IdentityRegistry/pulseFor.test.ts"],
    from: `bool isKey = _checkConsent(owner, structHash, deadline, signature);
        if (isKey && !record`,
    to: `bool isKey = msg.sender == owner || _checkConsent(owner, structHash, deadline, signature);
        if (isKey && !record`,
  },
  {
    rule: "pulseFor: the deadline may be as far ahead as the owner likes.",
    first: ["test/IdentityRegistry/pulseFor.test.ts"],
    from: `bool isKey = _checkConsent(owner, structHash, deadline, signature);
        if (isKey && !record`,
    to: `uint256 latest = block.timestamp + MAX_WALLET_DEADLINE;
        if (deadline > latest) revert DeadlineTooFar(deadline, latest);
        bool isKey = _checkConsent(owner, structHash, deadline, signature);
        if (isKey && !record`,
  },
  {
    rule: "pulseFor: anyone sends it, and not only who may check in.",
    first: ["test/IdentityRegistry/pulseFor.test.ts"],
    from: `bytes32 structHash = keccak256(abi.encode(PULSE`,
    to: `if (msg.sender != owner && !_isWallet(msg.sender, agentId)) _requireApproved(owner, agentId);
        bytes32 structHash = keccak256(abi.encode(PULSE`,
  },
  {
    rule: "pulseFor: it names the last check-in, and not where tenure begins, which is the same at first.",
    first: ["test/IdentityRegistry/pulseFor.test.ts"],
    from: "abi.encode(PULSE_TYPEHASH, agentId, owner, checkpoint, seen, deadline)",
    to: "abi.encode(PULSE_TYPEHASH, agentId, owner, checkpoint, record.tenureStart(), deadline)",
  },
  {
    rule: "pulseFor: not in the second of the last check-in, whose date the signature binds and would not change.",
    first: ["test/IdentityRegistry/pulseFor.test.ts"],
    from: "        if (seen == block.timestamp) revert AlreadySeen(agentId, seen);",
    to: "",
  },
  {
    rule: "pulseFor: the logs say once that an owner is a key.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "if (isKey && !record.isKeyOwned()) record",
    to: "if (isKey) record",
  },
  {
    rule: "pulseFor: an account's answer (ERC-1271) proves no key.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: "if (isKey && !record.isKeyOwned()) record",
    to: "if (isKey || !record.isKeyOwned()) record",
  },
  {
    rule: "An edit is no check-in.",
    from: `        _uris[agentId] = newURI;
        emit URIUpdated`,
    to: `        _uris[agentId] = newURI;
        _records[agentId] = _records[agentId].withCheckIn(block.timestamp, 0);
        emit URIUpdated`,
  },
  {
    rule: "A wallet's consent is no check-in.",
    first: ["test/IdentityRegistry/wallet.test.ts"],
    from: "        _announceWallet(agentId, newWallet);",
    to: `        _records[agentId] = _records[agentId].withCheckIn(block.timestamp, 0);
        _announceWallet(agentId, newWallet);`,
  },
  {
    rule: "A change of arbitration is no check-in.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: "_records[agentId] = record.withArbitration(isOpen);",
    to: "_records[agentId] = record.withArbitration(isOpen).withCheckIn(block.timestamp, 0);",
  },
  {
    rule: "A rotation is no check-in.",
    from: "        record = _rotate(agentId, record, newOwner);",
    to: `        record = _rotate(agentId, record, newOwner).withCheckIn(
            block.timestamp,
            Tenure.credit(record.lastSeen(), block.timestamp, maxSilence)
        );`,
  },
  {
    rule: "A recovery of a suspended identity is no check-in.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: "_records[agentId] = _rotate(agentId, record, msg.sender);",
    to: `bool isActive = record.isActive();
        record = _rotate(agentId, record, msg.sender);
        if (!isActive) record = record.withCheckIn(block.timestamp, 0);
        _records[agentId] = record;`,
  },
  {
    rule: "A recovery of an active identity is no check-in.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: "_records[agentId] = _rotate(agentId, record, msg.sender);",
    to: `bool isActive = record.isActive();
        record = _rotate(agentId, record, msg.sender);
        if (isActive) record = record.withCheckIn(block.timestamp, 0);
        _records[agentId] = record;`,
  },
  {
    rule: "A suspension is no check-in: the silence before it is not credited.",
    from: "_records[agentId] = record.withStatus(Status.Suspended);",
    to: `_records[agentId] = record.withStatus(Status.Suspended).withCheckIn(
            block.timestamp,
            Tenure.credit(record.lastSeen(), block.timestamp, maxSilence)
        );`,
  },
  {
    rule: "Resuming is no check-in: the silence goes on.",
    from: "_records[agentId] = record.withStatus(Status.Active);",
    to: "_records[agentId] = record.withStatus(Status.Active).withCheckIn(block.timestamp, 0);",
  },
  {
    rule: "A retirement is no check-in: tenure is what check-ins credited, for ever.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: "_records[agentId] = record.withStatus(Status.Retired).withOwner(",
    to: `record = record.withCheckIn(block.timestamp, Tenure.credit(record.lastSeen(), block.timestamp, maxSilence));
        _records[agentId] = record.withStatus(Status.Retired).withOwner(`,
  },
]);
