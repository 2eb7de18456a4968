// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {ERC165Checker} from "@openzeppelin/contracts/utils/introspection/ERC165Checker.sol";

interface IRegistrar is IERC721 {
    function register(string calldata agentURI) external returns (uint256 agentId);
}

/// @dev Registers agents for others from its own address, and keeps them: a bridge, or a binding singleton.
contract BindingSingleton {
    mapping(uint256 agentId => address) public boundTo;

    function bind(IRegistrar registry, string calldata agentURI) external returns (uint256 agentId) {
        agentId = registry.register(agentURI);
        boundTo[agentId] = msg.sender;
    }

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC721Received.selector;
    }
}

/// @dev Registers an agent, and hands it to who asked: a factory.
contract HandingFactory {
    function make(IRegistrar registry, string calldata agentURI) external returns (uint256 agentId) {
        agentId = registry.register(agentURI);
        registry.transferFrom(address(this), msg.sender, agentId);
    }

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC721Received.selector;
    }
}

/// @dev Does what must be done when a token arrives: some agents' accounts are set up so. Counts the calls.
contract ReceivingAccount {
    uint256 public arrivals;

    function register(IRegistrar registry) external returns (uint256) {
        return registry.register("");
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        ++arrivals;
        return this.onERC721Received.selector;
    }
}

/// @dev Has no hook for arriving tokens.
contract PlainAccount {
    function register(IRegistrar registry) external returns (uint256) {
        return registry.register("");
    }
}

/// @dev Gives each agent an account of its own, from which it is registered.
contract AccountFactory {
    event Made(PlainAccount account, uint256 agentId);

    function make(IRegistrar registry) external {
        PlainAccount account = new PlainAccount();
        emit Made(account, account.register(registry));
    }
}

/// @dev Sells a token that was approved to it: what a marketplace does at the end.
contract Marketplace {
    function sell(IERC721 collection, uint256 tokenId, address buyer) external {
        collection.transferFrom(collection.ownerOf(tokenId), buyer, tokenId);
    }
}

/// @dev Asks as other contracts ask: through OpenZeppelin's library.
contract InterfaceChecker {
    function hasInterface(address account, bytes4 interfaceId) external view returns (bool) {
        return ERC165Checker.supportsInterface(account, interfaceId);
    }
}
