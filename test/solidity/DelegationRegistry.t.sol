// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {IDelegationRegistry} from "../../contracts/interfaces/IDelegationRegistry.sol";
import {Consent} from "../../contracts/libraries/Consent.sol";
import {FixedAnswerAccount} from "./mocks/SmartAccounts.sol";
import {DeployedTest} from "./utils/DeployedTest.sol";

contract DelegationRegistryTest is DeployedTest {
    /// @dev Order of the curve secp256k1.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    IDelegationRegistry private _registry;

    function setUp() public {
        _registry = IDelegationRegistry(deploy("DelegationRegistry", ""));
    }

    function testFuzz_revoke_GivenAnybodyAndAnyHandle_ItShouldRevokeThatAndNothingElse(
        address issuer,
        bytes32 id,
        address other,
        bytes32 otherId
    ) public {
        vm.expectEmit(address(_registry));
        emit IDelegationRegistry.Revoked(issuer, id);
        vm.prank(issuer);
        _registry.revoke(id);
        _expect(issuer, id, true, 0);
        _expect(other, otherId, other == issuer && otherId == id, 0);
        _expect(issuer, otherId, otherId == id, 0);
        _expect(other, id, other == issuer, 0);
    }

    function testFuzz_advanceEpoch_GivenAnybody_ItShouldCountForThemAlone(
        address issuer,
        address other,
        uint8 times,
        bytes32 id
    ) public {
        for (uint256 i = 1; i <= times; ++i) {
            vm.expectEmit(address(_registry));
            emit IDelegationRegistry.EpochAdvanced(issuer, uint64(i));
            vm.prank(issuer);
            assertEq(_registry.advanceEpoch(), i);
        }
        _expect(issuer, id, false, times);
        _expect(other, id, false, other == issuer ? times : 0);
    }

    function testFuzz_advanceEpoch_GivenAnyEpoch_ItShouldAddOneOrRefuseTheLast(address issuer, uint64 epoch) public {
        vm.store(address(_registry), keccak256(abi.encode(issuer, uint256(0))), bytes32(uint256(epoch)));
        _expect(issuer, "", false, epoch);
        vm.prank(issuer);
        if (epoch == type(uint64).max) {
            vm.expectRevert(abi.encodeWithSelector(IDelegationRegistry.EpochsExhausted.selector, issuer, epoch));
            _registry.advanceEpoch();
            _expect(issuer, "", false, epoch);
        } else {
            assertEq(_registry.advanceEpoch(), epoch + 1);
            _expect(issuer, "", false, epoch + 1);
        }
    }

    function testFuzz_revokeBySig_GivenAKeysSignature_ItShouldBeGoodOnAnyChainThatItNames(
        uint256 key,
        bytes32 id,
        uint64 chainId,
        address sender
    ) public {
        key = bound(key, 1, ORDER - 1);
        vm.chainId(bound(chainId, 1, type(uint64).max));
        address issuer = vm.addr(key);
        bytes memory sig = _sign(key, _digest(issuer, id));
        vm.expectEmit(address(_registry));
        emit IDelegationRegistry.Revoked(issuer, id);
        vm.prank(sender);
        _registry.revokeBySig(issuer, id, sig);
        _expect(issuer, id, true, 0);
    }

    function testFuzz_revokeBySig_GivenItWasSignedForAnotherChain_ItShouldRefuse(
        uint256 key,
        bytes32 id,
        uint64 signedFor,
        uint64 chainId
    ) public {
        key = bound(key, 1, ORDER - 1);
        signedFor = uint64(bound(signedFor, 1, type(uint64).max));
        chainId = uint64(bound(chainId, 1, type(uint64).max));
        if (signedFor == chainId) return;
        address issuer = vm.addr(key);
        vm.chainId(signedFor);
        bytes memory sig = _sign(key, _digest(issuer, id));
        vm.chainId(chainId);
        _expectRefused(issuer, id, sig);
    }

    function testFuzz_revokeBySig_GivenAnyBytesForAKey_ItShouldRefuse(
        uint256 key,
        bytes32 id,
        bytes memory sig
    ) public {
        _expectRefused(vm.addr(bound(key, 1, ORDER - 1)), id, sig);
    }

    function testFuzz_revokeBySig_GivenABitOfItChanged_ItShouldRefuse(uint256 key, bytes32 id, uint16 bit) public {
        key = bound(key, 1, ORDER - 1);
        address issuer = vm.addr(key);
        bytes memory sig = _sign(key, _digest(issuer, id));
        bit = uint16(bound(bit, 0, sig.length * 8 - 1));
        sig[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        _expectRefused(issuer, id, sig);
    }

    function testFuzz_revokeBySig_GivenTheOtherS_ItShouldRefuse(uint256 key, bytes32 id) public {
        key = bound(key, 1, ORDER - 1);
        address issuer = vm.addr(key);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(issuer, id));
        _expectRefused(issuer, id, abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27)));
    }

    function testFuzz_revokeBySig_GivenAnAccountWithCode_ItShouldTakeAWordOfTheMagicValueAlone(
        bytes32 id,
        bytes memory answer,
        bytes memory sig,
        bool saysYes
    ) public {
        if (saysYes) answer = bytes.concat(bytes32(IERC1271.isValidSignature.selector), answer);
        address issuer = address(new FixedAnswerAccount(answer));
        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        if (answer.length >= 32 && bytes32(answer) == magic) {
            _registry.revokeBySig(issuer, id, sig);
            _expect(issuer, id, true, 0);
        } else {
            _expectRefused(issuer, id, sig);
        }
    }

    function testFuzz_revokeBySig_GivenAKeyWithCode_ItShouldNotTakeTheKeysOwnSignature(uint256 key, bytes32 id) public {
        key = bound(key, 1, ORDER - 1);
        address issuer = vm.addr(key);
        bytes memory sig = _sign(key, _digest(issuer, id));
        vm.etch(issuer, hex"00");
        _expectRefused(issuer, id, sig);
        vm.etch(issuer, "");
        _registry.revokeBySig(issuer, id, sig);
        _expect(issuer, id, true, 0);
    }

    function _expectRefused(address issuer, bytes32 id, bytes memory sig) private {
        vm.expectRevert(abi.encodeWithSelector(Consent.InvalidSignature.selector, issuer));
        _registry.revokeBySig(issuer, id, sig);
        _expect(issuer, id, false, 0);
    }

    function _expect(address issuer, bytes32 id, bool revoked, uint64 epoch) private view {
        (bool isRevoked, uint64 currentEpoch) = _registry.status(issuer, id);
        assertEq(isRevoked, revoked);
        assertEq(currentEpoch, epoch);
    }

    /// @dev As the standard says it, word by word.
    function _digest(address issuer, bytes32 id) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("ERC-8128 Delegation Registry"),
                keccak256("1"),
                block.chainid,
                address(_registry)
            )
        );
        bytes32 message = keccak256(abi.encode(keccak256("Revocation(address issuer,bytes32 id)"), issuer, id));
        return keccak256(abi.encodePacked(hex"1901", domain, message));
    }

    function _sign(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
