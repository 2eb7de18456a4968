// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ExpiryRing} from "./ExpiryRing.sol";

/// @notice What one voucher has locked, for and against others: eight buckets by the period in which a stake is
/// released, which is one period later than it ends.
///
/// ```
/// bit 0              160             178        218        242        250
///     | 8 buckets 20  | base period 18 | head 40  | burned 24 | scars 8 | 6 spare |
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
    uint256 private constant BASE_AT = 8 * WIDTH;
    uint256 private constant HEAD_AT = BASE_AT + 18;
    uint256 private constant BURNED_AT = HEAD_AT + 40;
    uint256 private constant SCARS_AT = BURNED_AT + 24;
    uint256 private constant BUCKETS_MASK = (1 << BASE_AT) - 1;
    uint256 private constant BASE_MASK = (1 << 18) - 1;
    uint256 private constant HEAD_MASK = (1 << 40) - 1;
    uint256 private constant BURNED_MASK = (1 << 24) - 1;

    /// @dev The stakes that are locked in the base period.
    function total(VoucherRing self) internal pure returns (uint256) {
        return ExpiryRing.sum(VoucherRing.unwrap(self) & BUCKETS_MASK, WIDTH);
    }

    /// @dev The ring with another base period, any at or after its present one; what was released before is dropped.
    function advanced(VoucherRing self, uint256 period) internal pure returns (VoucherRing) {
        (uint256 word, uint256 elapsed) = _locate(self, period);
        uint256 buckets = ExpiryRing.advance(word & BUCKETS_MASK, elapsed, WIDTH);
        return VoucherRing.wrap((word & ~(BUCKETS_MASK | (BASE_MASK << BASE_AT))) | (period << BASE_AT) | buckets);
    }

    function add(VoucherRing self, uint256 period, uint256 amount) internal pure returns (VoucherRing) {
        (uint256 word, uint256 index) = _locate(self, period);
        return VoucherRing.wrap(ExpiryRing.add(word, index, amount, WIDTH));
    }

    function remove(VoucherRing self, uint256 period, uint256 amount) internal pure returns (VoucherRing) {
        (uint256 word, uint256 index) = _locate(self, period);
        return VoucherRing.wrap(ExpiryRing.remove(word, index, amount, WIDTH));
    }

    function head(VoucherRing self) internal pure returns (uint256) {
        return (VoucherRing.unwrap(self) >> HEAD_AT) & HEAD_MASK;
    }

    function withHead(VoucherRing self, uint256 head_) internal pure returns (VoucherRing) {
        return VoucherRing.wrap((VoucherRing.unwrap(self) & ~(HEAD_MASK << HEAD_AT)) | (head_ << HEAD_AT));
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

    /// @dev The period is not before the base period.
    function _locate(VoucherRing self, uint256 period) private pure returns (uint256 word, uint256 index) {
        word = VoucherRing.unwrap(self);
        unchecked {
            index = period - ((word >> BASE_AT) & BASE_MASK);
        }
    }
}
