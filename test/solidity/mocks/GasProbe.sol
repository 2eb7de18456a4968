// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";

/// @dev Measures what a contract pays for asking the registry, the registry's account being cold.
contract GasProbe {
    function supportOf(IVouchRegistry registry, uint256 agentId) external view returns (uint256 gas) {
        gas = gasleft();
        registry.supportOf(agentId);
        gas -= gasleft();
    }
}
