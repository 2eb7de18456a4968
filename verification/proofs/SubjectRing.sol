// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SubjectRing, SubjectRingLib} from "../../contracts/libraries/SubjectRing.sol";

uint256 constant BUCKET = 2 ** 27 - 1;
uint256 constant BUCKETS = 2 ** 189 - 1;
uint256 constant BUCKETS_AT = 67;
uint256 constant BASE = 2 ** 18 - 1;

/// @dev Any word, and any period at or after its base: buckets move, the base is the period, nothing else changes.
contract SubjectRingAdvancing {
    function advanced(uint256 word, uint256 raw) external pure {
        uint256 elapsed = raw & BASE;
        uint256 base = word & BASE;
        require(base + elapsed <= BASE);
        uint256 next = SubjectRing.unwrap(SubjectRing.wrap(word).advanced(base + elapsed));
        assert(next & BASE == base + elapsed);
        assert((next ^ word) & ((uint256(1) << BUCKETS_AT) - 1) & ~BASE == 0);
        assert(next >> BUCKETS_AT == (elapsed < 7 ? (word >> BUCKETS_AT) >> (elapsed * 27) : 0));
    }

    function canaryAdvancingKeepsTheBase(uint256 word, uint256 raw) external pure {
        uint256 elapsed = raw & BASE;
        uint256 base = word & BASE;
        require(base + elapsed <= BASE);
        uint256 next = SubjectRing.unwrap(SubjectRing.wrap(word).advanced(base + elapsed));
        assert(next & BASE == base);
    }
}

/// @dev Any word, any of its 7 periods, any amount that fits into its bucket: that bucket changes, and no other bit.
contract SubjectRingBooking {
    function add(uint256 word, uint256 raw, uint256 index) external pure {
        index &= 7;
        require(index < 7);
        uint256 amount = raw & BUCKET;
        uint256 base = word & BASE;
        uint256 at = BUCKETS_AT + index * 27;
        uint256 held = (word >> at) & BUCKET;
        require(held + amount <= BUCKET);
        SubjectRing added = SubjectRing.wrap(word).add(base + index, amount);
        assert((SubjectRing.unwrap(added) >> at) & BUCKET == held + amount);
        assert((SubjectRing.unwrap(added) ^ word) & ~(BUCKET << at) == 0);
        assert(SubjectRing.unwrap(added.remove(base + index, amount)) == word);
    }

    function canaryAddingMoreThanFits(uint256 word, uint256 raw) external pure {
        uint256 base = word & BASE;
        SubjectRing added = SubjectRing.wrap(word).add(base, raw & BUCKET);
        assert((SubjectRing.unwrap(added) ^ word) & ~(BUCKET << BUCKETS_AT) == 0);
    }
}

/// @dev Any word: list, key epoch and mark are read and written alone.
contract SubjectRingFields {
    uint256 private constant ID = 2 ** 40 - 1;

    function withHead(uint256 word, uint256 raw) external pure {
        uint256 head = raw & ID;
        SubjectRing changed = SubjectRing.wrap(word).withHead(head);
        assert(changed.head() == head);
        assert((SubjectRing.unwrap(changed) ^ word) & ~(ID << 18) == 0);
    }

    function emptiedFor(uint256 word, uint8 keyEpoch) external pure {
        SubjectRing changed = SubjectRing.wrap(word).emptiedFor(keyEpoch);
        assert(changed.keyEpoch() == keyEpoch);
        assert(SubjectRing.unwrap(changed) >> BUCKETS_AT == 0);
        assert((SubjectRing.unwrap(changed) ^ word) & ~((BUCKETS << BUCKETS_AT) | (uint256(0xff) << 58)) == 0);
    }

    function withWarning(uint256 word) external pure {
        SubjectRing changed = SubjectRing.wrap(word).withWarning();
        assert(changed.isWarned());
        assert((SubjectRing.unwrap(changed) ^ word) & ~(uint256(1) << 66) == 0);
    }

    function canaryNobodyIsWarned(uint256 word) external pure {
        assert(!SubjectRing.wrap(word).isWarned());
    }
}
