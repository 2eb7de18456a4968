// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Revocation of delegation grants
/// @notice Which grants an account took back, and since when all earlier ones are void: the registry of ERC-8395,
/// section 5, with that interface and nothing beside it.
/// @dev A grant is signed off chain, says its issuer's epoch, and is known here by a *handle* only: its `id` where an
/// account issued it, `keccak256(parentGrantHash || id)` where a key without an account did. Then the account nearest
/// above is asked, and revokes. A grant is active while its handle is not revoked and its epoch is the current one.
interface IDelegationRegistry {
    /// @notice Emitted when an account revoked a grant, again where it had done so before.
    /// @param issuer The account.
    /// @param id The handle of the grant.
    event Revoked(address indexed issuer, bytes32 indexed id);

    /// @notice Emitted when an account made every grant void that says an earlier epoch.
    /// @param issuer The account.
    /// @param newEpoch The epoch that grants have to say from now on.
    event EpochAdvanced(address indexed issuer, uint64 newEpoch);

    /// @notice Thrown when an account has used up its epochs: they never begin anew. All its grants but those of the last
    /// epoch are void, and these it can revoke.
    /// @param issuer The account.
    /// @param epoch Its epoch, the last.
    error EpochsExhausted(address issuer, uint64 epoch);

    /// @notice Revokes a grant of the caller, for ever. Revoking it again changes nothing, and is logged.
    /// @dev The grant need not exist: a handle can be revoked before it is used. Grants that share a handle share their
    /// fate.
    /// @param id The handle of the grant.
    function revoke(bytes32 id) external;

    /// @notice Revokes a grant by a signature of its issuer, for ever. By anybody.
    /// @dev The signature is one over `Revocation(address issuer,bytes32 id)` in the EIP-712 domain "ERC-8128 Delegation
    /// Registry", version "1", of this chain and this contract. It has neither nonce nor deadline: sending it again
    /// changes nothing, and is logged. Where the issuer has no code, it is one of 65 bytes with a low `s`. Where it has
    /// code, its code decides alone (ERC-1271): also where a key has delegated to that code (EIP-7702), whose own
    /// signature is then worth what the code makes of it. Throws `InvalidSignature` where it is none.
    /// @param issuer Who signed, and whose grant it is.
    /// @param id The handle of the grant.
    /// @param sig The signature.
    function revokeBySig(address issuer, bytes32 id, bytes calldata sig) external;

    /// @notice Makes every grant of the caller void that says another epoch than the one that begins now.
    /// @dev What is revoked stays revoked. There is no way back to an earlier epoch.
    /// @return newEpoch The epoch that begins.
    function advanceEpoch() external returns (uint64 newEpoch);

    /// @notice What makes a grant active or void.
    /// @dev Says nothing of whether such a grant exists, or who issued it.
    /// @param issuer The account that can revoke it.
    /// @param id The handle of the grant.
    /// @return isRevoked Whether the account revoked it.
    /// @return currentEpoch The epoch that the grant has to say; zero until the account advances it.
    function status(address issuer, bytes32 id) external view returns (bool isRevoked, uint64 currentEpoch);
}
