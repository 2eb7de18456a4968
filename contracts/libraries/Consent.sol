// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Signatures by keys and by smart accounts
/// @notice Tries ECDSA first and ERC-1271 second, the order of the ERC-8004 reference contracts: an account that
/// delegates its code (EIP-7702) can still sign with its key.
library Consent {
    /// @notice Thrown when the last second of a signature has passed.
    /// @param deadline That second (unix time).
    error SignatureExpired(uint256 deadline);

    /// @notice Thrown when a signature is not one by this signer over this message: check chain, contract, nonce, keys
    /// and key epoch.
    /// @param signer Who should have signed.
    error InvalidSignature(address signer);

    /// @notice Reverts unless `signer` signed `digest` and the deadline has not passed.
    /// @dev The ERC-1271 check is the only call that a registry ever makes to an address a user supplied, and a static
    /// one. Malleable signatures (high s) and the short 64-byte form are refused by the ECDSA library.
    /// @param signer Who should have signed.
    /// @param digest The EIP-712 digest.
    /// @param deadline Last second (unix time) at which the signature counts.
    /// @param signature The signature.
    /// @return isKey Whether it is one by a key (ECDSA). Where the message names its signer, that proves that there is such a
    /// key: one that is made to fit a signature depends on the message, so that the message cannot name it.
    function check(
        address signer,
        bytes32 digest,
        uint256 deadline,
        bytes calldata signature
    ) internal view returns (bool isKey) {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        (address recovered, ECDSA.RecoverError err, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (err == ECDSA.RecoverError.NoError && recovered == signer) return true;
        if (!SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature)) {
            revert InvalidSignature(signer);
        }
    }
}
