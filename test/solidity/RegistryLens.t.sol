// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry, KeyRole} from "../../contracts/interfaces/IIdentityRegistry.sol";
import {IRegistryLens, Profile, VouchProfile} from "../../contracts/interfaces/IRegistryLens.sol";
import {IVouchRegistry} from "../../contracts/interfaces/IVouchRegistry.sol";
import {Status} from "../../contracts/libraries/IdentityRecord.sol";
import {DeployedTest} from "./utils/DeployedTest.sol";

contract RegistryLensTest is DeployedTest {
    uint40 private constant START = 1_700_000_000;

    IIdentityRegistry private _identities;
    IVouchRegistry private _vouches;
    IRegistryLens private _lens;

    function setUp() public {
        vm.warp(START);
        _identities = deployIdentities(30 days, 1);
        _vouches = deployVouches(_identities, START, 1 days, 60 days, 1_000);
        _lens = IRegistryLens(deploy("RegistryLens", abi.encode(_vouches)));
        for (uint256 id = 1; id <= 3; ++id) {
            vm.prank(_owner(id));
            _identities.register();
        }
        vm.warp(START + 20 days);
        vm.startPrank(_owner(2));
        _identities.pulse(2, "");
        _vouches.vouch(2, 1, 7, 1, 0, "", "");
        vm.stopPrank();
        vm.startPrank(_owner(3));
        _identities.pulse(3, "");
        _vouches.warn(3, 1, 3, 1, 0, "", "");
        vm.stopPrank();
    }

    function test_profiles_GivenKnownAndUnknown_WhenAsked_ItShouldKeepTheOrder() public view {
        uint256[] memory ids = new uint256[](3);
        (ids[0], ids[1], ids[2]) = (2, 99, 1);
        Profile[] memory page = _lens.profiles(ids);
        _compare(page[0], 2);
        assertEq(uint256(page[1].identity.status), uint256(Status.None));
        _compare(page[2], 1);
        assertEq(address(_lens.vouches()), address(_vouches));
    }

    function test_profilesOf_GivenEachRole_WhenAsked_ItShouldSayWhatTheKeyIs() public {
        vm.prank(_owner(3));
        _identities.retire(3);
        address[] memory keys = new address[](3);
        (keys[0], keys[1], keys[2]) = (_owner(3), address(99), _owner(1));
        Profile[] memory page = _lens.profilesOf(keys);
        assertEq(uint256(page[0].role), uint256(KeyRole.Former));
        assertEq(uint256(page[0].identity.status), uint256(Status.Retired));
        assertEq(uint256(page[1].role), uint256(KeyRole.None));
        assertEq(page[1].key, address(99));
        assertEq(uint256(page[2].role), uint256(KeyRole.Owner));
        _compare(page[2], 1);
    }

    function test_vouchers_GivenTwo_WhenAskedInPages_ItShouldAddTheirProfiles() public view {
        (VouchProfile[] memory page, uint256 next) = _lens.vouchers(1, 0, 1);
        assertEq(page.length, 1);
        assertEq(page[0].vouch.voucherId, 3);
        _compare(page[0].voucher, 3);
        (page, next) = _lens.vouchers(1, next, 5);
        assertEq(page.length, 1);
        assertEq(page[0].vouch.voucherId, 2);
        _compare(page[0].voucher, 2);
        assertEq(next, 0);
    }

    /// @dev Any numbers, in any order and how often, whatever became of them.
    function testFuzz_profiles_GivenAnyNumbers_WhenAsked_ItShouldAnswerEachAsTheRegistriesDo(
        uint256[6] calldata raw,
        uint256 fate
    ) public {
        _suffer(fate);
        uint256[] memory ids = new uint256[](raw.length);
        for (uint256 i = 0; i < ids.length; ++i) ids[i] = raw[i] % 8 == 7 ? raw[i] : raw[i] % 8;
        Profile[] memory page = _lens.profiles(ids);
        assertEq(page.length, ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            assertEq(page[i].key, address(0));
            assertEq(uint256(page[i].role), uint256(KeyRole.None));
            _compare(page[i], ids[i]);
            bool isActive = page[i].identity.status == Status.Active;
            assertEq(page[i].identity.wallet, isActive ? page[i].identity.owner : address(0));
        }
    }

    function testFuzz_profilesOf_GivenAnyAddresses_WhenAsked_ItShouldResolveEach(
        address[3] calldata strangers,
        uint256 fate
    ) public {
        _suffer(fate);
        address[] memory keys = new address[](6);
        for (uint256 i = 0; i < 3; ++i) (keys[2 * i], keys[2 * i + 1]) = (strangers[i], _owner(i + 1));
        Profile[] memory page = _lens.profilesOf(keys);
        for (uint256 i = 0; i < keys.length; ++i) {
            (uint256 id, KeyRole role, ) = _identities.resolve(keys[i]);
            assertEq(page[i].key, keys[i]);
            assertEq(uint256(page[i].role), uint256(role));
            _compare(page[i], id);
        }
    }

    function testFuzz_vouchers_GivenAnyLimit_WhenWalked_ItShouldMeetEachOnceWithItsProfile(
        uint256 limit,
        uint256 fate
    ) public {
        _suffer(fate);
        limit = bound(limit, 1, 4);
        uint256 cursor = 0;
        uint256 expected = 3; // the newest first
        do {
            VouchProfile[] memory page;
            (page, cursor) = _lens.vouchers(1, cursor, limit);
            for (uint256 i = 0; i < page.length; ++i) {
                assertEq(page[i].vouch.voucherId, expected);
                assertEq(abi.encode(page[i].vouch), abi.encode(_vouches.vouchOf(expected, 1)));
                _compare(page[i].voucher, expected--);
            }
        } while (cursor != 0);
        assertEq(expected, 1);
    }

    /// @dev What may have happened before somebody looks.
    function _suffer(uint256 fate) private {
        uint256 id = 1 + (fate % 3);
        vm.startPrank(_owner(id));
        if ((fate >> 8) % 4 == 0) _identities.suspend(id);
        if ((fate >> 8) % 4 == 1) _identities.retire(id);
        if ((fate >> 8) % 4 == 2) _identities.setArbitration(id, true);
        vm.stopPrank();
    }

    function _compare(Profile memory p, uint256 id) private view {
        assertEq(abi.encode(p.identity), abi.encode(_identities.identityOf(id)));
        (uint256 a, uint256 b, uint256 c, uint256 d, uint256 e) = _vouches.standingOf(id);
        assertEq(abi.encode(p.standing), abi.encode(a, b, c, d, e));
        (a, b) = _vouches.supportOf(id);
        assertEq(p.support, a);
        assertEq(p.opposition, b);
    }

    function _owner(uint256 id) private pure returns (address) {
        return address(uint160(1000 + id));
    }
}
