// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title ERC-8004 Identity Registry
/// @notice The functions and events that tools made for ERC-8004 use.
/// @dev Source: ERC-8004 (Trustless Agents) and its reference contracts, version 2.0.0.
interface IERC8004IdentityRegistry {
    /// @notice One key and its value, for `register`.
    /// @param metadataKey The key; `agentWallet` is reserved.
    /// @param metadataValue The value.
    struct MetadataEntry {
        string metadataKey;
        bytes metadataValue;
    }

    /// @notice Emitted when an agent is registered.
    /// @param agentId Its identity.
    /// @param agentURI Where its registration file is, or empty.
    /// @param owner The key that owns it.
    event Registered(uint256 indexed agentId, string agentURI, address indexed owner);

    /// @notice Emitted when a metadata key changes. For the key `agentWallet` the value is what `getMetadata` answers from now on.
    /// @param agentId The identity.
    /// @param indexedMetadataKey The key, hashed, to filter by.
    /// @param metadataKey The key.
    /// @param metadataValue The new value.
    event MetadataSet(
        uint256 indexed agentId,
        string indexed indexedMetadataKey,
        string metadataKey,
        bytes metadataValue
    );

    /// @notice Emitted when the agent's URI changes.
    /// @param agentId The identity.
    /// @param newURI Where its registration file is now.
    /// @param updatedBy Who changed it.
    event URIUpdated(uint256 indexed agentId, string newURI, address indexed updatedBy);

    /// @notice Registers the caller, without a URI.
    /// @return agentId The new identity.
    function register() external returns (uint256 agentId);

    /// @notice Registers the caller.
    /// @param agentURI Where the registration file is; may be empty.
    /// @return agentId The new identity.
    function register(string calldata agentURI) external returns (uint256 agentId);

    /// @notice Registers the caller with on-chain metadata.
    /// @param agentURI Where the registration file is; may be empty.
    /// @param metadata Keys and values; the key `agentWallet` is refused.
    /// @return agentId The new identity.
    function register(string calldata agentURI, MetadataEntry[] calldata metadata) external returns (uint256 agentId);

    /// @notice Changes where the registration file is. By owner, approved address or operator.
    /// @param agentId The identity.
    /// @param newURI The new place; empty brings back the document made on chain.
    function setAgentURI(uint256 agentId, string calldata newURI) external;

    /// @notice Writes one metadata key. By owner, approved address or operator.
    /// @param agentId The identity.
    /// @param metadataKey The key; `agentWallet` is refused.
    /// @param metadataValue The value.
    function setMetadata(uint256 agentId, string calldata metadataKey, bytes calldata metadataValue) external;

    /// @notice Reads one metadata key. Does not revert for an unknown identity.
    /// @param agentId The identity.
    /// @param metadataKey The key.
    /// @return The value; for `agentWallet` the 20 bytes of the wallet.
    function getMetadata(uint256 agentId, string calldata metadataKey) external view returns (bytes memory);

    /// @notice Sets the wallet. By owner, approved address or operator; the wallet consents by signature.
    /// @param agentId The identity.
    /// @param newWallet The wallet.
    /// @param deadline Last second at which the signature counts, at most five minutes ahead.
    /// @param signature EIP-712 `AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)` by
    /// the wallet, ECDSA or ERC-1271. It carries no nonce: until the deadline it can be used again, unless the wallet makes
    /// it void with `invalidateNonces`, as if its digest were its nonce.
    function setAgentWallet(uint256 agentId, address newWallet, uint256 deadline, bytes calldata signature) external;

    /// @notice Removes the wallet, so that the owner serves as wallet again. By owner, approved address, operator, the
    /// wallet itself or, while suspended, the guardian.
    /// @param agentId The identity.
    function unsetAgentWallet(uint256 agentId) external;

    /// @notice The address that acts for the agent and is paid for it. Does not revert for an unknown identity.
    /// @param agentId The identity.
    /// @return The wallet, the owner where none is set, zero for an unknown, suspended or retired identity.
    function getAgentWallet(uint256 agentId) external view returns (address);

    /// @notice Whether an address has authority over the agent's token.
    /// @dev Reverts for an identity that does not exist. Other contracts take the answer for authority, so that the agent
    /// wallet, which is only paid and checks in, is none. The official Reputation Registry asks this to refuse an agent's
    /// feedback on itself.
    /// @param spender The address.
    /// @param agentId The identity.
    /// @return True for the owner, the approved address and an operator.
    function isAuthorizedOrOwner(address spender, uint256 agentId) external view returns (bool);
}
