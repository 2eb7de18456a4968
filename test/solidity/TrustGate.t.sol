// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "../../contracts/interfaces/IIdentityRegistry.sol";
import {IVouchRegistry} from "../../contracts/interfaces/IVouchRegistry.sol";
import {Requirement, TrustGate} from "../../contracts/TrustGate.sol";
import {VouchGateHarness} from "./mocks/VouchGateHarness.sol";
import {DeployedTest} from "./utils/DeployedTest.sol";

/// @dev The part of `GatedBoard` that is called here; the artifact itself is deployed.
interface IBoard {
    function unmet(uint256 agentId, Requirement memory requirement) external view returns (uint256);
    function requirement() external view returns (Requirement memory);
    function post(string calldata message) external;
    error TooSoon(uint256 authorId, uint256 nextAt);
    function REASON_UNKNOWN() external view returns (uint256);
    function REASON_FORMER_KEY() external view returns (uint256);
    function REASON_UNPROVEN_OWNER() external view returns (uint256);
}

/// @dev Identity 1 is the subject, 2 and 3 are anchors. Both anchors have vouched for it; 3 has no stake left in force.
contract TrustGateTest is DeployedTest {
    uint40 private constant START = 1_700_000_000;
    uint40 private constant MAX_SILENCE = 30 days;
    uint40 private constant TENURE = 50 days;
    uint40 private constant SILENCE = 5 days;
    uint40 private constant AGE = TENURE + SILENCE;

    IIdentityRegistry private _identities;
    IVouchRegistry private _vouches;
    IBoard private _board;

    function setUp() public {
        vm.warp(START);
        _identities = deployIdentities(MAX_SILENCE, 1);
        _vouches = deployVouches(_identities, START, 1 days, 60 days, 1_000);
        for (uint256 id = 1; id <= 4; ++id) {
            vm.prank(_owner(id));
            _identities.register();
        }
        uint256[] memory anchors = new uint256[](2);
        (anchors[0], anchors[1]) = (2, 3);
        _board = IBoard(deploy("GatedBoard", abi.encode(_vouches, anchors)));
        _checkInAt(START + 30 days);
        _checkInAt(START + TENURE);
        vm.warp(START + AGE);
        vm.prank(_owner(2));
        _vouches.vouch(2, 1, 7, 1, 0, "", "");
        vm.prank(_owner(4));
        _vouches.warn(4, 1, 3, 1, 0, "", "");
    }

    function testFuzz_unmet_GivenAnyDemands_WhenCompared_ItShouldNameExactlyThoseUnmet(
        uint40 minAge,
        uint40 minTenure,
        uint40 minKeyAge,
        uint40 maxSilence,
        uint32 minSupport,
        uint32 oppositionLimit,
        uint8 minAnchors,
        uint32 minAnchorStake
    ) public view {
        Requirement memory r;
        r.minAge = minAge % (2 * AGE);
        r.minTenure = minTenure % (2 * TENURE);
        r.minKeyAge = minKeyAge % (2 * AGE);
        r.maxSilence = maxSilence % (2 * SILENCE);
        r.minSupport = minSupport % 15;
        r.oppositionLimit = oppositionLimit % 6;
        r.minAnchorStake = minAnchorStake % 15;
        r.minAnchors = minAnchors % 4;
        r.anchors = _board.requirement().anchors;
        uint256 expected = 0;
        if (r.minAge > AGE) expected |= 1 << 4;
        if (r.minTenure > TENURE) expected |= 1 << 5;
        if (r.minKeyAge > AGE) expected |= 1 << 6;
        if (r.maxSilence != 0 && r.maxSilence < SILENCE) expected |= 1 << 7;
        if (r.minSupport > 7) expected |= 1 << 8;
        if (r.oppositionLimit != 0 && r.oppositionLimit <= 3) expected |= 1 << 9;
        if (r.minAnchors > (r.minAnchorStake > 7 ? 0 : 1)) expected |= 1 << 10;
        assertEq(_board.unmet(1, r), expected);
    }

    /// @dev Whatever each anchor did with its stake, and whichever are named, in any order and how often: counted one by one.
    function testFuzz_unmet_GivenAnyAnchors_WhenCounted_ItShouldBeWhoeverCountsOnce(
        uint256 seed,
        uint8 minAnchors,
        uint8 warningLimit,
        uint32 minStake
    ) public {
        Requirement memory r;
        r.minAnchors = minAnchors % 5;
        r.anchorWarningLimit = warningLimit % 4;
        r.minAnchorStake = minStake % 12;
        bool[5] memory isVouching;
        bool[5] memory isWarning;
        for (uint256 id = 2; id <= 4; ++id) {
            seed = uint256(keccak256(abi.encode(seed)));
            // Over what it has staked already, 7 or 3 points; below that, and with nothing, it stays as it is.
            uint256 stake = 7 + ((seed >> 8) % 6);
            if (seed % 3 == 1 && id != 2) _stakeOf(id, stake, false);
            if (seed % 3 == 2 && id != 4) _stakeOf(id, stake, true);
            bool isSuspended = (seed >> 16) % 4 == 0;
            if (isSuspended) {
                vm.prank(_owner(id));
                _identities.suspend(id);
            }
            uint256 points = seed % 3 == 0 || (seed % 3 == 1 && id == 2) || (seed % 3 == 2 && id == 4) ? 0 : stake;
            bool against = seed % 3 == 2;
            if (points == 0)
                (points, against) = id == 2
                    ? (7, false)
                    : id == 4
                        ? (3, true)
                        : (0, false);
            bool counts = points != 0 && !isSuspended && points >= r.minAnchorStake;
            isVouching[id] = counts && !against;
            isWarning[id] = counts && against;
        }
        r.anchors = new uint256[](6);
        uint256 vouching = 0;
        uint256 warning = 0;
        for (uint256 i = 0; i < r.anchors.length; ++i) {
            r.anchors[i] = uint256(keccak256(abi.encode(seed, i))) % 5; // 0 and 1 are nobody's anchors
            if (isVouching[r.anchors[i]]) ++vouching;
            if (isWarning[r.anchors[i]]) ++warning;
            (isVouching[r.anchors[i]], isWarning[r.anchors[i]]) = (false, false);
        }
        uint256 expected = 0;
        if (vouching < r.minAnchors) expected |= 1 << 10;
        if (r.anchorWarningLimit != 0 && warning >= r.anchorWarningLimit) expected |= 1 << 11;
        assertEq(_board.unmet(1, r), expected);
    }

    /// @dev Asked of whoever was proven a key and of whoever was not; asking nothing refuses neither.
    function testFuzz_unmet_GivenAnyOrigin_WhenAKeyIsDemanded_ItShouldRefuseWhoHasNotSigned(
        uint256 secret,
        bool isOrigin,
        bool hasSigned
    ) public {
        secret = bound(secret, 1, 1_000);
        address owner = vm.addr(secret);
        vm.prank(owner, isOrigin ? owner : address(7));
        uint256 id = _identities.register();
        Requirement memory r;
        assertEq(_board.unmet(id, r), 0);
        r.keyOwned = true;
        assertEq(_board.unmet(id, r), 1 << 12);
        assertEq(_board.REASON_UNPROVEN_OWNER(), 1 << 12);
        bytes32 typeHash = keccak256(
            "Pulse(uint256 agentId,address owner,bytes32 checkpoint,uint40 lastSeen,uint256 deadline)"
        );
        bytes memory signature = _sign(
            secret,
            keccak256(abi.encode(typeHash, id, owner, bytes32(0), block.timestamp, type(uint256).max))
        );
        vm.warp(block.timestamp + 1);
        vm.prank(owner, owner);
        if (hasSigned) _identities.pulseFor(id, "", type(uint256).max, signature);
        else _identities.pulse(id, "");
        assertEq(_board.unmet(id, r), hasSigned ? 0 : 1 << 12);
        r.keyOwned = false;
        assertEq(_board.unmet(id, r), 0);
    }

    /// @dev Each demand at the last value that is met and at the first that is not.
    function testFuzz_unmet_GivenAnyMoment_WhenAskedAtTheLimits_ItShouldTurnThere(uint256 passed) public {
        passed = bound(passed, 0, 50 days);
        vm.warp(uint256(START) + AGE + passed);
        Requirement memory r;
        uint40 age = uint40(AGE + passed);
        uint40 silence = uint40(SILENCE + passed);
        r.minAge = age;
        r.minKeyAge = age;
        r.minTenure = TENURE; // whatever time passes
        r.maxSilence = silence;
        assertEq(_board.unmet(1, r), 0);
        r.minAge = age + 1;
        assertEq(_board.unmet(1, r), 1 << 4);
        r.minTenure = TENURE + 1;
        assertEq(_board.unmet(1, r), (1 << 4) | (1 << 5));
        r.minKeyAge = age + 1;
        assertEq(_board.unmet(1, r), (1 << 4) | (1 << 5) | (1 << 6));
        r.maxSilence = silence - 1;
        assertEq(_board.unmet(1, r), (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7));
        vm.prank(_owner(1));
        _identities.pulse(1, "");
        uint40 credit = silence < MAX_SILENCE ? silence : MAX_SILENCE;
        r.minTenure = TENURE + credit;
        assertEq(_board.unmet(1, r), (1 << 4) | (1 << 6));
        r.minTenure += 1;
        assertEq(_board.unmet(1, r), (1 << 4) | (1 << 5) | (1 << 6));
    }

    function test_unmet_GivenTheExactLimits_WhenMet_ItShouldBeNothing() public view {
        uint256[] memory anchors = new uint256[](4);
        (anchors[0], anchors[1], anchors[2], anchors[3]) = (3, 2, 2, 99);
        Requirement memory r = Requirement(AGE, TENURE, AGE, SILENCE, 7, 4, anchors, 1, 7, 1, false);
        assertEq(_board.unmet(1, r), 0);
        r.minAnchors = 2; // naming one twice counts once
        assertEq(_board.unmet(1, r), 1 << 10);
        r = Requirement(AGE + 1, TENURE + 1, AGE + 1, SILENCE - 1, 8, 3, anchors, 1, 8, 1, true);
        assertEq(_board.unmet(1, r), 0x17f0); // its owner has signed nothing
        anchors[0] = 4;
        assertEq(_board.unmet(1, r), 0x17f0); // a warning of three is none of eight
        r.minAnchorStake = 3;
        r.minAnchors = 2;
        assertEq(_board.unmet(1, r), 0x1ff0);
    }

    function test_unmet_GivenAnAnchor_WhenItOnlyWarnsOrIsSuspended_ItShouldNotCount() public {
        Requirement memory r;
        r.minAnchors = 1;
        r.anchors = new uint256[](1);
        r.anchors[0] = 4;
        assertEq(_board.unmet(1, r), 1 << 10);
        r.anchorWarningLimit = 1;
        assertEq(_board.unmet(1, r), (1 << 10) | (1 << 11));
        vm.prank(_owner(4));
        _identities.suspend(4);
        assertEq(_board.unmet(1, r), 1 << 10);
        r.anchors[0] = 2;
        assertEq(_board.unmet(1, r), 0);
        vm.prank(_owner(2));
        _identities.suspend(2);
        assertEq(_board.unmet(1, r), 1 << 10);
    }

    function test_unmet_GivenEachStatus_WhenAsked_ItShouldNameIt() public {
        Requirement memory r;
        assertEq(_board.unmet(9, r), 1);
        assertEq(_board.unmet(0, r), 1);
        vm.startPrank(_owner(1));
        _identities.suspend(1);
        assertEq(_board.unmet(1, r), 1 << 2);
        _identities.resume(1);
        _identities.retire(1);
        vm.stopPrank();
        assertEq(_board.unmet(1, r), 1 << 3);
    }

    function test_post_GivenAPost_WhenAnotherFollowsWithinAMinute_ItShouldRefuse() public {
        vm.startPrank(_owner(1));
        _board.post("hello");
        uint256 nextAt = block.timestamp + 60;
        vm.expectRevert(abi.encodeWithSelector(IBoard.TooSoon.selector, 1, nextAt));
        _board.post("hello");
        vm.stopPrank();
        vm.warp(nextAt);
        vm.prank(_owner(1));
        _board.post("hello");
    }

    function test_onlyTrusted_GivenAWallet_WhenItConsentedJustNow_ItShouldRefuseItAlone() public {
        VouchGateHarness gate = new VouchGateHarness(_vouches);
        address wallet = vm.addr(77);
        bytes32 terms = keccak256(
            abi.encode(
                keccak256("AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)"),
                1,
                wallet,
                _owner(1),
                block.timestamp
            )
        );
        bytes memory signature = _sign(77, terms);
        vm.prank(_owner(1));
        _identities.setAgentWallet(1, wallet, block.timestamp, signature);
        Requirement memory demanded;
        demanded.minKeyAge = 10 days;
        _expectRefusal(1, 1 << 6);
        vm.prank(wallet);
        gate.enter(demanded);
        vm.prank(_owner(1));
        gate.enter(demanded);
        vm.warp(block.timestamp + 10 days);
        vm.prank(wallet);
        gate.enter(demanded);
    }

    function test_post_GivenEachCaller_WhenNotTrusted_ItShouldRefuseByName() public {
        _expectRefusal(0, _board.REASON_UNKNOWN());
        _board.post("hello");
        vm.prank(_owner(1));
        _board.post("hello");
        vm.prank(_owner(1));
        _identities.retire(1);
        _expectRefusal(1, _board.REASON_FORMER_KEY());
        vm.prank(_owner(1));
        _board.post("hello");
    }

    function _sign(uint256 secret, bytes32 structHash) private view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        bytes32 domain = keccak256(
            abi.encode(typeHash, keccak256("ERC8004IdentityRegistry"), keccak256("1"), block.chainid, _identities)
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function _stakeOf(uint256 id, uint256 stake, bool against) private {
        vm.prank(_owner(id));
        if (against) _vouches.warn(id, 1, stake, 1, 0, "", "");
        else _vouches.vouch(id, 1, stake, 1, 0, "", "");
    }

    function _checkInAt(uint256 moment) private {
        vm.warp(moment);
        for (uint256 id = 1; id <= 4; ++id) {
            vm.prank(_owner(id));
            _identities.pulse(id, "");
        }
    }

    function _expectRefusal(uint256 id, uint256 reasons) private {
        vm.expectRevert(abi.encodeWithSelector(TrustGate.Untrusted.selector, id, reasons));
    }

    function _owner(uint256 id) private pure returns (address) {
        return address(uint160(1000 + id));
    }
}
