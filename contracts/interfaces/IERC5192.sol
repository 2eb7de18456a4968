// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Minimal soulbound NFTs
/// @notice Tells wallets and marketplaces that a token cannot be transferred.
/// @dev Source: ERC-5192. Its ERC-165 identifier is 0xb45a3c0e.
interface IERC5192 {
    /// @notice A token became, or was minted, non-transferable.
    /// @param tokenId The token.
    event Locked(uint256 tokenId);

    /// @notice A token became transferable. A Tenure registry never emits this.
    /// @param tokenId The token.
    event Unlocked(uint256 tokenId);

    /// @notice Whether a token is locked.
    /// @dev Reverts for a token that does not exist, as the standard demands.
    /// @param tokenId The token.
    /// @return Always true in a Tenure registry.
    function locked(uint256 tokenId) external view returns (bool);
}
