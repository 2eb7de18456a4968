// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @notice A transferable agent and the identity that operates it.
/// @param id The identity that linked it; zero where nobody did.
/// @param registry The token contract: an ERC-8004 registry, or any ERC-721 contract.
/// @param agentId The token.
/// @param tokenOwner Who owned the token when it was linked.
/// @param keyEpoch How often the identity's key had changed then.
/// @param throughWallet Whether the identity held the token's agent wallet, and not the token itself.
/// @param isLinked Whether the link is true now. All else is as it was when the link was made.
struct AgentLink {
    uint256 id;
    address registry;
    uint256 agentId;
    address tokenOwner;
    uint8 keyEpoch;
    bool throughWallet;
    bool isLinked;
}

/// @title Links from identities to transferable agents
/// @notice Which ERC-8004 agents and other ERC-721 tokens of this chain an identity operates. Selling the agent breaks
/// the link, at once and without a transaction: the seller's reputation stays with the seller.
interface IAgentLinks {
    /// @notice Emitted when an identity linked a token. It replaces any link that the token had; where that was another
    /// identity's, `AgentUnlinked` comes before.
    /// @param id The identity.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @param tokenOwner Who owns the token.
    /// @param keyEpoch How often the identity's key has changed.
    /// @param throughWallet Whether the identity holds the token's agent wallet, and not the token itself.
    event AgentLinked(
        uint256 indexed id,
        address indexed registry,
        uint256 indexed agentId,
        address tokenOwner,
        uint8 keyEpoch,
        bool throughWallet
    );

    /// @notice Emitted when a link was removed, by the identity or because another one linked the token. A link that
    /// merely breaks has no event here; watch the token's `Transfer` and the identity's `KeyRotated` and `Retired`.
    /// @param id The identity.
    /// @param registry The token contract.
    /// @param agentId The token.
    event AgentUnlinked(uint256 indexed id, address indexed registry, uint256 indexed agentId);

    /// @notice Thrown when the constructor is given an address without code.
    /// @param identities The address.
    error InvalidIdentityRegistry(address identities);

    /// @notice Thrown when the token contract is the registry of identities, or this contract.
    /// @param registry The address given.
    error InvalidRegistry(address registry);

    /// @notice Thrown when the token contract does not say who owns the token: it has no code, reverts (as ERC-721
    /// demands where no such token exists), needs too much gas, or answers zero or what is no address.
    /// @param registry The token contract.
    /// @param agentId The token.
    error TokenUnreadable(address registry, uint256 agentId);

    /// @notice Thrown when neither the token's owner nor its agent wallet is owner or wallet of the identity.
    /// @param id The identity.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @param tokenOwner Who owns the token.
    error TokenNotHeld(uint256 id, address registry, uint256 agentId, address tokenOwner);

    /// @notice Thrown when the token has a link that is true, and the new one would not be proven better.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @param linkedId The identity it is linked to; the caller's own where nothing would change.
    error AlreadyLinked(address registry, uint256 agentId, uint256 linkedId);

    /// @notice Thrown when the token has no link of this identity.
    /// @param id The identity.
    /// @param registry The token contract.
    /// @param agentId The token.
    error LinkNotFound(uint256 id, address registry, uint256 agentId);

    /// @notice Thrown when a token contract could not be given the gas it is entitled to, in a view too: what it did not
    /// answer then would prove nothing.
    /// @param available Gas that was left.
    /// @param needed Gas that must be left.
    error InsufficientGas(uint256 available, uint256 needed);

    /// @notice Links a token that the identity holds. By the owner of the identity; not while suspended.
    /// @dev The identity holds it when the token's owner or, failing that, its ERC-8004 agent wallet is owner or wallet of
    /// the identity. A link that is true is replaced only where it was proven by agent wallet and the new one is by
    /// owner; a broken one by whoever holds the token.
    /// @param id The identity.
    /// @param registry The token contract.
    /// @param agentId The token.
    function link(uint256 id, address registry, uint256 agentId) external;

    /// @notice Removes a link, broken or not. By the owner of the identity, suspended or not.
    /// @param id The identity.
    /// @param registry The token contract.
    /// @param agentId The token.
    function unlink(uint256 id, address registry, uint256 agentId) external;

    /// @notice The registry whose identities link.
    function identities() external view returns (IIdentityRegistry);

    /// @notice The link of a token.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @return The link, broken or not; its `id` is zero where there is none.
    function linkOf(address registry, uint256 agentId) external view returns (AgentLink memory);

    /// @notice The links of an identity, broken or not.
    /// @dev In the order in which they were made, until one is removed: the last takes its place. Pages that were read
    /// at different blocks can therefore miss a link; read them at one. A link costs a reader 20,000 gas and, where
    /// the token contract is hostile, twice `READ_GAS` more, at most.
    /// @param id The identity.
    /// @param cursor Zero for the first page, then what the call before answered.
    /// @param limit The most that is returned.
    /// @return page The links; none where the cursor is behind the last.
    /// @return next Where the next page starts; zero at the end.
    function linksOf(
        uint256 id,
        uint256 cursor,
        uint256 limit
    ) external view returns (AgentLink[] memory page, uint256 next);

    /// @notice The identity that operates a token.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @return id The identity; zero where the token has no link, or a broken one.
    function linkedIdentity(address registry, uint256 agentId) external view returns (uint256 id);

    /// @notice Whether an identity operates a token.
    /// @param id The identity.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @return True while its link is true.
    function isLinked(uint256 id, address registry, uint256 agentId) external view returns (bool);

    /// @notice The owner that a token contract names.
    /// @dev This contract asks itself, with `READ_GAS`, so that whatever goes wrong in there ends in a revert in here.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @return What it answers; reverts where that is no address.
    function tokenOwner(address registry, uint256 agentId) external view returns (address);

    /// @notice The agent wallet that an ERC-8004 registry names.
    /// @dev As `tokenOwner`.
    /// @param registry The token contract.
    /// @param agentId The token.
    /// @return What it answers; reverts where that is no address.
    function tokenWallet(address registry, uint256 agentId) external view returns (address);
}
