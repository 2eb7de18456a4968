// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ExpiryRing} from "./ExpiryRing.sol";

/// @title What the rings of subjects and vouchers have in common
/// @notice Buckets, above them the period that bucket 0 stands for, above that the head of a list.
///
/// ```
/// bit 0         baseAt           baseAt + 18  baseAt + 58
///     | buckets | base period 18 | head 40    | the ring's own |
/// ```
///
/// @dev Pure; `width` and `baseAt` are constants of the ring. A period given here is the base period or a later one for
/// which the ring has a bucket, unless said otherwise.
library RingHeader {
    uint256 internal constant BASE_BITS = 18;
    uint256 internal constant HEAD_BITS = 40;
    /// @dev Bits of both, so that a ring knows where its own begin.
    uint256 internal constant BITS = BASE_BITS + HEAD_BITS;

    uint256 private constant BASE_MASK = (1 << BASE_BITS) - 1;
    uint256 private constant HEAD_MASK = (1 << HEAD_BITS) - 1;

    /// @dev The sum of the buckets.
    function total(uint256 word, uint256 width, uint256 baseAt) internal pure returns (uint256) {
        return ExpiryRing.sum(word & ((1 << baseAt) - 1), width);
    }

    /// @dev The ring with another base period, any at or after its present one; what expired before is dropped.
    function advanced(uint256 word, uint256 period, uint256 width, uint256 baseAt) internal pure returns (uint256) {
        uint256 bucketsMask = (1 << baseAt) - 1;
        uint256 buckets = ExpiryRing.advance(word & bucketsMask, _index(word, period, baseAt), width);
        return (word & ~(bucketsMask | (BASE_MASK << baseAt))) | (period << baseAt) | buckets;
    }

    function add(
        uint256 word,
        uint256 period,
        uint256 amount,
        uint256 width,
        uint256 baseAt
    ) internal pure returns (uint256) {
        return ExpiryRing.add(word, _index(word, period, baseAt), amount, width);
    }

    function remove(
        uint256 word,
        uint256 period,
        uint256 amount,
        uint256 width,
        uint256 baseAt
    ) internal pure returns (uint256) {
        return ExpiryRing.remove(word, _index(word, period, baseAt), amount, width);
    }

    function head(uint256 word, uint256 baseAt) internal pure returns (uint256) {
        return (word >> (baseAt + BASE_BITS)) & HEAD_MASK;
    }

    function withHead(uint256 word, uint256 head_, uint256 baseAt) internal pure returns (uint256) {
        return (word & ~(HEAD_MASK << (baseAt + BASE_BITS))) | (head_ << (baseAt + BASE_BITS));
    }

    /// @dev The period is not before the base period.
    function _index(uint256 word, uint256 period, uint256 baseAt) private pure returns (uint256) {
        unchecked {
            return period - ((word >> baseAt) & BASE_MASK);
        }
    }
}
