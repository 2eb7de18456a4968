// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVouchRegistry} from "../interfaces/IVouchRegistry.sol";
import {Requirement, TrustGate} from "../TrustGate.sol";

/// @title A board that strangers cannot flood
/// @notice Example of a contract behind a `TrustGate`: only agents with 45 days of tenure, which is more than one
/// check-in, and the vouch of one of the board's anchors may post, unless an anchor warns about them; each once a minute.
contract GatedBoard is TrustGate {
    /// @notice Seconds between two posts of one author.
    uint256 public constant PAUSE = 1 minutes;

    /// @dev Under the identity's number: an agent that changes its key is no new author.
    mapping(uint256 authorId => uint256) private _lastPostAt;
    uint256[] private _anchors;

    /// @notice A message was posted.
    /// @param authorId The identity that posted it.
    /// @param key The owner or wallet that spoke for it.
    /// @param message The message.
    event Posted(uint256 indexed authorId, address indexed key, string message);

    /// @notice An author posts once a minute.
    /// @param authorId The identity.
    /// @param nextAt First second (unix time) at which it can post again.
    error TooSoon(uint256 authorId, uint256 nextAt);

    /// @param vouches The registry to ask.
    /// @param anchors Identities whose vouch the board accepts.
    constructor(IVouchRegistry vouches, uint256[] memory anchors) TrustGate(vouches) {
        _anchors = anchors;
    }

    /// @notice Posts a message.
    /// @param message The message.
    function post(string calldata message) external {
        uint256 authorId = _requireTrusted(msg.sender, requirement());
        uint256 nextAt = _lastPostAt[authorId] + PAUSE;
        if (block.timestamp < nextAt) revert TooSoon(authorId, nextAt);
        _lastPostAt[authorId] = block.timestamp;
        emit Posted(authorId, msg.sender, message);
    }

    /// @notice What the board demands of an author.
    /// @return demanded The requirement, as `unmet` takes it.
    function requirement() public view returns (Requirement memory demanded) {
        demanded.minTenure = 45 days;
        demanded.anchors = _anchors;
        demanded.minAnchors = 1;
        demanded.minAnchorStake = 5;
        demanded.anchorWarningLimit = 1;
    }
}
