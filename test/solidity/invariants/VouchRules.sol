// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NotOwner} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IVouchRegistry, VouchState} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {Deed, Model} from "./Model.sol";

/// @dev What is offered for or against a subject.
struct Terms {
    uint256 voucher;
    uint256 subject;
    uint256 stake;
    uint256 periods;
    uint256 arbiter;
    bool against;
}

/// @title Who may stake, renew, end and burn
/// @dev Each function answers the exact revert data that the registry must give, empty where it must succeed.
abstract contract VouchRules is Model {
    function _ifActiveAgent(uint256 id) internal view returns (bytes memory) {
        return agents[id].status == Status.Suspended ? _notActive(id) : _ifKnown(id);
    }

    /// @dev Neither unknown nor retired.
    function _ifKnown(uint256 id) internal view returns (bytes memory) {
        Status status = agents[id].status;
        if (status == Status.None) return abi.encodeWithSelector(IVouchRegistry.UnknownIdentity.selector, id);
        return status == Status.Retired ? _notActive(id) : bytes("");
    }

    function _ifStake(address actor, Terms memory t) internal view returns (bytes memory) {
        if (t.voucher == t.subject) return abi.encodeWithSelector(IVouchRegistry.SelfVouch.selector, t.voucher);
        bytes memory why = _ifPair(actor, t.voucher, t.subject, t.against);
        if (why.length != 0) return why;
        if (t.stake == 0) return _zeroStake(t.voucher, t.subject);
        why = _ifPeriods(t.periods);
        if (why.length != 0) return why;
        if (!_isLocked(t.voucher, t.subject)) {
            why = _ifArbiter(t.arbiter, t.voucher, t.subject);
            return why.length != 0 ? why : _ifFree(t.voucher, t.stake);
        }
        Deed storage d = deeds[deedOf[t.voucher][t.subject] - 1];
        why = _ifNothingShrinks(d, t);
        if (why.length == 0 && (d.stake == 0 || t.arbiter != d.arbiter)) {
            why = _ifArbiter(t.arbiter, t.voucher, t.subject);
        }
        return why.length != 0 ? why : _ifFree(t.voucher, t.stake - d.stake);
    }

    function _isLocked(uint256 voucher, uint256 subject) internal view returns (bool) {
        uint256 index = deedOf[voucher][subject];
        return index != 0 && currentPeriod() <= deeds[index - 1].release;
    }

    /// @dev Whether a locked deed may be made anew with these terms.
    function _ifNothingShrinks(Deed storage d, Terms memory t) private view returns (bytes memory) {
        if (d.refused && !t.against) {
            return abi.encodeWithSelector(IVouchRegistry.VouchRefused.selector, t.voucher, t.subject, d.release);
        }
        bool counts = !d.revoked && !d.disowned && currentPeriod() <= d.end;
        if (counts && d.against == t.against) {
            return abi.encodeWithSelector(IVouchRegistry.VouchExists.selector, t.voucher, t.subject, d.release);
        }
        if (d.stake == 0) return "";
        if (d.arbiter != 0 && t.arbiter != d.arbiter) {
            return abi.encodeWithSelector(IVouchRegistry.ArbiterChanges.selector, d.arbiter, t.arbiter);
        }
        if (t.stake < d.stake) {
            return abi.encodeWithSelector(IVouchRegistry.StakeShrinks.selector, d.stake, t.stake);
        }
        uint256 release = currentPeriod() + t.periods + 1;
        if (release >= d.release) return "";
        return abi.encodeWithSelector(IVouchRegistry.ReleaseShortens.selector, d.release, release);
    }

    function _ifArbiter(uint256 arbiter, uint256 voucher, uint256 subject) private view returns (bytes memory why) {
        if (arbiter == 0) return "";
        if (arbiter == voucher || arbiter == subject) {
            return abi.encodeWithSelector(IVouchRegistry.InvalidArbiter.selector, arbiter);
        }
        why = _ifActiveAgent(arbiter);
        if (why.length != 0 || agents[arbiter].arbitrates) return why;
        return abi.encodeWithSelector(IVouchRegistry.NotArbiter.selector, arbiter);
    }

    function _ifRenew(
        address actor,
        uint256 voucher,
        uint256 subject,
        uint256 added,
        uint256 periods
    ) internal view returns (bytes memory) {
        uint256 index = deedOf[voucher][subject];
        bytes memory why = _ifPair(actor, voucher, subject, index != 0 && deeds[index - 1].against);
        if (why.length == 0) why = _ifPeriods(periods);
        if (why.length == 0) why = _ifFound(voucher, subject);
        if (why.length != 0) return why;
        Deed storage d = deeds[index - 1];
        if (d.revoked || d.disowned) return _notLive(d);
        why = _ifLocked(d);
        if (why.length != 0) return why;
        uint256 end = currentPeriod() + periods;
        if (end < d.end) return abi.encodeWithSelector(IVouchRegistry.RenewalShortens.selector, d.end, end);
        if (d.stake == 0) why = _ifArbiter(d.arbiter, voucher, subject);
        if (why.length == 0) why = _ifFree(voucher, added);
        if (why.length != 0) return why;
        if (d.stake + added == 0) return _zeroStake(voucher, subject);
        bool sameKeys = d.subjectEpoch == agents[subject].keyEpoch && d.voucherEpoch == agents[voucher].keyEpoch;
        if (added != 0 || end != d.end || !sameKeys) return "";
        return abi.encodeWithSelector(IVouchRegistry.NothingToRenew.selector, voucher, subject);
    }

    function _ifRevoke(address actor, uint256 voucher, uint256 subject) internal view returns (bytes memory) {
        bytes memory why = _ifKnown(voucher);
        bool isGuardians = agents[voucher].status == Status.Suspended && actor == agents[voucher].guardian;
        if (why.length == 0 && !isGuardians) why = _ifOwnerOf(actor, voucher);
        return why.length != 0 ? why : _ifEnd(voucher, subject);
    }

    function _ifDisown(address actor, uint256 voucher, uint256 subject) internal view returns (bytes memory) {
        bytes memory why = _ifActiveAgent(subject);
        if (why.length == 0) why = _ifOwnerOf(actor, subject);
        if (why.length != 0) return why;
        uint256 index = deedOf[voucher][subject];
        if (index == 0 || !deeds[index - 1].against) return _ifEnd(voucher, subject);
        return abi.encodeWithSelector(IVouchRegistry.WarningNotDisownable.selector, voucher, subject);
    }

    function _ifBurn(
        address actor,
        uint256 voucher,
        uint256 subject,
        uint256 amount
    ) internal view returns (bytes memory) {
        bytes memory why = _ifFound(voucher, subject);
        if (why.length != 0) return why;
        Deed storage d = deeds[deedOf[voucher][subject] - 1];
        if (d.arbiter == 0) return abi.encodeWithSelector(IVouchRegistry.NoArbiter.selector, voucher, subject);
        why = _ifActiveAgent(d.arbiter);
        if (why.length == 0) why = _ifOwnerOf(actor, d.arbiter);
        if (why.length == 0) why = _ifLocked(d);
        if (why.length != 0 || (amount != 0 && amount <= d.stake)) return why;
        return abi.encodeWithSelector(IVouchRegistry.InvalidBurn.selector, amount, d.stake);
    }

    /// @dev Suspending itself protects a subject from vouches, not from warnings.
    function _ifPair(
        address actor,
        uint256 voucher,
        uint256 subject,
        bool against
    ) private view returns (bytes memory why) {
        why = _ifActiveAgent(voucher);
        if (why.length == 0) why = _ifOwnerOf(actor, voucher);
        if (why.length == 0) why = against ? _ifKnown(subject) : _ifActiveAgent(subject);
    }

    function _ifOwnerOf(address actor, uint256 id) private view returns (bytes memory) {
        return actor == agents[id].owner ? bytes("") : abi.encodeWithSelector(NotOwner.selector, id, actor);
    }

    function _ifPeriods(uint256 periods) private pure returns (bytes memory) {
        if (periods >= 1 && periods <= MAX_PERIODS) return "";
        return abi.encodeWithSelector(IVouchRegistry.InvalidPeriods.selector, periods, MAX_PERIODS);
    }

    function _ifFree(uint256 voucher, uint256 needed) private view returns (bytes memory) {
        uint256 free = freeOf(voucher);
        if (needed <= free) return "";
        return
            abi.encodeWithSelector(
                IVouchRegistry.InsufficientStanding.selector,
                voucher,
                free,
                needed,
                earnableBy(voucher)
            );
    }

    function _ifFound(uint256 voucher, uint256 subject) private view returns (bytes memory) {
        if (deedOf[voucher][subject] != 0) return "";
        return abi.encodeWithSelector(IVouchRegistry.VouchNotFound.selector, voucher, subject);
    }

    function _ifLocked(Deed storage d) private view returns (bytes memory) {
        if (currentPeriod() <= d.release) return "";
        return abi.encodeWithSelector(IVouchRegistry.VouchReleased.selector, d.voucher, d.subject, d.release);
    }

    function _ifEnd(uint256 voucher, uint256 subject) private view returns (bytes memory) {
        bytes memory why = _ifFound(voucher, subject);
        if (why.length != 0) return why;
        Deed storage d = deeds[deedOf[voucher][subject] - 1];
        return d.revoked || d.disowned || d.end < currentPeriod() ? _notLive(d) : bytes("");
    }

    function _notLive(Deed storage d) private view returns (bytes memory) {
        VouchState state = d.stake == 0 ? VouchState.Burned : VouchState.Ended;
        if (d.revoked) state = VouchState.Revoked;
        if (d.disowned) state = VouchState.Disowned;
        return abi.encodeWithSelector(IVouchRegistry.VouchNotLive.selector, d.voucher, d.subject, state);
    }

    function _notActive(uint256 id) private view returns (bytes memory) {
        return abi.encodeWithSelector(IVouchRegistry.NotActive.selector, id, agents[id].status);
    }

    function _zeroStake(uint256 voucher, uint256 subject) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IVouchRegistry.ZeroStake.selector, voucher, subject);
    }
}
