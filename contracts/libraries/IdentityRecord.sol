// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What an identity is now. `None` was never registered; `Retired` is final.
enum Status {
    None,
    Active,
    Suspended,
    Retired
}

/// @notice The word that every identity needs: enough for a check-in and for deciding who may act.
///
/// ```
/// bit 0            160         200        240        248      250        251
///     | owner 160  | first 40  | last 40  | epoch 8  | status | interrupted | 5 spare |
/// ```
///
/// `interrupted` says that the identity lost time to a long silence, so that its second word must be read.
type IdentityRecord is uint256;

using IdentityRecordLib for IdentityRecord global;

/// @title Packing of the identity record
/// @notice Reads and rewrites the fields of an `IdentityRecord`.
/// @dev Times are unix seconds in 40 bits, good to the year 36,812.
library IdentityRecordLib {
    uint256 private constant FIRST_SEEN_AT = 160;
    uint256 private constant LAST_SEEN_AT = 200;
    uint256 private constant KEY_EPOCH_AT = 240;
    uint256 private constant STATUS_AT = 248;
    uint256 private constant STATUS_MASK = 0x3;
    uint256 private constant INTERRUPTED = 1 << 250;

    /// @dev The record of an identity that is registered at `now_`.
    function create(address owner_, uint256 now_) internal pure returns (IdentityRecord) {
        return
            IdentityRecord.wrap(
                uint160(owner_) |
                    (now_ << FIRST_SEEN_AT) |
                    (now_ << LAST_SEEN_AT) |
                    (uint256(Status.Active) << STATUS_AT)
            );
    }

    function owner(IdentityRecord self) internal pure returns (address) {
        return address(uint160(IdentityRecord.unwrap(self)));
    }

    function firstSeen(IdentityRecord self) internal pure returns (uint40) {
        return uint40(IdentityRecord.unwrap(self) >> FIRST_SEEN_AT);
    }

    function lastSeen(IdentityRecord self) internal pure returns (uint40) {
        return uint40(IdentityRecord.unwrap(self) >> LAST_SEEN_AT);
    }

    function keyEpoch(IdentityRecord self) internal pure returns (uint8) {
        return uint8(IdentityRecord.unwrap(self) >> KEY_EPOCH_AT);
    }

    function status(IdentityRecord self) internal pure returns (Status) {
        return Status((IdentityRecord.unwrap(self) >> STATUS_AT) & STATUS_MASK);
    }

    /// @dev The same as `status() == Status.Active`, cheaper.
    function isActive(IdentityRecord self) internal pure returns (bool) {
        return (IdentityRecord.unwrap(self) >> STATUS_AT) & STATUS_MASK == uint256(Status.Active);
    }

    function isInterrupted(IdentityRecord self) internal pure returns (bool) {
        return IdentityRecord.unwrap(self) & INTERRUPTED != 0;
    }

    function withOwner(IdentityRecord self, address owner_) internal pure returns (IdentityRecord) {
        uint256 word = IdentityRecord.unwrap(self);
        return IdentityRecord.wrap((word & ~uint256(type(uint160).max)) | uint160(owner_));
    }

    function withLastSeen(IdentityRecord self, uint256 now_) internal pure returns (IdentityRecord) {
        uint256 word = IdentityRecord.unwrap(self);
        return IdentityRecord.wrap((word & ~(uint256(type(uint40).max) << LAST_SEEN_AT)) | (now_ << LAST_SEEN_AT));
    }

    /// @dev One key change more. The caller has made sure that the epoch is below 255.
    function withNextKeyEpoch(IdentityRecord self) internal pure returns (IdentityRecord) {
        return IdentityRecord.wrap(IdentityRecord.unwrap(self) + (1 << KEY_EPOCH_AT));
    }

    function withStatus(IdentityRecord self, Status status_) internal pure returns (IdentityRecord) {
        uint256 word = IdentityRecord.unwrap(self);
        return IdentityRecord.wrap((word & ~(STATUS_MASK << STATUS_AT)) | (uint256(status_) << STATUS_AT));
    }

    function withInterruption(IdentityRecord self) internal pure returns (IdentityRecord) {
        return IdentityRecord.wrap(IdentityRecord.unwrap(self) | INTERRUPTED);
    }
}
