// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAgentLinks} from "../../../contracts/interfaces/IAgentLinks.sol";
import {IIdentityRegistry, NotOwner} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {YesAccount} from "../mocks/SmartAccounts.sol";
import {AgentToken, PlainToken} from "../mocks/Tokens.sol";
import {DeployedTest} from "../utils/DeployedTest.sol";

/// @dev What a link promised when it was made: who owned the token, under which key of the identity.
struct Promise {
    uint256 id;
    address tokenOwner;
    address idOwner;
    uint256 keyChanges;
    bool throughWallet;
}

/// @dev Who is who now, as the actions have made it.
struct Being {
    address owner;
    address wallet;
    Status status;
    uint256 keyChanges;
}

/// @title Everything that can happen to links
/// @dev All actors are accounts that consent to everything, so that wallets and keys need no signatures. What is true is
/// worked out from who holds what, never from what the contracts say.
contract LinksHandler is DeployedTest {
    uint256 public constant IDENTITIES = 4;
    uint256 public constant TOKENS = 5;
    uint256 private constant ACTORS = 40;

    IIdentityRegistry public identities;
    IAgentLinks public links;
    AgentToken public agents;
    PlainToken public plain;
    address[] public actors;
    uint256 private _nextKey = IDENTITIES;
    uint256 private _draws;

    mapping(uint256 id => Being) private _beings;
    mapping(address registry => mapping(uint256 token => Promise)) private _promises;
    mapping(address registry => mapping(uint256 token => address)) private _holders;
    mapping(uint256 token => address) private _agentWallets;
    mapping(uint256 id => uint256) public counts;

    constructor() {
        vm.warp(1_700_000_000);
        identities = deployIdentities(30 days, 7 days);
        links = IAgentLinks(deploy("AgentLinks", abi.encode(identities)));
        agents = new AgentToken();
        plain = new PlainToken();
        for (uint256 i = 0; i < ACTORS; ++i) actors.push(address(new YesAccount()));
        for (uint256 id = 1; id <= IDENTITIES; ++id) {
            vm.prank(actors[id - 1]);
            identities.register();
            _beings[id] = Being(actors[id - 1], address(0), Status.Active, 0);
        }
        for (uint256 token = 0; token < TOKENS; ++token) {
            address to = actors[token % IDENTITIES];
            agents.mint(to, token);
            plain.mint(to, token);
            (_holders[address(agents)][token], _holders[address(plain)][token]) = (to, to);
            _agentWallets[token] = to;
        }
    }

    /// @dev Mostly by an identity that holds the token or its agent wallet, if there is one.
    function link(uint256 seed) external {
        for (uint256 i = 0; i < 3; ++i) _link(_draw(seed), _draw(seed));
    }

    function unlink(uint256 seed) external {
        (uint256 idSeed, uint256 tokenSeed) = (_draw(seed), _draw(seed));
        (address registry, uint256 token) = _token(tokenSeed);
        uint256 linked = _promises[registry][token].id;
        uint256 id = linked;
        if (linked == 0 || idSeed % 8 == 0) id = _identity(idSeed);
        if (linked != 0 && idSeed % 4 != 0) return;
        address actor = _mostlyOwner(id, idSeed);
        bytes memory why;
        if (actor != _beings[id].owner) why = abi.encodeWithSelector(NotOwner.selector, id, actor);
        else if (linked != id) why = abi.encodeWithSelector(IAgentLinks.LinkNotFound.selector, id, registry, token);
        if (!_act(actor, abi.encodeCall(IAgentLinks.unlink, (id, registry, token)), why)) return;
        delete _promises[registry][token];
        --counts[id];
    }

    /// @dev Mostly among owners and wallets, and often back.
    function transfer(uint256 seed) external {
        uint256 tokenSeed = _draw(seed);
        seed = _draw(seed);
        (address registry, uint256 token) = _token(tokenSeed);
        address from = _holders[registry][token];
        Promise storage old = _promises[registry][token];
        address to = seed % 4 == 0 && old.id != 0 ? old.tokenOwner : _somebody(seed);
        vm.prank(from);
        PlainToken(registry).transferFrom(from, to, token);
        _holders[registry][token] = to;
        if (registry == address(agents)) delete _agentWallets[token];
    }

    function setTokenWallet(uint256 seed) external {
        uint256 tokenSeed = _draw(seed);
        seed = _draw(seed);
        uint256 token = tokenSeed % TOKENS;
        address wallet = seed % 8 == 0 ? address(0) : _somebody(seed);
        vm.prank(_holders[address(agents)][token]);
        agents.setAgentWallet(token, wallet);
        _agentWallets[token] = wallet;
    }

    function rotate(uint256 seed) external {
        seed = _draw(seed);
        Being storage being = _beings[_identity(seed)];
        if (being.status != Status.Active || _nextKey == ACTORS - 8 || (seed >> 16) % 8 != 0) return;
        address next = actors[_nextKey++];
        vm.prank(being.owner);
        identities.rotateKey(_identity(seed), next, block.timestamp, "");
        (being.owner, being.wallet) = (next, address(0));
        ++being.keyChanges;
    }

    /// @dev The last eight actors are never owners. They pass from one identity to another.
    function changeWallet(uint256 seed) external {
        seed = _draw(seed);
        uint256 id = _identity(seed);
        Being storage being = _beings[id];
        if (being.status != Status.Active) return;
        address wallet = actors[ACTORS - 1 - ((seed >> 8) % 8)];
        bool unset = (seed >> 16) % 4 == 0 || _identityOf(wallet) != 0;
        vm.prank(being.owner);
        if (unset) identities.unsetAgentWallet(id);
        else identities.setAgentWallet(id, wallet, block.timestamp, "");
        being.wallet = unset ? address(0) : wallet;
    }

    function toggle(uint256 seed) external {
        seed = _draw(seed);
        uint256 id = _identity(seed);
        Being storage being = _beings[id];
        if (being.status == Status.Retired || (being.status == Status.Active && (seed >> 16) % 4 != 0)) return;
        bool active = being.status == Status.Active;
        vm.prank(being.owner);
        if (active) identities.suspend(id);
        else identities.resume(id);
        being.status = active ? Status.Suspended : Status.Active;
    }

    /// @dev Seldom, and never the first two.
    function retire(uint256 seed) external {
        seed = _draw(seed);
        uint256 id = _identity(seed);
        Being storage being = _beings[id];
        if (id <= 2 || being.status != Status.Active || (seed >> 16) % 32 != 0) return;
        vm.prank(being.owner);
        identities.retire(id);
        _beings[id] = Being(address(0), address(0), Status.Retired, being.keyChanges);
    }

    function promiseOf(address registry, uint256 token) external view returns (Promise memory) {
        return _promises[registry][token];
    }

    /// @dev Both owners, and whoever proved it, are as they were.
    function isTrue(address registry, uint256 token) public view returns (bool) {
        Promise storage p = _promises[registry][token];
        Being storage being = _beings[p.id];
        if (p.id == 0 || being.owner != p.idOwner || _holders[registry][token] != p.tokenOwner) return false;
        return _speaksFor(p.id, p.throughWallet ? _agentWallets[token] : p.tokenOwner);
    }

    function _link(uint256 idSeed, uint256 tokenSeed) private {
        (address registry, uint256 token) = _token(tokenSeed);
        uint256 id = _identityOf(idSeed % 3 == 0 ? _agentWallets[token] : _holders[registry][token]);
        if (id == 0 || idSeed % 8 == 0) id = _identity(idSeed);
        address actor = _mostlyOwner(id, idSeed);
        (bytes memory why, bool throughWallet) = _ifLinkable(id, actor, registry, token);
        if (!_act(actor, abi.encodeCall(IAgentLinks.link, (id, registry, token)), why)) return;
        Promise storage old = _promises[registry][token];
        if (old.id != id) {
            if (old.id != 0) --counts[old.id];
            ++counts[id];
        }
        Being storage being = _beings[id];
        _promises[registry][token] = Promise(
            id,
            _holders[registry][token],
            being.owner,
            being.keyChanges,
            throughWallet
        );
    }

    /// @dev The fuzzer likes small numbers, and says them again.
    function _draw(uint256 seed) private returns (uint256) {
        return uint256(keccak256(abi.encode(seed, ++_draws)));
    }

    function _ifLinkable(
        uint256 id,
        address actor,
        address registry,
        uint256 token
    ) private view returns (bytes memory why, bool throughWallet) {
        Being storage being = _beings[id];
        if (actor != being.owner) {
            return (abi.encodeWithSelector(NotOwner.selector, id, actor), false);
        }
        if (being.status == Status.Suspended) {
            return (abi.encodeWithSelector(IIdentityRegistry.IdentitySuspended.selector, id), false);
        }
        address holder = _holders[registry][token];
        throughWallet = !_speaksFor(id, holder);
        address agentWallet = registry == address(agents) ? _agentWallets[token] : address(0);
        if (throughWallet && !_speaksFor(id, agentWallet)) {
            why = abi.encodeWithSelector(IAgentLinks.TokenNotHeld.selector, id, registry, token, holder);
        } else if (isTrue(registry, token) && (throughWallet || !_promises[registry][token].throughWallet)) {
            uint256 linked = _promises[registry][token].id;
            why = abi.encodeWithSelector(IAgentLinks.AlreadyLinked.selector, registry, token, linked);
        }
    }

    /// @return Whether it succeeded, as it had to.
    function _act(address actor, bytes memory data, bytes memory why) private returns (bool) {
        vm.prank(actor);
        (bool ok, bytes memory result) = address(links).call(data);
        assertEq(ok, why.length == 0, "success");
        assertEq(result, why, "reason");
        return ok;
    }

    function _speaksFor(uint256 id, address key) private view returns (bool) {
        return key != address(0) && (_beings[id].owner == key || _beings[id].wallet == key);
    }

    function _identityOf(address key) private view returns (uint256) {
        for (uint256 id = 1; id <= IDENTITIES; ++id) if (_speaksFor(id, key)) return id;
        return 0;
    }

    function _somebody(uint256 seed) private view returns (address) {
        Being storage being = _beings[_identity(seed)];
        if (seed % 5 < 2 && being.owner != address(0)) return being.owner;
        if (seed % 5 < 4 && being.wallet != address(0)) return being.wallet;
        return actors[(seed >> 16) % ACTORS];
    }

    /// @dev A retired identity has none.
    function _mostlyOwner(uint256 id, uint256 seed) private view returns (address) {
        address owner = _beings[id].owner;
        return owner == address(0) || (seed >> 8) % 16 == 0 ? actors[(seed >> 16) % ACTORS] : owner;
    }

    function _identity(uint256 seed) private pure returns (uint256) {
        return 1 + ((seed >> 4) % IDENTITIES);
    }

    function _token(uint256 seed) private view returns (address, uint256) {
        return (seed % 3 == 0 ? address(plain) : address(agents), (seed >> 8) % TOKENS);
    }
}
