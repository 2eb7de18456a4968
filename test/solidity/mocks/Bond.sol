// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC8004IdentityRegistry} from "../../../contracts/interfaces/IERC8004IdentityRegistry.sol";

/// @dev A bond as others write it for ERC-8004: whoever the registry calls authorised takes the money of an agent.
contract Bond {
    IERC8004IdentityRegistry private immutable _REGISTRY;
    mapping(uint256 agentId => uint256) public balances;

    error NotAuthorized(address caller);

    constructor(IERC8004IdentityRegistry registry) {
        _REGISTRY = registry;
    }

    function deposit(uint256 agentId) external payable {
        balances[agentId] += msg.value;
    }

    function withdraw(uint256 agentId) external {
        if (!_REGISTRY.isAuthorizedOrOwner(msg.sender, agentId)) revert NotAuthorized(msg.sender);
        uint256 amount = balances[agentId];
        balances[agentId] = 0;
        (bool isPaid, ) = msg.sender.call{value: amount}("");
        require(isPaid, "not paid");
    }
}
