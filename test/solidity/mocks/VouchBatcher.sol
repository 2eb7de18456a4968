// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VouchRegistry} from "../../../contracts/VouchRegistry.sol";

/// @dev Somebody in the middle who sends a batch that is not his.
contract VouchBatcher {
    function forward(VouchRegistry registry, bytes[] calldata calls) external {
        registry.multicall(calls);
    }
}
