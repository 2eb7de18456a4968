// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What the rings of subjects and vouchers have in common
/// @notice The lowest bits of a ring: the base period, which bucket 0 stands for, and the head of a list.
///
/// ```
/// bit 0                18        58
///     | base period 18 | head 40 | the ring's own, and its buckets on top |
/// ```
library RingHeader {
    /// @dev Bits of the header.
    uint256 internal constant BITS = 58;

    uint256 private constant BASE_MASK = (1 << 18) - 1;
    uint256 private constant HEAD_AT = 18;
    uint256 private constant HEAD_MASK = (1 << 40) - 1;

    /// @dev How many periods after the base period one is; not before it.
    function elapsed(uint256 word, uint256 period) internal pure returns (uint256) {
        unchecked {
            return period - (word & BASE_MASK);
        }
    }

    /// @dev The ring with another base period; its buckets are the caller's care.
    function rebased(uint256 word, uint256 period) internal pure returns (uint256) {
        return (word & ~BASE_MASK) | period;
    }

    function head(uint256 word) internal pure returns (uint256) {
        return (word >> HEAD_AT) & HEAD_MASK;
    }

    function withHead(uint256 word, uint256 head_) internal pure returns (uint256) {
        return (word & ~(HEAD_MASK << HEAD_AT)) | (head_ << HEAD_AT);
    }
}
