// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title On-chain metadata for token registries
/// @notice Reads one key of a token's on-chain metadata.
/// @dev Source: ERC-8048. Its ERC-165 identifier is 0xdf670be1. The standard's event `MetadataSet` is the one that
/// ERC-8004 declares, with the same signature, and is therefore not declared again here.
interface IERC8048 {
    /// @notice The value stored for a key, empty where nothing was stored.
    /// @param tokenId The token.
    /// @param key The key; compared byte by byte.
    /// @return The value.
    function metadata(uint256 tokenId, string calldata key) external view returns (bytes memory);
}
