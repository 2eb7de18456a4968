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
        assert(made.firstSeen() == now_);
        assert(made.lastSeen() == now_);
        assert(made.keyEpoch() == 0);
        assert(made.isActive());
        assert(!made.isInterrupted());
    }

    function withOwner(uint256 word, uint256 raw) external pure {
        uint256 changed = IdentityRecord.unwrap(IdentityRecord.wrap(word).withOwner(address(uint160(raw & OWNER))));
        assert(changed & OWNER == raw & OWNER);
        assert((changed ^ word) & ~OWNER == 0);
    }

    function withLastSeen(uint256 word, uint256 raw) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withLastSeen(raw & TIME);
        assert(changed.lastSeen() == raw & TIME);
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(TIME << 200) == 0);
    }

    function withNextKeyEpoch(uint256 word) external pure {
        IdentityRecord record = IdentityRecord.wrap(word);
        require(record.keyEpoch() < 255);
        IdentityRecord changed = record.withNextKeyEpoch();
        assert(changed.keyEpoch() == record.keyEpoch() + 1);
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(0xff) << 240) == 0);
    }

    function withInterruption(uint256 word) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withInterruption();
        assert(changed.isInterrupted());
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(1) << 250) == 0);
    }

    function withStatus(uint256 word, bool isSuspended) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withStatus(isSuspended ? Status.Suspended : Status.Active);
        assert(changed.isActive() == !isSuspended);
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(3) << 248) == 0);
    }

    function canaryOfTheLastEpoch(uint256 word) external pure {
        IdentityRecord changed = IdentityRecord.wrap(word).withNextKeyEpoch();
        assert((IdentityRecord.unwrap(changed) ^ word) & ~(uint256(0xff) << 240) == 0);
    }
}
