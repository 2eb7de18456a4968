// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ExpiryRing} from "./ExpiryRing.sol";
import {RingHeader} from "./RingHeader.sol";

/// @notice What is staked for, or against, one subject: seven buckets by the period in which the stake ends.
///
/// ```
/// bit 0                18        58        66       67
///     | base period 18 | head 40 | epoch 8 | warned | 7 buckets 27 |
/// ```
///
/// The head of the subject's list of vouchers, the key epoch that the stakes were given to and the mark `warned` (there
/// may be stakes against it) live in the ring of the stakes *for* the subject; the other ring leaves them zero.
///
/// A ring is full at 134,217,726 points: that takes 134,218 identities with a whole standing of 1,000 points on one
/// subject. Periods of 60 days fit in 18 bits for 43,000 years.
type SubjectRing is uint256;

using SubjectRingLib for SubjectRing global;

/// @title Packing of a subject's ring
/// @notice Reads and rewrites the fields of a `SubjectRing`.
/// @dev A period given here is the base period or one of the six after it, unless said otherwise.
library SubjectRingLib {
    uint256 private constant WIDTH = 27;
    uint256 private constant KEY_EPOCH_AT = RingHeader.BITS;
    uint256 private constant WARNED = 1 << (KEY_EPOCH_AT + 8);
    uint256 private constant BUCKETS_AT = KEY_EPOCH_AT + 9;
    uint256 private constant REST_MASK = (1 << BUCKETS_AT) - 1;
    uint256 private constant KEPT_MASK = ((1 << RingHeader.BITS) - 1) | WARNED;

    /// @dev The stakes that count in the base period.
    function total(SubjectRing self) internal pure returns (uint256) {
        return ExpiryRing.sum(SubjectRing.unwrap(self) >> BUCKETS_AT, WIDTH);
    }

    /// @dev How much more fits into the ring.
    function room(SubjectRing self) internal pure returns (uint256) {
        unchecked {
            return ExpiryRing.capacity(WIDTH) - self.total();
        }
    }

    /// @dev The ring with another base period, any at or after its present one; what ended before is dropped.
    function advanced(SubjectRing self, uint256 period) internal pure returns (SubjectRing) {
        uint256 word = SubjectRing.unwrap(self);
        uint256 buckets = ExpiryRing.advance(word >> BUCKETS_AT, RingHeader.elapsed(word, period), WIDTH);
        return SubjectRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));
    }

    /// @dev The ring for stakes given to another key: empty, its list and mark kept.
    function emptiedFor(SubjectRing self, uint8 keyEpoch_) internal pure returns (SubjectRing) {
        return SubjectRing.wrap((SubjectRing.unwrap(self) & KEPT_MASK) | (uint256(keyEpoch_) << KEY_EPOCH_AT));
    }

    function add(SubjectRing self, uint256 period, uint256 amount) internal pure returns (SubjectRing) {
        uint256 word = SubjectRing.unwrap(self);
        return SubjectRing.wrap(ExpiryRing.add(word, RingHeader.elapsed(word, period), amount << BUCKETS_AT, WIDTH));
    }

    function remove(SubjectRing self, uint256 period, uint256 amount) internal pure returns (SubjectRing) {
        uint256 word = SubjectRing.unwrap(self);
        return SubjectRing.wrap(ExpiryRing.remove(word, RingHeader.elapsed(word, period), amount << BUCKETS_AT, WIDTH));
    }

    function head(SubjectRing self) internal pure returns (uint256) {
        return RingHeader.head(SubjectRing.unwrap(self));
    }

    function withHead(SubjectRing self, uint256 head_) internal pure returns (SubjectRing) {
        return SubjectRing.wrap(RingHeader.withHead(SubjectRing.unwrap(self), head_));
    }

    function keyEpoch(SubjectRing self) internal pure returns (uint8) {
        return uint8(SubjectRing.unwrap(self) >> KEY_EPOCH_AT);
    }

    function isWarned(SubjectRing self) internal pure returns (bool) {
        return SubjectRing.unwrap(self) & WARNED != 0;
    }

    function withWarning(SubjectRing self) internal pure returns (SubjectRing) {
        return SubjectRing.wrap(SubjectRing.unwrap(self) | WARNED);
    }
}
