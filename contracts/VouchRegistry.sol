// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {UnorderedNonces} from "./base/UnorderedNonces.sol";
import {IIdentityRegistry, KeyRole, NotOwner} from "./interfaces/IIdentityRegistry.sol";
import {IVouchRegistry, Offer, Vouch, VouchState} from "./interfaces/IVouchRegistry.sol";
import {Consent} from "./libraries/Consent.sol";
import {Edge, EdgeLib, EdgeState, Stance} from "./libraries/Edge.sol";
import {IdentityRecord, Status} from "./libraries/IdentityRecord.sol";
import {SubjectRing} from "./libraries/SubjectRing.sol";
import {Tenure} from "./libraries/Tenure.sol";
import {VoucherRing} from "./libraries/VoucherRing.sol";

/// @title Registry of staked vouches and warnings
/// @notice Who stands behind, or warns about, whom, with how much standing, until when.
///
/// @dev Properties
/// - Standing comes from tenure alone: `min(tenure / unit, cap) - burned`. What is locked never exceeds it.
/// - Sums are exact at every moment and expire by themselves: a stake is booked in the bucket of the period in which it
///   ends, and reading drops the buckets that have passed. Nobody has to poke anything.
/// - A stake stays locked, and its arbiter can burn it, one period longer than it counts (the *tail*); revoking,
///   disowning, rotating, suspending and retiring change nothing of that, except that a vouch which ends early has its
///   tail early: to the end of the next period.
/// - A vouch is given to a key. When the subject rotates its key, vouches lapse until their vouchers renew them.
///   A warning is about the identity: rotating a key does not shake it off.
/// - There is one edge for an ordered pair, and one node in each list, for ever. Lists are for reading only. While an edge
///   is locked it can be made anew with another stance, when nothing of its liability shrinks: whoever vouched and was
///   deceived warns at once.
/// - The cost of an action does not depend on how many others acted, but for the first word that anybody writes for a
///   subject.
/// - No owner, admin, proxy, pause or fee; no function takes or moves value. The only call to an address that a user
///   supplied is the static one that checks an ERC-1271 signature.
///
/// Roles of one edge: the owner of the voucher makes, renews and revokes it; the owner of the subject may disown a
/// vouch; the owner of the arbiter, which agreed to be one, may burn the stake. Suspension stops all of that but revoking,
/// which it allows the voucher's guardian too.
///
/// Not goals: judging anybody; counting how good a voucher is. The state of a voucher is reported beside an edge and
/// never hidden in a sum.
///
/// Storage: one fresh word an edge; the rings of voucher and subject are rewritten.
contract VouchRegistry is IVouchRegistry, EIP712, UnorderedNonces, Multicall {
    string private constant DOMAIN_NAME = "TenureVouchRegistry";
    string private constant DOMAIN_VERSION = "1";

    bytes32 private constant VOUCH_TYPEHASH = keccak256(
        "Vouch(uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256 arbiterId,bytes32 topic,string evidence,uint8 keyEpoch,address subjectOwner,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant WARN_TYPEHASH = keccak256(
        "Warn(uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256 arbiterId,bytes32 topic,string evidence,uint8 keyEpoch,address subjectKey,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant REVOKE_TYPEHASH = keccak256(
        "Revoke(uint256 voucherId,uint256 subjectId,uint8 keyEpoch,uint40 since,uint256 nonce,uint256 deadline)"
    );

    /// @dev How many periods ahead a vouch may end: as many buckets as a subject's ring has beside the current one.
    uint256 private constant MAX_PERIODS = 6;
    /// @dev The last period that edges and rings can store.
    uint256 private constant LAST_PERIOD = (1 << 18) - 1;
    /// @dev What fits in a voucher's ring.
    uint32 private constant MAX_CAP = (1 << 20) - 2;

    /// @dev One word, in a struct so that a reference to it can be kept: its place is hashed once, not twice.
    struct EdgeSlot {
        Edge edge;
    }

    /// @dev As `EdgeSlot`.
    struct VoucherRingSlot {
        VoucherRing ring;
    }

    /// @dev As `EdgeSlot`.
    struct SubjectRingSlot {
        SubjectRing ring;
    }

    /// @inheritdoc IVouchRegistry
    IIdentityRegistry public immutable identities;
    /// @inheritdoc IVouchRegistry
    uint40 public immutable origin;
    /// @inheritdoc IVouchRegistry
    uint40 public immutable unit;
    /// @inheritdoc IVouchRegistry
    uint40 public immutable period;
    /// @inheritdoc IVouchRegistry
    uint32 public immutable cap;

    uint256 private immutable _maxSilence;

    mapping(uint256 voucherId => mapping(uint256 subjectId => EdgeSlot)) private _edges;
    mapping(uint256 subjectId => SubjectRingSlot) private _support;
    mapping(uint256 subjectId => SubjectRingSlot) private _opposition;
    mapping(uint256 voucherId => VoucherRingSlot) private _commitments;

    /// @param identities_ The identities that stake.
    /// @param origin_ When period 0 began (unix seconds), not in the future; the same on every chain.
    /// @param unit_ Seconds of tenure for one point; 1 day in production.
    /// @param period_ Seconds of a period; 60 days in production.
    /// @param cap_ The most points that tenure gives; 1,000 in production.
    constructor(
        IIdentityRegistry identities_,
        uint40 origin_,
        uint40 unit_,
        uint40 period_,
        uint32 cap_
    ) EIP712(DOMAIN_NAME, DOMAIN_VERSION) {
        if (origin_ > block.timestamp || unit_ == 0 || period_ == 0 || cap_ == 0 || cap_ > MAX_CAP) {
            revert InvalidParameters(origin_, unit_, period_, cap_);
        }
        // Nothing could be staked in a registry whose horizon has passed.
        uint256 current = (block.timestamp - origin_) / period_;
        if (current + MAX_PERIODS >= LAST_PERIOD) revert HorizonPassed(current + MAX_PERIODS + 1, LAST_PERIOD);
        identities = identities_;
        _maxSilence = identities_.maxSilence();
        origin = origin_;
        unit = unit_;
        period = period_;
        cap = cap_;
    }

    // STAKING

    /// @inheritdoc IVouchRegistry
    function vouch(
        uint256 voucherId,
        uint256 subjectId,
        uint256 stake,
        uint256 periods,
        uint256 arbiterId,
        bytes32 topic,
        string calldata evidence
    ) external {
        Edge edge = _stake(msg.sender, Stance.For, voucherId, subjectId, stake, periods, arbiterId);
        emit Vouched(voucherId, subjectId, edge, topic, evidence);
    }

    /// @inheritdoc IVouchRegistry
    function warn(
        uint256 voucherId,
        uint256 subjectId,
        uint256 stake,
        uint256 periods,
        uint256 arbiterId,
        bytes32 topic,
        string calldata evidence
    ) external {
        Edge edge = _stake(msg.sender, Stance.Against, voucherId, subjectId, stake, periods, arbiterId);
        emit Warned(voucherId, subjectId, edge, topic, evidence);
    }

    /// @inheritdoc IVouchRegistry
    function vouchFor(Offer calldata offer, uint256 nonce, uint256 deadline, bytes calldata signature) external {
        address subjectOwner = identities.getRecord(offer.subjectId).owner();
        Edge edge = _stakeFor(Stance.For, offer, subjectOwner, nonce, deadline, signature);
        emit Vouched(offer.voucherId, offer.subjectId, edge, offer.topic, offer.evidence);
    }

    /// @inheritdoc IVouchRegistry
    function warnFor(
        Offer calldata offer,
        address subjectKey,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external {
        (uint256 id, KeyRole role, ) = identities.resolve(subjectKey);
        if (id != offer.subjectId || role == KeyRole.Wallet) revert NotSubjectKey(offer.subjectId, subjectKey);
        Edge edge = _stakeFor(Stance.Against, offer, subjectKey, nonce, deadline, signature);
        emit Warned(offer.voucherId, offer.subjectId, edge, offer.topic, offer.evidence);
    }

    /// @inheritdoc IVouchRegistry
    function renew(uint256 voucherId, uint256 subjectId, uint256 addedStake, uint256 periods) external {
        EdgeSlot storage slot = _edges[voucherId][subjectId];
        Edge edge = slot.edge;
        (IdentityRecord voucher, IdentityRecord subject) = _requirePair(voucherId, subjectId, msg.sender);
        if (!subject.isActive()) _checkSubject(edge.stance(), subjectId, subject);
        uint256 current = currentPeriod();
        uint256 newEnd = _endAfter(current, periods);
        _requireExists(edge, voucherId, subjectId);
        if (!edge.isLive()) revert VouchNotLive(voucherId, subjectId, _stateOf(edge, subject.keyEpoch()));
        _requireLocked(edge, voucherId, subjectId, current);
        if (newEnd < edge.endPeriod()) revert RenewalShortens(edge.endPeriod(), newEnd);
        // Nothing is locked under an arbiter that burned everything: points anew need one that still agrees.
        if (edge.stake() == 0 && edge.arbiter() != 0) _requireArbiter(edge.arbiter(), voucherId, subjectId);

        VoucherRing commitments = _commitments[voucherId].ring.advanced(current);
        _requireFree(voucherId, voucher, commitments, addedStake);
        Edge renewed = edge.withTerms(edge.stake() + addedStake, newEnd);
        renewed = renewed.withKeyEpochs(subject.keyEpoch(), voucher.keyEpoch());
        if (renewed.stake() == 0) revert ZeroStake(voucherId, subjectId);
        if (Edge.unwrap(renewed) == Edge.unwrap(edge)) revert NothingToRenew(voucherId, subjectId);
        if (addedStake != 0) renewed = renewed.withSince(_weightedSince(edge, addedStake));
        commitments = commitments.remove(edge.releasePeriod(), edge.stake());
        _commitments[voucherId].ring = commitments.add(renewed.releasePeriod(), renewed.stake());
        if (edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());
        SubjectRingSlot storage ringSlot = edge.isFor() ? _support[subjectId] : _opposition[subjectId];
        SubjectRing ring = ringSlot.ring.advanced(current);
        if (edge.isFor()) ring = _givenTo(ring, subject.keyEpoch());
        ringSlot.ring = _booked(ring, subjectId, renewed);
        slot.edge = renewed;
        emit Renewed(voucherId, subjectId, renewed);
    }

    /// @inheritdoc IVouchRegistry
    function revoke(uint256 voucherId, uint256 subjectId) external {
        IdentityRecord voucher = identities.getRecord(voucherId);
        if (msg.sender != voucher.owner()) {
            _checkExisting(voucherId, voucher);
            if (voucher.isActive() || msg.sender != identities.guardianOf(voucherId)) {
                revert NotOwner(voucherId, msg.sender);
            }
        }
        emit Revoked(voucherId, subjectId, _end(voucherId, subjectId, EdgeState.Revoked));
    }

    /// @inheritdoc IVouchRegistry
    function revokeFor(
        uint256 voucherId,
        uint256 subjectId,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external {
        IdentityRecord voucher = identities.getRecord(voucherId);
        _checkExisting(voucherId, voucher);
        address owner = voucher.owner();
        _useNonce(owner, nonce);
        uint40 since = _edges[voucherId][subjectId].edge.since();
        bytes32 structHash = keccak256(
            abi.encode(REVOKE_TYPEHASH, voucherId, subjectId, voucher.keyEpoch(), since, nonce, deadline)
        );
        Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);
        emit Revoked(voucherId, subjectId, _end(voucherId, subjectId, EdgeState.Revoked));
    }

    /// @inheritdoc IVouchRegistry
    function disown(uint256 voucherId, uint256 subjectId) external {
        _requireActiveOwner(subjectId);
        if (_edges[voucherId][subjectId].edge.isAgainst()) revert WarningNotDisownable(voucherId, subjectId);
        emit Disowned(voucherId, subjectId, _end(voucherId, subjectId, EdgeState.Disowned));
    }

    /// @inheritdoc IVouchRegistry
    function burn(uint256 voucherId, uint256 subjectId, uint256 amount, string calldata evidence) external {
        EdgeSlot storage slot = _edges[voucherId][subjectId];
        Edge edge = slot.edge;
        _requireExists(edge, voucherId, subjectId);
        if (edge.arbiter() == 0) revert NoArbiter(voucherId, subjectId);
        _requireActiveOwner(edge.arbiter());
        uint256 current = currentPeriod();
        _requireLocked(edge, voucherId, subjectId, current);
        if (amount == 0 || amount > edge.stake()) revert InvalidBurn(amount, edge.stake());

        VoucherRingSlot storage commitments = _commitments[voucherId];
        commitments.ring = commitments.ring.advanced(current).remove(edge.releasePeriod(), amount).withBurn(amount);
        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, amount);
        edge = edge.burnt(amount);
        slot.edge = edge;
        emit Burned(voucherId, subjectId, edge, amount, evidence);
    }

    // BATCHES

    /// @inheritdoc Multicall
    /// @dev The library's own also passes on what a trusted forwarder appends to a call, of which there is none here, and
    /// asks before each call whether this contract is one.
    function multicall(bytes[] calldata data) public override returns (bytes[] memory results) {
        results = new bytes[](data.length);
        for (uint256 i = 0; i < data.length; ++i) {
            // solhint-disable-next-line avoid-low-level-calls
            (bool isDone, bytes memory result) = address(this).delegatecall(data[i]);
            if (!isDone) Address.verifyCallResultFromTarget(address(this), isDone, result); // passes its error on
            if (result.length != 0) results[i] = result;
        }
    }

    // VIEWS

    /// @inheritdoc IVouchRegistry
    function supportOf(uint256 agentId) external view returns (uint256 support, uint256 opposition) {
        return _sums(agentId, currentPeriod());
    }

    /// @inheritdoc IVouchRegistry
    function supportAt(uint256 agentId, uint256 atPeriod) external view returns (uint256 support, uint256 opposition) {
        uint256 current = currentPeriod();
        if (atPeriod < current) revert PeriodPassed(atPeriod, current);
        if (atPeriod > LAST_PERIOD) return (0, 0);
        return _sums(agentId, atPeriod);
    }

    /// @inheritdoc IVouchRegistry
    function standingOf(
        uint256 agentId
    ) external view returns (uint256 standing, uint256 staked, uint256 burned, uint256 free, uint256 scars) {
        VoucherRing commitments = _commitments[agentId].ring.advanced(currentPeriod());
        standing = _standing(identities.getRecord(agentId).tenure(), commitments);
        return (standing, commitments.total(), commitments.burned(), _free(standing, commitments), commitments.scars());
    }

    /// @inheritdoc IVouchRegistry
    function vouchOf(uint256 voucherId, uint256 subjectId) external view returns (Vouch memory) {
        return _view(voucherId, subjectId, identities.getRecord(subjectId).keyEpoch());
    }

    /// @inheritdoc IVouchRegistry
    function vouchersOf(
        uint256 subjectId,
        uint256 cursor,
        uint256 limit
    ) external view returns (Vouch[] memory page, uint256 next) {
        if (cursor == 0) cursor = _support[subjectId].ring.head();
        else if (!_edges[cursor][subjectId].edge.exists()) revert InvalidCursor(cursor);
        uint256 length = 0;
        for (next = cursor; next != 0 && length < limit; ++length) {
            next = _edges[next][subjectId].edge.nextVoucher();
        }
        page = new Vouch[](length);
        uint8 subjectEpoch = identities.getRecord(subjectId).keyEpoch();
        for (uint256 i = 0; i < length; ++i) {
            page[i] = _view(cursor, subjectId, subjectEpoch);
            cursor = _edges[cursor][subjectId].edge.nextVoucher();
        }
    }

    /// @inheritdoc IVouchRegistry
    function vouchesBy(
        uint256 voucherId,
        uint256 cursor,
        uint256 limit
    ) external view returns (Vouch[] memory page, uint256 next) {
        if (cursor == 0) cursor = _commitments[voucherId].ring.head();
        else if (!_edges[voucherId][cursor].edge.exists()) revert InvalidCursor(cursor);
        uint256 length = 0;
        for (next = cursor; next != 0 && length < limit; ++length) {
            next = _edges[voucherId][next].edge.nextSubject();
        }
        page = new Vouch[](length);
        for (uint256 i = 0; i < length; ++i) {
            page[i] = _view(voucherId, cursor, identities.getRecord(cursor).keyEpoch());
            cursor = _edges[voucherId][cursor].edge.nextSubject();
        }
    }

    /// @inheritdoc IVouchRegistry
    function periodEnd(uint256 number) external view returns (uint256) {
        return uint256(origin) + (number + 1) * period;
    }

    /// @inheritdoc IVouchRegistry
    function currentPeriod() public view returns (uint256) {
        unchecked {
            return (block.timestamp - origin) / period; // the origin is not in the future, the period not zero
        }
    }

    // EFFECTS

    function _stakeFor(
        Stance stance,
        Offer calldata offer,
        address subjectKey,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) private returns (Edge) {
        address owner = _takeConsent(stance, offer, subjectKey, nonce, deadline, signature);
        return _stake(owner, stance, offer.voucherId, offer.subjectId, offer.stake, offer.periods, offer.arbiterId);
    }

    /// @dev Uses up what the voucher's owner signed. Returns that owner.
    function _takeConsent(
        Stance stance,
        Offer calldata offer,
        address subjectKey,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) private returns (address owner) {
        IdentityRecord voucher = identities.getRecord(offer.voucherId);
        _checkExisting(offer.voucherId, voucher);
        owner = voucher.owner();
        _useNonce(owner, nonce);
        bytes32 structHash = _offerHash(stance, offer, voucher.keyEpoch(), subjectKey, nonce, deadline);
        Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);
    }

    /// @dev The actor consented; it is the voucher's owner, or this reverts.
    function _stake(
        address actor,
        Stance stance,
        uint256 voucherId,
        uint256 subjectId,
        uint256 stake,
        uint256 periods,
        uint256 arbiterId
    ) private returns (Edge edge) {
        if (voucherId == subjectId) revert SelfVouch(voucherId);
        (IdentityRecord voucher, IdentityRecord subject) = _requirePair(voucherId, subjectId, actor);
        if (!subject.isActive()) _checkSubject(stance, subjectId, subject);
        if (stake == 0) revert ZeroStake(voucherId, subjectId);
        uint256 current = currentPeriod();
        uint256 endPeriod = _endAfter(current, periods);

        EdgeSlot storage slot = _edges[voucherId][subjectId];
        Edge former = slot.edge;
        if (former.exists()) {
            former = _whileLocked(former, current);
            _requireLiability(former, stance, voucherId, subjectId, current, stake, endPeriod + 1, arbiterId);
        }
        if (arbiterId != 0 && !_isUnder(former, arbiterId)) _requireArbiter(arbiterId, voucherId, subjectId);
        edge =
            former.exists()
                ? _recommit(former, voucherId, voucher, subjectId, current, stake, endPeriod + 1)
                : _commit(voucherId, voucher, subjectId, current, stake, endPeriod + 1);
        edge = edge.remade(stance, arbiterId, block.timestamp);
        edge = edge.withTerms(stake, endPeriod).withKeyEpochs(subject.keyEpoch(), voucher.keyEpoch());
        edge = _book(stance, former, edge, voucherId, subjectId, current);
        slot.edge = edge;
    }

    /// @dev Locks the stake of a pair's first edge. Returns an edge with nothing but its place in the voucher's list.
    function _commit(
        uint256 voucherId,
        IdentityRecord voucher,
        uint256 subjectId,
        uint256 current,
        uint256 stake,
        uint256 release
    ) private returns (Edge) {
        VoucherRingSlot storage slot = _commitments[voucherId];
        VoucherRing ring = slot.ring.advanced(current);
        _requireFree(voucherId, voucher, ring, stake);
        slot.ring = ring.withHead(subjectId).add(release, stake);
        return EdgeLib.link(0, ring.head());
    }

    /// @dev Locks a stake in the place of what an edge locks, which counts no more. Returns that edge.
    function _recommit(
        Edge edge,
        uint256 voucherId,
        IdentityRecord voucher,
        uint256 subjectId,
        uint256 current,
        uint256 stake,
        uint256 release
    ) private returns (Edge) {
        VoucherRingSlot storage slot = _commitments[voucherId];
        VoucherRing ring = slot.ring.advanced(current);
        _requireFree(voucherId, voucher, ring, stake - edge.stake());
        slot.ring = ring.remove(edge.releasePeriod(), edge.stake()).add(release, stake);
        if (edge.isLive() && edge.endPeriod() >= current) _discount(subjectId, edge, current, edge.stake());
        return edge;
    }

    /// @dev Counts the stake of an edge for or against its subject. Returns the edge with what the subject's side adds to
    /// it: the place of a first one in the subject's list, the refusal of the former one.
    function _book(
        Stance stance,
        Edge former,
        Edge edge,
        uint256 voucherId,
        uint256 subjectId,
        uint256 current
    ) private returns (Edge) {
        SubjectRingSlot storage supportSlot = _support[subjectId];
        SubjectRing support = supportSlot.ring;
        bool isNew = !former.exists();
        if (isNew) {
            edge = _inFrontOf(support.head(), edge);
            support = support.withHead(voucherId);
        } else if (former.isRefused()) {
            // What the subject disowned stays refused for as long as it is locked, also under a warning.
            edge = edge.withRefusal();
        }
        if (stance == Stance.For) {
            supportSlot.ring = _booked(_givenTo(support.advanced(current), edge.subjectKeyEpoch()), subjectId, edge);
        } else {
            if (isNew || !support.isWarned()) supportSlot.ring = support.withWarning();
            SubjectRingSlot storage opposition = _opposition[subjectId];
            opposition.ring = _booked(opposition.ring.advanced(current), subjectId, edge);
        }
        return edge;
    }

    /// @dev Ends an edge early: it counts no more, and is released after the next period.
    function _end(uint256 voucherId, uint256 subjectId, EdgeState state) private returns (Edge edge) {
        EdgeSlot storage slot = _edges[voucherId][subjectId];
        edge = slot.edge;
        uint256 current = currentPeriod();
        if (!edge.isLive() || edge.endPeriod() < current) {
            _requireExists(edge, voucherId, subjectId);
            revert VouchNotLive(voucherId, subjectId, _stateOf(edge, edge.subjectKeyEpoch()));
        }
        uint256 stake = edge.stake();
        uint256 release = current + 1;
        VoucherRingSlot storage commitments = _commitments[voucherId];
        commitments.ring = commitments.ring.advanced(current).remove(edge.releasePeriod(), stake).add(release, stake);
        _discount(subjectId, edge, current, stake);
        edge = edge.ended(state, release);
        // A new date voids what the voucher signed for the pair before. The subject has no such power over warnings.
        edge = state == EdgeState.Disowned ? edge.withRefusal() : edge.withSince(block.timestamp);
        slot.edge = edge;
    }

    /// @dev The ring of support as it is for a key: empty where its stakes were given to an earlier one.
    function _givenTo(SubjectRing ring, uint8 keyEpoch) private pure returns (SubjectRing) {
        return ring.keyEpoch() == keyEpoch ? ring : ring.emptiedFor(keyEpoch);
    }

    /// @dev The subject's ring with the stake of an edge. Its base is the current period.
    function _booked(SubjectRing ring, uint256 subjectId, Edge edge) private pure returns (SubjectRing) {
        uint256 stake = edge.stake();
        uint256 room = ring.room();
        if (stake > room) revert RingFull(subjectId, room, stake);
        return ring.add(edge.endPeriod(), stake);
    }

    /// @dev Takes points of a live edge that has not ended out of the subject's ring, unless they have left it already
    /// because the ring was emptied for a later key.
    function _discount(uint256 subjectId, Edge edge, uint256 current, uint256 amount) private {
        bool isFor = edge.isFor();
        SubjectRingSlot storage slot = isFor ? _support[subjectId] : _opposition[subjectId];
        SubjectRing ring = slot.ring;
        if (isFor && ring.keyEpoch() != edge.subjectKeyEpoch()) return;
        slot.ring = ring.advanced(current).remove(edge.endPeriod(), amount);
    }

    // CHECKS

    /// @dev The voucher is active, and the actor owns it.
    function _requirePair(
        uint256 voucherId,
        uint256 subjectId,
        address actor
    ) private view returns (IdentityRecord voucher, IdentityRecord subject) {
        (voucher, subject) = identities.identityPair(voucherId, subjectId);
        _checkActive(voucherId, voucher);
        if (actor != voucher.owner()) revert NotOwner(voucherId, actor);
    }

    /// @dev A suspended subject may be warned about: it could else keep every warning out by suspending itself.
    function _checkSubject(Stance stance, uint256 subjectId, IdentityRecord subject) private pure {
        if (stance == Stance.Against) _checkExisting(subjectId, subject);
        else _checkActive(subjectId, subject);
    }

    function _requireActiveOwner(uint256 agentId) private view {
        IdentityRecord record = identities.getRecord(agentId);
        _checkActive(agentId, record);
        if (msg.sender != record.owner()) revert NotOwner(agentId, msg.sender);
    }

    function _requireArbiter(uint256 arbiterId, uint256 voucherId, uint256 subjectId) private view {
        if (arbiterId == voucherId || arbiterId == subjectId) revert InvalidArbiter(arbiterId);
        IdentityRecord arbiter = identities.getRecord(arbiterId);
        _checkActive(arbiterId, arbiter);
        if (!arbiter.isArbiter()) revert NotArbiter(arbiterId);
    }

    /// @dev A locked edge may be made anew with these terms: nothing of its liability shrinks, and a stance that counts
    /// is not repeated, nor a refused one.
    function _requireLiability(
        Edge edge,
        Stance stance,
        uint256 voucherId,
        uint256 subjectId,
        uint256 current,
        uint256 stake,
        uint256 release,
        uint256 arbiterId
    ) private pure {
        if (edge.isRefused() && stance == Stance.For) revert VouchRefused(voucherId, subjectId, edge.releasePeriod());
        if (edge.stance() == stance && edge.isLive() && edge.endPeriod() >= current) {
            revert VouchExists(voucherId, subjectId, edge.releasePeriod());
        }
        // Where everything was burned nothing is liable any more: an arbiter could else mute whoever it burned.
        if (edge.stake() == 0) return;
        if (edge.arbiter() != 0 && edge.arbiter() != arbiterId) revert ArbiterChanges(edge.arbiter(), arbiterId);
        if (stake < edge.stake()) revert StakeShrinks(edge.stake(), stake);
        if (release < edge.releasePeriod()) revert ReleaseShortens(edge.releasePeriod(), release);
    }

    /// @dev Neither unknown nor retired, so that it has an owner.
    function _checkExisting(uint256 agentId, IdentityRecord record) private pure {
        if (record.status() != Status.Suspended) _checkActive(agentId, record);
    }

    function _checkActive(uint256 agentId, IdentityRecord record) private pure {
        if (record.isActive()) return;
        Status status = record.status();
        if (status == Status.None) revert UnknownIdentity(agentId);
        revert NotActive(agentId, status);
    }

    function _requireExists(Edge edge, uint256 voucherId, uint256 subjectId) private pure {
        if (!edge.exists()) revert VouchNotFound(voucherId, subjectId);
    }

    function _requireLocked(Edge edge, uint256 voucherId, uint256 subjectId, uint256 current) private pure {
        if (current > edge.releasePeriod()) revert VouchReleased(voucherId, subjectId, edge.releasePeriod());
    }

    /// @dev The ring's base is the current period.
    function _requireFree(
        uint256 voucherId,
        IdentityRecord voucher,
        VoucherRing commitments,
        uint256 needed
    ) private view {
        uint256 tenure = voucher.tenure();
        uint256 standing = _standing(tenure, commitments);
        uint256 free = _free(standing, commitments);
        if (needed <= free) return;
        uint256 credit = Tenure.credit(voucher.lastSeen(), block.timestamp, _maxSilence);
        revert InsufficientStanding(voucherId, free, needed, _standing(tenure + credit, commitments) - standing);
    }

    function _endAfter(uint256 current, uint256 periods) private pure returns (uint256 endPeriod) {
        unchecked {
            if (periods - 1 >= MAX_PERIODS) revert InvalidPeriods(periods, MAX_PERIODS); // zero wraps around
            endPeriod = current + periods;
            if (endPeriod >= LAST_PERIOD) revert HorizonPassed(endPeriod + 1, LAST_PERIOD);
        }
    }

    // FACTS

    /// @dev What was burned had been locked, what is locked never exceeds standing, and tenure never decreases.
    function _standing(uint256 tenure, VoucherRing commitments) private view returns (uint256) {
        unchecked {
            uint256 earned = tenure / unit;
            return (earned < cap ? earned : cap) - commitments.burned();
        }
    }

    /// @dev What is locked never exceeds standing. The ring's base is the current period.
    function _free(uint256 standing, VoucherRing commitments) private pure returns (uint256) {
        unchecked {
            return standing - commitments.total();
        }
    }

    function _sums(uint256 agentId, uint256 atPeriod) private view returns (uint256 support, uint256 opposition) {
        SubjectRing ring = _support[agentId].ring;
        if (ring.keyEpoch() == identities.getRecord(agentId).keyEpoch()) support = ring.advanced(atPeriod).total();
        if (ring.isWarned()) opposition = _opposition[agentId].ring.advanced(atPeriod).total();
    }

    /// @dev The date of an edge that gets more stake: that of each point, on average, rounded up to the later second.
    function _weightedSince(Edge edge, uint256 added) private view returns (uint256) {
        uint256 stake = edge.stake();
        uint256 total = stake + added;
        return (edge.since() * stake + block.timestamp * added + total - 1) / total;
    }

    /// @dev What still binds of an edge that exists: everything while it is locked; afterwards its places in both lists,
    /// with a stake of nothing that ended in period 0.
    function _whileLocked(Edge edge, uint256 current) private pure returns (Edge) {
        return current > edge.releasePeriod() ? edge.remade(edge.stance(), 0, 0) : edge;
    }

    /// @dev Whether an edge has points locked under an arbiter.
    function _isUnder(Edge edge, uint256 arbiterId) private pure returns (bool) {
        return edge.stake() != 0 && edge.arbiter() == arbiterId;
    }

    /// @dev An edge that is in no subject's list yet, in front of a voucher of that list.
    function _inFrontOf(uint256 nextVoucher, Edge edge) private pure returns (Edge) {
        return Edge.wrap(Edge.unwrap(edge) | Edge.unwrap(EdgeLib.link(nextVoucher, 0)));
    }

    /// @dev The EIP-712 hash of an offer, and of what it depends on besides.
    function _offerHash(
        Stance stance,
        Offer calldata offer,
        uint8 keyEpoch,
        address subjectKey,
        uint256 nonce,
        uint256 deadline
    ) private view returns (bytes32) {
        // Numbers can change hands in a reorganisation, and the pair's edge by what was sent since: both are named.
        address arbiterOwner;
        if (offer.arbiterId != 0) arbiterOwner = identities.getRecord(offer.arbiterId).owner();
        uint40 since = _edges[offer.voucherId][offer.subjectId].edge.since();
        bytes memory terms = _terms(stance == Stance.For ? VOUCH_TYPEHASH : WARN_TYPEHASH, offer);
        return keccak256(bytes.concat(terms, abi.encode(keyEpoch, subjectKey, arbiterOwner, since, nonce, deadline)));
    }

    /// @dev The first members of the typed data of an offer.
    function _terms(bytes32 typeHash, Offer calldata offer) private pure returns (bytes memory) {
        return
            abi.encode(
                typeHash,
                offer.voucherId,
                offer.subjectId,
                offer.stake,
                offer.periods,
                offer.arbiterId,
                offer.topic,
                keccak256(bytes(offer.evidence))
            );
    }

    /// @dev The edge exists.
    function _stateOf(Edge edge, uint8 subjectEpoch) private view returns (VouchState) {
        EdgeState state = edge.state();
        if (state == EdgeState.Revoked) return VouchState.Revoked;
        if (state == EdgeState.Disowned) return VouchState.Disowned;
        if (edge.stake() == 0) return VouchState.Burned;
        if (edge.endPeriod() < currentPeriod()) return VouchState.Ended;
        if (edge.isFor() && edge.subjectKeyEpoch() != subjectEpoch) return VouchState.Lapsed;
        return VouchState.Active;
    }

    function _view(uint256 voucherId, uint256 subjectId, uint8 subjectEpoch) private view returns (Vouch memory v) {
        Edge edge = _edges[voucherId][subjectId].edge;
        v.voucherId = voucherId;
        v.subjectId = subjectId;
        IdentityRecord voucher = identities.getRecord(voucherId);
        v.voucherStatus = voucher.status();
        if (!edge.exists()) return v;
        v.arbiterId = edge.arbiter();
        v.stance = edge.stance();
        v.state = _stateOf(edge, subjectEpoch);
        v.isActive = v.state == VouchState.Active;
        if (v.arbiterId != 0) {
            v.arbiterStatus = identities.getRecord(v.arbiterId).status();
            bool isLocked = edge.stake() != 0 && currentPeriod() <= edge.releasePeriod();
            v.isBurnable = isLocked && v.arbiterStatus == Status.Active;
        }
        v.stake = uint32(edge.stake());
        v.since = edge.since();
        v.endPeriod = uint32(edge.endPeriod());
        v.releasePeriod = uint32(edge.releasePeriod());
        v.subjectKeyEpoch = edge.subjectKeyEpoch();
        v.voucherKeyEpoch = edge.voucherKeyEpoch();
        v.voucherRekeyed = voucher.keyEpoch() != v.voucherKeyEpoch;
    }
}
