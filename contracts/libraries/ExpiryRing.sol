// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Amounts that expire by themselves
/// @notice A few buckets in one number, lowest bits first: bucket 0 holds what ends with the ring's base period, bucket
/// 1 what ends with the next, and so on. Shifting right drops what has expired, so the sum of the buckets is the exact
/// amount that is still there and nobody has to poke it.
/// @dev Pure. `width` is the bits of one bucket; the bits above the last bucket must be zero. The caller keeps the sum
/// of all buckets at or below `capacity(width)`; then no bucket overflows into the next, and `sum` is exact.
library ExpiryRing {
    /// @notice The most that all buckets together may hold.
    /// @param width Bits of a bucket.
    /// @return The amount.
    function capacity(uint256 width) internal pure returns (uint256) {
        unchecked {
            return (1 << width) - 2;
        }
    }

    /// @notice The sum of all buckets.
    /// @dev The buckets are the digits of a number to the base 2^width, and a number and the sum of its digits leave
    /// the same remainder when divided by the base less one ("casting out nines"). The sum is below that divisor, so
    /// the remainder is the sum.
    /// @param buckets The buckets.
    /// @param width Bits of a bucket.
    /// @return The sum.
    function sum(uint256 buckets, uint256 width) internal pure returns (uint256) {
        unchecked {
            return buckets % ((1 << width) - 1);
        }
    }

    /// @notice The buckets after some periods have passed.
    /// @param buckets The buckets now.
    /// @param elapsed Periods that passed since the base period, fewer than 2^248.
    /// @param width Bits of a bucket.
    /// @return The buckets, relative to the new base period.
    function advance(uint256 buckets, uint256 elapsed, uint256 width) internal pure returns (uint256) {
        unchecked {
            return buckets >> (elapsed * width);
        }
    }

    /// @notice Books an amount. The caller made sure that the sum stays within the capacity.
    /// @param buckets The buckets.
    /// @param index The bucket.
    /// @param amount The amount.
    /// @param width Bits of a bucket.
    /// @return The buckets with it.
    function add(uint256 buckets, uint256 index, uint256 amount, uint256 width) internal pure returns (uint256) {
        unchecked {
            return buckets + (amount << (index * width));
        }
    }

    /// @notice Takes an amount back. The caller made sure that it was booked there.
    /// @param buckets The buckets.
    /// @param index The bucket.
    /// @param amount The amount.
    /// @param width Bits of a bucket.
    /// @return The buckets without it.
    function remove(uint256 buckets, uint256 index, uint256 amount, uint256 width) internal pure returns (uint256) {
        unchecked {
            return buckets - (amount << (index * width));
        }
    }
}
