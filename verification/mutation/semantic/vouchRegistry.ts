import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

const construction = statedIn("test/VouchRegistry/horizon.test.ts", [
  {
    rule: "A stake whose tail cannot be stored is refused, and not only one made after the last period.",
    from: "if (endPeriod >= LAST_PERIOD) revert HorizonPassed(endPeriod + 1, LAST_PERIOD);",
    to: "if (current >= LAST_PERIOD) revert HorizonPassed(current + 1, LAST_PERIOD);",
  },
  {
    rule: "The end of a period is the first second after it.",
    from: "return uint256(origin) + (number + 1) * period;",
    to: "return uint256(origin) + (number + 1) * period - 1;",
  },
]);

const staking = statedIn("test/VouchRegistry/staking.test.ts", [
  {
    rule: "Nobody warns about itself, no more than it vouches for itself.",
    from: "if (voucherId == subjectId) revert SelfVouch(voucherId);",
    to: "if (stance == Stance.For && voucherId == subjectId) revert SelfVouch(voucherId);",
  },
  {
    rule: "A stake is at least one point, also where the pair staked before.",
    from: "if (stake == 0) revert ZeroStake(voucherId, subjectId);",
    to: "if (stake == 0 && !_edges[voucherId][subjectId].edge.exists()) revert ZeroStake(voucherId, subjectId);",
    first: ["test/VouchRegistry/anew.test.ts"],
  },
  {
    rule: "A suspended voucher stakes nothing, by signature neither.",
    from: "        (IdentityRecord voucher, IdentityRecord subject) = _requirePair(voucherId, subjectId, actor);",
    to: "        (IdentityRecord voucher, IdentityRecord subject) = identities.identityPair(voucherId, subjectId);\n        if (actor == msg.sender) _checkActive(voucherId, voucher);\n        else _checkExisting(voucherId, voucher);\n        if (actor != voucher.owner()) revert NotOwner(voucherId, actor);",
  },
  {
    rule: "Nobody vouches for a suspended subject.",
    from: "        if (!subject.isActive()) _checkSubject(stance, subjectId, subject);",
    to: "        if (!subject.isActive()) _checkExisting(subjectId, subject);",
  },
  {
    rule: "A subject does not keep warnings out by suspending itself.",
    from: "        if (!subject.isActive()) _checkSubject(stance, subjectId, subject);",
    to: "        _checkActive(subjectId, subject);",
    first: ["test/VouchRegistry/warnings.test.ts"],
  },
  {
    rule: "A retired identity is not warned about.",
    from: "        if (stance == Stance.Against) _checkExisting(subjectId, subject);\n        else _checkActive(subjectId, subject);",
    to: "        if (stance == Stance.For) _checkActive(subjectId, subject);\n        else if (subject.status() == Status.None) revert UnknownIdentity(subjectId);",
  },
  {
    rule: "Warnings about a suspended subject are taken, vouches for it are not: in making and in renewing.",
    from: "        if (stance == Stance.Against) _checkExisting(subjectId, subject);\n        else _checkActive(subjectId, subject);",
    to: "        if (stance == Stance.For) _checkExisting(subjectId, subject);\n        else _checkActive(subjectId, subject);",
  },
  {
    rule: "A warning is logged as a warning.",
    from: "        emit Warned(voucherId, subjectId, edge, topic, evidence);",
    to: "        emit Vouched(voucherId, subjectId, edge, topic, evidence);",
  },
  {
    rule: "A warning counts to the end of its own period, whenever the subject was last warned about.",
    from: "            opposition.ring = _booked(opposition.ring.advanced(current), subjectId, edge);",
    to: "            opposition.ring = _booked(opposition.ring, subjectId, edge);",
    first: ["test/VouchRegistry/periods.test.ts"],
  },
  {
    rule: "A vouch counts to the end of its own period, whenever the subject was last vouched for.",
    from: "_booked(_givenTo(support.advanced(current), edge.subjectKeyEpoch()), subjectId, edge);",
    to: "_booked(_givenTo(support, edge.subjectKeyEpoch()), subjectId, edge);",
    first: ["test/VouchRegistry/periods.test.ts"],
  },
  {
    rule: "What is locked is counted from the present period, whenever the voucher last staked.",
    from: "        VoucherRing ring = slot.ring.advanced(current);\n        _requireFree(voucherId, voucher, ring, stake);",
    to: "        VoucherRing ring = slot.ring;\n        _requireFree(voucherId, voucher, ring, stake);",
    more: [
      {
        from: "        VoucherRing ring = slot.ring.advanced(current);\n        _requireFree(voucherId, voucher, ring, stake - edge.stake());",
        to: "        VoucherRing ring = slot.ring;\n        _requireFree(voucherId, voucher, ring, stake - edge.stake());",
      },
    ],
    first: ["test/VouchRegistry/standing.test.ts"],
  },
  {
    rule: "Vouching after the subject rotated its key counts the new vouch only, none that lapsed.",
    from: "_booked(_givenTo(support.advanced(current), edge.subjectKeyEpoch()), subjectId, edge);",
    to: "_booked(support.advanced(current), subjectId, edge);",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "A warning made after the subject rotated its key joins the earlier ones and does not replace them.",
    from: "            opposition.ring = _booked(opposition.ring.advanced(current), subjectId, edge);",
    to: "            opposition.ring = _booked(_givenTo(opposition.ring.advanced(current), edge.subjectKeyEpoch()), subjectId, edge);",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "The first warning about a subject counts, also where it is made over a vouch.",
    from: "            if (isNew || !support.isWarned()) supportSlot.ring = support.withWarning();",
    to: "            bool isAnew = !isNew && current <= former.releasePeriod();\n            if (isNew || (!isAnew && !support.isWarned())) supportSlot.ring = support.withWarning();",
    first: ["test/VouchRegistry/anew.test.ts"],
  },
]);

const lists = statedIn("test/VouchRegistry/lists.test.ts", [
  {
    rule: "Whoever warns is in the subject's list, and not only whoever vouches.",
    from: "            support = support.withHead(voucherId);",
    to: "            if (stance == Stance.For) support = support.withHead(voucherId);",
  },
  {
    rule: "Whoever is warned about is in the voucher's list, and not only whoever is vouched for.",
    from: "        slot.ring = ring.withHead(subjectId).add(release, stake);",
    to: "        slot.ring = (stance == Stance.For ? ring.withHead(subjectId) : ring).add(release, stake);",
    more: [
      { from: "    function _commit(\n", to: "    function _commit(\n        Stance stance,\n" },
      { from: ": _commit(voucherId,", to: ": _commit(stance, voucherId," },
    ],
  },
  {
    rule: "A pair has one node in each list for ever, also when it stakes again after its tail.",
    from: "        return current > edge.releasePeriod() ? edge.remade(edge.stance(), 0, 0) : edge;",
    to: "        return current > edge.releasePeriod() ? Edge.wrap(0) : edge;",
  },
  {
    rule: "A subject's page shows each vouch against the subject's key epoch, not the voucher's.",
    from: "            page[i] = _view(cursor, subjectId, subjectEpoch);",
    to: "            page[i] = _view(cursor, subjectId, identities.getRecord(cursor).keyEpoch());",
    more: [{ from: "        uint8 subjectEpoch = identities.getRecord(subjectId).keyEpoch();\n", to: "" }],
  },
  {
    rule: "A page of `vouchersOf` begins with its cursor, so that no row is left out between two pages.",
    from: "        else if (!_edges[cursor][subjectId].edge.exists()) revert InvalidCursor(cursor);",
    to: "        else if (!_edges[cursor][subjectId].edge.exists()) revert InvalidCursor(cursor);\n        else cursor = _edges[cursor][subjectId].edge.nextVoucher();",
  },
  {
    rule: "A cursor of `vouchersOf` is somebody who staked for the subject, not somebody it staked for.",
    from: "        else if (!_edges[cursor][subjectId].edge.exists()) revert InvalidCursor(cursor);",
    to: "        else if (!_edges[subjectId][cursor].edge.exists()) revert InvalidCursor(cursor);",
  },
  {
    rule: "`vouchersOf` begins with who staked for the subject last, not with whom it staked for.",
    from: "        if (cursor == 0) cursor = _support[subjectId].ring.head();",
    to: "        if (cursor == 0) cursor = _commitments[subjectId].ring.head();",
  },
  {
    rule: "`vouchersOf` answers where the next page starts, which is not the last row of this one.",
    from: "            page[i] = _view(cursor, subjectId, subjectEpoch);",
    to: "            page[i] = _view(cursor, subjectId, subjectEpoch);\n            if (i + 1 == length && next != 0) next = cursor;",
  },
  {
    rule: "`vouchersOf` ends with the first who ever staked, and leaves nobody out whose edge is over.",
    from: "        for (next = cursor; next != 0 && length < limit; ++length) {\n            next = _edges[next][subjectId]",
    to: "        for (next = cursor; next != 0 && length < limit; ++length) {\n            if (_edges[next][subjectId].edge.releasePeriod() < currentPeriod()) next = 0;\n            else next = _edges[next][subjectId]",
  },
  {
    rule: "A page of `vouchesBy` shows each row against the key epoch of its own subject, not that of the first row.",
    from: "            page[i] = _view(voucherId, cursor, identities.getRecord(cursor).keyEpoch());",
    to: "            page[i] = _view(voucherId, cursor, subjectEpoch);",
    more: [
      {
        from: "            next = _edges[voucherId][next].edge.nextSubject();\n        }\n",
        to: "            next = _edges[voucherId][next].edge.nextSubject();\n        }\n        uint8 subjectEpoch = identities.getRecord(cursor).keyEpoch();\n",
      },
    ],
  },
  {
    rule: "A page of `vouchesBy` shows each row against its subject's key epoch, not the voucher's.",
    from: "            page[i] = _view(voucherId, cursor, identities.getRecord(cursor).keyEpoch());",
    to: "            page[i] = _view(voucherId, cursor, identities.getRecord(voucherId).keyEpoch());",
  },
  {
    rule: "`vouchesBy` begins with whom the voucher staked for last, not with who staked for it.",
    from: "        if (cursor == 0) cursor = _commitments[voucherId].ring.head();",
    to: "        if (cursor == 0) cursor = _support[voucherId].ring.head();",
  },
  {
    rule: "A cursor of `vouchesBy` is somebody the voucher staked for, not somebody who staked for it.",
    from: "        else if (!_edges[voucherId][cursor].edge.exists()) revert InvalidCursor(cursor);",
    to: "        else if (!_edges[cursor][voucherId].edge.exists()) revert InvalidCursor(cursor);",
  },
  {
    rule: "A page of `vouchesBy` begins with its cursor, so that no row is left out between two pages.",
    from: "        else if (!_edges[voucherId][cursor].edge.exists()) revert InvalidCursor(cursor);",
    to: "        else if (!_edges[voucherId][cursor].edge.exists()) revert InvalidCursor(cursor);\n        else cursor = _edges[voucherId][cursor].edge.nextSubject();",
  },
]);

const anew = statedIn("test/VouchRegistry/anew.test.ts", [
  {
    rule: "A warning is made anew to the end of its tail, as a vouch is.",
    from: "        return current > edge.releasePeriod() ? edge.remade(edge.stance(), 0, 0) : edge;",
    to: "        uint256 last = edge.isAgainst() ? edge.endPeriod() : edge.releasePeriod();\n        return current > last ? edge.remade(edge.stance(), 0, 0) : edge;",
  },
  {
    rule: "An edge that was revoked or disowned is still locked, and what is made over it takes its liability over.",
    from: "        return current > edge.releasePeriod() ? edge.remade(edge.stance(), 0, 0) : edge;",
    to: "        return !edge.isLive() || current > edge.releasePeriod() ? edge.remade(Stance.None, 0, 0) : edge;",
  },
  {
    rule: "After the tail a pair starts from nothing, also where it had an arbiter.",
    from: "        return current > edge.releasePeriod() ? edge.remade(edge.stance(), 0, 0) : edge;",
    to: "        return edge.arbiter() == 0 && current > edge.releasePeriod() ? edge.remade(edge.stance(), 0, 0) : edge;",
  },
  {
    rule: "Nothing of the liability shrinks, whether a vouch or a warning is made anew: a vouch too.",
    from: "            _requireLiability(former,",
    to: "            if (stance == Stance.Against) _requireLiability(former,",
  },
  {
    rule: "Nothing of the liability shrinks, whether a vouch or a warning is made anew: a warning too.",
    from: "            _requireLiability(former,",
    to: "            if (stance == Stance.For) _requireLiability(former,",
  },
  {
    rule: "Nothing of the liability shrinks, whether the voucher sends or signs.",
    from: "            _requireLiability(former,",
    to: "            if (actor == msg.sender) _requireLiability(former,",
  },
  {
    rule: "Nothing of the liability shrinks of an edge that has ended, either.",
    from: "            _requireLiability(former,",
    to: "            if (current <= former.endPeriod()) _requireLiability(former,",
  },
  {
    rule: "Only what making anew adds comes out of the free points, also over an edge that was revoked.",
    from: "        _requireFree(voucherId, voucher, ring, stake - edge.stake());",
    to: "        _requireFree(voucherId, voucher, ring, edge.isLive() ? stake - edge.stake() : stake);",
  },
  {
    rule: "What making anew adds has to be free.",
    from: "        _requireFree(voucherId, voucher, ring, stake - edge.stake());",
    to: "        if (current > edge.releasePeriod()) _requireFree(voucherId, voucher, ring, stake);",
  },
  {
    rule: "What making anew adds is free beside what the old edge locks, which is not free at the same time.",
    from: "        _requireFree(voucherId, voucher, ring, stake - edge.stake());\n        slot.ring = ring.remove(edge.releasePeriod(), edge.stake()).add(release, stake);",
    to: "        ring = ring.remove(edge.releasePeriod(), edge.stake());\n        _requireFree(voucherId, voucher, ring, stake - edge.stake());\n        slot.ring = ring.add(release, stake);",
  },
  {
    rule: "Points that are locked under a pair are locked once, also where the edge was revoked before it is made anew.",
    from: "        slot.ring = ring.remove(edge.releasePeriod(), edge.stake()).add(release, stake);",
    to: "        if (edge.isLive()) ring = ring.remove(edge.releasePeriod(), edge.stake());\n        slot.ring = ring.add(release, stake);",
  },
  {
    rule: "Points that are locked under a pair are locked once, also where a warning is made over a vouch.",
    from: "        slot.ring = ring.remove(edge.releasePeriod(), edge.stake()).add(release, stake);",
    to: "        slot.ring = ring.add(release, stake);",
    more: [
      {
        from: "        if (stance == Stance.For) {\n            supportSlot",
        to: "        if (stance == Stance.For) {\n            VoucherRingSlot storage slot = _commitments[voucherId];\n            slot.ring = slot.ring.remove(former.releasePeriod(), former.stake());\n            supportSlot",
      },
    ],
  },
  {
    rule: "Making anew keeps what is locked locked: the stake moves to the new release, and not only what is added.",
    from: "        slot.ring = ring.remove(edge.releasePeriod(), edge.stake()).add(release, stake);",
    to: "        slot.ring = ring.add(release, stake - edge.stake());",
  },
  {
    rule: "A vouch leaves the support at once when its voucher warns over it.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());\n        return edge;",
    to: "        if (edge.isAgainst() && edge.isLive() && edge.endPeriod() >= current) {\n            _discount(subjectId, edge, current, edge.stake());\n        }\n        return edge;",
  },
  {
    rule: "A warning leaves the opposition at once when its voucher vouches over it.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());\n        return edge;",
    to: "        if (edge.isFor() && edge.isLive() && edge.endPeriod() >= current) {\n            _discount(subjectId, edge, current, edge.stake());\n        }\n        return edge;",
  },
  {
    rule: "What was revoked has left the sum already, and making over it takes nothing more away.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());\n        return edge;",
    to: "        if (edge.state() != EdgeState.Disowned && edge.endPeriod() >= current) {\n            _discount(subjectId, edge, current, edge.stake());\n        }\n        return edge;",
  },
  {
    rule: "What was disowned has left the sum already, and a warning over it takes nothing more away.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());\n        return edge;",
    to: "        if (edge.state() != EdgeState.Revoked && edge.endPeriod() >= current) {\n            _discount(subjectId, edge, current, edge.stake());\n        }\n        return edge;",
  },
  {
    rule: "The first warning of a subject does not bring the vouch back that it was made over.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());\n        return edge;",
    to: "        return edge;",
    more: [
      {
        from: "        SubjectRing support = supportSlot.ring;\n",
        to: "        SubjectRing support = supportSlot.ring;\n        if (former.isLive() && former.endPeriod() >= current) _discount(subjectId, former, current, former.stake());\n",
      },
    ],
  },
  {
    rule: "What the subject disowned stays refused while it is locked, also when its voucher warns over it.",
    from: "        } else if (former.isRefused()) {",
    to: "        } else if (former.isRefused() && stance == Stance.For) {",
  },
  {
    rule: "What the subject disowned is refused only while it is locked.",
    from: "            former = _whileLocked(former, current);",
    to: "            if (former.isRefused() && stance == Stance.For) {\n                revert VouchRefused(voucherId, subjectId, former.releasePeriod());\n            }\n            former = _whileLocked(former, current);",
  },
  {
    rule: "What is made anew is dated anew.",
    from: "        edge = edge.remade(stance, arbiterId, block.timestamp);",
    to: "        if (former.exists() && current <= former.releasePeriod()) edge = edge.remade(stance, arbiterId, former.since());\n        else edge = edge.remade(stance, arbiterId, block.timestamp);",
  },
  {
    rule: "Where a locked edge had no arbiter, one may be named now.",
    from: "        edge = edge.remade(stance, arbiterId, block.timestamp);",
    to: "        if (former.exists() && current <= former.releasePeriod()) arbiterId = former.arbiter();\n        edge = edge.remade(stance, arbiterId, block.timestamp);",
  },
  {
    rule: "Where a locked vouch had no arbiter, one may be named now, and that is no change of arbiter.",
    from: "        if (edge.arbiter() != 0 && edge.arbiter() != arbiterId) revert",
    to: "        if ((edge.isFor() || edge.arbiter() != 0) && edge.arbiter() != arbiterId) revert",
  },
  {
    rule: "Making anew does not drop the arbiter.",
    from: "        if (edge.arbiter() != 0 && edge.arbiter() != arbiterId) revert",
    to: "        if (edge.arbiter() != 0 && arbiterId != 0 && edge.arbiter() != arbiterId) revert",
  },
  {
    rule: "A locked edge keeps its arbiter, also one that was revoked, disowned or has ended.",
    from: "        if (edge.arbiter() != 0 && edge.arbiter() != arbiterId) revert",
    to: "        if (edge.arbiter() != 0 && edge.arbiter() != arbiterId && edge.isLive() && edge.endPeriod() >= current) revert",
  },
  {
    rule: "What the subject disowned does not keep its voucher from warning, and from warning again.",
    from: "        if (edge.isRefused() && stance == Stance.For) revert VouchRefused",
    to: "        if (edge.isRefused() && (stance == Stance.For || edge.isAgainst())) revert VouchRefused",
  },
  {
    rule: "A voucher does not get around a refusal by warning first and vouching then.",
    from: "        if (edge.isRefused() && stance == Stance.For) revert VouchRefused",
    to: "        if (edge.state() == EdgeState.Disowned && stance == Stance.For) revert VouchRefused",
  },
  {
    rule: "Whoever vouched, and was deceived, warns at once.",
    from: "        if (edge.stance() == stance && edge.isLive() && edge.endPeriod() >= current) {",
    to: "        if ((edge.stance() == stance || stance == Stance.Against) && edge.isLive() && edge.endPeriod() >= current) {",
  },
  {
    rule: "Whoever warned, and was wrong, vouches at once.",
    from: "        if (edge.stance() == stance && edge.isLive() && edge.endPeriod() >= current) {",
    to: "        if ((edge.stance() == stance || stance == Stance.For) && edge.isLive() && edge.endPeriod() >= current) {",
  },
  {
    rule: "A vouch that has ended by itself is made anew by another one.",
    from: "        if (edge.stance() == stance && edge.isLive() && edge.endPeriod() >= current) {",
    to: "        bool isHeld = edge.isFor() ? current <= edge.releasePeriod() : edge.endPeriod() >= current;\n        if (edge.stance() == stance && edge.isLive() && isHeld) {",
  },
  {
    rule: "A warning that has ended by itself is made anew by another one.",
    from: "        if (edge.stance() == stance && edge.isLive() && edge.endPeriod() >= current) {",
    to: "        bool isHeld = edge.isAgainst() ? current <= edge.releasePeriod() : edge.endPeriod() >= current;\n        if (edge.stance() == stance && edge.isLive() && isHeld) {",
  },
  {
    rule: "An edge that was revoked is made anew with the same stance, also before it would have ended.",
    from: "        if (edge.stance() == stance && edge.isLive() && edge.endPeriod() >= current) {",
    to: "        if (edge.stance() == stance && edge.state() != EdgeState.Disowned && edge.endPeriod() >= current) {",
  },
  {
    rule: "A vouch that was burned entirely before its end is renewed, and not made anew by `vouch`.",
    from: "        if (edge.stance() == stance && edge.isLive() && edge.endPeriod() >= current) {",
    to: "        if (edge.stance() == stance && edge.isLive() && edge.stake() != 0 && edge.endPeriod() >= current) {",
  },
  {
    rule: "After its tail an edge binds no more: another arbiter may be named, or none.",
    from: "            former = _whileLocked(former, current);",
    to: "            if (former.stake() != 0 && former.arbiter() != 0 && former.arbiter() != arbiterId) {\n                revert ArbiterChanges(former.arbiter(), arbiterId);\n            }\n            former = _whileLocked(former, current);",
  },
  {
    rule: "After its tail an edge locks nothing: the whole stake has to be free, and not only what it adds to the old one.",
    from: "        _requireFree(voucherId, voucher, ring, stake - edge.stake());",
    to: "        if (stake > _edges[voucherId][subjectId].edge.stake()) {\n            _requireFree(voucherId, voucher, ring, stake - _edges[voucherId][subjectId].edge.stake());\n        }",
  },
]);

const arbiters = statedIn("test/VouchRegistry/arbitration.test.ts", [
  {
    rule: "The arbiter of a locked edge need not agree again when it is made anew, also over one that was revoked.",
    from: "        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
    to: "        if (arbiterId != 0 && !(former.isLive() && _isUnder(former, arbiterId))) _requireArbiter(",
    first: ["test/VouchRegistry/anew.test.ts"],
  },
  {
    rule: "An arbiter that is first named by the warning over a vouch has to have agreed.",
    from: "        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
    to: "        if (arbiterId != 0 && !(former.stake() != 0 && (stance == Stance.Against || former.arbiter() == arbiterId))) _requireArbiter(",
    first: ["test/VouchRegistry/anew.test.ts"],
  },
  {
    rule: "An arbiter is asked from the period on in which its old edge is released.",
    from: "        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
    to: "        if (arbiterId != 0 && !(current <= slot.edge.releasePeriod() + 1 && arbiterId == slot.edge.arbiter())) _requireArbiter(",
  },
  {
    rule: "An arbiter is asked also where the pair staked once before.",
    from: "        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
    to: "        if (arbiterId != 0 && !former.exists()) _requireArbiter(",
  },
  {
    rule: "The arbiter of a warning has to have agreed too.",
    from: "        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
    to: "        if (stance == Stance.For && arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
  },
  {
    rule: "The arbiter of a signed warning has to have agreed too.",
    from: "        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
    to: "        if ((stance == Stance.For || actor == msg.sender) && arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
  },
  {
    rule: "The arbiter of a signed vouch has to have agreed too.",
    from: "        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
    to: "        if ((stance == Stance.Against || actor == msg.sender) && arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(",
  },
]);

const renewing = statedIn("test/VouchRegistry/renew.test.ts", [
  {
    rule: "A vouch for a suspended subject is not renewed.",
    from: "        if (!subject.isActive()) _checkSubject(edge.stance(), subjectId, subject);",
    to: "        if (!subject.isActive()) _checkExisting(subjectId, subject);",
  },
  {
    rule: "A warning is renewed though its subject is suspended.",
    from: "        if (!subject.isActive()) _checkSubject(edge.stance(), subjectId, subject);",
    to: "        _checkActive(subjectId, subject);",
  },
  {
    rule: "The periods of a renewal count from the present one, not from the end of what is renewed.",
    from: "        uint256 newEnd = _endAfter(current, periods);",
    to: "        uint256 newEnd = _endAfter(edge.exists() ? edge.endPeriod() : current, periods);",
  },
  {
    rule: "A revoked edge is not renewed.",
    from: "        if (!edge.isLive()) revert VouchNotLive(voucherId, subjectId, _stateOf(edge, subject.keyEpoch()));",
    to: "        if (edge.state() == EdgeState.Disowned) revert VouchNotLive(voucherId, subjectId, VouchState.Disowned);",
  },
  {
    rule: "A disowned vouch is not renewed.",
    from: "        if (!edge.isLive()) revert VouchNotLive(voucherId, subjectId, _stateOf(edge, subject.keyEpoch()));",
    to: "        if (edge.state() == EdgeState.Revoked) revert VouchNotLive(voucherId, subjectId, VouchState.Revoked);",
  },
  {
    rule: "A renewal works to the end of the tail.",
    from: "        _requireLocked(edge, voucherId, subjectId, current);\n        if (newEnd",
    to: "        if (current > edge.endPeriod()) revert VouchReleased(voucherId, subjectId, edge.releasePeriod());\n        if (newEnd",
  },
  {
    rule: "A renewal never shortens, also where it adds points.",
    from: "        if (newEnd < edge.endPeriod()) revert",
    to: "        if (addedStake == 0 && newEnd < edge.endPeriod()) revert",
  },
  {
    rule: "A renewal takes only the points that it adds out of the free ones.",
    from: "        _requireFree(voucherId, voucher, commitments, addedStake);",
    to: "        _requireFree(voucherId, voucher, commitments, edge.stake() + addedStake);",
  },
  {
    rule: "Points that a renewal adds are free beside what is locked, which is not free at the same time.",
    from: "        _requireFree(voucherId, voucher, commitments, addedStake);",
    to: "        _requireFree(voucherId, voucher, commitments.remove(edge.releasePeriod(), edge.stake()), addedStake);",
  },
  {
    rule: "Points that a renewal adds in the tail have to be free too.",
    from: "        _requireFree(voucherId, voucher, commitments, addedStake);",
    to: "        if (edge.endPeriod() >= current) _requireFree(voucherId, voucher, commitments, addedStake);",
  },
  {
    rule: "The renewal of a warning notes the key epochs too.",
    from: "        renewed = renewed.withKeyEpochs(subject.keyEpoch(), voucher.keyEpoch());",
    to: "        if (edge.isFor()) renewed = renewed.withKeyEpochs(subject.keyEpoch(), voucher.keyEpoch());",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "A renewal affirms a vouch to the subject's present key.",
    from: "        renewed = renewed.withKeyEpochs(subject.keyEpoch(), voucher.keyEpoch());",
    to: "        renewed = renewed.withKeyEpochs(edge.subjectKeyEpoch(), voucher.keyEpoch());",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "A renewal notes that the voucher affirmed with its present key.",
    from: "        renewed = renewed.withKeyEpochs(subject.keyEpoch(), voucher.keyEpoch());",
    to: "        renewed = renewed.withKeyEpochs(subject.keyEpoch(), edge.voucherKeyEpoch());",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "What was burned entirely is renewed with new stake.",
    from: "        _requireLocked(edge, voucherId, subjectId, current);\n        if (newEnd",
    to: "        if (edge.stake() == 0) revert VouchNotLive(voucherId, subjectId, VouchState.Burned);\n        _requireLocked(edge, voucherId, subjectId, current);\n        if (newEnd",
    first: ["test/VouchRegistry/burn.test.ts"],
  },
  {
    rule: "What was burned entirely is not renewed without new stake, by a later end neither.",
    from: "        if (renewed.stake() == 0) revert ZeroStake(voucherId, subjectId);",
    to: "        if (renewed.stake() == 0 && newEnd == edge.endPeriod()) revert ZeroStake(voucherId, subjectId);",
    first: ["test/VouchRegistry/burn.test.ts"],
  },
  {
    rule: "Affirming after a key change is something to renew, without new stake and with the same end.",
    from: "        if (Edge.unwrap(renewed) == Edge.unwrap(edge)) revert",
    to: "        if (addedStake == 0 && newEnd == edge.endPeriod()) revert",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "Extending and affirming again leave the date.",
    from: "        if (addedStake != 0) renewed = renewed.withSince(_weightedSince(edge, addedStake));",
    to: "        renewed = renewed.withSince(addedStake != 0 ? _weightedSince(edge, addedStake) : block.timestamp);",
  },
  {
    rule: "Points that a renewal adds move the date by their share, not to now.",
    from: "        if (addedStake != 0) renewed = renewed.withSince(_weightedSince(edge, addedStake));",
    to: "        if (addedStake != 0) renewed = renewed.withSince(block.timestamp);",
  },
  {
    rule: "The date of what was burned entirely is that of the new stake.",
    from: "        if (addedStake != 0) renewed = renewed.withSince(_weightedSince(edge, addedStake));",
    to: "        if (addedStake != 0 && edge.stake() != 0) renewed = renewed.withSince(_weightedSince(edge, addedStake));",
    first: ["test/VouchRegistry/burn.test.ts"],
  },
  {
    rule: "The old date is weighted by the old stake, and now by what is added.",
    from: "        return (edge.since() * stake + block.timestamp * added + total - 1) / total;",
    to: "        return (edge.since() * added + block.timestamp * stake + total - 1) / total;",
  },
  {
    rule: "The date is the mean of the points, not of the two moments.",
    from: "        return (edge.since() * stake + block.timestamp * added + total - 1) / total;",
    to: "        return (uint256(edge.since()) + block.timestamp + 1) / 2;",
  },
  {
    rule: "The date is rounded up to the later second, not to the nearer one.",
    from: "        return (edge.since() * stake + block.timestamp * added + total - 1) / total;",
    to: "        return (edge.since() * stake + block.timestamp * added + total / 2) / total;",
  },
  {
    rule: "The date of a warning moves with points that are added as that of a vouch does.",
    from: "        if (addedStake != 0) renewed = renewed.withSince(_weightedSince(edge, addedStake));",
    to: "        if (addedStake != 0 && edge.isFor()) renewed = renewed.withSince(_weightedSince(edge, addedStake));",
  },
  {
    rule: "A renewal locks the old points as long as the new ones.",
    from: "        commitments = commitments.remove(edge.releasePeriod(), edge.stake());\n        _commitments[voucherId].ring = commitments.add(renewed.releasePeriod(), renewed.stake());",
    to: "        _commitments[voucherId].ring = commitments.add(renewed.releasePeriod(), addedStake);",
  },
  {
    rule: "A renewal of a vouch lets the old points count as long as the new ones.",
    from: "        if (edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());\n",
    to: "",
    more: [
      {
        from: "        ringSlot.ring = _booked(ring, subjectId, renewed);",
        to: "        ringSlot.ring = _booked(\n            ring,\n            subjectId,\n            edge.endPeriod() >= current && (!edge.isFor() || edge.subjectKeyEpoch() == subject.keyEpoch())\n                ? renewed.withTerms(addedStake, newEnd)\n                : renewed\n        );",
      },
    ],
  },
  {
    rule: "A renewed warning does not count twice.",
    from: "        if (edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());",
    to: "        if (edge.isFor() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());",
  },
  {
    rule: "A renewed vouch does not count twice.",
    from: "        if (edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());",
    to: "        if (edge.isAgainst() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());",
  },
  {
    rule: "A vouch that lapsed with the subject's key counts again when it is renewed.",
    from: "        ringSlot.ring = _booked(ring, subjectId, renewed);",
    to: "        bool hasLapsed = edge.isFor() && edge.subjectKeyEpoch() != subject.keyEpoch();\n        ringSlot.ring = hasLapsed ? ring : _booked(ring, subjectId, renewed);",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "An edge that has ended counts again when it is renewed in its tail.",
    from: "        ringSlot.ring = _booked(ring, subjectId, renewed);",
    to: "        ringSlot.ring = edge.endPeriod() < current ? ring : _booked(ring, subjectId, renewed);",
  },
  {
    rule: "Renewing one warning with more stake after the subject rotated its key leaves the others standing.",
    from: "        if (edge.isFor()) ring = _givenTo(ring, subject.keyEpoch());",
    to: "        if (edge.isFor() || addedStake != 0) ring = _givenTo(ring, subject.keyEpoch());",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "A suspended voucher renews nothing.",
    from: "        (IdentityRecord voucher, IdentityRecord subject) = _requirePair(voucherId, subjectId, msg.sender);",
    to: "        (IdentityRecord voucher, IdentityRecord subject) = identities.identityPair(voucherId, subjectId);\n        _checkExisting(voucherId, voucher);\n        if (msg.sender != voucher.owner()) revert NotOwner(voucherId, msg.sender);",
  },
  {
    rule: "What is renewed in its tail counts to its new end, whenever the subject's sum was last written.",
    from: "        SubjectRing ring = ringSlot.ring.advanced(current);",
    to: "        SubjectRing ring = ringSlot.ring;",
  },
]);

const revoking = statedIn("test/VouchRegistry/revoke.test.ts", [
  {
    rule: "The guardian of an active voucher does not revoke, whatever the subject is.",
    from: "            if (voucher.isActive() || msg.sender != identities.guardianOf(voucherId)) {",
    to: "            if (identities.getRecord(subjectId).isActive() || msg.sender != identities.guardianOf(voucherId)) {",
  },
  {
    rule: "The guardian of a suspended voucher revokes warnings too.",
    from: "            if (voucher.isActive() || msg.sender != identities.guardianOf(voucherId)) {",
    to: "            bool isWarning = _edges[voucherId][subjectId].edge.isAgainst();\n            if (isWarning || voucher.isActive() || msg.sender != identities.guardianOf(voucherId)) {",
  },
  {
    rule: "The owner of a suspended voucher revokes.",
    from: "        if (msg.sender != voucher.owner()) {\n            _checkExisting(voucherId, voucher);",
    to: "        if (msg.sender != voucher.owner() || !voucher.isActive()) {\n            _checkExisting(voucherId, voucher);",
  },
  {
    rule: "An edge that has ended is not revoked, which would lock it longer.",
    from: "        if (!edge.isLive() || edge.endPeriod() < current) {",
    to: "        if (!edge.isLive() || (edge.endPeriod() < current && state == EdgeState.Disowned)) {",
  },
  {
    rule: "A vouch that has ended is not disowned, which would lock it longer.",
    from: "        if (!edge.isLive() || edge.endPeriod() < current) {",
    to: "        if (!edge.isLive() || (edge.endPeriod() < current && state == EdgeState.Revoked)) {",
    first: ["test/VouchRegistry/disown.test.ts"],
  },
  {
    rule: "What ends early is released early: after the next period.",
    from: "        uint256 release = current + 1;",
    to: "        uint256 release = edge.releasePeriod();",
  },
  {
    rule: "Points whose edge ends early are free again when it is released, not when it would have been.",
    from: "        commitments.ring = commitments.ring.advanced(current).remove(edge.releasePeriod(), stake).add(release, stake);",
    to: "        commitments.ring = commitments.ring.advanced(current);",
  },
  {
    rule: "Points whose edge ends early stay locked until it is released.",
    from: "remove(edge.releasePeriod(), stake).add(release, stake);",
    to: "remove(edge.releasePeriod(), stake);",
  },
  {
    rule: "A revoked warning counts no more.",
    from: "        _discount(subjectId, edge, current, stake);\n        edge = edge.ended(state, release);",
    to: "        if (edge.isFor()) _discount(subjectId, edge, current, stake);\n        edge = edge.ended(state, release);",
  },
  {
    rule: "A revocation gives the edge its own date, so that what was signed for the pair before is void.",
    from: "edge.withRefusal() : edge.withSince(block.timestamp);",
    to: "edge.withRefusal() : edge;",
  },
  {
    rule: "A revoked warning gets its date as a vouch does.",
    from: "edge.withRefusal() : edge.withSince(block.timestamp);",
    to: "edge.withRefusal() : edge.isFor() ? edge.withSince(block.timestamp) : edge;",
  },
  {
    rule: "What the guardian revoked voids what was signed for the pair as well.",
    from: "edge.withRefusal() : edge.withSince(block.timestamp);",
    to: "edge.withRefusal() : msg.sender == identities.guardianOf(voucherId) ? edge : edge.withSince(block.timestamp);",
    first: ["test/findings/consents.test.ts"],
  },
  {
    rule: "A subject that disowns a vouch voids nothing that its voucher signed.",
    from: "edge.withRefusal() : edge.withSince(block.timestamp);",
    to: "edge.withRefusal().withSince(block.timestamp) : edge.withSince(block.timestamp);",
    first: ["test/findings/consents.test.ts"],
  },
  {
    rule: "An arbiter that burns voids nothing that the voucher signed.",
    from: "        edge = edge.burnt(amount);",
    to: "        edge = edge.burnt(amount).withSince(block.timestamp);",
    first: ["test/findings/consents.test.ts"],
  },
  {
    rule: "An arbiter that burned everything has to agree to what is made anew.",
    from: "        return edge.stake() != 0 && edge.arbiter() == arbiterId;",
    to: "        return edge.arbiter() == arbiterId;",
    first: ["test/VouchRegistry/anew.test.ts"],
  },
  {
    rule: "An arbiter that burned everything has to agree to points that a renewal adds.",
    from: "        if (edge.stake() == 0 && edge.arbiter() != 0) _requireArbiter(edge.arbiter(), voucherId, subjectId);\n",
    to: "",
    first: ["test/VouchRegistry/renew.test.ts"],
  },
  {
    rule: "An arbiter under whom something is locked need not agree to points that a renewal adds.",
    from: "        if (edge.stake() == 0 && edge.arbiter() != 0) _requireArbiter(edge.arbiter(), voucherId, subjectId);",
    to: "        if (edge.arbiter() != 0) _requireArbiter(edge.arbiter(), voucherId, subjectId);",
    first: ["test/VouchRegistry/arbitration.test.ts"],
  },
  {
    rule: "A vouch that its own voucher revoked is not refused.",
    from: "        if (edge.isRefused() && stance == Stance.For) revert VouchRefused",
    to: "        if ((edge.isRefused() || edge.state() == EdgeState.Revoked) && stance == Stance.For) revert VouchRefused",
    first: ["test/VouchRegistry/anew.test.ts"],
  },
  {
    rule: "A vouch that lapsed can be revoked.",
    from: "        if (!edge.isLive() || edge.endPeriod() < current) {",
    to: "        bool hasLapsed = edge.isFor() && edge.subjectKeyEpoch() != identities.getRecord(subjectId).keyEpoch();\n        if (!edge.isLive() || edge.endPeriod() < current || hasLapsed) {",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "What was burned entirely can be revoked.",
    from: "        if (!edge.isLive() || edge.endPeriod() < current) {",
    to: "        if (!edge.isLive() || edge.endPeriod() < current || edge.stake() == 0) {",
    first: ["test/VouchRegistry/revoke.test.ts"],
  },
  {
    rule: "A warning made before the subject rotated its key leaves the opposition when it is revoked after.",
    from: "        if (isFor && ring.keyEpoch() != edge.subjectKeyEpoch()) return;",
    to: "        uint8 keyEpoch = isFor ? ring.keyEpoch() : identities.getRecord(subjectId).keyEpoch();\n        if (keyEpoch != edge.subjectKeyEpoch()) return;",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "A lapsed vouch that ends takes nothing out of what others gave to the next key.",
    from: "        if (isFor && ring.keyEpoch() != edge.subjectKeyEpoch()) return;",
    to: "        if (isFor && ring.keyEpoch() < edge.subjectKeyEpoch()) return;",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
]);

const disowning = statedIn("test/VouchRegistry/disown.test.ts", [
  {
    rule: "A suspended subject disowns nothing.",
    from: "        _requireActiveOwner(subjectId);",
    to: "        if (msg.sender != identities.getRecord(subjectId).owner()) revert NotOwner(subjectId, msg.sender);",
  },
  {
    rule: "A subject does not disown a warning, also not one over the vouch that it disowned.",
    from: "        if (_edges[voucherId][subjectId].edge.isAgainst()) revert WarningNotDisownable(voucherId, subjectId);",
    to: "        Edge edge = _edges[voucherId][subjectId].edge;\n        if (edge.isAgainst() && !edge.isRefused()) revert WarningNotDisownable(voucherId, subjectId);",
  },
  {
    rule: "Disowning a vouch locks it no longer, and no shorter, than revoking it.",
    from: "        uint256 release = current + 1;",
    to: "        uint256 release = state == EdgeState.Disowned ? edge.releasePeriod() : current + 1;",
  },
  {
    rule: "Disowning does not free the stake at once: the arbiter has another period.",
    from: "        uint256 release = current + 1;",
    to: "        uint256 release = state == EdgeState.Disowned ? current : current + 1;",
  },
]);

const burning = statedIn("test/VouchRegistry/burn.test.ts", [
  {
    rule: "The arbiter burns to the end of the tail.",
    from: "        _requireLocked(edge, voucherId, subjectId, current);\n        if (amount",
    to: "        if (current > edge.endPeriod()) revert VouchReleased(voucherId, subjectId, edge.releasePeriod());\n        if (amount",
  },
  {
    rule: "What was revoked and is released is not burned.",
    from: "        _requireLocked(edge, voucherId, subjectId, current);\n        if (amount",
    to: "        if (edge.isLive()) _requireLocked(edge, voucherId, subjectId, current);\n        if (amount",
  },
  {
    rule: "What has ended and is released is not burned.",
    from: "        _requireLocked(edge, voucherId, subjectId, current);\n        if (amount",
    to: "        if (!edge.isLive()) _requireLocked(edge, voucherId, subjectId, current);\n        if (amount",
  },
  {
    rule: "A suspended arbiter burns nothing.",
    from: "        _requireActiveOwner(edge.arbiter());",
    to: "        if (msg.sender != identities.getRecord(edge.arbiter()).owner()) revert NotOwner(edge.arbiter(), msg.sender);",
  },
  {
    rule: "The arbiter burns, and not the subject.",
    from: "        _requireActiveOwner(edge.arbiter());",
    to: "        _requireActiveOwner(subjectId);",
  },
  {
    rule: "An arbiter that agrees no more goes on burning what is locked.",
    from: "        _requireActiveOwner(edge.arbiter());",
    to: "        _requireActiveOwner(edge.arbiter());\n        if (!identities.getRecord(edge.arbiter()).isArbiter()) revert NotArbiter(edge.arbiter());",
    first: ["test/VouchRegistry/arbitration.test.ts"],
  },
  {
    rule: "The arbiter burns though the voucher is suspended or retired.",
    from: "        _requireActiveOwner(edge.arbiter());",
    to: "        _requireActiveOwner(edge.arbiter());\n        _checkActive(voucherId, identities.getRecord(voucherId));",
  },
  {
    rule: "The arbiter burns though the subject is retired.",
    from: "        _requireActiveOwner(edge.arbiter());",
    to: "        _requireActiveOwner(edge.arbiter());\n        _checkExisting(subjectId, identities.getRecord(subjectId));",
  },
  {
    rule: "The arbiter burns what was revoked or disowned, while it is locked.",
    from: "        if (amount == 0 || amount > edge.stake()) revert",
    to: "        if (!edge.isLive()) revert VouchNotLive(voucherId, subjectId, _stateOf(edge, edge.subjectKeyEpoch()));\n        if (amount == 0 || amount > edge.stake()) revert",
  },
  {
    rule: "A burn of more than is staked is refused, and not taken for one of all.",
    from: "        if (amount == 0 || amount > edge.stake()) revert",
    to: "        if (amount > edge.stake()) amount = edge.stake();\n        if (amount == 0) revert",
  },
  {
    rule: "What is burned is no longer locked, or it would weigh twice.",
    from: "commitments.ring.advanced(current).remove(edge.releasePeriod(), amount).withBurn(amount);",
    to: "commitments.ring.advanced(current).withBurn(amount);",
  },
  {
    rule: "A burn lowers the voucher's ceiling for ever, and does not only free the stake.",
    from: "commitments.ring.advanced(current).remove(edge.releasePeriod(), amount).withBurn(amount);",
    to: "commitments.ring.advanced(current).remove(edge.releasePeriod(), amount);",
  },
  {
    rule: "A burn of what was revoked takes nothing out of what others staked.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, amount);",
    to: "        if (edge.state() != EdgeState.Disowned && edge.endPeriod() >= current) _discount(subjectId, edge, current, amount);",
  },
  {
    rule: "A burn of what was disowned takes nothing out of what others staked.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, amount);",
    to: "        if (edge.state() != EdgeState.Revoked && edge.endPeriod() >= current) _discount(subjectId, edge, current, amount);",
  },
  {
    rule: "Burned points of a warning count against nobody.",
    from: "        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, amount);",
    to: "        if (edge.isFor() && edge.isLive() && edge.endPeriod() >= current) {\n            _discount(subjectId, edge, current, amount);\n        }",
  },
  {
    rule: "What a burn leaves of a stake goes on counting.",
    from: "_discount(subjectId, edge, current, amount);\n        edge = edge.burnt(amount);",
    to: "_discount(subjectId, edge, current, edge.stake());\n        edge = edge.burnt(amount);",
  },
  {
    rule: "What was burned entirely is not revoked: its voucher may renew it with new stake.",
    from: "        edge = edge.burnt(amount);",
    to: "        edge = edge.burnt(amount);\n        if (edge.stake() == 0) edge = edge.ended(EdgeState.Revoked, edge.releasePeriod());",
  },
  {
    rule: "A burn lowers the ceiling, not only what was earned above the cap.",
    from: "            return (earned < cap ? earned : cap) - commitments.burned();",
    to: "            uint256 left = earned - commitments.burned();\n            return left < cap ? left : cap;",
    first: ["test/VouchRegistry/standing.test.ts"],
  },
]);

const signing = statedIn("test/VouchRegistry/signatures.test.ts", [
  {
    rule: "A signed vouch names the subject's owner, not its wallet, which is any key's for a signature.",
    from: "        address subjectOwner = identities.getRecord(offer.subjectId).owner();",
    to: "        address subjectOwner = identities.getAgentWallet(offer.subjectId);",
    first: ["test/signatures/holders.test.ts"],
  },
  {
    rule: "A signed warning may name a key that the subject once had.",
    from: "        if (id != offer.subjectId || role == KeyRole.Wallet) revert",
    to: "        if (id != offer.subjectId || role != KeyRole.Owner) revert",
    first: ["test/signatures/holders.test.ts"],
  },
  {
    rule: "A signed warning names a key of its subject, not of any identity.",
    from: "        if (id != offer.subjectId || role == KeyRole.Wallet) revert",
    to: "        if (id == 0 || role == KeyRole.Wallet) revert",
    first: ["test/signatures/holders.test.ts"],
  },
  {
    rule: "A subject does not undo a signed warning by rotating its key.",
    from: "        Edge edge = _stakeFor(Stance.Against, offer, subjectKey, nonce, deadline, signature);",
    to: "        address owner = identities.getRecord(offer.subjectId).owner();\n        Edge edge = _stakeFor(Stance.Against, offer, owner, nonce, deadline, signature);",
    first: ["test/signatures/holders.test.ts"],
  },
  {
    rule: "A signature of a stake uses a nonce of its signer, not of who sends it.",
    from: "        _useNonce(owner, nonce);\n        bytes32 structHash = _offerHash",
    to: "        _useNonce(msg.sender, nonce);\n        bytes32 structHash = _offerHash",
    first: ["test/signatures/nonces.test.ts"],
  },
  {
    rule: "A signed warning is used once.",
    from: "        _useNonce(owner, nonce);\n        bytes32 structHash = _offerHash",
    to: "        if (stance == Stance.For) _useNonce(owner, nonce);\n        bytes32 structHash = _offerHash",
    first: ["test/signatures/nonces.test.ts"],
  },
  {
    rule: "A signed vouch is used once.",
    from: "        _useNonce(owner, nonce);\n        bytes32 structHash = _offerHash",
    to: "        if (stance == Stance.Against) _useNonce(owner, nonce);\n        bytes32 structHash = _offerHash",
    first: ["test/signatures/nonces.test.ts"],
  },
  {
    rule: "The signature of a stake carries the voucher's key epoch, not the subject's.",
    from: "_offerHash(stance, offer, voucher.keyEpoch(), subjectKey,",
    to: "_offerHash(stance, offer, identities.getRecord(offer.subjectId).keyEpoch(), subjectKey,",
  },
  {
    rule: "A signed stake counts to its deadline and no longer.",
    from: "        Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);\n    }",
    to: "        Consent.check(owner, _hashTypedDataV4(structHash), type(uint256).max, signature);\n    }",
  },
  {
    rule: "Anyone sends what the voucher signed.",
    from: "        return _stake(owner, stance, offer.voucherId,",
    to: "        return _stake(msg.sender, stance, offer.voucherId,",
  },
  {
    rule: "A signed revocation uses a nonce of its signer, not of who sends it.",
    from: "        _useNonce(owner, nonce);\n        uint40 since",
    to: "        _useNonce(msg.sender, nonce);\n        uint40 since",
    first: ["test/signatures/nonces.test.ts"],
  },
  {
    rule: "A signed revocation is used once: it does not end what was made since.",
    from: "        _useNonce(owner, nonce);\n        uint40 since",
    to: "        if (isNonceUsed(owner, nonce)) revert NonceUsed(owner, nonce);\n        uint40 since",
    first: ["test/signatures/nonces.test.ts"],
  },
  {
    rule: "The signature of a revocation carries the voucher's key epoch, not the subject's.",
    from: "abi.encode(REVOKE_TYPEHASH, voucherId, subjectId, voucher.keyEpoch(), since, nonce, deadline)",
    to: "abi.encode(REVOKE_TYPEHASH, voucherId, subjectId, identities.getRecord(subjectId).keyEpoch(), since, nonce, deadline)",
  },
  {
    rule: "A signed stake names the edge of its pair, and not that of the two the other way round.",
    from: "_edges[offer.voucherId][offer.subjectId].edge.since();",
    to: "_edges[offer.subjectId][offer.voucherId].edge.since();",
  },
  {
    rule: "A signed vouch names the edge of its pair, as a signed warning does.",
    from: "        uint40 since = _edges[offer.voucherId][offer.subjectId].edge.since();",
    to: `        uint40 since;
        if (stance == Stance.Against) since = _edges[offer.voucherId][offer.subjectId].edge.since();`,
  },
  {
    rule: "A signed warning names the arbiter's owner, as a signed vouch does.",
    first: ["test/signatures/holders.test.ts"],
    from: "        if (offer.arbiterId != 0) arbiterOwner",
    to: "        if (offer.arbiterId != 0 && stance == Stance.For) arbiterOwner",
  },
  {
    rule: "A signed revocation names the edge that it takes back.",
    first: ["test/findings/consents.test.ts"],
    from: "        uint40 since = _edges[voucherId][subjectId].edge.since();",
    to: "        uint40 since = _edges[subjectId][voucherId].edge.since();",
  },
  {
    rule: "Where everything was burned a warning obeys another arbiter, too.",
    first: ["test/VouchRegistry/anew.test.ts"],
    from: "        if (edge.stake() == 0) return;",
    to: "        if (edge.stake() == 0 && stance == Stance.For) return;",
  },
  {
    rule: "What was disowned stays refused where everything was burned.",
    first: ["test/findings/consents.test.ts"],
    from: "        if (edge.isRefused() && stance == Stance.For) revert",
    to: "        if (edge.isRefused() && stance == Stance.For && edge.stake() != 0) revert",
  },
  {
    rule: "A signed revocation counts to its deadline and no longer.",
    from: "        Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);\n        emit Revoked",
    to: "        Consent.check(owner, _hashTypedDataV4(structHash), type(uint256).max, signature);\n        emit Revoked",
  },
]);

const batching = statedIn("test/VouchRegistry/multicall.test.ts", [
  {
    rule: "A batch fails as a whole where one of its calls fails.",
    from: "            if (!isDone) Address.verifyCallResultFromTarget(address(this), isDone, result); // passes its error on",
    to: "            if (!isDone) continue;",
  },
  {
    rule: "A batch answers what each of its calls answers.",
    from: "            if (result.length != 0) results[i] = result;\n",
    to: "",
  },
  {
    rule: "Each call of a batch is made by who sends the batch.",
    from: "            (bool isDone, bytes memory result) = address(this).delegatecall(data[i]);",
    to: "            (bool isDone, bytes memory result) = address(this).call(data[i]);",
  },
]);

const points = statedIn("test/VouchRegistry/standing.test.ts", [
  {
    rule: "What was released is free again in the view, though nobody has touched the voucher since.",
    from: "        VoucherRing commitments = _commitments[agentId].ring.advanced(currentPeriod());",
    to: "        VoucherRing commitments = _commitments[agentId].ring;",
  },
  {
    rule: "`standingOf` answers what is staked before what was burned.",
    from: "return (standing, commitments.total(), commitments.burned(), _free(",
    to: "return (standing, commitments.burned(), commitments.total(), _free(",
  },
  {
    rule: "Only a check-in earns: the time since the last one does not show in the standing.",
    from: "        standing = _standing(identities.getRecord(agentId).tenure(), commitments);",
    to: "        IdentityRecord record = identities.getRecord(agentId);\n        uint256 silence = Tenure.credit(record.lastSeen(), block.timestamp, _maxSilence);\n        standing = _standing(record.tenure() + (record.isActive() ? silence : 0), commitments);",
  },
  {
    rule: "Only a check-in earns: the time since the last one cannot be staked.",
    from: "        uint256 standing = _standing(tenure, commitments);",
    to: "        uint256 standing = _standing(\n            tenure + Tenure.credit(voucher.lastSeen(), block.timestamp, _maxSilence),\n            commitments\n        );",
  },
  {
    rule: "A refusal tells what a check-in would credit, which is no more than the longest silence.",
    from: "        uint256 credit = Tenure.credit(voucher.lastSeen(), block.timestamp, _maxSilence);",
    to: "        uint256 credit = block.timestamp - voucher.lastSeen();",
  },
  {
    rule: "A refusal tells what a check-in would add to the standing, where the cap leaves room for it.",
    from: "_standing(tenure + credit, commitments) - standing);",
    to: "credit / unit);",
  },
]);

const sums = statedIn("test/VouchRegistry/rotation.test.ts", [
  {
    rule: "A past period is refused, and not answered with zeros.",
    from: "        if (atPeriod < current) revert PeriodPassed(atPeriod, current);",
    to: "        if (atPeriod < current) return (0, 0);",
    first: ["test/VouchRegistry/periods.test.ts"],
  },
  {
    rule: "Any later period is answered, with zeros where nothing can be staked.",
    from: "        if (atPeriod > LAST_PERIOD) return (0, 0);",
    to: "        if (atPeriod > current + MAX_PERIODS) revert InvalidPeriods(atPeriod - current, MAX_PERIODS);",
    first: ["test/VouchRegistry/periods.test.ts"],
  },
  {
    rule: "What lapsed with the subject's key does not count in a later period either.",
    from: "        return _sums(agentId, atPeriod);",
    to: "        support = _support[agentId].ring.advanced(atPeriod).total();\n        (, opposition) = _sums(agentId, atPeriod);",
  },
  {
    rule: "A subject does not shake a warning off by rotating its key.",
    from: "        if (ring.keyEpoch() == identities.getRecord(agentId).keyEpoch()) support = ring.advanced(atPeriod).total();\n        if (ring.isWarned())",
    to: "        if (ring.keyEpoch() != identities.getRecord(agentId).keyEpoch()) return (0, 0);\n        support = ring.advanced(atPeriod).total();\n        if (ring.isWarned())",
  },
  {
    rule: "Sums do not hide the state of a subject: a suspended one still has its support.",
    from: "        if (ring.keyEpoch() == identities.getRecord(agentId).keyEpoch()) support =",
    to: "        IdentityRecord record = identities.getRecord(agentId);\n        if (record.isActive() && ring.keyEpoch() == record.keyEpoch()) support =",
  },
]);

const views = statedIn("test/VouchRegistry/vouchOf.test.ts", [
  {
    rule: "A warning is active whatever became of its subject's key.",
    from: "        v.isActive = v.state == VouchState.Active;",
    to: "        v.isActive = v.state == VouchState.Active && edge.subjectKeyEpoch() == subjectEpoch;",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "A vouch does not lapse with its voucher's key: that is reported beside it.",
    from: "        v.state = _stateOf(edge, subjectEpoch);",
    to: "        v.state = _stateOf(edge, subjectEpoch);\n        if (v.state == VouchState.Active && voucher.keyEpoch() != edge.voucherKeyEpoch()) v.state = VouchState.Lapsed;",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "What was revoked or disowned is called so, whatever is left of its stake.",
    from: "        EdgeState state = edge.state();\n        if (state == EdgeState.Revoked)",
    to: "        EdgeState state = edge.state();\n        if (edge.stake() == 0) return VouchState.Burned;\n        if (state == EdgeState.Revoked)",
    first: ["test/VouchRegistry/burn.test.ts"],
  },
  {
    rule: "What was burned entirely is called so after its end too.",
    from: "        if (edge.stake() == 0) return VouchState.Burned;\n        if (edge.endPeriod() < currentPeriod()) return VouchState.Ended;",
    to: "        if (edge.endPeriod() < currentPeriod()) return VouchState.Ended;\n        if (edge.stake() == 0) return VouchState.Burned;",
    first: ["test/VouchRegistry/burn.test.ts"],
  },
  {
    rule: "A lapsed vouch whose last period has passed has ended.",
    from: "        if (edge.endPeriod() < currentPeriod()) return VouchState.Ended;\n        if (edge.isFor() && edge.subjectKeyEpoch() != subjectEpoch) return VouchState.Lapsed;",
    to: "        if (edge.isFor() && edge.subjectKeyEpoch() != subjectEpoch) return VouchState.Lapsed;\n        if (edge.endPeriod() < currentPeriod()) return VouchState.Ended;",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "A vouch that was burned entirely and lapsed is called burned.",
    from: "        if (edge.stake() == 0) return VouchState.Burned;\n        if (edge.endPeriod()",
    to: "        if (edge.stake() == 0 && !(edge.isFor() && edge.subjectKeyEpoch() != subjectEpoch)) return VouchState.Burned;\n        if (edge.endPeriod()",
    first: ["test/VouchRegistry/vouchOf.test.ts"],
  },
  {
    rule: "The state of a voucher is reported beside an edge, which is active all the same.",
    from: "        v.isActive = v.state == VouchState.Active;",
    to: "        v.isActive = v.state == VouchState.Active && v.voucherStatus == Status.Active;",
  },
  {
    rule: "An edge is burnable in its tail, whether it ended by itself or early.",
    from: "            v.isBurnable = isLocked && v.arbiterStatus == Status.Active;",
    to: "            v.isBurnable = isLocked && v.isActive && v.arbiterStatus == Status.Active;",
    first: ["test/VouchRegistry/arbitration.test.ts"],
  },
  {
    rule: "An edge is burnable though its arbiter agrees no more.",
    from: "            v.isBurnable = isLocked && v.arbiterStatus == Status.Active;",
    to: "            v.isBurnable = isLocked && v.arbiterStatus == Status.Active && identities.getRecord(v.arbiterId).isArbiter();",
    first: ["test/VouchRegistry/arbitration.test.ts"],
  },
  {
    rule: "A voucher is rekeyed when its own key changed, not the subject's.",
    from: "        v.voucherRekeyed = voucher.keyEpoch() != v.voucherKeyEpoch;",
    to: "        v.voucherRekeyed = subjectEpoch != v.subjectKeyEpoch;",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "An edge tells the subject's key epoch when it was made or renewed, not the present one.",
    from: "        v.subjectKeyEpoch = edge.subjectKeyEpoch();",
    to: "        v.subjectKeyEpoch = subjectEpoch;",
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
  {
    rule: "An edge tells the voucher's key epoch when it was made or renewed, not the present one.",
    from: "        v.voucherKeyEpoch = edge.voucherKeyEpoch();",
    to: "        v.voucherKeyEpoch = voucher.keyEpoch();",
    more: [
      {
        from: "        v.voucherRekeyed = voucher.keyEpoch() != v.voucherKeyEpoch;",
        to: "        v.voucherRekeyed = voucher.keyEpoch() != edge.voucherKeyEpoch();",
      },
    ],
    first: ["test/VouchRegistry/rotation.test.ts"],
  },
]);

export const vouchRegistry: Slips = {
  file: "contracts/VouchRegistry.sol",
  slips: [
    ...construction,
    ...staking,
    ...lists,
    ...anew,
    ...arbiters,
    ...renewing,
    ...revoking,
    ...disowning,
    ...burning,
    ...signing,
    ...batching,
    ...points,
    ...sums,
    ...views,
  ],
};
