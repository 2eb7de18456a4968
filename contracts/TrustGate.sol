// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry, KeyRole} from "./interfaces/IIdentityRegistry.sol";
import {IVouchRegistry, Vouch} from "./interfaces/IVouchRegistry.sol";
import {Stance} from "./libraries/Edge.sol";
import {IdentityRecord, Status} from "./libraries/IdentityRecord.sol";

/// @notice What a contract demands of an identity. A zero demands nothing, in every field.
/// @param minAge Seconds since it was registered.
/// @param minTenure Witnessed seconds. Only check-ins earn them; at or below `maxSilence` of the registry, one is enough.
/// @param minKeyAge Seconds since its current owner key took over and, where its wallet calls, since that consented.
/// @param maxSilence Seconds since its last check-in, at most.
/// @param minSupport Points staked for it.
/// @param oppositionLimit Refused from this many points against it on. Anybody with that many keeps an identity out:
/// name what it shall cost, or ask `anchorWarningLimit` instead.
/// @param anchors Identities that the contract itself trusts; naming one twice counts once.
/// @param minAnchors How many anchors vouch for it.
/// @param minAnchorStake Points from which on an anchor's vouch or warning counts.
/// @param anchorWarningLimit Refused when at least this many anchors warn about it.
/// @param keyOwned Refused when its owner was not proven to be a key: whoever controls a contract that owns an identity
/// can be replaced unseen.
struct Requirement {
    uint40 minAge;
    uint40 minTenure;
    uint40 minKeyAge;
    uint40 maxSilence;
    uint32 minSupport;
    uint32 oppositionLimit;
    uint256[] anchors;
    uint8 minAnchors;
    uint32 minAnchorStake;
    uint8 anchorWarningLimit;
    bool keyOwned;
}

/// @title Gate for contracts that demand a standing of their callers
/// @notice Inherit it, and put `onlyTrusted(requirement)` on a function.
///
/// @dev Evidence is read at the moment of the call; nothing is stored. The caller must be the owner or the wallet of an
/// active identity that meets the requirement. A former key, an unknown and a suspended one are refused by name.
///
/// An anchor counts while its vouch or warning is active and it is itself active: a suspended anchor's key may be stolen.
/// It goes on counting when the anchor rotates its key. What a thief staked, owner and guardian revoke while the anchor is
/// suspended, before it counts again.
///
/// A key changes, the identity stays: store what you know of a caller under the number that `_requireTrusted` answers,
/// not under `msg.sender`.
///
/// Raw support can be bought with many patient identities, and raw opposition with one. A gate that guards anything of
/// value names anchors, and asks whether they warn.
abstract contract TrustGate {
    /// @notice Reason: nobody here has this key or number.
    uint256 public constant REASON_UNKNOWN = 1 << 0;
    /// @notice Reason: this key once owned the identity and does not any more.
    uint256 public constant REASON_FORMER_KEY = 1 << 1;
    /// @notice Reason: the identity is suspended.
    uint256 public constant REASON_SUSPENDED = 1 << 2;
    /// @notice Reason: the identity is retired.
    uint256 public constant REASON_RETIRED = 1 << 3;
    /// @notice Reason: registered less than `minAge` ago.
    uint256 public constant REASON_AGE = 1 << 4;
    /// @notice Reason: less than `minTenure` witnessed.
    uint256 public constant REASON_TENURE = 1 << 5;
    /// @notice Reason: the owner key took over, or the calling wallet consented, less than `minKeyAge` ago.
    uint256 public constant REASON_KEY_AGE = 1 << 6;
    /// @notice Reason: last check-in more than `maxSilence` ago.
    uint256 public constant REASON_SILENCE = 1 << 7;
    /// @notice Reason: less than `minSupport` staked for it.
    uint256 public constant REASON_SUPPORT = 1 << 8;
    /// @notice Reason: `oppositionLimit` or more staked against it.
    uint256 public constant REASON_OPPOSITION = 1 << 9;
    /// @notice Reason: fewer than `minAnchors` anchors vouch for it.
    uint256 public constant REASON_ANCHORS = 1 << 10;
    /// @notice Reason: `anchorWarningLimit` anchors or more warn about it.
    uint256 public constant REASON_ANCHOR_WARNINGS = 1 << 11;
    /// @notice Reason: its owner was not proven to be a key.
    uint256 public constant REASON_UNPROVEN_OWNER = 1 << 12;

    IVouchRegistry private immutable _vouches;
    IIdentityRegistry private immutable _identities;

    /// @notice Thrown when the caller does not meet the requirement.
    /// @param agentId The caller's identity; zero where unknown.
    /// @param reasons Every reason, as bits: see the constants `REASON_…`. An unknown caller and a former key are refused
    /// for that alone.
    error Untrusted(uint256 agentId, uint256 reasons);

    /// @notice Lets the call through if the caller's identity meets the requirement.
    /// @param requirement What is demanded.
    modifier onlyTrusted(Requirement memory requirement) {
        _requireTrusted(msg.sender, requirement);
        _;
    }

    /// @param vouches_ The registry to read, which names the registry of identities.
    constructor(IVouchRegistry vouches_) {
        _vouches = vouches_;
        _identities = vouches_.identities();
    }

    /// @notice What an identity lacks.
    /// @param agentId The identity.
    /// @param requirement What is demanded.
    /// @return reasons Every reason, as bits; zero where all is met. An unknown or retired identity lacks all: that is its
    /// only reason.
    function unmet(uint256 agentId, Requirement memory requirement) public view returns (uint256 reasons) {
        IdentityRecord record = _identities.getRecord(agentId);
        Status status = record.status();
        if (status == Status.None) return REASON_UNKNOWN;
        if (status == Status.Retired) return REASON_RETIRED;
        if (status == Status.Suspended) reasons |= REASON_SUSPENDED;
        if (requirement.keyOwned && !record.isKeyOwned()) reasons |= REASON_UNPROVEN_OWNER;
        reasons |= _unmetTime(agentId, record, requirement) | _unmetStakes(agentId, requirement);
        reasons |= _unmetAnchors(agentId, requirement);
    }

    /// @notice Refuses a caller whose identity does not meet the requirement.
    /// @param caller The owner or wallet of an identity.
    /// @param requirement What is demanded.
    /// @return agentId The caller's identity, which stays when its keys change.
    function _requireTrusted(address caller, Requirement memory requirement) internal view returns (uint256 agentId) {
        KeyRole role;
        uint40 since;
        (agentId, role, since) = _identities.resolve(caller);
        uint256 reasons = role == KeyRole.Former ? REASON_FORMER_KEY : unmet(agentId, requirement);
        if (role == KeyRole.Wallet && block.timestamp - since < requirement.minKeyAge) reasons |= REASON_KEY_AGE;
        if (reasons != 0) revert Untrusted(agentId, reasons);
    }

    /// @dev Asks only for what is demanded: each question is a call.
    function _unmetTime(
        uint256 agentId,
        IdentityRecord record,
        Requirement memory r
    ) private view returns (uint256 reasons) {
        if (r.minAge != 0 && _identities.ageOf(agentId) < r.minAge) reasons |= REASON_AGE;
        if (record.tenure() < r.minTenure) reasons |= REASON_TENURE;
        if (r.minKeyAge != 0) {
            (, , uint40 keySince) = _identities.resolve(record.owner());
            if (block.timestamp - keySince < r.minKeyAge) reasons |= REASON_KEY_AGE;
        }
        if (r.maxSilence != 0 && block.timestamp - record.lastSeen() > r.maxSilence) reasons |= REASON_SILENCE;
    }

    function _unmetStakes(uint256 agentId, Requirement memory r) private view returns (uint256 reasons) {
        if (r.minSupport == 0 && r.oppositionLimit == 0) return 0;
        (uint256 support, uint256 opposition) = _vouches.supportOf(agentId);
        if (support < r.minSupport) reasons |= REASON_SUPPORT;
        if (r.oppositionLimit != 0 && opposition >= r.oppositionLimit) reasons |= REASON_OPPOSITION;
    }

    function _unmetAnchors(uint256 agentId, Requirement memory r) private view returns (uint256 reasons) {
        if (r.minAnchors == 0 && r.anchorWarningLimit == 0) return 0;
        (uint256 vouching, uint256 warning) = _countAnchors(agentId, r);
        if (vouching < r.minAnchors) reasons |= REASON_ANCHORS;
        if (r.anchorWarningLimit != 0 && warning >= r.anchorWarningLimit) reasons |= REASON_ANCHOR_WARNINGS;
    }

    function _countAnchors(
        uint256 agentId,
        Requirement memory r
    ) private view returns (uint256 vouching, uint256 warning) {
        for (uint256 i = 0; i < r.anchors.length; ++i) {
            if (_isNamedBefore(r.anchors, i)) continue;
            Vouch memory vouch = _vouches.vouchOf(r.anchors[i], agentId);
            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;
            if (vouch.stance == Stance.For) ++vouching;
            else ++warning;
        }
    }

    function _isNamedBefore(uint256[] memory anchors, uint256 index) private pure returns (bool) {
        for (uint256 i = 0; i < index; ++i) {
            if (anchors[i] == anchors[index]) return true;
        }
        return false;
    }
}
