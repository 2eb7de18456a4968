// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Arithmetic of witnessed time
/// @notice Only a check-in earns: it credits the time since the last one, so much of it at most.
library Tenure {
    /// @notice Seconds that a check-in credits.
    /// @param lastSeen The last check-in (unix seconds), not after `now_`.
    /// @param now_ The moment of the check-in (unix seconds).
    /// @param maxSilence Seconds of a silence that count at most.
    /// @return The credit.
    function credit(uint256 lastSeen, uint256 now_, uint256 maxSilence) internal pure returns (uint256) {
        unchecked {
            uint256 silence = now_ - lastSeen;
            return silence < maxSilence ? silence : maxSilence;
        }
    }
}
