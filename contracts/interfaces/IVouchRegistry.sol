// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";

import {Edge, Stance} from "../libraries/Edge.sol";
import {Status} from "../libraries/IdentityRecord.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";
import {IUnorderedNonces} from "./IUnorderedNonces.sol";

/// @notice What a vouch or warning is now.
/// `Active`: it counts. `Lapsed`: a vouch given to a key that the subject no longer has; renewing affirms it.
/// `Ended`: its last period has passed. `Revoked` by the voucher, `Disowned` by the subject, whatever is left of its
/// stake. `Burned`: nothing is left of the stake of any other.
enum VouchState {
    None,
    Active,
    Lapsed,
    Ended,
    Revoked,
    Disowned,
    Burned
}

/// @notice One vouch or warning, with what is to be known of its voucher beside it.
/// @param voucherId Who staked.
/// @param subjectId For or against whom.
/// @param arbiterId Who may burn the stake; zero where nobody may.
/// @param stance For or against.
/// @param state What it is now; `None` where the pair has none.
/// @param isActive Whether it counts now.
/// @param isBurnable Whether some of its stake is locked under an arbiter that can burn it now: one that is active.
/// @param stake Points.
/// @param since When it was made (unix seconds), weighted by stake: points that a renewal adds move it towards their day.
/// Of one that was revoked, when that was.
/// @param endPeriod Last period in which it counts, unless it was revoked or disowned before.
/// @param releasePeriod Last period in which it is locked.
/// @param subjectKeyEpoch The subject's key epoch when it was made or last renewed.
/// @param voucherKeyEpoch The voucher's key epoch then.
/// @param voucherStatus What the voucher is now.
/// @param voucherRekeyed Whether the voucher's key has changed since.
/// @param arbiterStatus What the arbiter is now; `None` where there is none.
struct Vouch {
    uint256 voucherId;
    uint256 subjectId;
    uint256 arbiterId;
    Stance stance;
    VouchState state;
    bool isActive;
    bool isBurnable;
    uint32 stake;
    uint40 since;
    uint32 endPeriod;
    uint32 releasePeriod;
    uint8 subjectKeyEpoch;
    uint8 voucherKeyEpoch;
    Status voucherStatus;
    bool voucherRekeyed;
    Status arbiterStatus;
}

/// @notice What a voucher offers, for the functions that take a signature. The fields are those of `vouch`.
/// @param voucherId Who stakes.
/// @param subjectId For or against whom.
/// @param stake Points.
/// @param periods How many periods ahead it ends.
/// @param arbiterId Who may burn the stake, or zero.
/// @param topic What it is about, or zero.
/// @param evidence URI of the evidence, or empty.
struct Offer {
    uint256 voucherId;
    uint256 subjectId;
    uint256 stake;
    uint256 periods;
    uint256 arbiterId;
    bytes32 topic;
    string evidence;
}

/// @title Registry of staked vouches and warnings
/// @notice Who stands behind, or warns about, whom, with how much standing, until when.
interface IVouchRegistry is IERC5267, IUnorderedNonces {
    /// @notice Emitted when a vouch is made, or made anew.
    /// @param voucherId Who staked.
    /// @param subjectId For whom.
    /// @param edge The whole edge; see `Edge`.
    /// @param topic What it is about, or zero.
    /// @param evidence URI of the evidence, or empty.
    event Vouched(uint256 indexed voucherId, uint256 indexed subjectId, Edge edge, bytes32 topic, string evidence);

    /// @notice Emitted when a warning is made, or made anew.
    /// @param voucherId Who staked.
    /// @param subjectId Against whom.
    /// @param edge The whole edge; see `Edge`.
    /// @param topic What it is about, or zero.
    /// @param evidence URI of the evidence, or empty.
    event Warned(uint256 indexed voucherId, uint256 indexed subjectId, Edge edge, bytes32 topic, string evidence);

    /// @notice Emitted when a vouch or warning is extended, raised or affirmed after a key has changed.
    /// @param voucherId Who staked.
    /// @param subjectId For or against whom.
    /// @param edge The whole edge as it is now.
    event Renewed(uint256 indexed voucherId, uint256 indexed subjectId, Edge edge);

    /// @notice Emitted when a vouch or warning is taken back by its voucher or its guardian; the stake stays locked to the end of the next period.
    /// @param voucherId Who staked.
    /// @param subjectId For or against whom.
    /// @param edge The whole edge as it is now.
    event Revoked(uint256 indexed voucherId, uint256 indexed subjectId, Edge edge);

    /// @notice Emitted when the subject refuses a vouch; the stake stays locked to the end of the next period.
    /// @param voucherId Who staked.
    /// @param subjectId For whom.
    /// @param edge The whole edge as it is now.
    event Disowned(uint256 indexed voucherId, uint256 indexed subjectId, Edge edge);

    /// @notice Emitted when the arbiter burns staked points, for ever.
    /// @param voucherId Who had staked.
    /// @param subjectId For or against whom.
    /// @param edge The whole edge as it is now; it names the arbiter.
    /// @param amount Points.
    /// @param evidence URI of the evidence, or empty.
    event Burned(uint256 indexed voucherId, uint256 indexed subjectId, Edge edge, uint256 amount, string evidence);

    /// @notice Thrown when no identity has this number.
    /// @param agentId The number.
    error UnknownIdentity(uint256 agentId);

    /// @notice Thrown when the identity is suspended or retired.
    /// @param agentId The identity.
    /// @param status What it is.
    error NotActive(uint256 agentId, Status status);

    /// @notice Thrown when an identity would stake for or against itself.
    /// @param agentId The identity.
    error SelfVouch(uint256 agentId);

    /// @notice Thrown when nothing would be staked: a stake is at least one point.
    /// @param voucherId Who would stake.
    /// @param subjectId For or against whom.
    error ZeroStake(uint256 voucherId, uint256 subjectId);

    /// @notice Thrown when the voucher has not that many points free.
    /// @param voucherId The voucher.
    /// @param free Points that are free.
    /// @param needed Points that were asked for.
    /// @param earnable Points that a check-in now would earn, and free.
    error InsufficientStanding(uint256 voucherId, uint256 free, uint256 needed, uint256 earnable);

    /// @notice Thrown when a vouch would not end one to six periods ahead.
    /// @param periods The number given.
    /// @param most The most that is accepted.
    error InvalidPeriods(uint256 periods, uint256 most);

    /// @notice Thrown when voucher or subject would be the arbiter: they cannot judge themselves.
    /// @param arbiterId The arbiter given.
    error InvalidArbiter(uint256 arbiterId);

    /// @notice Thrown when the identity did not agree to be named as arbiter.
    /// @param arbiterId The arbiter given.
    error NotArbiter(uint256 arbiterId);

    /// @notice Thrown when the pair has a live edge of this stance already: renew it, or revoke it first.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    /// @param releasePeriod Last period in which it is locked.
    error VouchExists(uint256 voucherId, uint256 subjectId, uint256 releasePeriod);

    /// @notice Thrown when the subject disowned a vouch of this voucher that is still locked, so that it cannot vouch anew.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    /// @param releasePeriod Last period in which it is locked.
    error VouchRefused(uint256 voucherId, uint256 subjectId, uint256 releasePeriod);

    /// @notice Thrown when making a locked edge anew would take it from its arbiter.
    /// @param arbiterId The arbiter of what is locked.
    /// @param newArbiterId The one given.
    error ArbiterChanges(uint256 arbiterId, uint256 newArbiterId);

    /// @notice Thrown when making a locked edge anew would lower its stake.
    /// @param stake Points that are locked.
    /// @param newStake Points given.
    error StakeShrinks(uint256 stake, uint256 newStake);

    /// @notice Thrown when making a locked edge anew would release its stake earlier.
    /// @param releasePeriod Last period in which it is locked.
    /// @param newReleasePeriod The earlier one that was asked for.
    error ReleaseShortens(uint256 releasePeriod, uint256 newReleasePeriod);

    /// @notice Thrown when a signed warning names an address that never owned the subject.
    /// @param subjectId The subject.
    /// @param key The address.
    error NotSubjectKey(uint256 subjectId, address key);

    /// @notice Thrown when the pair has no edge.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    error VouchNotFound(uint256 voucherId, uint256 subjectId);

    /// @notice Thrown when the edge was revoked, was disowned or has ended.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    /// @param state What it is.
    error VouchNotLive(uint256 voucherId, uint256 subjectId, VouchState state);

    /// @notice Thrown when the stake is no longer locked.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    /// @param releasePeriod Last period in which it was locked.
    error VouchReleased(uint256 voucherId, uint256 subjectId, uint256 releasePeriod);

    /// @notice Thrown when a renewal would end earlier than what is renewed.
    /// @param endPeriod Last period in which the edge counts.
    /// @param newEndPeriod The earlier one that was asked for.
    error RenewalShortens(uint256 endPeriod, uint256 newEndPeriod);

    /// @notice Thrown when a renewal would change nothing.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    error NothingToRenew(uint256 voucherId, uint256 subjectId);

    /// @notice Thrown when a subject tries to refuse a warning.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    error WarningNotDisownable(uint256 voucherId, uint256 subjectId);

    /// @notice Thrown when the voucher chose no arbiter, so that nobody may burn this stake.
    /// @param voucherId The voucher.
    /// @param subjectId The subject.
    error NoArbiter(uint256 voucherId, uint256 subjectId);

    /// @notice Thrown when a burn would take nothing, or more than is staked.
    /// @param amount The points asked for.
    /// @param stake The points staked.
    error InvalidBurn(uint256 amount, uint256 stake);

    /// @notice Thrown when so much cannot be staked for, or against, one subject at a time.
    /// @param subjectId The subject.
    /// @param room Points that still fit.
    /// @param needed Points that were asked for.
    error RingFull(uint256 subjectId, uint256 room, uint256 needed);

    /// @notice Thrown when the registry's periods are used up.
    /// @param period The period needed.
    /// @param last The last that can be stored.
    error HorizonPassed(uint256 period, uint256 last);

    /// @notice Thrown when a past period is asked for, which is not kept.
    /// @param period The period asked for.
    /// @param current The current period.
    error PeriodPassed(uint256 period, uint256 current);

    /// @notice Thrown when the cursor is not in the list; use what the call before answered, or zero for the first page.
    /// @param cursor The cursor.
    error InvalidCursor(uint256 cursor);

    /// @notice Thrown when the constructor's arguments are out of range.
    /// @param origin Unix time; not in the future. One so far back that the periods are used up is `HorizonPassed`.
    /// @param unit Seconds; at least 1.
    /// @param period Seconds; at least 1.
    /// @param cap Points; 1 to 1,048,574.
    error InvalidParameters(uint40 origin, uint40 unit, uint40 period, uint32 cap);

    /// @notice Stakes for another identity. By the owner of the voucher.
    /// @dev Where the pair has an edge that is still locked, it is made *anew*: over a warning, or over a vouch that was
    /// revoked or has ended, when nothing of its liability shrinks: the same arbiter, which need not agree again (where
    /// there was none, one may be named now), at least the stake that is locked, a release no earlier. Only what is added
    /// comes out of the free points. Where everything was burned nothing is liable: the terms are free, and the arbiter has
    /// to agree. Not over a live vouch (`renew`), nor while a vouch that the subject disowned is locked.
    /// @param voucherId Who stakes; active.
    /// @param subjectId For whom; active, another one.
    /// @param stake Points; at least 1 and at most what is free.
    /// @param periods How many periods ahead it ends: 1 to 6. It counts to the end of that period.
    /// @param arbiterId Who may burn the stake: an active third identity that agreed (`setArbitration`), or zero.
    /// @param topic What it is about, or zero.
    /// @param evidence URI of the evidence, or empty.
    function vouch(
        uint256 voucherId,
        uint256 subjectId,
        uint256 stake,
        uint256 periods,
        uint256 arbiterId,
        bytes32 topic,
        string calldata evidence
    ) external;

    /// @notice Stakes against another identity. By the owner of the voucher. Rules as for `vouch`, but the subject may be
    /// suspended: it could else keep warnings out by suspending itself.
    /// @dev A warning is about the identity, not about its key: it goes on counting when the subject rotates its key. Over
    /// an edge that is still locked it is made anew, as `vouch` says: over a vouch of any state, a live one too, which
    /// leaves the support at once, and over a warning that was revoked or has ended.
    /// @param voucherId Who stakes; active.
    /// @param subjectId Against whom; active or suspended.
    /// @param stake Points.
    /// @param periods How many periods ahead it ends: 1 to 6.
    /// @param arbiterId Who may burn the stake, or zero.
    /// @param topic What it is about, or zero.
    /// @param evidence URI of the evidence, or empty.
    function warn(
        uint256 voucherId,
        uint256 subjectId,
        uint256 stake,
        uint256 periods,
        uint256 arbiterId,
        bytes32 topic,
        string calldata evidence
    ) external;

    /// @notice `vouch`, by signature of the voucher's owner. Anyone may send and pay for it.
    /// @param offer What is staked.
    /// @param nonce Any number that the owner has not used in this registry.
    /// @param deadline Last second (unix time) at which the signature counts.
    /// @param signature EIP-712 `Vouch(uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256
    /// arbiterId,bytes32 topic,string evidence,uint8 keyEpoch,address subjectOwner,address arbiterOwner,uint40 since,uint256
    /// nonce,uint256 deadline)` by the owner, with its key epoch, the present owners of subject and arbiter (zero without an
    /// arbiter), and the date of the edge that the pair has (zero where it has none); ECDSA or ERC-1271. A vouch is given to
    /// a key: when the subject rotates it, the signature is void. An address owns one identity, so that it is void too where
    /// a reorganisation gave the number of subject or arbiter to somebody else. And what the voucher staked for the pair,
    /// added or took back in a later second is not undone by what it signed before; a renewal that adds nothing is.
    function vouchFor(Offer calldata offer, uint256 nonce, uint256 deadline, bytes calldata signature) external;

    /// @notice `warn`, by signature of the voucher's owner. Anyone may send and pay for it.
    /// @param offer What is staked.
    /// @param subjectKey An address that owns the subject or once did. It says who is meant: the subject must not be able
    /// to undo the signature by rotating its key, nor a reorganisation to turn it on somebody else.
    /// @param nonce Any number that the owner has not used in this registry.
    /// @param deadline Last second (unix time) at which the signature counts.
    /// @param signature EIP-712 `Warn(…)` with the fields of `Vouch`, but `address subjectKey` in place of
    /// `address subjectOwner`.
    function warnFor(
        Offer calldata offer,
        address subjectKey,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Extends or raises a vouch or warning, or affirms a vouch after the subject's key changed. By the owner of
    /// the voucher, which is active; the subject of a vouch is active too, that of a warning may be suspended. Works to the end of the tail on one that ended by itself.
    /// @dev The arbiter stays and need not be active, unless it burned everything: it then has to agree, as one named anew.
    /// It notes the key epochs of both; that alone is reason enough to renew.
    /// Added points move `since` towards now, by their share of the stake, rounded up to the later second.
    /// @param voucherId Who staked.
    /// @param subjectId For or against whom.
    /// @param addedStake Points more, or zero.
    /// @param periods How many periods ahead it ends now: 1 to 6, not earlier than it does already.
    function renew(uint256 voucherId, uint256 subjectId, uint256 addedStake, uint256 periods) external;

    /// @notice Takes a vouch or warning back: it counts no more. By the owner of the voucher, suspended or not, and by its
    /// guardian while it is suspended.
    /// @dev The stake stays locked and can be burned to the end of the next period. `since` becomes the time of the revocation:
    /// what the voucher signed for the pair in an earlier second is void.
    /// @param voucherId Who staked.
    /// @param subjectId For or against whom.
    function revoke(uint256 voucherId, uint256 subjectId) external;

    /// @notice `revoke`, by signature of the voucher's owner. Anyone may send and pay for it.
    /// @param voucherId Who staked.
    /// @param subjectId For or against whom.
    /// @param nonce Any number that the owner has not used in this registry.
    /// @param deadline Last second (unix time) at which the signature counts.
    /// @param signature EIP-712 `Revoke(uint256 voucherId,uint256 subjectId,uint8 keyEpoch,uint40 since,uint256
    /// nonce,uint256 deadline)` by the owner, with the date of the edge that it takes back; ECDSA or ERC-1271.
    function revokeFor(
        uint256 voucherId,
        uint256 subjectId,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Refuses a vouch: it counts no more. By the owner of the subject, which is active. Tail as for `revoke`.
    /// @param voucherId Who staked.
    /// @param subjectId For whom.
    function disown(uint256 voucherId, uint256 subjectId) external;

    /// @notice Burns staked points, for ever; nobody is paid. By the owner of the arbiter, which is active.
    /// @dev Possible while the stake is locked: to the end of the tail, whatever became of voucher and subject.
    /// @param voucherId Who staked.
    /// @param subjectId For or against whom.
    /// @param amount Points; 1 to what is staked.
    /// @param evidence URI of the evidence, or empty.
    function burn(uint256 voucherId, uint256 subjectId, uint256 amount, string calldata evidence) external;

    /// @notice The identities that stake.
    function identities() external view returns (IIdentityRegistry);

    /// @notice When period 0 began (unix seconds).
    function origin() external view returns (uint40);

    /// @notice Seconds of tenure that give one point of standing.
    function unit() external view returns (uint40);

    /// @notice Seconds of a period.
    function period() external view returns (uint40);

    /// @notice The most points that tenure gives.
    function cap() external view returns (uint32);

    /// @notice What is staked for and against an identity, exact now.
    /// @param agentId The identity; zeros for an unknown one.
    /// @return support Points for it, given to its current key.
    /// @return opposition Points against it.
    function supportOf(uint256 agentId) external view returns (uint256 support, uint256 opposition);

    /// @notice What will at least be staked for and against an identity in a period, if its key stays and
    /// nobody revokes, disowns or burns.
    /// @param agentId The identity.
    /// @param atPeriod The current period or a later one.
    /// @return support Points for it.
    /// @return opposition Points against it.
    function supportAt(uint256 agentId, uint256 atPeriod) external view returns (uint256 support, uint256 opposition);

    /// @notice The points of an identity.
    /// @param agentId The identity; zeros for an unknown one.
    /// @return standing Tenure in units, capped, less what was burned.
    /// @return staked Points locked in vouches and warnings, their tails included.
    /// @return burned Points burned, ever.
    /// @return free Points that can be staked: `standing - staked`.
    /// @return scars How many burns, counted up to 255.
    function standingOf(
        uint256 agentId
    ) external view returns (uint256 standing, uint256 staked, uint256 burned, uint256 free, uint256 scars);

    /// @notice The vouch or warning of a pair.
    /// @param voucherId Who staked.
    /// @param subjectId For or against whom.
    /// @return It, with state `None` where there is none.
    function vouchOf(uint256 voucherId, uint256 subjectId) external view returns (Vouch memory);

    /// @notice Everyone who ever staked for or against an identity, newest pair first.
    /// @param subjectId The identity.
    /// @param cursor Zero for the first page, then what the call before answered.
    /// @param limit The most that is returned.
    /// @return page The edges.
    /// @return next Where the next page starts; zero at the end.
    function vouchersOf(
        uint256 subjectId,
        uint256 cursor,
        uint256 limit
    ) external view returns (Vouch[] memory page, uint256 next);

    /// @notice Everyone for or against whom an identity ever staked, newest pair first.
    /// @param voucherId The identity.
    /// @param cursor Zero for the first page, then what the call before answered.
    /// @param limit The most that is returned.
    /// @return page The edges.
    /// @return next Where the next page starts; zero at the end.
    function vouchesBy(
        uint256 voucherId,
        uint256 cursor,
        uint256 limit
    ) external view returns (Vouch[] memory page, uint256 next);

    /// @notice The period that is running.
    function currentPeriod() external view returns (uint256);

    /// @notice First second (unix time) after a period.
    /// @dev Periods beyond the horizon have one too, until it does not fit into 256 bits: then it panics (0x11).
    /// @param number The period.
    function periodEnd(uint256 number) external view returns (uint256);
}
