// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VoucherRing, VoucherRingLib} from "../../contracts/libraries/VoucherRing.sol";

uint256 constant BUCKET = 2 ** 20 - 1;
uint256 constant BUCKETS = 2 ** 160 - 1;
uint256 constant BUCKETS_AT = 90;
uint256 constant BASE = 2 ** 18 - 1;

/// @dev Any word, and any period at or after its base: buckets move, the base is the period, nothing else changes.
contract VoucherRingAdvancing {
    function advanced(uint256 word, uint256 raw) external pure {
        uint256 elapsed = raw & BASE;
        uint256 base = word & BASE;
        require(base + elapsed <= BASE);
        require(word >> 250 == 0);
        uint256 next = VoucherRing.unwrap(VoucherRing.wrap(word).advanced(base + elapsed));
        assert(next & BASE == base + elapsed);
        assert((next ^ word) & ((uint256(1) << BUCKETS_AT) - 1) & ~BASE == 0);
        assert(next >> BUCKETS_AT == (elapsed < 8 ? (word >> BUCKETS_AT) >> (elapsed * 20) : 0));
    }

    function canaryAdvancingKeepsTheBase(uint256 word, uint256 raw) external pure {
        uint256 elapsed = raw & BASE;
        uint256 base = word & BASE;
        require(base + elapsed <= BASE);
        require(word >> 250 == 0);
        uint256 next = VoucherRing.unwrap(VoucherRing.wrap(word).advanced(base + elapsed));
        assert(next & BASE == base);
    }
}

/// @dev Any word, any of its 8 periods, any amount that fits into its bucket: that bucket changes, and no other bit.
contract VoucherRingBooking {
    function add(uint256 word, uint256 raw, uint256 index) external pure {
        index &= 7;
        require(index < 8);
        uint256 amount = raw & BUCKET;
        uint256 base = word & BASE;
        uint256 at = BUCKETS_AT + index * 20;
        uint256 held = (word >> at) & BUCKET;
        require(held + amount <= BUCKET);
        VoucherRing added = VoucherRing.wrap(word).add(base + index, amount);
        assert((VoucherRing.unwrap(added) >> at) & BUCKET == held + amount);
        assert((VoucherRing.unwrap(added) ^ word) & ~(BUCKET << at) == 0);
    }

    function canaryAddingMoreThanFits(uint256 word, uint256 raw) external pure {
        uint256 base = word & BASE;
        VoucherRing added = VoucherRing.wrap(word).add(base, raw & BUCKET);
        assert((VoucherRing.unwrap(added) ^ word) & ~(BUCKET << BUCKETS_AT) == 0);
    }
}

/// @dev Any word, any amount that fits, one period after the other: all at once are too much for the solver.
contract VoucherRingUndoing {
    function removeUndoesAdd0(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 0;
        require(((word >> 90) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }

    function removeUndoesAdd1(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 1;
        require(((word >> 110) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }

    function removeUndoesAdd2(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 2;
        require(((word >> 130) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }

    function removeUndoesAdd3(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 3;
        require(((word >> 150) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }

    function removeUndoesAdd4(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 4;
        require(((word >> 170) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }

    function removeUndoesAdd5(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 5;
        require(((word >> 190) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }

    function removeUndoesAdd6(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 6;
        require(((word >> 210) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }

    function removeUndoesAdd7(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BUCKET;
        uint256 period = (word & BASE) + 7;
        require(((word >> 230) & BUCKET) + amount <= BUCKET);
        assert(VoucherRing.unwrap(VoucherRing.wrap(word).add(period, amount).remove(period, amount)) == word);
    }
}

/// @dev Any word: list, burned points and scars are read and written alone.
contract VoucherRingFields {
    uint256 private constant ID = 2 ** 40 - 1;
    uint256 private constant BURNED = 2 ** 24 - 1;

    function withHead(uint256 word, uint256 raw) external pure {
        uint256 head = raw & ID;
        VoucherRing changed = VoucherRing.wrap(word).withHead(head);
        assert(changed.head() == head);
        assert((VoucherRing.unwrap(changed) ^ word) & ~(ID << 18) == 0);
    }

    /// @dev With the cap, burned points are at most 2^20 - 2; it holds up to the width.
    function withBurn(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & BURNED;
        VoucherRing ring = VoucherRing.wrap(word & (2 ** 250 - 1));
        require(ring.burned() + amount <= BURNED);
        VoucherRing changed = ring.withBurn(amount);
        assert(changed.burned() == ring.burned() + amount);
        assert(changed.scars() == (ring.scars() == 255 ? 255 : uint256(ring.scars()) + 1));
        assert((VoucherRing.unwrap(changed) ^ VoucherRing.unwrap(ring)) & ~(uint256(2 ** 32 - 1) << 58) == 0);
    }

    function canaryScarsAlwaysGrow(uint256 word) external pure {
        VoucherRing ring = VoucherRing.wrap(word & (2 ** 250 - 1));
        require(ring.burned() < BURNED);
        assert(uint256(ring.withBurn(1).scars()) == uint256(ring.scars()) + 1);
    }
}
