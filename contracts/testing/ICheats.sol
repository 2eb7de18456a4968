// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The three cheats that a deployment needs
/// @notice Declared here, so that it goes with any version of forge-std, and without.
interface ICheats {
    /// @notice Puts code at an address.
    /// @param target The address.
    /// @param code The code.
    function etch(address target, bytes calldata code) external;

    /// @notice Sets the time of the block.
    /// @param timestamp Unix time.
    function warp(uint256 timestamp) external;

    /// @notice The time of the block, as the last `warp` set it. An optimizer may take `block.timestamp` for a constant.
    /// @return timestamp Unix time.
    function getBlockTimestamp() external view returns (uint256 timestamp);
}
