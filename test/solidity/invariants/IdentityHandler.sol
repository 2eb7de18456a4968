// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChangeKind, IIdentityRegistry, KeyRole} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IERC8004IdentityRegistry} from "../../../contracts/interfaces/IERC8004IdentityRegistry.sol";
import {IUnorderedNonces} from "../../../contracts/interfaces/IUnorderedNonces.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {Actors} from "./Actors.sol";
import {Agent, Key} from "./Model.sol";
import {NewbornAccount} from "./WatchfulAccount.sol";

/// @title Actions on identities, and what they change in the model
abstract contract IdentityHandler is Actors {
    bytes32 private constant WALLET_TYPEHASH = keccak256(
        "AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)"
    );
    bytes32 private constant ROTATE_TYPEHASH = keccak256(
        "RotateKey(uint256 agentId,address owner,address newOwner,uint8 keyEpoch,uint256 deadline)"
    );

    /// @dev Keys of those contracts that register from their constructor; no other actor has one of these.
    uint256 private constant FIRST_NEWBORN = 1_000;
    uint256 private constant NEWBORNS = 6;

    uint256 private _random;
    uint256 private _focus;
    uint256 private _newborns;
    /// @dev In the order in which they were given up.
    mapping(uint256 id => address[]) internal formerKeys;
    mapping(uint256 id => bool) private _wasRescued;
    /// @dev Whether its owner became that by a recovery.
    mapping(uint256 id => bool) internal wasRecovered;

    /// @dev Numbers are drawn from the seed, because the fuzzer's own repeat themselves.
    modifier step(uint256 seed) {
        vm.warp(clock);
        _remember();
        _random = uint256(keccak256(abi.encode(seed, calls)));
        _;
    }

    /// @dev Whose keys speak for it.
    function changeKeys(uint256 seed) external step(seed) {
        uint256 action = _draw() % 5;
        if (action == 0) _setAgentURISome();
        else if (action == 1) _setAgentWalletSome();
        else if (action == 2) _unsetAgentWalletSome();
        else if (action == 3) _approveSome();
        else _setApprovalForAllSome();
    }

    /// @dev Guardian, suspension, recovery and end: three steps with one identity, some of which have to wait.
    function guard(uint256 seed) external step(seed) {
        _focus = _guarded(_draw());
        for (uint256 i = 0; i < 3; ++i) {
            _guardSome(_draw() % 12);
            clock += _draw() % 2 == 0 ? 0 : _draw() % (2 * DELAY);
            vm.warp(clock);
        }
    }

    /// @dev An owner that is a contract without code, yet or for ever.
    function giveBirth(uint256 seed) external step(seed) {
        if (_newborns == NEWBORNS) return;
        bool leavesNothing = _draw() % 2 == 0;
        uint256 secret = FIRST_NEWBORN + _newborns++;
        address origin = actors[_draw() % EOAS];
        address signer = vm.addr(secret);
        vm.prank(origin, origin);
        address newborn = address(new NewbornAccount(signer, identities, leavesNothing));
        ++calls;
        actors.push(newborn);
        isContract[newborn] = true;
        if (!leavesNothing) secrets[newborn] = secret;
        assertEq(newborn.code.length == 0, leavesNothing, "code");
        _born(newborn);
        _reach(leavesNothing ? bytes32("a contract left no code") : bytes32("a constructor registered"));
    }

    function _guardSome(uint256 action) private {
        if (action == 0) _suspendSome();
        else if (action < 3) _resumeSome();
        else if (action < 6) _setGuardianSome();
        else if (action < 8) _proposeRecoverySome();
        else if (action < 10) _claimRecoverySome();
        else if (action == 10) _cancelPendingSome();
        else _retireSome();
    }

    function register(uint256 seed) external step(seed) {
        uint256 who = _draw();
        _register(_anyone(who));
    }

    /// @dev Two at a time, or most would never have a standing.
    function pulse(uint256 seed) external step(seed) {
        for (uint256 i = 0; i < 2; ++i) {
            uint256 id = _agent(_draw());
            address actor = _speaker(id, _draw());
            _pulse(id, actor);
        }
    }

    function _setAgentURISome() private {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 id = _agent(which);
        address actor = _speaker(id, who);
        bytes memory data = abi.encodeCall(IERC8004IdentityRegistry.setAgentURI, (id, "ipfs://agent"));
        _act(actor, address(identities), data, _ifSpeak(actor, id));
    }

    function _setAgentWalletSome() private {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 wallet = _draw();
        uint256 ahead = _draw();
        uint256 id = _agent(which);
        address actor = _speaker(id, who);
        _setAgentWallet(id, actor, _anyone(wallet), clock + (ahead % 330));
    }

    function _setAgentWallet(uint256 id, address actor, address chosen, uint256 deadline) internal {
        bytes32 digest = _digest(
            "ERC8004IdentityRegistry",
            address(identities),
            keccak256(abi.encode(WALLET_TYPEHASH, id, chosen, agents[id].owner, deadline))
        );
        _voidSome(chosen, digest);
        bytes memory why = _ifSpeak(actor, id);
        if (why.length == 0 && deadline > clock + 300) {
            why = abi.encodeWithSelector(IIdentityRegistry.DeadlineTooFar.selector, deadline, clock + 300);
        }
        if (why.length == 0) why = _ifConsent(chosen, digest);
        if (why.length == 0) why = _ifWallet(chosen, id);
        bytes memory signature = _sign(chosen, digest);
        bytes memory data = abi.encodeCall(IERC8004IdentityRegistry.setAgentWallet, (id, chosen, deadline, signature));
        if (!_act(actor, address(identities), data, why)) return;
        _clearWallet(id);
        if (chosen == agents[id].owner) return;
        agents[id].wallet = chosen;
        keys[chosen] = Key(id, KeyRole.Wallet, clock);
    }

    /// @dev Now and then its signer takes a consent back before it is used: in the registry of identities or, in vain, in
    /// the other one.
    function _voidSome(address signer, bytes32 digest) internal {
        uint256 how = _draw() % 24;
        if (how > 2) return;
        address registry = how == 2 ? address(vouches) : address(identities);
        uint256 mask = 1 << (uint256(digest) & 255);
        bytes memory data = abi.encodeCall(IUnorderedNonces.invalidateNonces, (uint256(digest) >> 8, mask));
        _act(signer, registry, data, "");
        _spend(registry, signer, uint256(digest));
        _reach(how == 2 ? bytes32("a consent was voided elsewhere") : bytes32("a consent was voided"));
    }

    function _unsetAgentWalletSome() private {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 id = _agent(which);
        _unsetAgentWallet(id, _speaker(id, who));
    }

    function _unsetAgentWallet(uint256 id, address actor) internal {
        bytes memory data = abi.encodeCall(IERC8004IdentityRegistry.unsetAgentWallet, (id));
        if (!_act(actor, address(identities), data, _ifUnsetWallet(actor, id))) return;
        bool isGuardians = actor == agents[id].guardian && agents[id].status == Status.Suspended;
        if (isGuardians && agents[id].wallet != address(0)) _reach("a guardian unset a wallet");
        _clearWallet(id);
    }

    function _approveSome() private {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 whom = _draw();
        uint256 id = _agent(which);
        address actor = _mostly(agents[id].owner, who);
        address to = whom % 4 == 0 ? address(0) : _anyone(whom);
        bytes memory data = abi.encodeWithSignature("approve(address,uint256)", to, id);
        if (_act(actor, address(identities), data, _ifApprove(actor, id))) agents[id].approved = to;
    }

    function _setApprovalForAllSome() private {
        uint256 who = _draw();
        uint256 whom = _draw();
        bool approved = _draw() % 2 == 0;
        address actor = _anyone(who);
        bytes memory data = abi.encodeWithSignature("setApprovalForAll(address,bool)", _anyone(whom), approved);
        _act(actor, address(identities), data, "");
        operators[actor][_anyone(whom)] = approved;
    }

    function rotateKey(uint256 seed) external step(seed) {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 next = _draw();
        uint256 id = _vouchedFor(which);
        address actor = _mostly(agents[id].owner, who);
        _rotateKey(id, actor, _mostlyFresh(next));
    }

    function _rotateKey(uint256 id, address actor, address newOwner) internal {
        bytes32 digest = _digest(
            "ERC8004IdentityRegistry",
            address(identities),
            keccak256(abi.encode(ROTATE_TYPEHASH, id, agents[id].owner, newOwner, agents[id].keyEpoch, clock))
        );
        _voidSome(newOwner, digest);
        bytes memory why = _ifActiveOwner(actor, id);
        if (why.length == 0) why = _ifConsent(newOwner, digest);
        if (why.length == 0) why = _ifFresh(newOwner);
        bytes memory signature = _sign(newOwner, digest);
        bytes memory data = abi.encodeCall(IIdentityRegistry.rotateKey, (id, newOwner, clock, signature));
        if (!_act(actor, address(identities), data, why)) return;
        assertFalse(identities.isNonceUsed(newOwner, uint256(digest)), "a consent without a nonce was spent");
        ChangeKind kind = waitingKind(id);
        bool isForNext = agents[id].candidate == newOwner || agents[id].guardian == newOwner;
        if (kind != ChangeKind.None && (kind != ChangeKind.Recovery || isForNext)) _clearPending(id);
        _rotate(id, newOwner);
        if (isContract[newOwner]) _reach("rotated to a contract");
        else _prove(id);
        // The same consent a second time, and everything the former key could do a moment before.
        _act(actor, address(identities), data, _ifOwner(actor, id));
        _tryFormerKey(actor, id);
    }

    function _suspendSome() private {
        uint256 who = _draw();
        uint256 id = _focus;
        _suspend(id, _mostly(who % 2 == 0 ? agents[id].guardian : agents[id].owner, who >> 1));
    }

    function _suspend(uint256 id, address actor) internal {
        bytes memory data = abi.encodeCall(IIdentityRegistry.suspend, (id));
        if (_act(actor, address(identities), data, _ifSuspend(actor, id))) agents[id].status = Status.Suspended;
    }

    function _resumeSome() private {
        uint256 who = _draw();
        _resume(_focus, _mostly(_resumerOf(_focus), who));
    }

    /// @dev Whoever may resume it.
    function _resumerOf(uint256 id) internal view returns (address) {
        return agents[id].guardian == address(0) ? _ownerOf(id) : agents[id].guardian;
    }

    function _resume(uint256 id, address actor) internal {
        bytes memory data = abi.encodeCall(IIdentityRegistry.resume, (id));
        if (!_act(actor, address(identities), data, _ifResume(actor, id))) return;
        agents[id].status = Status.Active;
        if (_wasRescued[id]) _reach("resumed after a recovery");
        _wasRescued[id] = false;
    }

    function _setGuardianSome() private {
        uint256 who = _draw();
        uint256 whom = _draw();
        uint256 id = _focus;
        Agent storage a = agents[id];
        address actor = _mostly(a.owner, who);
        address guardian = whom % 4 == 0 ? address(0) : _anyone(whom);
        if (whom % 3 == 0 && a.kind == ChangeKind.Guardian) guardian = a.candidate;
        _setGuardian(id, actor, guardian);
    }

    function _setGuardian(uint256 id, address actor, address guardian) internal {
        Agent storage a = agents[id];
        bytes memory why = _ifSetGuardian(actor, id, guardian);
        bytes memory data = abi.encodeCall(IIdentityRegistry.setGuardian, (id, guardian));
        if (!_act(actor, address(identities), data, why)) return;
        if (a.guardian != address(0) && !_isWaiting(id, ChangeKind.Guardian, guardian)) {
            return _propose(id, ChangeKind.Guardian, guardian);
        }
        if (a.guardian != address(0)) _clearPending(id);
        a.guardian = guardian;
    }

    function _proposeRecoverySome() private {
        uint256 who = _draw();
        uint256 next = _draw();
        uint256 id = _focus;
        address actor = _mostly(agents[id].guardian, who);
        _proposeRecovery(id, actor, next % 8 == 0 ? address(0) : _mostlyFresh(next >> 4));
    }

    function _proposeRecovery(uint256 id, address actor, address candidate) internal {
        bytes memory data = abi.encodeCall(IIdentityRegistry.proposeRecovery, (id, candidate));
        bytes memory why = _ifProposeRecovery(actor, id, candidate);
        if (_act(actor, address(identities), data, why)) _propose(id, ChangeKind.Recovery, candidate);
    }

    function _claimRecoverySome() private {
        uint256 who = _draw();
        // By somebody else more often than elsewhere: a change waits too rarely for that to happen by itself.
        _claimRecovery(_focus, who % 4 == 0 ? _anyone(who >> 2) : _mostly(agents[_focus].candidate, who));
    }

    function _claimRecovery(uint256 id, address actor) internal {
        bytes memory data = abi.encodeCall(IIdentityRegistry.claimRecovery, (id));
        address former = agents[id].owner;
        if (!_act(actor, address(identities), data, _ifClaim(actor, id))) return;
        _clearPending(id);
        _rotate(id, actor);
        wasRecovered[id] = true;
        if (agents[id].status == Status.Suspended) {
            _wasRescued[id] = true;
            _reach("recovered while suspended");
        }
        _tryFormerKey(former, id);
    }

    function _cancelPendingSome() private {
        uint256 who = _draw();
        uint256 id = _focus;
        address actor = _mostly(who % 2 == 0 ? agents[id].guardian : agents[id].owner, who >> 1);
        bytes memory data = abi.encodeCall(IIdentityRegistry.cancelPending, (id));
        if (_act(actor, address(identities), data, _ifCancel(actor, id))) _clearPending(id);
    }

    function _retireSome() private {
        uint256 who = _draw();
        uint256 id = _focus;
        Agent storage a = agents[id];
        address actor = _mostly(a.owner, who);
        bytes memory data = abi.encodeCall(IIdentityRegistry.retire, (id));
        if (!_act(actor, address(identities), data, _ifRetire(actor, id))) return;
        if (a.guardian != address(0) && !_isWaiting(id, ChangeKind.Retirement, address(0))) {
            return _propose(id, ChangeKind.Retirement, address(0));
        }
        _clearPending(id);
        _clearWallet(id);
        keys[a.owner] = Key(id, KeyRole.Former, clock);
        formerKeys[id].push(a.owner);
        a.status = Status.Retired;
        a.keyOwned = a.arbitrates = false;
        a.owner = a.guardian = a.approved = address(0);
        ++retiredCount;
    }

    /// @dev Before each action.
    function _remember() internal virtual;

    function _register(address actor) internal {
        bytes memory data = abi.encodeWithSignature("register()");
        if (_act(actor, address(identities), data, _ifFresh(actor))) _born(actor);
    }

    function _pulse(uint256 id, address actor) internal {
        bytes memory data = abi.encodeCall(IIdentityRegistry.pulse, (id, bytes32(calls)));
        if (_act(actor, address(identities), data, _ifPulse(actor, id))) _witness(agents[id]);
    }

    /// @dev Its owner, a key, has just signed a message that names it.
    function _prove(uint256 id) internal {
        Agent storage a = agents[id];
        if (a.keyOwned) return _reach("proven again");
        assertFalse(isContract[a.owner], "a contract signed as a key");
        a.keyOwned = true;
        ++proofsDue;
    }

    function _born(address owner) internal {
        Agent storage a = agents[++agentCount];
        a.owner = owner;
        a.status = Status.Active;
        a.firstSeen = a.lastSeen = clock;
        keys[owner] = Key(agentCount, KeyRole.Owner, clock);
    }

    function _witness(Agent storage a) internal {
        a.credited += _credit(a);
        a.lastSeen = clock;
    }

    function _rotate(uint256 id, address newOwner) private {
        Agent storage a = agents[id];
        keys[a.owner] = Key(id, KeyRole.Former, clock);
        formerKeys[id].push(a.owner);
        a.keyOwned = wasRecovered[id] = false;
        _clearWallet(id);
        a.owner = newOwner;
        a.approved = address(0);
        if (a.guardian == newOwner) a.guardian = address(0);
        ++a.keyEpoch;
        keys[newOwner] = Key(id, KeyRole.Owner, clock);
    }

    function _clearWallet(uint256 id) private {
        if (agents[id].wallet != address(0)) delete keys[agents[id].wallet];
        agents[id].wallet = address(0);
    }

    function _propose(uint256 id, ChangeKind kind, address candidate) private {
        agents[id].kind = kind;
        agents[id].candidate = candidate;
        agents[id].readyAt = clock + DELAY;
    }

    function _clearPending(uint256 id) private {
        agents[id].kind = ChangeKind.None;
        agents[id].candidate = address(0);
        agents[id].readyAt = 0;
    }

    /// @dev In the very block of the rotation: what only an owner may do is refused, unless the key is also something
    /// else that the new owner or the guardian chose.
    function _tryFormerKey(address key, uint256 id) private {
        address target = address(identities);
        _act(key, target, abi.encodeCall(IIdentityRegistry.retire, (id)), _ifRetire(key, id));
        bytes memory why = _ifSetGuardian(key, id, address(1));
        _act(key, target, abi.encodeCall(IIdentityRegistry.setGuardian, (id, address(1))), why);
        why = _ifFresh(key);
        assertGt(why.length, 0, "a former key is fresh");
        _act(key, target, abi.encodeWithSignature("register()"), why);
        if (_isApproved(key, id) || key == agents[id].guardian) return;
        // A recovery leaves a suspended identity suspended, which is said before it is asked who calls.
        _refuse(key, abi.encodeCall(IIdentityRegistry.pulse, (id, bytes32(0))), _ifPulse(key, id));
        _refuse(key, abi.encodeCall(IIdentityRegistry.suspend, (id)), _ifSuspend(key, id));
        _refuse(key, abi.encodeCall(IIdentityRegistry.setArbitration, (id, true)), _ifActiveOwner(key, id));
        _refuse(key, abi.encodeCall(IERC8004IdentityRegistry.setAgentURI, (id, "")), _ifSpeak(key, id));
        _refuse(key, abi.encodeCall(IERC8004IdentityRegistry.unsetAgentWallet, (id)), _ifUnsetWallet(key, id));
        assertFalse(identities.isAuthorizedOrOwner(key, id), "a former key is authorised");
    }

    function _refuse(address key, bytes memory data, bytes memory why) private {
        assertGt(why.length, 0, "a former key is allowed");
        _act(key, address(identities), data, why);
    }

    function _draw() internal returns (uint256) {
        return _random = uint256(keccak256(abi.encode(_random)));
    }

    function _mostlyFresh(uint256 seed) internal view returns (address key) {
        for (uint256 i = 0; i < 3; ++i) {
            key = _anyone(uint256(keccak256(abi.encode(seed, i))));
            if (keys[key].id == 0) return key;
        }
    }

    /// @dev The owner, or one of those whom a rotation takes the word from.
    function _speaker(uint256 id, uint256 seed) private view returns (address) {
        Agent storage a = agents[id];
        if (seed % 4 == 0 && a.approved != address(0)) return a.approved;
        if (seed % 4 == 1 && a.wallet != address(0)) return a.wallet;
        if (seed % 4 == 2 && a.guardian != address(0) && a.status == Status.Suspended) return a.guardian;
        return _mostly(a.owner, seed >> 2);
    }

    /// @dev Mostly one whose rotation makes a vouch lapse.
    function _vouchedFor(uint256 seed) private view returns (uint256 id) {
        for (uint256 i = 0; i < 4; ++i) {
            id = _agent(uint256(keccak256(abi.encode(seed, i))));
            if (agents[id].status == Status.Active && vouchersIn[id].length != 0) return id;
        }
    }

    function _guarded(uint256 seed) private view returns (uint256 id) {
        for (uint256 i = 0; i < 4; ++i) {
            id = _agent(uint256(keccak256(abi.encode(seed, i))));
            if (agents[id].guardian != address(0)) return id;
        }
    }
}
