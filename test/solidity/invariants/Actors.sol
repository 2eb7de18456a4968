// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Vm} from "forge-std/Vm.sol";

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IUnorderedNonces} from "../../../contracts/interfaces/IUnorderedNonces.sol";
import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {IdentityRules} from "./IdentityRules.sol";
import {WatchfulAccount} from "./WatchfulAccount.sol";
import {VouchRules} from "./VouchRules.sol";

/// @title Everyone who takes part, and the one way to act
/// @dev Each address may become an owner, wallet, guardian, operator, candidate or arbiter. Every call is checked
/// against what the rules say of it: it must succeed, or revert with exactly that data.
abstract contract Actors is IdentityRules, VouchRules {
    uint256 internal constant EOAS = 56;
    uint256 internal constant ACCOUNTS = 4;

    IIdentityRegistry public identities;
    IVouchRegistry public vouches;
    address[] public actors;
    /// @dev The key that signs for an actor; a smart account has the key of its signer. Nothing signs for an account that
    /// has no code and no key: a contract that acted from its constructor and left nothing behind.
    mapping(address actor => uint256) internal secrets;
    mapping(address actor => bool) public isContract;
    mapping(address registry => mapping(address owner => mapping(uint256 nonce => bool))) internal isSpent;
    mapping(address registry => mapping(address owner => uint256[])) private _spent;

    uint256 internal chainId = block.chainid;
    uint256 public calls;
    uint256 public successes;
    mapping(bytes4 selector => uint256) public successesOf;
    mapping(bytes4 selector => uint256) public mostGas;
    bytes4[] public used;
    /// @dev What was refused, as it had to be, by the selector of the reason.
    mapping(bytes4 reason => uint256) public refusalsOf;
    /// @dev How often something went through that has no selector of its own.
    mapping(bytes32 what => uint256) public reached;
    /// @dev How often the registry said that an owner has proven to be a key, in all and of whom; and how often it had to.
    uint256 public proofsSaid;
    uint256 public proofsDue;
    mapping(uint256 id => mapping(address owner => uint256)) public proofsOf;

    /// @dev The nonces of a word that an owner has used, or made void, as the registry keeps them.
    function bitmapOf(address registry, address owner, uint256 word) external view returns (uint256 bitmap) {
        uint256[] storage spent = _spent[registry][owner];
        for (uint256 i = 0; i < spent.length; ++i) {
            if (spent[i] >> 8 == word) bitmap |= 1 << (spent[i] & 255);
        }
    }

    function actorCount() external view returns (uint256) {
        return actors.length;
    }

    function usedCount() external view returns (uint256) {
        return used.length;
    }

    function _enlist() internal {
        for (uint256 i = 1; i <= EOAS + ACCOUNTS; ++i) {
            address signer = vm.addr(i);
            address actor = i <= EOAS ? signer : address(new WatchfulAccount(signer));
            actors.push(actor);
            secrets[actor] = i;
            isContract[actor] = i > EOAS;
        }
    }

    function _reach(bytes32 what) internal {
        ++reached[what];
    }

    /// @dev A key is the origin of what it sends, but now and then another's transaction runs the code that it delegated
    /// to. A contract is the origin now and then, as where a rollup calls with the alias of one on another chain.
    function _originFor(address actor) private view returns (address) {
        bool isAnothers = calls % 16 == 7 || (isContract[actor] && calls % 3 != 0);
        return isAnothers ? actors[calls % EOAS] : actor;
    }

    /// @dev A consent without a nonce, which its signer makes void by its digest.
    function _ifConsent(address signer, bytes32 digest) internal view returns (bytes memory) {
        if (isSpent[address(identities)][signer][uint256(digest)]) {
            return abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, signer, uint256(digest));
        }
        return secrets[signer] == 0 ? _invalidSignature(signer) : bytes("");
    }

    function _spend(address registry, address owner, uint256 nonce) internal {
        if (isSpent[registry][owner][nonce]) return;
        isSpent[registry][owner][nonce] = true;
        _spent[registry][owner].push(nonce);
    }

    function _anyone(uint256 seed) internal view returns (address) {
        return actors[seed % actors.length];
    }

    /// @dev Mostly an active one, now and then an unknown one.
    function _agent(uint256 seed) internal view returns (uint256 id) {
        if (seed % 64 == 0) return agentCount + 1;
        for (uint256 i = 0; i < 3; ++i) {
            id = 1 + ((seed >> (6 + 8 * i)) % agentCount);
            if (agents[id].status == Status.Active) return id;
        }
    }

    /// @dev Mostly the one who may, now and then anyone.
    function _mostly(address actor, uint256 seed) internal view returns (address) {
        return actor == address(0) || seed % 16 == 0 ? _anyone(seed >> 8) : actor;
    }

    /// @dev Nobody acts as the zero address, which is what a retired identity has as its owner.
    function _ownerOf(uint256 id) internal view returns (address) {
        address owner = agents[id].owner;
        return owner == address(0) ? _anyone(id) : owner;
    }

    /// @return Whether it succeeded, as it had to.
    function _act(address actor, address target, bytes memory data, bytes memory why) internal returns (bool) {
        assertNotEq(actor, address(0), "nobody acts");
        assertEq(proofsSaid, proofsDue, "proofs that were announced");
        address origin = _originFor(actor);
        vm.recordLogs();
        vm.prank(actor, origin);
        uint256 gas = gasleft();
        (bool ok, bytes memory result) = target.call(data);
        gas -= gasleft();
        ++calls;
        if (why.length != 0) {
            assertFalse(ok, "a forbidden action succeeded");
            assertEq(result, why, "reason");
            ++refusalsOf[bytes4(why)];
            return false;
        }
        if (!ok) assertEq(result, bytes(""), "an allowed action failed");
        assertTrue(ok, "an allowed action failed");
        bytes4 selector = bytes4(data);
        if (successesOf[selector]++ == 0) used.push(selector);
        if (gas > mostGas[selector]) mostGas[selector] = gas;
        ++successes;
        if (isContract[origin]) _reach("a contract was the origin");
        _countProofs();
        return true;
    }

    function _countProofs() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IIdentityRegistry.OwnerProven.selector) continue;
            assertEq(logs[i].emitter, address(identities), "who announced a proof");
            ++proofsOf[uint256(logs[i].topics[1])][address(uint160(uint256(logs[i].topics[2])))];
            ++proofsSaid;
        }
    }

    /// @dev Sixty-five zeros by whom nothing can sign for.
    function _sign(address actor, bytes32 digest) internal view returns (bytes memory) {
        if (secrets[actor] == 0) return new bytes(65);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secrets[actor], digest);
        return abi.encodePacked(r, s, v);
    }

    function _digest(string memory name, address registry, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                chainId,
                registry
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }
}
