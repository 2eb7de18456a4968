// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";

import {AgentLink, IAgentLinks} from "./interfaces/IAgentLinks.sol";
import {IERC8004IdentityRegistry} from "./interfaces/IERC8004IdentityRegistry.sol";
import {IIdentityRegistry, KeyRole, NotOwner} from "./interfaces/IIdentityRegistry.sol";
import {IdentityRecord, Status} from "./libraries/IdentityRecord.sol";

/// @title Links from identities to transferable agents
/// @notice An identity says which agents it operates, and is believed while it holds them.
///
/// @dev Properties
/// - A link is *true* while the identity has the key epoch, and the token the owner, that they had when it was made,
///   the identity is not retired, and the address that proved it (the token's owner or, failing that, its ERC-8004
///   agent wallet) is still owner or wallet of the identity. All of that is read when it is asked: selling the agent,
///   rotating the key, and taking the wallet away on either side break a link at once. Suspending does not: nobody
///   changed hands.
/// - A token has at most one link. A true one yields only to a better proof: the token's owner outranks its wallet.
/// - What breaks is not remembered: a token that comes back to the same address under the same key is linked again.
/// - An identity's list holds exactly the tokens whose link is its own. No action costs more for a longer list.
/// - No owner, admin, proxy, pause or fee; no function takes or moves value. Token contracts are strangers' code: all
///   that happens to them is a static call, bounded by `READ_GAS`, before anything is written. So nothing is reentered,
///   and one that reverts, loops, lies or is gone concerns its own tokens only.
/// - Too little gas is a revert and never a false answer.
///
/// Roles: the owner of an identity links and unlinks; nobody else does anything. Suspension stops linking only.
///
/// Not goals: whether a token contract is honest (a link says no more than it says), and tokens on other chains.
///
/// Storage: one word a link, two in its identity's list.
contract AgentLinks is IAgentLinks {
    /// @dev One word.
    struct Link {
        address tokenOwner;
        uint40 id;
        uint8 keyEpoch;
        bool throughWallet;
        uint40 index; // in the identity's list
    }

    struct Token {
        address registry;
        uint256 agentId;
    }

    /// @notice Gas that asking a token contract one thing takes at most, all in all: ten times what an ERC-721 contract
    /// behind a proxy needs, so that no repricing of storage silences it. More would make a hostile one dear to read.
    uint256 public constant READ_GAS = 100_000;
    /// @dev What must be left before asking, or EIP-150 would pass on less than `READ_GAS`: a 64th stays here. The rest
    /// is for what happens between looking and calling.
    uint256 private constant NEEDED_GAS = (READ_GAS * 64) / 63 + 5_000;

    /// @inheritdoc IAgentLinks
    IIdentityRegistry public immutable identities;

    mapping(address registry => mapping(uint256 agentId => Link)) private _links;
    mapping(uint256 id => Token[]) private _tokens;

    /// @param identities_ The identities that link.
    constructor(IIdentityRegistry identities_) {
        if (address(identities_).code.length == 0) revert InvalidIdentityRegistry(address(identities_));
        identities = identities_;
    }

    // LINKING

    /// @inheritdoc IAgentLinks
    function link(uint256 id, address registry, uint256 agentId) external {
        if (registry == address(identities) || registry == address(this)) revert InvalidRegistry(registry);
        IdentityRecord record = _requireOwner(id);
        if (!record.isActive()) revert IIdentityRegistry.IdentitySuspended(id);
        address owner = _ownerOf(registry, agentId);
        if (owner == address(0)) revert TokenUnreadable(registry, agentId);
        bool throughWallet = !_isKeyOf(id, owner);
        if (throughWallet && !_isKeyOf(id, _walletOf(registry, agentId))) {
            revert TokenNotHeld(id, registry, agentId, owner);
        }

        Link memory old = _links[registry][agentId];
        bool outranks = old.throughWallet && !throughWallet;
        if (!outranks && _isTrue(old, registry, agentId)) revert AlreadyLinked(registry, agentId, old.id);
        uint40 index = old.index;
        if (old.id != id) {
            if (old.id != 0) _remove(old, registry, agentId);
            index = uint40(_tokens[id].length);
            _tokens[id].push(Token(registry, agentId));
        }
        _links[registry][agentId] = Link(owner, uint40(id), record.keyEpoch(), throughWallet, index);
        emit AgentLinked(id, registry, agentId, owner, record.keyEpoch(), throughWallet);
    }

    /// @inheritdoc IAgentLinks
    function unlink(uint256 id, address registry, uint256 agentId) external {
        _requireOwner(id);
        Link memory old = _links[registry][agentId];
        if (old.id != id) revert LinkNotFound(id, registry, agentId);
        _remove(old, registry, agentId);
    }

    // VIEWS

    /// @inheritdoc IAgentLinks
    function linkOf(address registry, uint256 agentId) external view returns (AgentLink memory) {
        return _view(registry, agentId);
    }

    /// @inheritdoc IAgentLinks
    function linksOf(
        uint256 id,
        uint256 cursor,
        uint256 limit
    ) external view returns (AgentLink[] memory page, uint256 next) {
        Token[] storage tokens = _tokens[id];
        uint256 length = tokens.length;
        uint256 left = cursor < length ? length - cursor : 0;
        uint256 count = limit < left ? limit : left;
        page = new AgentLink[](count);
        for (uint256 i = 0; i < count; ++i) {
            Token memory token = tokens[cursor + i];
            page[i] = _view(token.registry, token.agentId);
        }
        if (count < left) next = cursor + count;
    }

    /// @inheritdoc IAgentLinks
    function linkedIdentity(address registry, uint256 agentId) external view returns (uint256 id) {
        Link memory current = _links[registry][agentId];
        if (_isTrue(current, registry, agentId)) id = current.id;
    }

    /// @inheritdoc IAgentLinks
    function isLinked(uint256 id, address registry, uint256 agentId) external view returns (bool) {
        Link memory current = _links[registry][agentId];
        return current.id == id && _isTrue(current, registry, agentId);
    }

    /// @inheritdoc IAgentLinks
    function tokenOwner(address registry, uint256 agentId) external view returns (address) {
        return IERC721(registry).ownerOf(agentId);
    }

    /// @inheritdoc IAgentLinks
    function tokenWallet(address registry, uint256 agentId) external view returns (address) {
        return IERC8004IdentityRegistry(registry).getAgentWallet(agentId);
    }

    // EFFECTS

    /// @dev The last of the list takes the place of the one that goes.
    function _remove(Link memory old, address registry, uint256 agentId) private {
        Token[] storage tokens = _tokens[old.id];
        Token memory last = tokens[tokens.length - 1];
        tokens[old.index] = last;
        _links[last.registry][last.agentId].index = old.index;
        tokens.pop();
        delete _links[registry][agentId];
        emit AgentUnlinked(old.id, registry, agentId);
    }

    // CHECKS

    /// @dev An unknown and a retired identity have no owner.
    function _requireOwner(uint256 id) private view returns (IdentityRecord record) {
        record = identities.getRecord(id);
        if (msg.sender != record.owner()) revert NotOwner(id, msg.sender);
    }

    // FACTS

    function _view(address registry, uint256 agentId) private view returns (AgentLink memory) {
        Link memory current = _links[registry][agentId];
        return
            AgentLink({
                id: current.id,
                registry: registry,
                agentId: agentId,
                tokenOwner: current.tokenOwner,
                keyEpoch: current.keyEpoch,
                throughWallet: current.throughWallet,
                isLinked: _isTrue(current, registry, agentId)
            });
    }

    /// @dev Asks the identity first: strangers' code runs only where the answer depends on it.
    function _isTrue(Link memory current, address registry, uint256 agentId) private view returns (bool) {
        if (current.id == 0) return false;
        IdentityRecord record = identities.getRecord(current.id);
        if (record.keyEpoch() != current.keyEpoch || record.status() == Status.Retired) return false;
        if (_ownerOf(registry, agentId) != current.tokenOwner) return false;
        return _isKeyOf(current.id, current.throughWallet ? _walletOf(registry, agentId) : current.tokenOwner);
    }

    function _isKeyOf(uint256 id, address key) private view returns (bool) {
        (uint256 keyId, KeyRole role, ) = identities.resolve(key);
        return keyId == id && (role == KeyRole.Owner || role == KeyRole.Wallet);
    }

    /// @dev Zero where the token contract names nobody.
    function _ownerOf(address registry, uint256 agentId) private view returns (address owner) {
        if (!_canAnswer(registry)) return address(0);
        try this.tokenOwner{gas: READ_GAS}(registry, agentId) returns (address answer) {
            owner = answer;
        } catch {} // solhint-disable-line no-empty-blocks
    }

    /// @dev As `_ownerOf`.
    function _walletOf(address registry, uint256 agentId) private view returns (address wallet) {
        if (!_canAnswer(registry)) return address(0);
        try this.tokenWallet{gas: READ_GAS}(registry, agentId) returns (address answer) {
            wallet = answer;
        } catch {} // solhint-disable-line no-empty-blocks
    }

    /// @dev Looks for code, since precompiles answer too; then at the gas, last before the call.
    function _canAnswer(address registry) private view returns (bool) {
        if (registry.code.length == 0) return false;
        uint256 available = gasleft();
        if (available < NEEDED_GAS) revert InsufficientGas(available, NEEDED_GAS);
        return true;
    }
}
