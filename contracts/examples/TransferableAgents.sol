// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";

/// @title Agents that can be sold
/// @notice Example of the tokens that `AgentLinks` is about: whoever holds one says where its registration file is, and can
/// sell it with all that it has earned there.
contract TransferableAgents is ERC721URIStorage {
    uint256 private _registered;

    /// @notice Somebody other than the holder would change a token.
    /// @param agentId The token.
    /// @param caller Who called.
    error NotHolder(uint256 agentId, address caller);

    constructor() ERC721("Transferable agents", "AGENT") {}

    /// @notice Makes a token for the caller.
    /// @param agentURI Where its registration file is; may be empty.
    /// @return agentId The token.
    function register(string calldata agentURI) external returns (uint256 agentId) {
        agentId = ++_registered;
        _mint(msg.sender, agentId);
        _setTokenURI(agentId, agentURI);
    }

    /// @notice Changes where the registration file is. By the holder.
    /// @param agentId The token.
    /// @param newURI The new place.
    function setAgentURI(uint256 agentId, string calldata newURI) external {
        if (msg.sender != ownerOf(agentId)) revert NotHolder(agentId, msg.sender);
        _setTokenURI(agentId, newURI);
    }
}
