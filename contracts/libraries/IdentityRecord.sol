// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What an identity is now. `None` was never registered; `Retired` is final.
enum Status {
    None,
    Active,
    Suspended,
    Retired
}

/// @notice The word that every identity needs: enough for a check-in, for its tenure and for deciding who may act.
///
/// ```
/// bit 0            160               200        240        248      250       251       252
///     | owner 160  | tenure start 40 | last 40  | epoch 8  | status | key own | arbiter | 4 spare |
/// ```
///
/// Tenure runs from `tenure start` to the last check-in: it is the registration, moved later by every second that a long
/// silence lost. `key own` says that the owner has signed as a key, which no contract can, `arbiter` that the identity agreed
/// to be named as arbiter.
type IdentityRecord is uint256;

using IdentityRecordLib for IdentityRecord global;

/// @title Packing of the identity record
/// @notice Reads and rewrites the fields of an `IdentityRecord`.
/// @dev Times are unix seconds in 40 bits, good to the year 36,812.
library IdentityRecordLib {
    uint256 private constant TENURE_START_AT = 160;
    uint256 private constant LAST_SEEN_AT = 200;
    uint256 private constant KEY_EPOCH_AT = 240;
    uint256 private constant STATUS_AT = 248;
    uint256 private constant STATUS_MASK = 0x3;
    uint256 private constant KEY_OWNED = 1 << 250;
    uint256 private constant ARBITER = 1 << 251;
    uint256 private constant TIMES_MASK = (1 << KEY_EPOCH_AT) - (1 << TENURE_START_AT);

    /// @dev The record of an identity that is registered at `now_`.
    function create(address owner_, uint256 now_) internal pure returns (IdentityRecord) {
        return
            IdentityRecord.wrap(
                uint160(owner_) |
                    (now_ << TENURE_START_AT) |
                    (now_ << LAST_SEEN_AT) |
                    (uint256(Status.Active) << STATUS_AT)
            );
    }

    function owner(IdentityRecord self) internal pure returns (address) {
        return address(uint160(IdentityRecord.unwrap(self)));
    }

    function tenureStart(IdentityRecord self) internal pure returns (uint40) {
        return uint40(IdentityRecord.unwrap(self) >> TENURE_START_AT);
    }

    function lastSeen(IdentityRecord self) internal pure returns (uint40) {
        return uint40(IdentityRecord.unwrap(self) >> LAST_SEEN_AT);
    }

    /// @dev Witnessed seconds. The last check-in is never before the start.
    function tenure(IdentityRecord self) internal pure returns (uint40) {
        unchecked {
            return self.lastSeen() - self.tenureStart();
        }
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

    /// @dev Whether the owner was proven to be a key.
    function isKeyOwned(IdentityRecord self) internal pure returns (bool) {
        return IdentityRecord.unwrap(self) & KEY_OWNED != 0;
    }

    /// @dev Whether it agreed to be named as arbiter.
    function isArbiter(IdentityRecord self) internal pure returns (bool) {
        return IdentityRecord.unwrap(self) & ARBITER != 0;
    }

    /// @dev The record with another owner, which has not proven to be a key.
    function withOwner(IdentityRecord self, address owner_) internal pure returns (IdentityRecord) {
        uint256 word = IdentityRecord.unwrap(self) & ~(uint256(type(uint160).max) | KEY_OWNED);
        return IdentityRecord.wrap(word | uint160(owner_));
    }

    /// @dev The record of an owner that has proven to be a key.
    function withKeyOwned(IdentityRecord self) internal pure returns (IdentityRecord) {
        return IdentityRecord.wrap(IdentityRecord.unwrap(self) | KEY_OWNED);
    }

    /// @dev The record after a check-in that credits some of the time since the last one.
    function withCheckIn(IdentityRecord self, uint256 now_, uint256 credit) internal pure returns (IdentityRecord) {
        unchecked {
            uint256 start = now_ - self.tenure() - credit;
            uint256 word = IdentityRecord.unwrap(self) & ~TIMES_MASK;
            return IdentityRecord.wrap(word | (start << TENURE_START_AT) | (now_ << LAST_SEEN_AT));
        }
    }

    /// @dev One key change more. The caller has made sure that the epoch is below 255.
    function withNextKeyEpoch(IdentityRecord self) internal pure returns (IdentityRecord) {
        return IdentityRecord.wrap(IdentityRecord.unwrap(self) + (1 << KEY_EPOCH_AT));
    }

    function withStatus(IdentityRecord self, Status status_) internal pure returns (IdentityRecord) {
        uint256 word = IdentityRecord.unwrap(self);
        return IdentityRecord.wrap((word & ~(STATUS_MASK << STATUS_AT)) | (uint256(status_) << STATUS_AT));
    }

    function withArbitration(IdentityRecord self, bool isOpen) internal pure returns (IdentityRecord) {
        uint256 word = IdentityRecord.unwrap(self);
        return IdentityRecord.wrap(isOpen ? word | ARBITER : word & ~ARBITER);
    }
}
