// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {StdInvariant} from "forge-std/StdInvariant.sol";

import {IDelegationRegistry} from "../../../contracts/interfaces/IDelegationRegistry.sol";
import {DeployedTest} from "../utils/DeployedTest.sol";
import {DelegationHandler} from "./DelegationHandler.sol";

/// @title The invariants of grants taken back
///
/// 1. A grant is revoked exactly where its issuer revoked it, by itself or by a signature that its account takes; nothing
///    makes that undone.
/// 2. An epoch is how often its account advanced it, and nobody else moves it.
///
/// @dev The handler asserts that each action succeeds, or is refused with its reason, as the rules say.
contract DelegationRegistryInvariantTest is DeployedTest {
    DelegationHandler private _handler;
    IDelegationRegistry private _registry;

    function setUp() public {
        _handler = DelegationHandler(deploy("DelegationHandler", ""));
        _registry = _handler.registry();
        bytes4[] memory selectors = new bytes4[](5);
        selectors[0] = _handler.revoke.selector;
        selectors[1] = _handler.advanceEpoch.selector;
        selectors[2] = _handler.revokeBySig.selector;
        selectors[3] = _handler.revokeBySig.selector;
        selectors[4] = _handler.toggleCode.selector;
        targetSelector(StdInvariant.FuzzSelector(address(_handler), selectors));
        targetContract(address(_handler));
    }

    function invariant_1_AGrantIsRevokedExactlyWhereItsIssuerDid() public view {
        for (uint256 i = 0; i < _handler.ACTORS(); ++i) {
            address issuer = _handler.actors(i);
            for (uint256 number = 0; number < _handler.GRANTS(); ++number) {
                bytes32 id = _handler.grant(number);
                (bool isRevoked, ) = _registry.status(issuer, id);
                assertEq(isRevoked, _handler.isRevoked(issuer, id));
            }
        }
    }

    function invariant_2_AnEpochIsHowOftenItsAccountAdvancedIt() public view {
        for (uint256 i = 0; i < _handler.ACTORS(); ++i) {
            address issuer = _handler.actors(i);
            (, uint64 epoch) = _registry.status(issuer, bytes32(0));
            assertEq(epoch, _handler.epochs(issuer));
        }
    }
}
