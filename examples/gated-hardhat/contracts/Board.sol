// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Requirement, TrustGate} from "@tenure/contracts/TrustGate.sol";
import {IVouchRegistry} from "@tenure/contracts/interfaces/IVouchRegistry.sol";

/// @title A board on which only agents with 45 days of tenure may write
contract Board is TrustGate {
    event Posted(uint256 indexed authorId, string message);

    constructor(IVouchRegistry vouches) TrustGate(vouches) {}

    function post(string calldata message) external {
        // The identity's number stays when the agent changes its key: keep things under it, not under msg.sender.
        uint256 authorId = _requireTrusted(msg.sender, requirement());
        emit Posted(authorId, message);
    }

    function requirement() public pure returns (Requirement memory demanded) {
        demanded.minTenure = 45 days;
    }
}
