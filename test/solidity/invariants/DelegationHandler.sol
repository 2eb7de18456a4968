// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDelegationRegistry} from "../../../contracts/interfaces/IDelegationRegistry.sol";
import {Consent} from "../../../contracts/libraries/Consent.sol";
import {SmartAccount, YesAccount} from "../mocks/SmartAccounts.sol";
import {DeployedTest} from "../utils/DeployedTest.sol";

/// @dev Who is to have signed, and what was signed by whom.
struct Attempt {
    uint256 issuerAt;
    uint256 keyAt;
    address issuer;
    bytes32 id;
    address signedIssuer;
    bytes32 signedId;
}

/// @title Everything that can happen to grants
/// @dev Some actors are keys, some are accounts with code, and some keys get code and lose it. What has to be is worked out
/// from what was done, never from what the registry says.
contract DelegationHandler is DeployedTest {
    uint256 public constant ACTORS = 6;
    uint256 public constant GRANTS = 4;
    bytes32 private constant REVOCATION = keccak256("Revocation(address issuer,bytes32 id)");

    IDelegationRegistry public registry;
    /// @dev 0 to 2 are keys, 3 a smart account of key 0, 4 one that says yes to everything, 5 one that refuses everything.
    address[] public actors;
    uint256[3] private _keys = [uint256(0xa11ce), 0xb0b, 0xc1e0];
    uint256 private _draws;

    mapping(address issuer => mapping(bytes32 id => bool)) public isRevoked;
    mapping(address issuer => uint64) public epochs;

    constructor() {
        registry = IDelegationRegistry(deploy("DelegationRegistry", ""));
        for (uint256 i = 0; i < 3; ++i) actors.push(vm.addr(_keys[i]));
        actors.push(address(new SmartAccount(actors[0])));
        actors.push(address(new YesAccount()));
        actors.push(address(new Refuser()));
    }

    function revoke(uint256 seed) external {
        seed = _draw(seed);
        (address issuer, bytes32 id) = (actors[seed % ACTORS], grant(seed >> 8));
        vm.prank(issuer);
        registry.revoke(id);
        isRevoked[issuer][id] = true;
    }

    function advanceEpoch(uint256 seed) external {
        address issuer = actors[_draw(seed) % ACTORS];
        vm.prank(issuer);
        assertEq(registry.advanceEpoch(), ++epochs[issuer]);
    }

    /// @dev Signed by one of the keys, mostly for the issuer that is named and the grant that is named, sent by anybody.
    function revokeBySig(uint256 seed) external {
        seed = _draw(seed);
        Attempt memory it;
        (it.issuerAt, it.keyAt) = (seed % ACTORS, (seed >> 8) % 3);
        if ((seed >> 16) % 4 != 0 && it.issuerAt < 3) it.keyAt = it.issuerAt;
        (it.issuer, it.id) = (actors[it.issuerAt], grant(seed >> 24));
        (it.signedIssuer, it.signedId) = (it.issuer, it.id);
        if ((seed >> 32) % 8 == 0) it.signedId = grant((seed >> 24) + 1);
        if ((seed >> 40) % 8 == 0) it.signedIssuer = actors[(it.issuerAt + 1) % ACTORS];
        bytes memory call = abi.encodeCall(IDelegationRegistry.revokeBySig, (it.issuer, it.id, _sign(it)));
        bytes memory why;
        if (!_isTaken(it)) why = abi.encodeWithSelector(Consent.InvalidSignature.selector, it.issuer);
        vm.prank(actors[(seed >> 48) % ACTORS]);
        (bool ok, bytes memory result) = address(registry).call(call);
        assertEq(ok, why.length == 0, "success");
        assertEq(result, why, "reason");
        if (ok) isRevoked[it.issuer][it.id] = true;
    }

    /// @dev As a key that delegates (EIP-7702) to what refuses everything, and takes that back.
    function toggleCode(uint256 seed) external {
        address key = actors[1 + (_draw(seed) % 2)];
        vm.etch(key, key.code.length == 0 ? actors[5].code : bytes(""));
    }

    function grant(uint256 number) public pure returns (bytes32) {
        return bytes32(number % GRANTS);
    }

    /// @dev The fuzzer likes small numbers, and says them again.
    function _draw(uint256 seed) private returns (uint256) {
        return uint256(keccak256(abi.encode(seed, ++_draws)));
    }

    function _isTaken(Attempt memory it) private view returns (bool) {
        if (it.issuerAt == 4) return true;
        if (it.signedId != it.id || it.signedIssuer != it.issuer || it.issuerAt == 5) return false;
        return it.issuerAt == 3 ? it.keyAt == 0 : it.keyAt == it.issuerAt && it.issuer.code.length == 0;
    }

    function _sign(Attempt memory it) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keys[it.keyAt], _digest(it.signedIssuer, it.signedId));
        return abi.encodePacked(r, s, v);
    }

    function _digest(address issuer, bytes32 id) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("ERC-8128 Delegation Registry"),
                keccak256("1"),
                block.chainid,
                address(registry)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, keccak256(abi.encode(REVOCATION, issuer, id))));
    }
}

/// @dev Takes no signature, and answers everything else.
contract Refuser {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0xffffffff;
    }
}
