// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry, NotOwner} from "../../contracts/interfaces/IIdentityRegistry.sol";
import {IUnorderedNonces} from "../../contracts/interfaces/IUnorderedNonces.sol";
import {IVouchRegistry, Offer, Vouch, VouchState} from "../../contracts/interfaces/IVouchRegistry.sol";
import {Consent} from "../../contracts/libraries/Consent.sol";
import {Stance} from "../../contracts/libraries/Edge.sol";
import {Status} from "../../contracts/libraries/IdentityRecord.sol";
import {DeployedTest} from "./utils/DeployedTest.sol";

/// @dev What the invariants do not reach: constructor, full rings, the horizon, cursors, and saturated scars.
contract VouchRegistryTest is DeployedTest {
    uint40 private constant START = 1_700_000_000;
    uint40 private constant PERIOD = 60;
    uint32 private constant MAX_CAP = (1 << 20) - 2;
    uint256 private constant RING = (1 << 27) - 2;
    uint256 private constant LAST_PERIOD = (1 << 18) - 1;
    uint256 private constant MAX_PERIODS = 6;

    bytes32 private constant VOUCH = keccak256(
        "Vouch(uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256 arbiterId,bytes32 topic,string evidence,uint8 keyEpoch,address subjectOwner,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant WARN = keccak256(
        "Warn(uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256 arbiterId,bytes32 topic,string evidence,uint8 keyEpoch,address subjectKey,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline)"
    );

    bytes32 private constant REVOKE = keccak256(
        "Revoke(uint256 voucherId,uint256 subjectId,uint8 keyEpoch,uint40 since,uint256 nonce,uint256 deadline)"
    );

    /// @dev What a signature by the owner of identity 1 binds beside its terms.
    struct Binding {
        address named;
        address arbiterOwner;
        uint256 since;
        uint256 nonce;
    }

    /// @dev An edge, and what is offered over it. Its fate: nothing, revoked, disowned.
    struct Anew {
        bool wasAgainst;
        bool against;
        bool hasArbiter;
        bool namesArbiter;
        bool isClosed;
        bool isBurned;
        uint256 fate;
        uint256 passed;
        uint256 stake;
        uint256 periods;
    }

    IIdentityRegistry private _identities;
    IVouchRegistry private _vouches;

    function setUp() public {
        vm.warp(START);
        _identities = deployIdentities(type(uint40).max, 1);
        _vouches = deployVouches(_identities, START, 1, PERIOD, MAX_CAP);
        for (uint256 id = 1; id <= 4; ++id) _register(id);
        vm.prank(vm.addr(3));
        _identities.setArbitration(3, true);
    }

    function deployAs(uint40 origin, uint40 unit, uint40 period, uint32 cap) external returns (IVouchRegistry) {
        return deployVouches(_identities, origin, unit, period, cap);
    }

    function testFuzz_constructor_GivenAnyParameters_WhenOutOfRange_ItShouldRefuse(
        uint40 origin,
        uint40 unit,
        uint40 period,
        uint32 cap,
        uint256 wrong
    ) public {
        origin = uint40(bound(origin, 0, START));
        unit = uint40(bound(unit, 1, type(uint40).max));
        period = uint40(bound(period, 1, type(uint40).max));
        cap = uint32(bound(cap, 1, MAX_CAP));
        if (wrong % 8 == 0) origin = START + 1;
        if (wrong % 8 == 1) unit = 0;
        if (wrong % 8 == 2) period = 0;
        if (wrong % 8 == 3) cap = 0;
        if (wrong % 8 == 4) cap = MAX_CAP + 1;
        if (wrong % 8 < 5) {
            bytes4 reason = IVouchRegistry.InvalidParameters.selector;
            vm.expectRevert(abi.encodeWithSelector(reason, origin, unit, period, cap));
        }
        uint256 current = period == 0 ? 0 : (START - uint256(origin > START ? START : origin)) / period;
        bool isDead = current + MAX_PERIODS >= LAST_PERIOD;
        if (wrong % 8 >= 5 && isDead) {
            vm.expectRevert(
                abi.encodeWithSelector(IVouchRegistry.HorizonPassed.selector, current + MAX_PERIODS + 1, LAST_PERIOD)
            );
        }
        IVouchRegistry vouches = this.deployAs(origin, unit, period, cap);
        if (wrong % 8 < 5 || isDead) return;
        assertEq(address(vouches.identities()), address(_identities));
        assertEq(vouches.origin(), origin);
        assertEq(vouches.unit(), unit);
        assertEq(vouches.period(), period);
        assertEq(vouches.cap(), cap);
        assertEq(vouches.currentPeriod(), (START - origin) / period);
    }

    function testFuzz_periodEnd_GivenAnyPeriod_WhenItsLastSecondPasses_ItShouldBeTheNext(uint256 number) public {
        number = bound(number, 0, LAST_PERIOD);
        uint256 end = _vouches.periodEnd(number);
        vm.warp(end - 1);
        assertEq(_vouches.currentPeriod(), number);
        vm.warp(end);
        assertEq(_vouches.currentPeriod(), number + 1);
    }

    function test_vouch_GivenAFullRing_WhenOnePointMoreIsStaked_ItShouldRefuseTheRest() public {
        uint256 vouchers = RING / MAX_CAP;
        for (uint256 i = 0; i <= vouchers; ++i) _register(10 + i);
        vm.warp(START + MAX_CAP);
        uint256 first = _identities.totalRegistered() - vouchers;
        for (uint256 i = 0; i < vouchers; ++i) _vouch(10 + i, first + i, 1, MAX_CAP, 6);
        uint256 room = RING - vouchers * MAX_CAP;
        (uint256 support, ) = _vouches.supportOf(1);
        assertEq(support, RING - room);
        vm.prank(vm.addr(10 + vouchers));
        _identities.pulse(first + vouchers, "");
        vm.prank(vm.addr(10 + vouchers));
        vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.RingFull.selector, 1, room, room + 1));
        _vouches.vouch(first + vouchers, 1, room + 1, 1, 0, "", "");
        _vouch(10 + vouchers, first + vouchers, 1, room, 1);
        (support, ) = _vouches.supportOf(1);
        assertEq(support, RING);
        (support, ) = _vouches.supportAt(1, _vouches.currentPeriod() + 6);
        assertEq(support, RING - room);
    }

    function test_vouch_GivenTheHorizon_WhenItEndsOnePeriodTooLate_ItShouldRefuse() public {
        vm.warp(_vouches.periodEnd(LAST_PERIOD - 4));
        assertEq(_vouches.currentPeriod(), LAST_PERIOD - 3);
        vm.prank(vm.addr(1));
        vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.HorizonPassed.selector, LAST_PERIOD + 1, LAST_PERIOD));
        _vouches.vouch(1, 2, 5, 3, 3, "", "");
        _vouch(1, 1, 2, 5, 2);
        vm.warp(_vouches.periodEnd(LAST_PERIOD - 1));
        (uint256 support, ) = _vouches.supportOf(2);
        assertEq(support, 0);
        (, uint256 staked, , , ) = _vouches.standingOf(1);
        assertEq(staked, 5);
        vm.warp(_vouches.periodEnd(LAST_PERIOD));
        (, staked, , , ) = _vouches.standingOf(1);
        assertEq(staked, 0);
        (support, ) = _vouches.supportAt(2, LAST_PERIOD + 1);
        assertEq(support, 0);
    }

    function test_supportAt_GivenThePast_WhenAsked_ItShouldRefuseAndAnswerZeroFarAhead() public {
        vm.warp(_vouches.periodEnd(4));
        vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.PeriodPassed.selector, 4, 5));
        _vouches.supportAt(1, 4);
        _vouch(1, 1, 2, 5, 6);
        _vouches.supportAt(2, 5);
        (uint256 support, uint256 opposition) = _vouches.supportAt(2, type(uint256).max);
        assertEq(support + opposition, 0);
        (support, ) = _vouches.supportAt(2, 11);
        assertEq(support, 5);
    }

    function test_lists_GivenACursorThatIsInNoList_WhenAsked_ItShouldRefuse() public {
        vm.warp(START + 100);
        _vouch(1, 1, 2, 5, 6);
        vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.InvalidCursor.selector, 3));
        _vouches.vouchersOf(2, 3, 10);
        vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.InvalidCursor.selector, 3));
        _vouches.vouchesBy(1, 3, 10);
        (Vouch[] memory page, uint256 next) = _vouches.vouchersOf(2, 0, 0);
        assertEq(page.length, 0);
        assertEq(next, 1);
        (page, next) = _vouches.vouchesBy(1, 2, type(uint256).max);
        assertEq(page.length, 1);
        assertEq(page[0].subjectId, 2);
        assertEq(next, 0);
    }

    function test_burn_Given255Scars_WhenBurntAgain_ItShouldGoOnBurning() public {
        vm.warp(START + 1_000);
        vm.startPrank(vm.addr(1));
        _identities.pulse(1, "");
        _vouches.vouch(1, 2, 300, 6, 3, "", "");
        vm.stopPrank();
        for (uint256 i = 1; i <= 260; ++i) {
            vm.prank(vm.addr(3));
            _vouches.burn(1, 2, 1, "");
        }
        (uint256 standing, uint256 staked, uint256 burned, uint256 free, uint256 scars) = _vouches.standingOf(1);
        assertEq(standing, 740);
        assertEq(staked, 40);
        assertEq(burned, 260);
        assertEq(free, 700);
        assertEq(scars, 255);
    }

    function test_vouchOf_GivenNoVouch_WhenAsked_ItShouldBeNoneAndSayWhatTheVoucherIs() public view {
        Vouch memory v = _vouches.vouchOf(1, 2);
        assertEq(v.voucherId, 1);
        assertEq(v.subjectId, 2);
        assertEq(uint256(v.state), uint256(VouchState.None));
        assertEq(uint256(v.stance), uint256(Stance.None));
        assertEq(uint256(v.voucherStatus), uint256(Status.Active));
        assertFalse(v.isActive);
    }

    function test_supportOf_GivenAVouch_WhenTheSubjectsKeyIsRecovered_ItShouldLapse() public {
        vm.warp(START + 100);
        _vouch(1, 1, 2, 5, 6);
        vm.prank(vm.addr(2));
        _identities.setGuardian(2, vm.addr(8));
        vm.prank(vm.addr(8));
        _identities.proposeRecovery(2, vm.addr(9));
        vm.warp(START + 101);
        vm.prank(vm.addr(9));
        _identities.claimRecovery(2);
        (Vouch[] memory page, ) = _vouches.vouchesBy(1, 0, 10);
        assertEq(page.length, 1);
        assertEq(uint256(page[0].state), uint256(VouchState.Lapsed));
        (uint256 support, ) = _vouches.supportOf(2);
        assertEq(support, 0);
        // Another one opens the ring of the new key; revoking the lapsed one must not take from it.
        _vouch(3, 3, 2, 4, 6);
        vm.startPrank(vm.addr(1));
        _vouches.revoke(1, 2);
        vm.stopPrank();
        (support, ) = _vouches.supportOf(2);
        assertEq(support, 4);
    }

    function test_warn_GivenALiveVouch_WhenMadeAnew_ItShouldMoveTheStakeAndKeepTheLock() public {
        vm.warp(START + 100);
        _vouch(1, 1, 2, 100, 6);
        vm.startPrank(vm.addr(1));
        _vouches.warn(1, 2, 100, 6, 0, "", "");
        vm.stopPrank();
        (uint256 support, uint256 opposition) = _vouches.supportOf(2);
        assertEq(support, 0);
        assertEq(opposition, 100);
        (, uint256 staked, , uint256 free, ) = _vouches.standingOf(1);
        assertEq(staked, 100);
        assertEq(free, 0);
    }

    /// @dev Whatever is offered over a locked edge, it is taken exactly where nothing of the liability shrinks.
    function testFuzz_vouch_GivenALockedWarning_WhenMadeAnew_ItShouldTakeItOnlyWhereNothingShrinks(
        uint256 stake,
        uint256 periods,
        uint256 passed
    ) public {
        stake = bound(stake, 1, 90);
        periods = bound(periods, 1, 6);
        passed = bound(passed, 0, 5);
        vm.warp(START + 100);
        vm.startPrank(vm.addr(1));
        _identities.pulse(1, "");
        _vouches.warn(1, 2, 40, 4, 3, "", "");
        uint256 release = _vouches.currentPeriod() + 5;
        vm.warp(START + 100 + passed * PERIOD);
        uint256 newRelease = _vouches.currentPeriod() + periods + 1;
        bool fits = stake >= 40 && newRelease >= release;
        if (stake < 40) vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.StakeShrinks.selector, 40, stake));
        else if (!fits) {
            vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.ReleaseShortens.selector, release, newRelease));
        }
        _vouches.vouch(1, 2, stake, periods, 3, "", "");
        vm.stopPrank();
        (uint256 support, uint256 opposition) = _vouches.supportOf(2);
        assertEq(support, fits ? stake : 0);
        assertEq(opposition, fits || passed > 4 ? 0 : 40);
    }

    /// @dev Over a stake of 40 in whatever state: the same answer as the rules read one after the other.
    function testFuzz_stake_GivenAnyLockedEdge_WhenMadeAnew_ItShouldFollowTheRules(uint256 seed) public {
        Anew memory a;
        a.wasAgainst = _bit(seed, 0);
        a.against = _bit(seed, 1);
        a.hasArbiter = _bit(seed, 2);
        a.namesArbiter = _bit(seed, 3);
        a.isClosed = _bit(seed, 4);
        a.isBurned = a.hasArbiter && _bit(seed, 5);
        a.fate = (seed >> 8) % (a.wasAgainst ? 2 : 3);
        a.passed = (seed >> 16) % 6;
        a.stake = (seed >> 24) % 4 == 0 ? 40 : 30 + ((seed >> 26) % 40);
        a.periods = 1 + ((seed >> 40) % 6);
        vm.warp(START + 1_000);
        _pulse(1);
        _offer(a.wasAgainst, 40, 3, a.hasArbiter ? 3 : 0, "");
        uint256 end = (1_000 / PERIOD) + 3;
        uint256 release = end + 1;
        if (a.fate != 0) release = (1_000 / PERIOD) + 1;
        if (a.fate == 1) {
            vm.prank(vm.addr(1));
            _vouches.revoke(1, 2);
        } else if (a.fate == 2) {
            vm.prank(vm.addr(2));
            _vouches.disown(1, 2);
        }
        if (a.isBurned) {
            vm.prank(vm.addr(3));
            _vouches.burn(1, 2, 40, "");
        }
        if (a.isClosed) {
            vm.prank(vm.addr(3));
            _identities.setArbitration(3, false);
        }
        vm.warp(START + 1_000 + a.passed * PERIOD);
        uint256 current = (1_000 + a.passed * PERIOD) / PERIOD;
        bytes memory why = _ifAnew(a, current, end, release);
        _offer(a.against, a.stake, a.periods, a.namesArbiter ? 3 : 0, why);
        if (why.length != 0) return;
        Vouch memory v = _vouches.vouchOf(1, 2);
        assertEq(v.stake, a.stake);
        assertEq(v.since, START + 1_000 + a.passed * PERIOD);
        assertEq(v.endPeriod, current + a.periods);
        assertEq(v.releasePeriod, current + a.periods + 1);
        assertEq(v.arbiterId, a.namesArbiter ? 3 : 0);
        (uint256 support, uint256 opposition) = _vouches.supportOf(2);
        assertEq(support, a.against ? 0 : a.stake);
        assertEq(opposition, a.against ? a.stake : 0);
        (, uint256 staked, , , ) = _vouches.standingOf(1);
        assertEq(staked, a.stake);
        // A warning over what was disowned is as refused as that was.
        if (a.fate != 2 || current > release) return;
        release = current + a.periods + 1;
        why = abi.encodeWithSelector(IVouchRegistry.VouchRefused.selector, 1, 2, release);
        vm.warp(START + (release + 1) * PERIOD - 1);
        _offer(false, a.stake, 6, a.namesArbiter ? 3 : 0, why);
        vm.warp(START + (release + 1) * PERIOD);
        _offer(false, 1, 1, 0, "");
    }

    function testFuzz_vouch_GivenAnySilence_WhenStandingIsShort_ItShouldSayWhatACheckInWouldAdd(
        uint256 silence,
        uint256 witnessed,
        uint256 locked
    ) public {
        witnessed = bound(witnessed, 0, 1_000);
        silence = bound(silence, 0, 2_000);
        IIdentityRegistry identities = deployIdentities(1_000, 1);
        IVouchRegistry vouches = deployVouches(identities, START, 7, PERIOD, 200);
        vm.prank(vm.addr(1));
        identities.register();
        vm.prank(vm.addr(2));
        identities.register();
        vm.warp(START + witnessed);
        vm.startPrank(vm.addr(1));
        identities.pulse(1, "");
        uint256 standing = witnessed / 7;
        locked = bound(locked, 0, standing);
        if (locked != 0) vouches.warn(1, 2, locked, 6, 0, "", "");
        vm.warp(START + witnessed + silence);
        (, locked, , , ) = vouches.standingOf(1);
        uint256 then = (witnessed + (silence < 1_000 ? silence : 1_000)) / 7;
        uint256 earnable = (then < 200 ? then : 200) - standing;
        uint256 free = standing - locked;
        vm.expectRevert(
            abi.encodeWithSelector(IVouchRegistry.InsufficientStanding.selector, 1, free, free + 201, earnable)
        );
        // Over the warning where it is locked: that much more than there is.
        vouches.vouch(1, 2, locked + free + 201, 6, 0, "", "");
        vm.stopPrank();
    }

    /// @dev By the owner always, by the guardian while suspended, by nobody else.
    function testFuzz_revoke_GivenAnyCaller_WhenSuspendedOrNot_ItShouldBeTheOwnersOrTheGuardians(
        uint256 who,
        bool isSuspended
    ) public {
        vm.warp(START + 100);
        _vouch(1, 1, 2, 5, 6);
        vm.startPrank(vm.addr(1));
        _identities.setGuardian(1, vm.addr(9));
        if (isSuspended) _identities.suspend(1);
        vm.stopPrank();
        address caller = vm.addr(1 + (who % 10));
        bool isAllowed = caller == vm.addr(1) || (isSuspended && caller == vm.addr(9));
        if (!isAllowed) vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, 1, caller));
        vm.prank(caller);
        _vouches.revoke(1, 2);
        assertEq(_vouches.vouchOf(1, 2).isActive, !isAllowed);
    }

    /// @dev What nobody can burn is not called burnable: an arbiter that is suspended or retired cannot, a closed one can.
    function testFuzz_burn_GivenAnyArbiter_WhenAskedAndTried_ItShouldBeTheSame(
        uint256 status,
        bool isClosed,
        uint256 passed
    ) public {
        vm.warp(START + 100);
        _pulse(1);
        _offer(false, 5, 2, 3, "");
        uint256 release = _vouches.vouchOf(1, 2).releasePeriod;
        vm.startPrank(vm.addr(3));
        if (isClosed) _identities.setArbitration(3, false);
        if (status % 3 == 1) _identities.suspend(3);
        if (status % 3 == 2) _identities.retire(3);
        passed = bound(passed, 0, 5 * uint256(PERIOD));
        vm.warp(START + 100 + passed);
        bytes memory why = "";
        if ((100 + passed) / PERIOD > release) {
            why = abi.encodeWithSelector(IVouchRegistry.VouchReleased.selector, 1, 2, release);
        }
        if (status % 3 == 1) why = abi.encodeWithSelector(IVouchRegistry.NotActive.selector, 3, Status.Suspended);
        if (status % 3 == 2) why = abi.encodeWithSelector(IVouchRegistry.NotActive.selector, 3, Status.Retired);
        assertEq(_vouches.vouchOf(1, 2).isBurnable, why.length == 0);
        if (why.length != 0) vm.expectRevert(why);
        _vouches.burn(1, 2, 5, "");
        vm.stopPrank();
        assertFalse(_vouches.vouchOf(1, 2).isBurnable && why.length == 0);
    }

    /// @dev Two offers of one signer, in whichever order they are sent: each once, and neither voids the other.
    function testFuzz_vouchFor_GivenAnyNonces_WhenSentInAnyOrder_ItShouldTakeEachOnce(
        uint256 first,
        uint256 second,
        bool isVoided
    ) public {
        vm.assume(first != second);
        vm.warp(START + 100);
        _pulse(1);
        Offer memory one = Offer(1, 2, 5, 6, 0, "", "");
        Offer memory two = Offer(1, 4, 7, 6, 0, "", "");
        bytes memory signatureOne = _signOffer(VOUCH, one, Binding(vm.addr(2), address(0), 0, first));
        bytes memory signatureTwo = _signOffer(VOUCH, two, Binding(vm.addr(4), address(0), 0, second));
        if (isVoided) {
            vm.prank(vm.addr(1));
            _vouches.invalidateNonces(first >> 8, 1 << (first & 255));
        }
        _vouches.vouchFor(two, second, type(uint256).max, signatureTwo);
        vm.expectRevert(abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, vm.addr(1), second));
        _vouches.vouchFor(two, second, type(uint256).max, signatureTwo);
        bytes memory used = abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, vm.addr(1), first);
        if (isVoided) vm.expectRevert(used);
        _vouches.vouchFor(one, first, type(uint256).max, signatureOne);
        assertEq(_vouches.vouchOf(1, 2).isActive, !isVoided);
        vm.expectRevert(used);
        _vouches.vouchFor(one, first, type(uint256).max, signatureOne);
        assertFalse(_identities.isNonceUsed(vm.addr(1), first));
    }

    /// @dev A vouch names the owner, whoever that is when it lands; a warning any key that the subject has or had.
    function testFuzz_warnFor_GivenAnyKey_WhenNamed_ItShouldBeOneOfTheSubjects(uint256 named, bool isFormer) public {
        vm.warp(START + 100);
        _pulse(1);
        vm.prank(vm.addr(2));
        _identities.setGuardian(2, vm.addr(8));
        vm.prank(vm.addr(8));
        _identities.proposeRecovery(2, vm.addr(9));
        vm.warp(START + 101);
        vm.prank(vm.addr(9));
        _identities.claimRecovery(2);
        address key = vm.addr(1 + (named % 10));
        bool isSubjects = key == vm.addr(2) || key == vm.addr(9);
        Offer memory offer = Offer(1, 2, 5, 6, 0, "", "");
        bytes memory signature = _signOffer(WARN, offer, Binding(key, address(0), 0, 0));
        if (!isSubjects) vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.NotSubjectKey.selector, 2, key));
        _vouches.warnFor(offer, key, 0, type(uint256).max, signature);
        assertEq(_vouches.vouchOf(1, 2).isActive, isSubjects);
        // The vouch is for the present owner alone.
        if (isSubjects) return;
        signature = _signOffer(VOUCH, offer, Binding(isFormer ? vm.addr(2) : vm.addr(9), address(0), 0, 1));
        if (isFormer) vm.expectRevert(abi.encodeWithSelector(Consent.InvalidSignature.selector, vm.addr(1)));
        _vouches.vouchFor(offer, 1, type(uint256).max, signature);
        assertEq(_vouches.vouchOf(1, 2).isActive, !isFormer);
    }

    /// @dev Signed over an edge of a given date, or over none; then something becomes of the pair, of which only a new edge and
    /// an added stake change that date, whatever else the message says.
    function testFuzz_signed_GivenAnEdge_WhenTheWorldMovedOn_ItShouldBeVoidWhereItsDateIsAnother(
        uint256 kind,
        uint256 change,
        bool hasEdge,
        uint256 passed
    ) public {
        (kind, change, passed) = (kind % 3, change % 6, bound(passed, 1, 2 * uint256(PERIOD)));
        uint256 clock = START + 1_000;
        vm.warp(clock);
        _pulse(1);
        if (hasEdge) _offer(false, 40, 3, 3, "");
        uint256 seen = hasEdge ? clock : 0;
        Offer memory offer = Offer(1, 2, 60, 6, 3, "", "");
        Binding memory binding = Binding(vm.addr(2), vm.addr(3), seen, 7);
        bytes memory signature =
            kind == 2 ? _signRevoke(binding) : _signOffer(kind == 0 ? VOUCH : WARN, offer, binding);
        clock += passed;
        vm.warp(clock);
        uint256 since = seen;
        if (change == 1) {
            _offer(true, 45, 5, 3, "");
            since = clock;
        } else if (hasEdge && change == 2) {
            vm.prank(vm.addr(1));
            _vouches.renew(1, 2, 2, 5);
            since = (seen * 40 + clock * 2 + 41) / 42;
        } else if (hasEdge && change == 3) {
            vm.prank(vm.addr(1));
            _vouches.renew(1, 2, 0, 6);
        } else if (hasEdge && change == 4) {
            vm.prank(vm.addr(2));
            _vouches.disown(1, 2);
        } else if (hasEdge && change == 5) {
            vm.prank(vm.addr(3));
            _vouches.burn(1, 2, 40, "");
        }
        assertEq(_vouches.vouchOf(1, 2).since, since);
        if (since != seen) {
            vm.expectRevert(abi.encodeWithSelector(Consent.InvalidSignature.selector, vm.addr(1)));
            _send(kind, offer, signature);
            return;
        }
        // Then the rules decide, as over what its signer sees now.
        bytes memory why = "";
        if (kind == 2 && !hasEdge) why = abi.encodeWithSelector(IVouchRegistry.VouchNotFound.selector, 1, 2);
        if (hasEdge) {
            uint256 release = _vouches.vouchOf(1, 2).releasePeriod;
            bool isDisowned = change == 4;
            if (kind == 0 && isDisowned) {
                why = abi.encodeWithSelector(IVouchRegistry.VouchRefused.selector, 1, 2, release);
            } else if (kind == 0) why = abi.encodeWithSelector(IVouchRegistry.VouchExists.selector, 1, 2, release);
            else if (kind == 2 && isDisowned) {
                why = abi.encodeWithSelector(IVouchRegistry.VouchNotLive.selector, 1, 2, VouchState.Disowned);
            }
        }
        if (why.length != 0) vm.expectRevert(why);
        _send(kind, offer, signature);
    }

    /// @dev The arbiter's owner is named, as whose number it is: nobody where there is no arbiter, or none who has an owner.
    function testFuzz_vouchFor_GivenAnArbiter_WhenItChangesHands_ItShouldNotBeTheOneThatWasMeant(
        bool against,
        uint256 fate,
        uint256 named
    ) public {
        vm.warp(START + 100);
        _pulse(1);
        address owner = vm.addr(3);
        if (fate % 3 == 1) {
            vm.prank(owner);
            _identities.retire(3);
        } else if (fate % 3 == 2) {
            vm.prank(owner);
            _identities.setGuardian(3, vm.addr(8));
            vm.prank(vm.addr(8));
            _identities.proposeRecovery(3, vm.addr(9));
            vm.warp(START + 101);
            vm.prank(vm.addr(9));
            _identities.claimRecovery(3);
        }
        uint256 arbiterId =
            named % 2 == 0
                ? 3
                : named % 4 == 1
                    ? 0
                    : 99;
        address expected = arbiterId == 3 && fate % 3 != 1 ? vm.addr(fate % 3 == 2 ? 9 : 3) : address(0);
        address said =
            (named >> 8) % 2 == 0
                ? expected
                : (named >> 8) % 4 == 1
                    ? owner
                    : address(0);
        Offer memory offer = Offer(1, 2, 5, 6, arbiterId, "", "");
        bytes memory signature = _signOffer(against ? WARN : VOUCH, offer, Binding(vm.addr(2), said, 0, 7));
        bytes memory why = "";
        if (arbiterId == 99) why = abi.encodeWithSelector(IVouchRegistry.UnknownIdentity.selector, 99);
        if (arbiterId == 3 && fate % 3 == 1) {
            why = abi.encodeWithSelector(IVouchRegistry.NotActive.selector, 3, Status.Retired);
        }
        if (said != expected) why = abi.encodeWithSelector(Consent.InvalidSignature.selector, vm.addr(1));
        if (why.length != 0) vm.expectRevert(why);
        _send(against ? 1 : 0, offer, signature);
        assertEq(_vouches.vouchOf(1, 2).isActive, why.length == 0);
    }

    function testFuzz_renew_GivenAddedStake_WhenRenewed_ItShouldWeighTheDatesAndRoundUp(
        uint256 stake,
        uint256 added,
        uint256 passed
    ) public {
        stake = bound(stake, 1, 1_000);
        added = bound(added, 1, 1_000);
        passed = bound(passed, 0, 300);
        uint256 since = START + 2_000;
        vm.warp(since);
        _vouch(1, 1, 2, stake, 6);
        vm.warp(since + passed);
        vm.prank(vm.addr(1));
        _vouches.renew(1, 2, added, 6);
        uint256 dated = _vouches.vouchOf(1, 2).since;
        // The mean lies within the second before what is written.
        assertGe(dated * (stake + added), since * stake + (since + passed) * added);
        assertLt((dated - 1) * (stake + added), since * stake + (since + passed) * added);
    }

    function test_renew_GivenAnEmptyStake_WhenNothingIsAdded_ItShouldRefuse() public {
        vm.warp(START + 100);
        vm.startPrank(vm.addr(1));
        _identities.pulse(1, "");
        _vouches.vouch(1, 2, 5, 1, 3, "", "");
        vm.stopPrank();
        vm.prank(vm.addr(3));
        _vouches.burn(1, 2, 5, "");
        assertEq(uint256(_vouches.vouchOf(1, 2).state), uint256(VouchState.Burned));
        vm.startPrank(vm.addr(1));
        vm.expectRevert(abi.encodeWithSelector(IVouchRegistry.ZeroStake.selector, 1, 2));
        _vouches.renew(1, 2, 0, 2);
        _vouches.renew(1, 2, 1, 2);
        vm.stopPrank();
        assertEq(uint256(_vouches.vouchOf(1, 2).state), uint256(VouchState.Active));
    }

    function testFuzz_invalidateNonces_GivenMasks_WhenInvalidated_ItShouldUseUpTheseAndNoOther(
        uint256 word,
        uint256 first,
        uint256 second,
        uint256 nonce
    ) public {
        vm.startPrank(vm.addr(1));
        _vouches.invalidateNonces(word, first);
        _vouches.invalidateNonces(word, second);
        vm.stopPrank();
        assertEq(_vouches.nonceBitmap(vm.addr(1), word), first | second);
        bool isUsed = nonce >> 8 == word && ((first | second) >> (nonce & 255)) & 1 == 1;
        assertEq(_vouches.isNonceUsed(vm.addr(1), nonce), isUsed);
        assertEq(_vouches.nonceBitmap(vm.addr(2), word), 0);
        assertEq(_identities.nonceBitmap(vm.addr(1), word), 0);
    }

    function _bit(uint256 seed, uint256 at) private pure returns (bool) {
        return (seed >> at) % 2 == 1;
    }

    /// @dev The rules of making anew, in the order in which the registry says them.
    function _ifAnew(Anew memory a, uint256 current, uint256 end, uint256 release) private pure returns (bytes memory) {
        bytes memory notArbiter = abi.encodeWithSelector(IVouchRegistry.NotArbiter.selector, 3);
        if (current > release) return a.namesArbiter && a.isClosed ? notArbiter : bytes("");
        if (a.fate == 2 && !a.against) {
            return abi.encodeWithSelector(IVouchRegistry.VouchRefused.selector, 1, 2, release);
        }
        if (a.fate == 0 && current <= end && a.against == a.wasAgainst) {
            return abi.encodeWithSelector(IVouchRegistry.VouchExists.selector, 1, 2, release);
        }
        if (a.isBurned) return a.namesArbiter && a.isClosed ? notArbiter : bytes("");
        if (a.hasArbiter && !a.namesArbiter) {
            return abi.encodeWithSelector(IVouchRegistry.ArbiterChanges.selector, 3, 0);
        }
        if (a.stake < 40) return abi.encodeWithSelector(IVouchRegistry.StakeShrinks.selector, 40, a.stake);
        if (current + a.periods + 1 < release) {
            return abi.encodeWithSelector(IVouchRegistry.ReleaseShortens.selector, release, current + a.periods + 1);
        }
        return a.namesArbiter && !a.hasArbiter && a.isClosed ? notArbiter : bytes("");
    }

    /// @dev By identity 1, for or against 2.
    function _offer(bool against, uint256 stake, uint256 periods, uint256 arbiter, bytes memory why) private {
        vm.prank(vm.addr(1));
        if (why.length != 0) vm.expectRevert(why);
        if (against) _vouches.warn(1, 2, stake, periods, arbiter, "", "");
        else _vouches.vouch(1, 2, stake, periods, arbiter, "", "");
    }

    function _pulse(uint256 id) private {
        vm.prank(vm.addr(id));
        _identities.pulse(id, "");
    }

    /// @param kind 0: a vouch; 1: a warning; 2: a revocation. With nonce 7, for or against 2.
    function _send(uint256 kind, Offer memory offer, bytes memory signature) private {
        if (kind == 0) _vouches.vouchFor(offer, 7, type(uint256).max, signature);
        else if (kind == 1) _vouches.warnFor(offer, vm.addr(2), 7, type(uint256).max, signature);
        else _vouches.revokeFor(1, 2, 7, type(uint256).max, signature);
    }

    /// @dev By the owner of identity 1, at key epoch 0, for ever; of what it gave to 2.
    function _signRevoke(Binding memory b) private view returns (bytes memory) {
        return _sign(keccak256(abi.encode(REVOKE, 1, 2, 0, b.since, b.nonce, type(uint256).max)));
    }

    /// @dev By the owner of identity 1, at key epoch 0, for ever.
    function _signOffer(bytes32 typeHash, Offer memory o, Binding memory b) private view returns (bytes memory) {
        bytes32 empty = keccak256("");
        bytes memory terms = abi.encode(
            typeHash,
            o.voucherId,
            o.subjectId,
            o.stake,
            o.periods,
            o.arbiterId,
            o.topic,
            empty
        );
        bytes memory rest = abi.encode(0, b.named, b.arbiterOwner, b.since, b.nonce, type(uint256).max);
        return _sign(keccak256(bytes.concat(terms, rest)));
    }

    function _sign(bytes32 structHash) private view returns (bytes memory) {
        bytes32 domainType = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        bytes32 domain = keccak256(
            abi.encode(domainType, keccak256("TenureVouchRegistry"), keccak256("1"), block.chainid, _vouches)
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function _register(uint256 secret) private {
        vm.prank(vm.addr(secret));
        _identities.register();
    }

    function _vouch(uint256 secret, uint256 voucher, uint256 subject, uint256 stake, uint256 periods) private {
        vm.startPrank(vm.addr(secret));
        _identities.pulse(voucher, "");
        _vouches.vouch(voucher, subject, stake, periods, 0, "", "");
        vm.stopPrank();
    }
}
