// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IdentityRecord, IdentityRecordLib, Status} from "../../contracts/libraries/IdentityRecord.sol";

uint256 constant TIME = 2 ** 40 - 1;
uint256 constant OWNER = 2 ** 160 - 1;

/// @dev Any word, and any values within their widths: what is written is read again, and nothing else changes.
contract IdentityRecordFields {
    function create(uint256 raw, uint256 rawNow) external pure {
        uint256 now_ = rawNow & TIME;
        IdentityRecord made = IdentityRecordLib.create(address(uint160(raw & OWNER)), now_);
        assert(IdentityRecord.unwrap(made) & OWNER == raw & OWNER);
        assert(made.tenureStart() == now_);
        assert(made.lastSeen() == now_);
        assert(made.keyEpoch() == 0);
        assert(made.isActive());
        assert(!made.isKeyOwned());
        assert(!made.isArbiter());
    }

    function withOwner(uint256 word, uint256 raw) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withOwner(address(uint160(raw & OWNER)));
        assert(IdentityRecord.unwrap(changed) & OWNER == raw & OWNER);
        assert(!changed.isKeyOwned());
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(OWNER | (uint256(1) << 250)) == 0);
    }

    function withKeyOwned(uint256 word) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withKeyOwned();
        assert(changed.isKeyOwned());
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(1) << 250) == 0);
    }

    /// @dev In the order that the registry keeps: start <= last <= now, and credit at most the silence.
    function withCheckIn(uint256 word, uint256 rawNow, uint256 rawCredit) external pure {
        uint256 now_ = rawNow & TIME;
        uint256 credit = rawCredit & TIME;
        IdentityRecord record = IdentityRecord.wrap(word);
        require(record.tenureStart() <= record.lastSeen() && record.lastSeen() <= now_);
        require(credit <= now_ - record.lastSeen());
        IdentityRecord changed = record.withCheckIn(now_, credit);
        assert(changed.lastSeen() == now_);
        assert(changed.tenureStart() == now_ - (record.lastSeen() - record.tenureStart()) - credit);
        assert(changed.tenureStart() >= record.tenureStart());
        assert((IdentityRecord.unwrap(changed) ^ word) & ~((TIME << 160) | (TIME << 200)) == 0);
    }

    function withNextKeyEpoch(uint256 word) external pure {
        IdentityRecord record = IdentityRecord.wrap(word);
        require(record.keyEpoch() < 255);
        IdentityRecord changed = record.withNextKeyEpoch();
        assert(changed.keyEpoch() == record.keyEpoch() + 1);
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(0xff) << 240) == 0);
    }

    function withArbitration(uint256 word, bool isOpen) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withArbitration(isOpen);
        assert(changed.isArbiter() == isOpen);
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(1) << 251) == 0);
    }

    function withStatus(uint256 word, bool isSuspended) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withStatus(isSuspended ? Status.Suspended : Status.Active);
        assert(changed.isActive() == !isSuspended);
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(3) << 248) == 0);
    }

    /// @dev With a second more than the silence, tenure would begin before it began.
    function canaryOfACreditTooLong(uint256 word, uint256 rawNow, uint256 credit) external pure {
        uint256 now_ = rawNow & TIME;
        uint256 start = (word >> 160) & TIME;
        uint256 last = (word >> 200) & TIME;
        require(start <= last && last <= now_ && credit <= now_ - last + 1);
        assert(IdentityRecord.wrap(word).withCheckIn(now_, credit).tenureStart() >= start);
    }

    function canaryOfTheLastEpoch(uint256 word) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withNextKeyEpoch();
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(0xff) << 240) == 0);
    }
}
