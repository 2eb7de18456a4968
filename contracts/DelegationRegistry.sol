// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IDelegationRegistry} from "./interfaces/IDelegationRegistry.sol";
import {Consent} from "./libraries/Consent.sol";

/// @title Registry of revoked delegation grants
/// @notice Which grants an account took back, and which epoch those that count have to say (ERC-8395, section 5).
///
/// @dev Properties
/// - What is revoked stays revoked, and an epoch only grows, by one, without end in sight and without wrapping.
/// - An account's handles and epoch are its own: nobody else's call or signature touches them.
/// - Any account can use it, with an identity or without; nothing here asks any other registry.
/// - The code is the same on every chain, byte by byte, as the standard demands of it: nothing is computed when it is
///   deployed, and the domain of signatures is made anew for each of them.
/// - No owner, admin, proxy, pause or fee; no function takes or moves value. The only call to another address is the
///   static one that checks an ERC-1271 signature, before anything is written.
///
/// Roles: an account revokes its own grants and advances its own epoch. Whoever holds its signature may send a
/// revocation, as often as they like.
///
/// Not goals: what a grant allows, whether it exists, and who may be believed to hold one. Verifiers check all that.
///
/// Storage: one word a revoked handle, one an issuer's epoch.
contract DelegationRegistry is IDelegationRegistry {
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant DOMAIN_NAME_HASH = keccak256("ERC-8128 Delegation Registry");
    bytes32 private constant DOMAIN_VERSION_HASH = keccak256("1");
    bytes32 private constant REVOCATION_TYPEHASH = keccak256("Revocation(address issuer,bytes32 id)");

    struct Issuer {
        uint64 epoch;
        mapping(bytes32 id => bool) isRevoked;
    }

    mapping(address issuer => Issuer) private _issuers;

    /// @inheritdoc IDelegationRegistry
    function revoke(bytes32 id) external {
        _revoke(msg.sender, id);
    }

    /// @inheritdoc IDelegationRegistry
    function revokeBySig(address issuer, bytes32 id, bytes calldata sig) external {
        if (!SignatureChecker.isValidSignatureNowCalldata(issuer, _digest(issuer, id), sig)) {
            revert Consent.InvalidSignature(issuer);
        }
        _revoke(issuer, id);
    }

    /// @inheritdoc IDelegationRegistry
    function advanceEpoch() external returns (uint64 newEpoch) {
        Issuer storage issuer = _issuers[msg.sender];
        uint64 epoch = issuer.epoch;
        if (epoch == type(uint64).max) revert EpochsExhausted(msg.sender, epoch);
        unchecked {
            newEpoch = epoch + 1; // checked above
        }
        issuer.epoch = newEpoch;
        emit EpochAdvanced(msg.sender, newEpoch);
    }

    /// @inheritdoc IDelegationRegistry
    function status(address issuer, bytes32 id) external view returns (bool isRevoked, uint64 currentEpoch) {
        Issuer storage kept = _issuers[issuer];
        return (kept.isRevoked[id], kept.epoch);
    }

    function _revoke(address issuer, bytes32 id) private {
        _issuers[issuer].isRevoked[id] = true;
        emit Revoked(issuer, id);
    }

    /// @dev What `issuer` signs to revoke. The library's own EIP-712 contract keeps the chain's number in its code, which
    /// would differ from chain to chain, and has a function more than the standard's interface.
    function _digest(address issuer, bytes32 id) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPEHASH, DOMAIN_NAME_HASH, DOMAIN_VERSION_HASH, block.chainid, address(this))
        );
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(REVOCATION_TYPEHASH, issuer, id)));
    }
}
