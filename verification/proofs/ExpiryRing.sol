// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ExpiryRing} from "../../contracts/libraries/ExpiryRing.sol";

/// @dev The 7 buckets of 27 bits of a subject's ring, with any amounts whose sum is within the capacity.
contract SubjectSum {
    function sumIsTheSumOfTheBuckets(uint256 b0, uint256 b1, uint256 b2, uint256 b3, uint256 b4, uint256 b5, uint256 b6) external pure {
        require(b0 < 2 ** 27 && b1 < 2 ** 27 && b2 < 2 ** 27 && b3 < 2 ** 27 && b4 < 2 ** 27 && b5 < 2 ** 27 && b6 < 2 ** 27);
        require(b0 + b1 + b2 + b3 + b4 + b5 + b6 <= ExpiryRing.capacity(27));
        uint256 buckets = b0 + b1 * 2 ** 27 + b2 * 2 ** 54 + b3 * 2 ** 81 + b4 * 2 ** 108 + b5 * 2 ** 135 + b6 * 2 ** 162;
        assert(ExpiryRing.sum(buckets, 27) == b0 + b1 + b2 + b3 + b4 + b5 + b6);
    }

    /// @dev One point more than the capacity, and the sum would be wrong: the capacity is no smaller than it must be.
    function canaryOfOnePointMore(uint256 b0, uint256 b1, uint256 b2, uint256 b3, uint256 b4, uint256 b5, uint256 b6) external pure {
        require(b0 < 2 ** 27 && b1 < 2 ** 27 && b2 < 2 ** 27 && b3 < 2 ** 27 && b4 < 2 ** 27 && b5 < 2 ** 27 && b6 < 2 ** 27);
        require(b0 + b1 + b2 + b3 + b4 + b5 + b6 <= ExpiryRing.capacity(27) + 1);
        uint256 buckets = b0 + b1 * 2 ** 27 + b2 * 2 ** 54 + b3 * 2 ** 81 + b4 * 2 ** 108 + b5 * 2 ** 135 + b6 * 2 ** 162;
        assert(ExpiryRing.sum(buckets, 27) == b0 + b1 + b2 + b3 + b4 + b5 + b6);
    }
}

/// @dev Any word of 7 buckets of 27 bits, any bucket, any amount that fits.
contract SubjectBuckets {
    uint256 private constant MASK = 2 ** 27 - 1;

    function _bucket(uint256 buckets, uint256 index) private pure returns (uint256) {
        return (buckets >> (index * 27)) & MASK;
    }

    function addTouchesBucket0Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 0) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 0, amount, 27);
        assert(_bucket(added, 0) == _bucket(word, 0) + amount);
        assert((added ^ word) & ~(MASK << 0) == 0);
        assert(ExpiryRing.remove(added, 0, amount, 27) == word);
    }

    function addTouchesBucket1Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 1) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 1, amount, 27);
        assert(_bucket(added, 1) == _bucket(word, 1) + amount);
        assert((added ^ word) & ~(MASK << 27) == 0);
        assert(ExpiryRing.remove(added, 1, amount, 27) == word);
    }

    function addTouchesBucket2Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 2) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 2, amount, 27);
        assert(_bucket(added, 2) == _bucket(word, 2) + amount);
        assert((added ^ word) & ~(MASK << 54) == 0);
        assert(ExpiryRing.remove(added, 2, amount, 27) == word);
    }

    function addTouchesBucket3Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 3) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 3, amount, 27);
        assert(_bucket(added, 3) == _bucket(word, 3) + amount);
        assert((added ^ word) & ~(MASK << 81) == 0);
        assert(ExpiryRing.remove(added, 3, amount, 27) == word);
    }

    function addTouchesBucket4Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 4) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 4, amount, 27);
        assert(_bucket(added, 4) == _bucket(word, 4) + amount);
        assert((added ^ word) & ~(MASK << 108) == 0);
        assert(ExpiryRing.remove(added, 4, amount, 27) == word);
    }

    function addTouchesBucket5Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 5) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 5, amount, 27);
        assert(_bucket(added, 5) == _bucket(word, 5) + amount);
        assert((added ^ word) & ~(MASK << 135) == 0);
        assert(ExpiryRing.remove(added, 5, amount, 27) == word);
    }

    function addTouchesBucket6Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 6) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 6, amount, 27);
        assert(_bucket(added, 6) == _bucket(word, 6) + amount);
        assert((added ^ word) & ~(MASK << 162) == 0);
        assert(ExpiryRing.remove(added, 6, amount, 27) == word);
    }

    function advancingDropsWhatHasPassed(uint256 raw, uint256 elapsed) external pure {
        uint256 word = raw & (2 ** 189 - 1);
        elapsed &= 0xf;
        uint256 advanced = ExpiryRing.advance(word, elapsed, 27);
        assert(_bucket(advanced, 0) == (0 + elapsed < 7 ? _bucket(word, 0 + elapsed) : 0));
        assert(_bucket(advanced, 1) == (1 + elapsed < 7 ? _bucket(word, 1 + elapsed) : 0));
        assert(_bucket(advanced, 2) == (2 + elapsed < 7 ? _bucket(word, 2 + elapsed) : 0));
        assert(_bucket(advanced, 3) == (3 + elapsed < 7 ? _bucket(word, 3 + elapsed) : 0));
        assert(_bucket(advanced, 4) == (4 + elapsed < 7 ? _bucket(word, 4 + elapsed) : 0));
        assert(_bucket(advanced, 5) == (5 + elapsed < 7 ? _bucket(word, 5 + elapsed) : 0));
        assert(_bucket(advanced, 6) == (6 + elapsed < 7 ? _bucket(word, 6 + elapsed) : 0));
    }

    function canaryAdvancingKeepsEverything(uint256 raw, uint256 elapsed) external pure {
        elapsed &= 0xf;
        assert(ExpiryRing.advance(raw, elapsed, 27) == raw);
    }
}

/// @dev The 8 buckets of 20 bits of a voucher's ring, with any amounts whose sum is within the capacity.
contract VoucherSum {
    function sumIsTheSumOfTheBuckets(uint256 b0, uint256 b1, uint256 b2, uint256 b3, uint256 b4, uint256 b5, uint256 b6, uint256 b7) external pure {
        require(b0 < 2 ** 20 && b1 < 2 ** 20 && b2 < 2 ** 20 && b3 < 2 ** 20 && b4 < 2 ** 20 && b5 < 2 ** 20 && b6 < 2 ** 20 && b7 < 2 ** 20);
        require(b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7 <= ExpiryRing.capacity(20));
        uint256 buckets = b0 + b1 * 2 ** 20 + b2 * 2 ** 40 + b3 * 2 ** 60 + b4 * 2 ** 80 + b5 * 2 ** 100 + b6 * 2 ** 120 + b7 * 2 ** 140;
        assert(ExpiryRing.sum(buckets, 20) == b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7);
    }

    /// @dev One point more than the capacity, and the sum would be wrong: the capacity is no smaller than it must be.
    function canaryOfOnePointMore(uint256 b0, uint256 b1, uint256 b2, uint256 b3, uint256 b4, uint256 b5, uint256 b6, uint256 b7) external pure {
        require(b0 < 2 ** 20 && b1 < 2 ** 20 && b2 < 2 ** 20 && b3 < 2 ** 20 && b4 < 2 ** 20 && b5 < 2 ** 20 && b6 < 2 ** 20 && b7 < 2 ** 20);
        require(b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7 <= ExpiryRing.capacity(20) + 1);
        uint256 buckets = b0 + b1 * 2 ** 20 + b2 * 2 ** 40 + b3 * 2 ** 60 + b4 * 2 ** 80 + b5 * 2 ** 100 + b6 * 2 ** 120 + b7 * 2 ** 140;
        assert(ExpiryRing.sum(buckets, 20) == b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7);
    }
}

/// @dev Any word of 8 buckets of 20 bits, any bucket, any amount that fits.
contract VoucherBuckets {
    uint256 private constant MASK = 2 ** 20 - 1;

    function _bucket(uint256 buckets, uint256 index) private pure returns (uint256) {
        return (buckets >> (index * 20)) & MASK;
    }

    function addTouchesBucket0Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 0) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 0, amount, 20);
        assert(_bucket(added, 0) == _bucket(word, 0) + amount);
        assert((added ^ word) & ~(MASK << 0) == 0);
        assert(ExpiryRing.remove(added, 0, amount, 20) == word);
    }

    function addTouchesBucket1Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 1) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 1, amount, 20);
        assert(_bucket(added, 1) == _bucket(word, 1) + amount);
        assert((added ^ word) & ~(MASK << 20) == 0);
        assert(ExpiryRing.remove(added, 1, amount, 20) == word);
    }

    function addTouchesBucket2Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 2) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 2, amount, 20);
        assert(_bucket(added, 2) == _bucket(word, 2) + amount);
        assert((added ^ word) & ~(MASK << 40) == 0);
        assert(ExpiryRing.remove(added, 2, amount, 20) == word);
    }

    function addTouchesBucket3Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 3) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 3, amount, 20);
        assert(_bucket(added, 3) == _bucket(word, 3) + amount);
        assert((added ^ word) & ~(MASK << 60) == 0);
        assert(ExpiryRing.remove(added, 3, amount, 20) == word);
    }

    function addTouchesBucket4Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 4) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 4, amount, 20);
        assert(_bucket(added, 4) == _bucket(word, 4) + amount);
        assert((added ^ word) & ~(MASK << 80) == 0);
        assert(ExpiryRing.remove(added, 4, amount, 20) == word);
    }

    function addTouchesBucket5Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 5) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 5, amount, 20);
        assert(_bucket(added, 5) == _bucket(word, 5) + amount);
        assert((added ^ word) & ~(MASK << 100) == 0);
        assert(ExpiryRing.remove(added, 5, amount, 20) == word);
    }

    function addTouchesBucket6Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 6) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 6, amount, 20);
        assert(_bucket(added, 6) == _bucket(word, 6) + amount);
        assert((added ^ word) & ~(MASK << 120) == 0);
        assert(ExpiryRing.remove(added, 6, amount, 20) == word);
    }

    function addTouchesBucket7Alone(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & MASK;
        require(_bucket(word, 7) + amount <= MASK);
        uint256 added = ExpiryRing.add(word, 7, amount, 20);
        assert(_bucket(added, 7) == _bucket(word, 7) + amount);
        assert((added ^ word) & ~(MASK << 140) == 0);
        assert(ExpiryRing.remove(added, 7, amount, 20) == word);
    }

    function advancingDropsWhatHasPassed(uint256 raw, uint256 elapsed) external pure {
        uint256 word = raw & (2 ** 160 - 1);
        elapsed &= 0xf;
        uint256 advanced = ExpiryRing.advance(word, elapsed, 20);
        assert(_bucket(advanced, 0) == (0 + elapsed < 8 ? _bucket(word, 0 + elapsed) : 0));
        assert(_bucket(advanced, 1) == (1 + elapsed < 8 ? _bucket(word, 1 + elapsed) : 0));
        assert(_bucket(advanced, 2) == (2 + elapsed < 8 ? _bucket(word, 2 + elapsed) : 0));
        assert(_bucket(advanced, 3) == (3 + elapsed < 8 ? _bucket(word, 3 + elapsed) : 0));
        assert(_bucket(advanced, 4) == (4 + elapsed < 8 ? _bucket(word, 4 + elapsed) : 0));
        assert(_bucket(advanced, 5) == (5 + elapsed < 8 ? _bucket(word, 5 + elapsed) : 0));
        assert(_bucket(advanced, 6) == (6 + elapsed < 8 ? _bucket(word, 6 + elapsed) : 0));
        assert(_bucket(advanced, 7) == (7 + elapsed < 8 ? _bucket(word, 7 + elapsed) : 0));
    }

    function canaryAdvancingKeepsEverything(uint256 raw, uint256 elapsed) external pure {
        elapsed &= 0xf;
        assert(ExpiryRing.advance(raw, elapsed, 20) == raw);
    }
}
