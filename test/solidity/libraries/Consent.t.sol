// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Consent} from "../../../contracts/libraries/Consent.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Says yes to one digest and one signature; what it says otherwise is chosen.
contract Account {
    bytes32 private immutable _digest;
    bytes private _signature;
    bytes private _otherwise;

    constructor(bytes32 digest, bytes memory signature, bytes memory otherwise) {
        _digest = digest;
        _signature = signature;
        _otherwise = otherwise;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (digest == _digest && keccak256(signature) == keccak256(_signature)) return 0x1626ba7e;
        bytes memory answer = _otherwise;
        assembly ("memory-safe") {
            return(add(answer, 32), mload(answer))
        }
    }
}

contract ConsentTest is BaseTest {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint256 private constant NOW = 1_000;

    function setUp() public {
        vm.warp(NOW);
    }

    function check(
        address signer,
        bytes32 digest,
        uint256 deadline,
        bytes calldata signature
    ) external view returns (bool isKey) {
        return Consent.check(signer, digest, deadline, signature);
    }

    function testFuzz_check_GivenAKey_WhenItSigned_ItShouldAccept(
        uint256 secret,
        bytes32 digest,
        uint40 ahead
    ) public view {
        secret = bound(secret, 1, ORDER - 1);
        assertTrue(this.check(vm.addr(secret), digest, NOW + ahead, _sign(secret, digest)), "a key");
    }

    function testFuzz_check_GivenAKey_WhenAnotherSigned_ItShouldRefuse(uint256 secret, bytes32 digest) public {
        secret = bound(secret, 1, ORDER - 2);
        _expectInvalid(vm.addr(secret));
        this.check(vm.addr(secret), digest, NOW, _sign(secret + 1, digest));
    }

    function testFuzz_check_GivenAKey_WhenItSignedAnotherDigest_ItShouldRefuse(uint256 secret, bytes32 digest) public {
        secret = bound(secret, 1, ORDER - 1);
        _expectInvalid(vm.addr(secret));
        this.check(vm.addr(secret), ~digest, NOW, _sign(secret, digest));
    }

    function testFuzz_check_GivenASignature_WhenMadeMalleable_ItShouldRefuse(uint256 secret, bytes32 digest) public {
        secret = bound(secret, 1, ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        bytes memory twin = abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? 28 : 27);
        // The precompile itself takes it for the same signer.
        assertEq(ecrecover(digest, v == 27 ? 28 : 27, r, bytes32(ORDER - uint256(s))), vm.addr(secret));
        _expectInvalid(vm.addr(secret));
        this.check(vm.addr(secret), digest, NOW, twin);
    }

    function testFuzz_check_GivenASignature_WhenWrittenIn64Bytes_ItShouldRefuse(uint256 secret, bytes32 digest) public {
        secret = bound(secret, 1, ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        bytes memory short = abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        _expectInvalid(vm.addr(secret));
        this.check(vm.addr(secret), digest, NOW, short);
    }

    function testFuzz_check_GivenTheZeroAddress_WhenAnythingIsSigned_ItShouldRefuse(bytes calldata signature) public {
        _expectInvalid(address(0));
        this.check(address(0), keccak256("message"), NOW, signature);
    }

    function testFuzz_check_GivenADeadline_WhenItHasPassed_ItShouldSayThatFirst(uint256 deadline) public {
        deadline = bound(deadline, 0, NOW - 1);
        vm.expectRevert(abi.encodeWithSelector(Consent.SignatureExpired.selector, deadline));
        this.check(vm.addr(1), "", deadline, "");
    }

    function testFuzz_check_GivenAnAccount_WhenItAgrees_ItShouldAccept(
        bytes32 digest,
        bytes calldata signature
    ) public {
        Account account = new Account(digest, signature, "");
        assertFalse(this.check(address(account), digest, NOW, signature), "no key");
        _expectInvalid(address(account));
        this.check(address(account), ~digest, NOW, signature);
    }

    function testFuzz_check_GivenAnAccount_WhenItAnswersAnythingElse_ItShouldRefuse(bytes memory answer) public {
        if (answer.length >= 32 && bytes32(answer) == bytes32(bytes4(0x1626ba7e))) answer[0] = 0;
        Account account = new Account("", "never", answer);
        _expectInvalid(address(account));
        this.check(address(account), keccak256("message"), NOW, "");
    }

    function test_check_GivenAnAccount_WhenOnlyTheLowBytesOfItsAnswerDiffer_ItShouldRefuse() public {
        Account account = new Account("", "never", abi.encode(bytes32(bytes4(0x1626ba7e)) | bytes32(uint256(1))));
        _expectInvalid(address(account));
        this.check(address(account), keccak256("message"), NOW, "");
    }

    function test_check_GivenAKeyThatAlsoHasCode_WhenItSigned_ItShouldAcceptWithoutAskingTheCode() public {
        vm.etch(vm.addr(7), hex"fe");
        assertTrue(this.check(vm.addr(7), keccak256("message"), NOW, _sign(7, keccak256("message"))), "a key");
    }

    function _expectInvalid(address signer) private {
        vm.expectRevert(abi.encodeWithSelector(Consent.InvalidSignature.selector, signer));
    }

    function _sign(uint256 secret, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, s, v);
    }
}
