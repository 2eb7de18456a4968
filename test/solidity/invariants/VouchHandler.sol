// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IVouchRegistry, VouchState} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {IdentityHandler} from "./IdentityHandler.sol";
import {Deed} from "./Model.sol";
import {Terms} from "./VouchRules.sol";

/// @title Actions on vouches and warnings, and what they change in the model
abstract contract VouchHandler is IdentityHandler {
    /// @dev How often a locked deed was made anew, by what it had been and what it became.
    mapping(VouchState state => mapping(bool wasAgainst => mapping(bool isAgainst => uint256))) public madeAnew;

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

    /// @dev Over a deed that is still locked, whatever became of it, with either stance.
    function makeAnew(uint256 seed) external step(seed) {
        uint256 which = _draw();
        uint256 terms = _draw();
        uint256 who = _draw();
        Terms memory t = _terms(which, terms, who % 2 == 0);
        if (deeds.length != 0)
            _overLocked(t, deeds[_lockedDeed(which, VouchState(1 + ((who >> 128) % 6)))], terms >> 130);
        address actor = _mostly(agents[t.voucher].owner, who >> 1);
        if (_act(actor, address(vouches), _stakeCall(t), _ifStake(actor, t))) _stake(t);
    }

    /// @dev Many things that happen to one pair in a short time.
    function quarrel(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        (uint256 voucher, uint256 subject) = pair % 4 == 0 ? _pairOf(pair >> 2) : (_agent(pair), _agent(pair >> 80));
        for (uint256 i = 0; i < 6; ++i) {
            _quarrelSome(voucher, subject, _draw() % 16);
            clock += _draw() % 4 == 0 ? _draw() % (2 * PERIOD) : 0;
            vm.warp(clock);
        }
    }

    function _quarrelSome(uint256 voucher, uint256 subject, uint256 action) private {
        uint256 index = deedOf[voucher][subject];
        if (index == 0 || action < 6) return _offerSome(voucher, subject, action % 2 == 0);
        Deed storage d = deeds[index - 1];
        address judge = _ownerOf(d.arbiter);
        if (action == 6) _revoke(voucher, subject, _ownerOf(voucher));
        else if (action == 7) _disown(voucher, subject, _ownerOf(subject));
        else if (action == 8) _warnWhoDisowned(voucher, subject);
        else if (action == 9) _burn(voucher, subject, judge, d.stake);
        else if (action == 10) _renew(voucher, subject, _ownerOf(voucher), _draw() % 5, 1 + (_draw() % 6));
        else if (action == 11) _setArbitration(d.arbiter, judge, !agents[d.arbiter].arbitrates);
        else if (action > 13) _burn(voucher, subject, judge, d.stake);
        else if (action == 13) _rotateKey(subject, _ownerOf(subject), _mostlyFresh(_draw()));
        else if (agents[d.arbiter].status == Status.Suspended) _resume(d.arbiter, _resumerOf(d.arbiter));
        else _suspend(d.arbiter, judge);
    }

    /// @dev What chance alone hardly ever does in a row.
    function _warnWhoDisowned(uint256 voucher, uint256 subject) private {
        _disown(voucher, subject, _ownerOf(subject));
        for (uint256 i = 0; i < 2; ++i) _offerSome(voucher, subject, true);
    }

    function _offerSome(uint256 voucher, uint256 subject, bool against) internal {
        Terms memory t = _terms(_draw(), _draw(), against);
        (t.voucher, t.subject) = (voucher, subject);
        uint256 index = deedOf[voucher][subject];
        if (index != 0) _overLocked(t, deeds[index - 1], _draw());
        address actor = _ownerOf(voucher);
        if (_act(actor, address(vouches), _stakeCall(t), _ifStake(actor, t))) _stake(t);
    }

    /// @dev A stolen key, as the guardian lives through it: suspended, cleaned up, recovered, cleaned up, resumed.
    function rescue(uint256 seed) external step(seed) {
        uint256 id = _agent(_draw());
        if (_draw() % 2 == 0 && deeds.length != 0) id = deeds[_draw() % deeds.length].voucher;
        uint256 who = _draw();
        if (agents[id].guardian == address(0)) _setGuardian(id, _ownerOf(id), _anyone(who));
        if (agents[id].guardian == address(0)) return;
        if (who % 2 == 0) _setAgentWallet(id, _ownerOf(id), _mostlyFresh(_draw()), clock);
        _suspend(id, agents[id].guardian);
        if (who % 3 == 0) _unsetAgentWallet(id, agents[id].guardian);
        if (who % 5 > 1) _revokeOneOf(id, agents[id].guardian);
        _proposeRecovery(id, agents[id].guardian, _mostlyFresh(_draw()));
        clock += DELAY + (_draw() % DELAY);
        vm.warp(clock);
        _claimRecovery(id, _mostly(agents[id].candidate, 1));
        _revokeOneOf(id, _ownerOf(id));
        if (who % 16 != 0) _resume(id, _resumerOf(id));
    }

    /// @dev The first of its deeds that still counts, or one that does not.
    function _revokeOneOf(uint256 voucher, address actor) private {
        uint256[] storage subjects = subjectsIn[voucher];
        if (subjects.length == 0) return;
        uint256 subject = subjects[0];
        for (uint256 i = 0; i < subjects.length; ++i) {
            subject = subjects[i];
            Deed storage d = deeds[deedOf[voucher][subject] - 1];
            if (!d.revoked && !d.disowned && currentPeriod() <= d.end) break;
        }
        _revoke(voucher, subject, actor);
    }

    /// @dev Strangers who vouch for and warn about everybody involved cannot get in the way of a valid vouch.
    function vouchAfterStrangers(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 terms = _draw();
        uint256 strangers = _draw();
        Terms memory t = _terms(pair, terms, strangers % 2 == 0);
        address actor = _ownerOf(t.voucher);
        if (_ifStake(actor, t).length != 0) return;
        for (uint256 i = 0; i < 4; ++i) {
            strangers = uint256(keccak256(abi.encode(strangers)));
            Terms memory other = _terms(strangers, strangers >> 128, strangers % 2 == 0);
            if (other.voucher == t.voucher || other.voucher == t.subject || other.voucher == t.arbiter) continue;
            other.subject = i % 2 == 0 ? t.subject : t.voucher;
            address stranger = _ownerOf(other.voucher);
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
        _renew(voucher, subject, actor, added, periods);
    }

    function _renew(uint256 voucher, uint256 subject, address actor, uint256 added, uint256 periods) private {
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
        if (added != 0 && whole != added) _reach("a date was weighted");
        assertLe(lockedBy(voucher), standingOf(voucher), "locked more than standing");
    }

    /// @dev Mostly one that is named as an arbiter already.
    function arbitrate(uint256 seed) external step(seed) {
        uint256 id = _agent(_draw());
        uint256 which = _draw();
        if (which % 4 != 0 && deeds.length != 0) id = deeds[(which >> 2) % deeds.length].arbiter;
        bool isOpen = _draw() % 2 == 0;
        _setArbitration(id, _mostly(agents[id].owner, _draw()), isOpen);
    }

    function _setArbitration(uint256 id, address actor, bool isOpen) private {
        bytes memory data = abi.encodeCall(IIdentityRegistry.setArbitration, (id, isOpen));
        if (!_act(actor, address(identities), data, _ifActiveOwner(actor, id))) return;
        if (agents[id].arbitrates && !isOpen) _reach("arbitration closed");
        agents[id].arbitrates = isOpen;
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
        _revoke(voucher, subject, _mostly(isGuardians ? agents[voucher].guardian : agents[voucher].owner, who >> 1));
    }

    function _revoke(uint256 voucher, uint256 subject, address actor) private {
        bytes memory data = abi.encodeCall(IVouchRegistry.revoke, (voucher, subject));
        if (!_act(actor, address(vouches), data, _ifRevoke(actor, voucher, subject))) return;
        if (agents[voucher].status == Status.Suspended) {
            bool isOwners = actor == agents[voucher].owner;
            _reach(isOwners ? bytes32("an owner revoked suspended") : bytes32("a guardian revoked"));
        }
        _end(voucher, subject, true);
    }

    function _disownSome() private {
        uint256 which = _draw();
        uint256 who = _draw();
        (uint256 voucher, uint256 subject) = _pairOf(which);
        _disown(voucher, subject, _mostly(agents[subject].owner, who));
    }

    function _disown(uint256 voucher, uint256 subject, address actor) private {
        bytes memory data = abi.encodeCall(IVouchRegistry.disown, (voucher, subject));
        if (_act(actor, address(vouches), data, _ifDisown(actor, voucher, subject))) _end(voucher, subject, false);
    }

    function burn(uint256 seed) external step(seed) {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 amount = _draw();
        (uint256 voucher, uint256 subject) = _pairOf(which);
        if (who % 8 > 1) (voucher, subject) = _burnable(which, voucher, subject);
        uint256 index = deedOf[voucher][subject];
        address actor = _anyone(who);
        if (index != 0) {
            Deed storage d = deeds[index - 1];
            actor = _mostly(agents[d.arbiter].owner, who);
            amount = amount % 8 == 0 ? d.stake : (amount >> 4) % (d.stake / 4 + 2);
        } else {
            amount %= 1000;
        }
        _burn(voucher, subject, actor, amount);
    }

    function _burn(uint256 voucher, uint256 subject, address actor, uint256 amount) private {
        bytes memory data = abi.encodeCall(IVouchRegistry.burn, (voucher, subject, amount, ""));
        if (!_act(actor, address(vouches), data, _ifBurn(actor, voucher, subject, amount))) return;
        Deed storage d = deeds[deedOf[voucher][subject] - 1];
        if (!agents[d.arbiter].arbitrates) _reach("a closed arbiter burned");
        d.stake -= amount;
        burned[voucher] += amount;
        ++scars[voucher];
    }

    /// @dev Two actions in one call: both happen, or neither.
    function multicall(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 terms = _draw();
        bool twice = _draw() % 2 == 0;
        Terms memory t = _terms(pair, terms, twice);
        address actor = _ownerOf(t.voucher);
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
        else if (index != 0 && deeds[index - 1].refused) _reach("a refusal was released");
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
        ++madeAnew[stateOf(d)][d.against][t.against];
        if (d.refused && d.against) _reach("a refused one stayed refused");
        if (d.arbiter == 0 && t.arbiter != 0) _reach("an arbiter was named anew");
        bool isKept = d.arbiter != 0 && d.arbiter == t.arbiter;
        if (isKept && !agents[d.arbiter].arbitrates) _reach("anew with a closed arbiter");
        if (isKept && agents[d.arbiter].status != Status.Active) _reach("anew with an idle arbiter");
        if (t.stake > d.stake) _reach("anew with more");
        if (d.stake == 0) {
            if (t.arbiter != d.arbiter) _reach("anew without its arbiter");
            if (currentPeriod() + t.periods + 1 < d.release) _reach("anew for a shorter time");
        } else {
            assertGe(t.stake, d.stake, "a locked stake shrank");
            assertGe(currentPeriod() + t.periods + 1, d.release, "a release came nearer");
            if (d.arbiter != 0) assertEq(t.arbiter, d.arbiter, "an arbiter changed");
        }
        if (!t.against) assertFalse(d.refused, "a refused vouch came back");
    }

    function _end(uint256 voucher, uint256 subject, bool byVoucher) internal {
        Deed storage d = deeds[deedOf[voucher][subject] - 1];
        if (byVoucher) (d.revoked, d.since) = (true, clock);
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
        t.arbiter = (terms >> 32) % 3 == 0 ? 0 : _arbiter(terms >> 40);
        if ((terms >> 128) % 4 != 0) return t;
        (uint256 voucher, uint256 subject) = _pairOf(pair);
        uint256 index = deedOf[voucher][subject];
        if (index != 0) _overLocked(t, deeds[index - 1], terms >> 130);
    }

    /// @dev Terms that make a locked deed anew, or miss it by a little.
    function _overLocked(Terms memory t, Deed storage d, uint256 seed) private view {
        (t.voucher, t.subject) = (d.voucher, d.subject);
        t.stake = d.stake + 1;
        if (seed % 4 == 0) t.stake = d.stake;
        if (seed % 8 == 1 && d.stake > 1) t.stake = d.stake - 1;
        uint256 current = currentPeriod();
        t.periods = d.release > current + 1 ? d.release - current - 1 : 1;
        if ((seed >> 3) % (d.stake == 0 ? 2 : 8) == 0) --t.periods;
        // Where there is none, or none who could burn any more, another may be named.
        if ((seed >> 6) % (d.arbiter == 0 || d.stake == 0 ? 2 : 8) != 0) t.arbiter = d.arbiter;
    }

    /// @dev Mostly one that agreed to be one.
    function _arbiter(uint256 seed) private view returns (uint256 id) {
        for (uint256 i = 0; i < 4; ++i) {
            id = _agent(uint256(keccak256(abi.encode(seed, i))));
            if (agents[id].arbitrates && agents[id].status == Status.Active) return id;
        }
    }

    /// @dev A pair that an arbiter can burn, or else the one that is given.
    function _burnable(uint256 seed, uint256 voucher, uint256 subject) private view returns (uint256, uint256) {
        for (uint256 i = 0; i < deeds.length; ++i) {
            Deed storage d = deeds[((seed % 1_000_003) + i) % deeds.length];
            bool isLocked = d.stake != 0 && currentPeriod() <= d.release;
            if (isLocked && agents[d.arbiter].status == Status.Active) return (d.voucher, d.subject);
        }
        return (voucher, subject);
    }

    /// @dev The index of a deed that is still locked, in that state where there is one.
    function _lockedDeed(uint256 seed, VouchState wanted) private view returns (uint256 found) {
        bool isFound = false;
        for (uint256 i = 0; i < deeds.length; ++i) {
            uint256 index = ((seed % 1_000_003) + i) % deeds.length;
            if (currentPeriod() > deeds[index].release) continue;
            if (stateOf(deeds[index]) == wanted) return index;
            if (!isFound) (found, isFound) = (index, true);
        }
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
