// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVouchRegistry} from "../interfaces/IVouchRegistry.sol";
import {Requirement, TrustGate} from "../TrustGate.sol";

/// @title A board that strangers cannot flood
/// @notice Example of a contract behind a `TrustGate`: only agents with a week of tenure, no warnings, and the vouch of
/// one of the board's anchors may post.
contract GatedBoard is TrustGate {
    uint256[] private _anchors;

    /// @notice A message was posted.
    /// @param author The key that posted it.
    /// @param message The message.
    event Posted(address indexed author, string message);

    /// @param vouches The registry to ask.
    /// @param anchors Identities whose vouch the board accepts.
    constructor(IVouchRegistry vouches, uint256[] memory anchors) TrustGate(vouches) {
        _anchors = anchors;
    }

    /// @notice Posts a message.
    /// @param message The message.
    function post(string calldata message) external onlyTrusted(requirement()) {
        emit Posted(msg.sender, message);
    }

    /// @notice What the board demands of an author.
    /// @return demanded The requirement, as `unmet` takes it.
    function requirement() public view returns (Requirement memory demanded) {
        demanded.minTenure = 7 days;
        demanded.anchors = _anchors;
        demanded.minAnchors = 1;
    }
}
