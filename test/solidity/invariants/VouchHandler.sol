// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {IdentityHandler} from "./IdentityHandler.sol";
import {Deed} from "./Model.sol";
import {Terms} from "./VouchRules.sol";

/// @title Actions on vouches and warnings, and what they change in the model
abstract contract VouchHandler is IdentityHandler {
    uint256 public madeAnew;

    function vouch(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 who = _draw();
        uint256 terms = _draw();
        Terms memory t = _terms(pair, terms, false);
        address actor = _mostly(agents[t.voucher].owner, who);
        if (_act(actor, address(vouches), _stakeCall(t), _ifStake(actor, t))) _stake(t);
    }

    function warn(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 who = _draw();
        uint256 terms = _draw();
        Terms memory t = _terms(pair, terms, true);
        address actor = _mostly(agents[t.voucher].owner, who);
        if (_act(actor, address(vouches), _stakeCall(t), _ifStake(actor, t))) _stake(t);
    }

    /// @dev Strangers who vouch for and warn about everybody involved cannot get in the way of a valid vouch.
    function vouchAfterStrangers(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 terms = _draw();
        uint256 strangers = _draw();
        Terms memory t = _terms(pair, terms, strangers % 2 == 0);
        address actor = agents[t.voucher].owner;
        if (_ifStake(actor, t).length != 0) return;
        for (uint256 i = 0; i < 4; ++i) {
            strangers = uint256(keccak256(abi.encode(strangers)));
            Terms memory other = _terms(strangers, strangers >> 128, strangers % 2 == 0);
            if (other.voucher == t.voucher || other.voucher == t.subject || other.voucher == t.arbiter) continue;
            other.subject = i % 2 == 0 ? t.subject : t.voucher;
            address stranger = agents[other.voucher].owner;
            if (_act(stranger, address(vouches), _stakeCall(other), _ifStake(stranger, other))) _stake(other);
        }
        _act(actor, address(vouches), _stakeCall(t), "");
        _stake(t);
    }

    function renew(uint256 seed) external step(seed) {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 terms = _draw();
        (uint256 voucher, uint256 subject) = _pairOf(which);
        address actor = _mostly(agents[voucher].owner, who);
        uint256 added = terms % 3 == 0 ? 0 : (terms >> 8) % 24;
        uint256 periods = (terms >> 16) % 32 == 0 ? 7 : (terms >> 32) % 7;
        bytes memory data = abi.encodeCall(IVouchRegistry.renew, (voucher, subject, added, periods));
        bytes memory why = _ifRenew(actor, voucher, subject, added, periods);
        if (!_act(actor, address(vouches), data, why)) return;
        Deed storage d = deeds[deedOf[voucher][subject] - 1];
        uint256 whole = d.stake + added;
        if (added != 0) d.since = (d.since * d.stake + clock * added + whole - 1) / whole;
        d.stake = whole;
        d.end = currentPeriod() + periods;
        d.release = d.end + 1;
        d.subjectEpoch = agents[subject].keyEpoch;
        d.voucherEpoch = agents[voucher].keyEpoch;
        assertLe(lockedBy(voucher), standingOf(voucher), "locked more than standing");
    }

    /// @dev By the voucher or by the subject.
    function end(uint256 seed) external step(seed) {
        if (_draw() % 2 == 0) _revokeSome();
        else _disownSome();
    }

    function _revokeSome() private {
        uint256 which = _draw();
        uint256 who = _draw();
        (uint256 voucher, uint256 subject) = _pairOf(which);
        bool isGuardians = agents[voucher].status == Status.Suspended && who % 2 == 0;
        address actor = _mostly(isGuardians ? agents[voucher].guardian : agents[voucher].owner, who >> 1);
        bytes memory data = abi.encodeCall(IVouchRegistry.revoke, (voucher, subject));
        if (_act(actor, address(vouches), data, _ifRevoke(actor, voucher, subject))) _end(voucher, subject, true);
    }

    function _disownSome() private {
        uint256 which = _draw();
        uint256 who = _draw();
        (uint256 voucher, uint256 subject) = _pairOf(which);
        address actor = _mostly(agents[subject].owner, who);
        bytes memory data = abi.encodeCall(IVouchRegistry.disown, (voucher, subject));
        if (_act(actor, address(vouches), data, _ifDisown(actor, voucher, subject))) _end(voucher, subject, false);
    }

    function burn(uint256 seed) external step(seed) {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 amount = _draw();
        (uint256 voucher, uint256 subject) = _pairOf(which);
        uint256 index = deedOf[voucher][subject];
        address actor = _anyone(who);
        if (index != 0) {
            Deed storage d = deeds[index - 1];
            actor = _mostly(agents[d.arbiter].owner, who);
            amount = amount % 16 == 0 ? d.stake : (amount >> 4) % (d.stake / 4 + 2);
        } else {
            amount %= 1000;
        }
        bytes memory data = abi.encodeCall(IVouchRegistry.burn, (voucher, subject, amount, ""));
        if (_act(actor, address(vouches), data, _ifBurn(actor, voucher, subject, amount))) {
            deeds[index - 1].stake -= amount;
            burned[voucher] += amount;
            ++scars[voucher];
        }
    }

    /// @dev Two actions in one call: both happen, or neither.
    function multicall(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 terms = _draw();
        bool twice = _draw() % 2 == 0;
        Terms memory t = _terms(pair, terms, twice);
        address actor = agents[t.voucher].owner;
        bytes memory why = _ifStake(actor, t);
        bytes[] memory batch = new bytes[](2);
        batch[0] = _stakeCall(t);
        if (twice) {
            batch[1] = batch[0];
            if (why.length == 0) {
                uint256 release = currentPeriod() + t.periods + 1;
                why = abi.encodeWithSelector(IVouchRegistry.VouchExists.selector, t.voucher, t.subject, release);
            }
        } else {
            batch[1] = abi.encodeCall(IVouchRegistry.revoke, (t.voucher, t.subject));
        }
        if (_act(actor, address(vouches), abi.encodeCall(Multicall.multicall, (batch)), why)) {
            _stake(t);
            _end(t.voucher, t.subject, true);
        }
    }

    function _stake(Terms memory t) internal {
        uint256 index = deedOf[t.voucher][t.subject];
        bool isAnew = _isLocked(t.voucher, t.subject);
        bool wasRefused = isAnew && deeds[index - 1].refused;
        if (isAnew) _expectNoLess(deeds[index - 1], t);
        if (index == 0) {
            deeds.push();
            index = deedOf[t.voucher][t.subject] = deeds.length;
            vouchersIn[t.subject].push(t.voucher);
            subjectsIn[t.voucher].push(t.subject);
        }
        uint256 end = currentPeriod() + t.periods;
        deeds[index - 1] = Deed({
            voucher: t.voucher,
            subject: t.subject,
            arbiter: t.arbiter,
            against: t.against,
            revoked: false,
            disowned: false,
            refused: wasRefused,
            stake: t.stake,
            since: clock,
            end: end,
            release: end + 1,
            subjectEpoch: agents[t.subject].keyEpoch,
            voucherEpoch: agents[t.voucher].keyEpoch
        });
        assertLe(lockedBy(t.voucher), standingOf(t.voucher), "locked more than standing");
    }

    /// @dev Making anew never shrinks what a voucher answers for. The rules above say so too; this says it once more.
    function _expectNoLess(Deed storage d, Terms memory t) private {
        ++madeAnew;
        assertGe(t.stake, d.stake, "a locked stake shrank");
        assertGe(currentPeriod() + t.periods + 1, d.release, "a release came nearer");
        if (d.arbiter != 0) assertEq(t.arbiter, d.arbiter, "an arbiter changed");
        if (!t.against) assertFalse(d.refused, "a refused vouch came back");
    }

    function _end(uint256 voucher, uint256 subject, bool byVoucher) internal {
        Deed storage d = deeds[deedOf[voucher][subject] - 1];
        if (byVoucher) d.revoked = true;
        else d.disowned = d.refused = true;
        d.release = currentPeriod() + 1;
    }

    function _stakeCall(Terms memory t) internal pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                t.against ? IVouchRegistry.warn.selector : IVouchRegistry.vouch.selector,
                t.voucher,
                t.subject,
                t.stake,
                t.periods,
                t.arbiter,
                bytes32("trade"),
                "ipfs://evidence"
            );
    }

    /// @dev Mostly valid; each field is wrong now and then.
    function _terms(uint256 pair, uint256 terms, bool against) internal view returns (Terms memory t) {
        t.voucher = _agent(pair);
        t.subject = _agent(pair >> 80);
        t.against = against;
        t.stake = terms % 32 == 0 ? 0 : 1 + ((terms >> 5) % 20);
        if ((terms >> 5) % 32 == 0) t.stake = freeOf(t.voucher) + ((terms >> 10) % 2);
        t.periods = (terms >> 16) % 32 == 0 ? (terms >> 21) % 9 : 1 + ((terms >> 21) % 6);
        t.arbiter = (terms >> 32) % 3 == 0 ? 0 : _agent(terms >> 40);
        if ((terms >> 128) % 4 == 0) _overLocked(t, pair, terms >> 130);
    }

    /// @dev Terms that make a locked deed anew, or miss it by a little.
    function _overLocked(Terms memory t, uint256 pair, uint256 seed) private view {
        (t.voucher, t.subject) = _pairOf(pair);
        if (deedOf[t.voucher][t.subject] == 0) return;
        Deed storage d = deeds[deedOf[t.voucher][t.subject] - 1];
        t.stake = d.stake + 1;
        if (seed % 4 == 0) t.stake = d.stake;
        if (seed % 8 == 1 && d.stake > 1) t.stake = d.stake - 1;
        uint256 current = currentPeriod();
        t.periods = d.release > current + 1 ? d.release - current - 1 : 1;
        if ((seed >> 3) % 8 == 0) --t.periods;
        if ((seed >> 6) % 8 != 0) t.arbiter = d.arbiter;
    }

    /// @dev Mostly one that has a deed whose stake is still locked; often one that lapsed with the subject's old key.
    function _pairOf(uint256 seed) internal view returns (uint256 voucher, uint256 subject) {
        if (deeds.length == 0 || seed % 32 == 0) return (_agent(seed >> 5), _agent(seed >> 80));
        uint256 current = currentPeriod();
        bool lapsed = seed % 3 == 0;
        for (uint256 i = 0; i < deeds.length; ++i) {
            Deed storage d = deeds[(((seed >> 8) % 1_000) + i) % deeds.length];
            (voucher, subject) = (d.voucher, d.subject);
            if (current > d.release || ((d.revoked || d.disowned) && (seed >> 128) % 4 != 0)) continue;
            if (!lapsed || (!d.against && d.subjectEpoch != agents[subject].keyEpoch)) break;
        }
    }
}
