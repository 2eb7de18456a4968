// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IRegistrationRenderer} from "../../../contracts/interfaces/IRegistrationRenderer.sol";

/// @dev Makes no document: it reverts.
contract RevertingRenderer is IRegistrationRenderer {
    error Unwilling(uint256 agentId);

    function tokenURI(IIdentityRegistry, uint256 agentId) external pure returns (string memory) {
        revert Unwilling(agentId);
    }
}

/// @dev Makes no document: it burns all the gas that it gets.
contract EndlessRenderer is IRegistrationRenderer {
    function tokenURI(IIdentityRegistry, uint256) external pure returns (string memory) {
        while (true) {}
    }
}

/// @dev Says whom it was asked about, and by whom.
contract EchoingRenderer is IRegistrationRenderer {
    function tokenURI(IIdentityRegistry registry, uint256 agentId) external view returns (string memory) {
        require(msg.sender == address(registry), "asked by another");
        return agentId == 1 ? "one" : "another";
    }
}

/// @dev Answers nothing at all, which is no string.
contract SilentRenderer {
    fallback() external {}
}
