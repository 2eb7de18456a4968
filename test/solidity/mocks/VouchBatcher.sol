// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

/// @dev Somebody in the middle who sends a batch that is not his.
contract VouchBatcher {
    function forward(Multicall registry, bytes[] calldata calls) external {
        registry.multicall(calls);
    }
}
