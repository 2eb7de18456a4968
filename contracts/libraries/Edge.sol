// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice For or against the subject.
enum Stance {
    None,
    For,
    Against
}

/// @notice What was done with an edge. A live one may still have ended by itself.
enum EdgeState {
    None,
    Live,
    Revoked,
    Disowned
}

/// @notice One vouch or warning: the word that the registry stores and that its events carry.
///
/// ```
/// bit 0          22        62      80          98       100     102              110              118         158             198             238       239
///     | stake 22 | since 40 | end 18 | release 18 | stance | state | subject epoch 8 | voucher epoch 8 | arbiter 40 | next voucher 40 | next subject 40 | refused | 17 spare |
/// ```
///
/// `end` is the last period in which the stake of a live edge counts, `release` the last in which it is locked and can be burned. The
/// epochs are those of both keys when the edge was made or last renewed. `next voucher` follows in the subject's list,
/// `next subject` in the voucher's; zero ends a list. `refused` says that the subject disowned what is locked here, also
/// where a warning was made over it since.
type Edge is uint256;

using EdgeLib for Edge global;

/// @title Packing of an edge
/// @notice Reads and rewrites the fields of an `Edge`.
/// @dev Times are unix seconds; a stake is in points. The caller keeps values within their widths.
library EdgeLib {
    uint256 private constant SINCE_AT = 22;
    uint256 private constant END_AT = 62;
    uint256 private constant RELEASE_AT = 80;
    uint256 private constant STANCE_AT = 98;
    uint256 private constant STATE_AT = 100;
    uint256 private constant SUBJECT_EPOCH_AT = 102;
    uint256 private constant VOUCHER_EPOCH_AT = 110;
    uint256 private constant ARBITER_AT = 118;
    uint256 private constant NEXT_VOUCHER_AT = 158;
    uint256 private constant NEXT_SUBJECT_AT = 198;
    uint256 private constant REFUSED = 1 << 238;

    uint256 private constant STAKE_MASK = (1 << 22) - 1;
    uint256 private constant PERIOD_MASK = (1 << 18) - 1;
    uint256 private constant ID_MASK = (1 << 40) - 1;
    uint256 private constant ENUM_MASK = 0x3;
    uint256 private constant EPOCH_MASK = 0xff;

    /// @dev The places of an edge in both lists, everything else zero.
    function link(uint256 nextVoucher_, uint256 nextSubject_) internal pure returns (Edge) {
        return Edge.wrap((nextVoucher_ << NEXT_VOUCHER_AT) | (nextSubject_ << NEXT_SUBJECT_AT));
    }

    /// @dev A live edge made now in the place of this one, which keeps its place in both lists. Stake, end and key
    /// epochs are zero, and it is not refused.
    function remade(Edge self, Stance stance_, uint256 arbiter_, uint256 now_) internal pure returns (Edge) {
        uint256 links = Edge.unwrap(self) & ((ID_MASK << NEXT_VOUCHER_AT) | (ID_MASK << NEXT_SUBJECT_AT));
        uint256 made = (uint256(stance_) << STANCE_AT) | (uint256(EdgeState.Live) << STATE_AT) | (now_ << SINCE_AT);
        return Edge.wrap(links | made | (arbiter_ << ARBITER_AT));
    }

    /// @dev The edge with another stake and end; its stake is released one period after it ends.
    function withTerms(Edge self, uint256 stake_, uint256 endPeriod_) internal pure returns (Edge) {
        unchecked {
            uint256 word = Edge.unwrap(self) & ~(STAKE_MASK | (PERIOD_MASK << END_AT) | (PERIOD_MASK << RELEASE_AT));
            return Edge.wrap(word | stake_ | (endPeriod_ << END_AT) | ((endPeriod_ + 1) << RELEASE_AT));
        }
    }

    function withKeyEpochs(Edge self, uint8 subject_, uint8 voucher_) internal pure returns (Edge) {
        uint256 word = Edge.unwrap(self) & ~((EPOCH_MASK << SUBJECT_EPOCH_AT) | (EPOCH_MASK << VOUCHER_EPOCH_AT));
        return Edge.wrap(word | (uint256(subject_) << SUBJECT_EPOCH_AT) | (uint256(voucher_) << VOUCHER_EPOCH_AT));
    }

    /// @dev The edge with another date.
    function withSince(Edge self, uint256 since_) internal pure returns (Edge) {
        return Edge.wrap((Edge.unwrap(self) & ~(uint256(type(uint40).max) << SINCE_AT)) | (since_ << SINCE_AT));
    }

    /// @dev The edge, marked as one that the subject disowned.
    function withRefusal(Edge self) internal pure returns (Edge) {
        return Edge.wrap(Edge.unwrap(self) | REFUSED);
    }

    /// @dev The edge after it was revoked or disowned: it counts no more, and is released after a given period.
    function ended(Edge self, EdgeState state_, uint256 releasePeriod_) internal pure returns (Edge) {
        uint256 word = Edge.unwrap(self) & ~((ENUM_MASK << STATE_AT) | (PERIOD_MASK << RELEASE_AT));
        return Edge.wrap(word | (uint256(state_) << STATE_AT) | (releasePeriod_ << RELEASE_AT));
    }

    /// @dev The edge after a burn. The caller made sure that the stake is at least the amount.
    function burnt(Edge self, uint256 amount) internal pure returns (Edge) {
        unchecked {
            return Edge.wrap(Edge.unwrap(self) - amount);
        }
    }

    /// @dev Whether the pair ever had an edge.
    function exists(Edge self) internal pure returns (bool) {
        return Edge.unwrap(self) != 0;
    }

    /// @dev The same as `stance() == Stance.For`, cheaper.
    function isFor(Edge self) internal pure returns (bool) {
        return (Edge.unwrap(self) >> STANCE_AT) & ENUM_MASK == uint256(Stance.For);
    }

    /// @dev The same as `stance() == Stance.Against`, cheaper.
    function isAgainst(Edge self) internal pure returns (bool) {
        return (Edge.unwrap(self) >> STANCE_AT) & ENUM_MASK == uint256(Stance.Against);
    }

    /// @dev The same as `state() == EdgeState.Live`, cheaper.
    function isLive(Edge self) internal pure returns (bool) {
        return (Edge.unwrap(self) >> STATE_AT) & ENUM_MASK == uint256(EdgeState.Live);
    }

    /// @dev Whether the subject disowned what is locked here.
    function isRefused(Edge self) internal pure returns (bool) {
        return Edge.unwrap(self) & REFUSED != 0;
    }

    function stake(Edge self) internal pure returns (uint256) {
        return Edge.unwrap(self) & STAKE_MASK;
    }

    function since(Edge self) internal pure returns (uint40) {
        return uint40(Edge.unwrap(self) >> SINCE_AT);
    }

    function endPeriod(Edge self) internal pure returns (uint256) {
        return (Edge.unwrap(self) >> END_AT) & PERIOD_MASK;
    }

    function releasePeriod(Edge self) internal pure returns (uint256) {
        return (Edge.unwrap(self) >> RELEASE_AT) & PERIOD_MASK;
    }

    function stance(Edge self) internal pure returns (Stance) {
        return Stance((Edge.unwrap(self) >> STANCE_AT) & ENUM_MASK);
    }

    function state(Edge self) internal pure returns (EdgeState) {
        return EdgeState((Edge.unwrap(self) >> STATE_AT) & ENUM_MASK);
    }

    function subjectKeyEpoch(Edge self) internal pure returns (uint8) {
        return uint8(Edge.unwrap(self) >> SUBJECT_EPOCH_AT);
    }

    function voucherKeyEpoch(Edge self) internal pure returns (uint8) {
        return uint8(Edge.unwrap(self) >> VOUCHER_EPOCH_AT);
    }

    function arbiter(Edge self) internal pure returns (uint256) {
        return (Edge.unwrap(self) >> ARBITER_AT) & ID_MASK;
    }

    function nextVoucher(Edge self) internal pure returns (uint256) {
        return (Edge.unwrap(self) >> NEXT_VOUCHER_AT) & ID_MASK;
    }

    function nextSubject(Edge self) internal pure returns (uint256) {
        return (Edge.unwrap(self) >> NEXT_SUBJECT_AT) & ID_MASK;
    }
}
