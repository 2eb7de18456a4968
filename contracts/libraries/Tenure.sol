// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Arithmetic of witnessed time
/// @notice Tenure is the time between first and last check-in, less what was lost to long silences, plus the current
/// silence as far as it counts.
/// @dev All arguments are unix seconds or seconds, `firstSeen <= lastSeen <= now_`, and `lost <= lastSeen - firstSeen`.
/// The registry keeps these orders; under them nothing here can overflow.
library Tenure {
    /// @notice Seconds of a silence that do not count.
    /// @param lastSeen The last check-in.
    /// @param now_ The end of the silence.
    /// @param maxSilence Seconds that a silence counts at most.
    /// @return The excess, zero for a short silence.
    function excess(uint256 lastSeen, uint256 now_, uint256 maxSilence) internal pure returns (uint256) {
        unchecked {
            uint256 silence = now_ - lastSeen;
            return silence > maxSilence ? silence - maxSilence : 0;
        }
    }

    /// @notice Witnessed seconds at a moment.
    /// @param firstSeen When it was registered.
    /// @param lastSeen The last check-in.
    /// @param lost Seconds lost to silences before the last check-in.
    /// @param now_ The moment.
    /// @param maxSilence Seconds that a silence counts at most.
    /// @return The tenure: at most `now_ - firstSeen`.
    function witnessed(
        uint256 firstSeen,
        uint256 lastSeen,
        uint256 lost,
        uint256 now_,
        uint256 maxSilence
    ) internal pure returns (uint256) {
        unchecked {
            return now_ - firstSeen - lost - excess(lastSeen, now_, maxSilence);
        }
    }
}
