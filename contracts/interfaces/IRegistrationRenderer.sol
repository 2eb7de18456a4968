// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @title Maker of the registration files of agents that gave none
/// @notice A registry asks it for the `tokenURI` of an identity without a URI, and of a suspended one.
interface IRegistrationRenderer {
    /// @notice An ERC-8004 registration file, made on chain.
    /// @param registry The registry of the identity.
    /// @param agentId The identity; active or suspended.
    /// @return The file as a `data:` URI.
    function tokenURI(IIdentityRegistry registry, uint256 agentId) external view returns (string memory);
}
