import { statedIn } from "../statedIn.ts";

/** What a suspension, its end, and a retirement do and leave. */
export const states = statedIn("test/IdentityRegistry/suspension.test.ts", [
  {
    rule: "suspend: a change that waits goes on waiting.",
    from: "        emit Suspended(agentId, msg.sender);",
    to: `        delete _pending[agentId];
        emit Suspended(agentId, msg.sender);`,
  },
  {
    rule: "suspend: the wallet is set again when it is resumed.",
    from: "        emit Suspended(agentId, msg.sender);",
    to: `        _clearWallet(agentId);
        emit Suspended(agentId, msg.sender);`,
  },
  {
    rule: "suspend: the approval has effect again when it is resumed.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: "        emit Suspended(agentId, msg.sender);",
    to: `        delete _approvals[agentId];
        emit Suspended(agentId, msg.sender);`,
  },
  {
    rule: "suspend: arbitration stays as it is.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: "_records[agentId] = record.withStatus(Status.Suspended);",
    to: "_records[agentId] = record.withStatus(Status.Suspended).withArbitration(false);",
  },
  {
    rule: "suspend: the wallet does not suspend.",
    from: "if (msg.sender != record.owner() && !_isGuardian(msg.sender, agentId)) {",
    to: "if (msg.sender != record.owner() && !_isGuardian(msg.sender, agentId) && !_isWallet(msg.sender, agentId)) {",
  },
  {
    rule: "suspend: approved address and operators do not suspend.",
    from: "if (msg.sender != record.owner() && !_isGuardian(msg.sender, agentId)) {",
    to: `if (
            msg.sender != record.owner() &&
            !_isGuardian(msg.sender, agentId) &&
            !_isApproved(msg.sender, record.owner(), agentId)
        ) {`,
  },
  {
    rule: "suspend: a former key does not suspend.",
    from: "if (msg.sender != record.owner() && !_isGuardian(msg.sender, agentId)) {",
    to: "if (_keys[msg.sender].id != agentId && !_isGuardian(msg.sender, agentId)) {",
  },
  {
    rule: "suspend: Suspended names the guardian where it suspends.",
    from: "emit Suspended(agentId, msg.sender);",
    to: "emit Suspended(agentId, record.owner());",
  },
  {
    rule: "resume: where there is a guardian, the owner does not resume.",
    from: "else _requireGuardian(agentId);",
    to: "else if (msg.sender != record.owner()) _requireGuardian(agentId);",
  },
  {
    rule: "resume: where there is no guardian, the owner alone resumes, and no operator.",
    from: "if (_extensions[agentId].guardian == address(0)) _requireOwner(agentId, record);",
    to: `if (_extensions[agentId].guardian == address(0)) {
            if (msg.sender != record.owner()) _requireApproved(record.owner(), agentId);
        }`,
    more: [
      {
        from: "        else _requireGuardian(agentId);",
        to: "        if (_extensions[agentId].guardian != address(0)) _requireGuardian(agentId);",
      },
    ],
  },
  {
    rule: "resume: the log says the wallet that was set, and not the owner.",
    from: "_announceWallet(agentId, getAgentWallet(agentId));",
    to: "_announceWallet(agentId, record.owner());",
  },
  {
    rule: "resume: where no wallet was set, the log says the owner.",
    from: "_announceWallet(agentId, getAgentWallet(agentId));",
    to: "_announceWallet(agentId, _wallets[agentId]);",
  },
  {
    rule: "resume: the log says who is the wallet from now on, and not who was it while suspended.",
    from: `        _records[agentId] = record.withStatus(Status.Active);
        emit Resumed(agentId, msg.sender);
        _announceWallet(agentId, getAgentWallet(agentId));`,
    to: `        _announceWallet(agentId, getAgentWallet(agentId));
        _records[agentId] = record.withStatus(Status.Active);
        emit Resumed(agentId, msg.sender);`,
  },
  {
    rule: "resume: Resumed names the guardian where it resumes.",
    from: "emit Resumed(agentId, msg.sender);",
    to: "emit Resumed(agentId, record.owner());",
  },
  {
    rule: "resume: what waits goes on waiting.",
    first: ["test/IdentityRegistry/pending.test.ts"],
    from: "        emit Resumed(agentId, msg.sender);",
    to: `        delete _pending[agentId];
        emit Resumed(agentId, msg.sender);`,
  },
  {
    rule: "setArbitration: closed to a suspended identity, whichever way.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: `IdentityRecord record = _requireActive(agentId);
        _requireOwner(agentId, record);
        _records[agentId] = record.withArbitration(isOpen);`,
    to: `IdentityRecord record = isOpen ? _requireActive(agentId) : _requireExisting(agentId);
        _requireOwner(agentId, record);
        _records[agentId] = record.withArbitration(isOpen);`,
  },
  {
    rule: "setArbitration: the guardian closes nothing.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: `_requireOwner(agentId, record);
        _records[agentId] = record.withArbitration(isOpen);`,
    to: `if (isOpen || !_isGuardian(msg.sender, agentId)) _requireOwner(agentId, record);
        _records[agentId] = record.withArbitration(isOpen);`,
  },
  {
    rule: "setArbitration: approved address and operators agree to nothing.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: `_requireOwner(agentId, record);
        _records[agentId] = record.withArbitration(isOpen);`,
    to: `if (msg.sender != record.owner()) _requireApproved(record.owner(), agentId);
        _records[agentId] = record.withArbitration(isOpen);`,
  },
  {
    rule: "retire: a guardian that goes leaves the date of the registration where it was kept.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: `            delete _extensions[agentId].guardian;
        }`,
    to: `            delete _extensions[agentId];
        }`,
  },
  {
    rule: "retire: the date of the registration is kept also where there was no guardian.",
    first: ["test/IdentityRegistry/dates.test.ts"],
    from: `            delete _extensions[agentId].guardian;
        }
        _keepFirstSeen(agentId, record);`,
    to: `            delete _extensions[agentId].guardian;
            _keepFirstSeen(agentId, record);
        }`,
  },
  {
    rule: "retire: who has retired is no arbiter any more.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: ".withOwner(address(0)).withArbitration(false);",
    to: ".withOwner(address(0));",
  },
  {
    rule: "retire: the record of who has retired does not say that its owner is a key.",
    first: ["test/IdentityRegistry/arbitration.test.ts"],
    from: ".withOwner(address(0)).withArbitration(false);",
    to: ".withOwner(address(0)).withKeyOwned().withArbitration(false);",
  },
  {
    rule: "retire: the key is dated by when it became a former one.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: "_keys[msg.sender] = Key(uint40(agentId), KeyRole.Former, uint40(block.timestamp));",
    to: "_keys[msg.sender].role = KeyRole.Former;",
  },
  {
    rule: "retire: the wallet is free.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: `KeyRole.Former, uint40(block.timestamp));
        _clearWallet(agentId);
        delete _approvals[agentId];
        unchecked`,
    to: `KeyRole.Former, uint40(block.timestamp));
        delete _wallets[agentId];
        delete _approvals[agentId];
        unchecked`,
  },
  {
    rule: "retire: the wallet is logged as nothing, as getMetadata answers it, and not as zero.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: 'emit MetadataSet(agentId, WALLET_KEY, WALLET_KEY, "");',
    to: "_announceWallet(agentId, address(0));",
  },
  {
    rule: "retire: the key epoch stays what it was.",
    first: ["test/IdentityRegistry/retire.test.ts"],
    from: "_records[agentId] = record.withStatus(Status.Retired)",
    to: "_records[agentId] = record.withNextKeyEpoch().withStatus(Status.Retired)",
  },
]);
