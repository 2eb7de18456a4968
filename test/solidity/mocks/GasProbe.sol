// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVouchRegistry, Vouch} from "../../../contracts/interfaces/IVouchRegistry.sol";

/// @dev Measures what a contract pays for asking the registry, the registry's account being cold.
contract GasProbe {
    function supportOf(IVouchRegistry registry, uint256 agentId) external view returns (uint256 gas) {
        gas = gasleft();
        registry.supportOf(agentId);
        gas -= gasleft();
    }

    /// @dev The whole of a subject's list, with every fact of each edge.
    function vouchersOf(IVouchRegistry registry, uint256 agentId) external view returns (uint256 gas, uint256 count) {
        gas = gasleft();
        (Vouch[] memory page, ) = registry.vouchersOf(agentId, 0, type(uint256).max);
        gas -= gasleft();
        count = page.length;
    }
}
