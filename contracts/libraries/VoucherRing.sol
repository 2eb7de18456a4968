// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ExpiryRing} from "./ExpiryRing.sol";
import {RingHeader} from "./RingHeader.sol";

/// @notice What one voucher has locked, for and against others: eight buckets by the period in which a stake is
/// released, which is one period later than it ends.
///
/// ```
/// bit 0                18        58          82        90             250
///     | base period 18 | head 40 | burned 24 | scars 8 | 8 buckets 20 | 6 spare |
/// ```
///
/// A voucher never locks more than the cap, which fits in 20 bits, so no bucket can overflow; nor can what is burned,
/// which together with what is locked never exceeds the cap either.
type VoucherRing is uint256;

using VoucherRingLib for VoucherRing global;

/// @title Packing of a voucher's ring
/// @notice Reads and rewrites the fields of a `VoucherRing`.
/// @dev A period given here is the base period or one of the seven after it, unless said otherwise.
library VoucherRingLib {
    uint256 internal constant WIDTH = 20;
    uint256 private constant BURNED_AT = RingHeader.BITS;
    uint256 private constant SCARS_AT = BURNED_AT + 24;
    uint256 private constant BUCKETS_AT = SCARS_AT + 8;
    uint256 private constant REST_MASK = (1 << BUCKETS_AT) - 1;
    uint256 private constant BURNED_MASK = (1 << 24) - 1;

    /// @dev The stakes that are locked in the base period.
    function total(VoucherRing self) internal pure returns (uint256) {
        return ExpiryRing.sum(VoucherRing.unwrap(self) >> BUCKETS_AT, WIDTH);
    }

    /// @dev The ring with another base period, any at or after its present one; what was released before is dropped.
    function advanced(VoucherRing self, uint256 period) internal pure returns (VoucherRing) {
        uint256 word = VoucherRing.unwrap(self);
        uint256 buckets = ExpiryRing.advance(word >> BUCKETS_AT, RingHeader.elapsed(word, period), WIDTH);
        return VoucherRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));
    }

    function add(VoucherRing self, uint256 period, uint256 amount) internal pure returns (VoucherRing) {
        uint256 word = VoucherRing.unwrap(self);
        return VoucherRing.wrap(ExpiryRing.add(word, RingHeader.elapsed(word, period), amount << BUCKETS_AT, WIDTH));
    }

    function remove(VoucherRing self, uint256 period, uint256 amount) internal pure returns (VoucherRing) {
        uint256 word = VoucherRing.unwrap(self);
        return VoucherRing.wrap(ExpiryRing.remove(word, RingHeader.elapsed(word, period), amount << BUCKETS_AT, WIDTH));
    }

    function head(VoucherRing self) internal pure returns (uint256) {
        return RingHeader.head(VoucherRing.unwrap(self));
    }

    function withHead(VoucherRing self, uint256 head_) internal pure returns (VoucherRing) {
        return VoucherRing.wrap(RingHeader.withHead(VoucherRing.unwrap(self), head_));
    }

    function burned(VoucherRing self) internal pure returns (uint256) {
        return (VoucherRing.unwrap(self) >> BURNED_AT) & BURNED_MASK;
    }

    function scars(VoucherRing self) internal pure returns (uint8) {
        return uint8(VoucherRing.unwrap(self) >> SCARS_AT);
    }

    /// @dev The ring after a burn: so much more is burned, and one scar more, counted up to 255.
    function withBurn(VoucherRing self, uint256 amount) internal pure returns (VoucherRing) {
        uint256 word = VoucherRing.unwrap(self) + (amount << BURNED_AT);
        return VoucherRing.wrap(self.scars() == type(uint8).max ? word : word + (1 << SCARS_AT));
    }
}
