// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ChangeKind, IIdentityRegistry, KeyRole, NotOwner} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {Consent} from "../../../contracts/libraries/Consent.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {Agent, Model} from "./Model.sol";

/// @title Who may do what to an identity
/// @dev Each function answers the exact revert data that the registry must give, empty where it must succeed.
abstract contract IdentityRules is Model {
    function _ifFresh(address key) internal view returns (bytes memory) {
        uint256 id = keys[key].id;
        return id == 0 ? bytes("") : abi.encodeWithSelector(IIdentityRegistry.AlreadyRegistered.selector, key, id);
    }

    function _nonexistent(uint256 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, id);
    }

    function _ifExisting(uint256 id) internal view returns (bytes memory) {
        Status status = agents[id].status;
        if (status == Status.None) return _nonexistent(id);
        if (status != Status.Retired) return "";
        return abi.encodeWithSelector(IIdentityRegistry.IdentityRetired.selector, id);
    }

    function _ifActive(uint256 id) internal view returns (bytes memory) {
        if (agents[id].status != Status.Suspended) return _ifExisting(id);
        return abi.encodeWithSelector(IIdentityRegistry.IdentitySuspended.selector, id);
    }

    function _ifOwner(address actor, uint256 id) internal view returns (bytes memory) {
        return actor == agents[id].owner ? bytes("") : abi.encodeWithSelector(NotOwner.selector, id, actor);
    }

    function _isApproved(address actor, uint256 id) internal view returns (bool) {
        Agent storage a = agents[id];
        return actor == a.owner || actor == a.approved || operators[a.owner][actor];
    }

    function _notAuthorized(address actor, uint256 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.NotAuthorized.selector, id, actor);
    }

    function _ifPulse(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifActive(id);
        if (why.length != 0) return why;
        return _isApproved(actor, id) || actor == agents[id].wallet ? bytes("") : _notAuthorized(actor, id);
    }

    function _ifSpeak(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifActive(id);
        if (why.length != 0) return why;
        return _isApproved(actor, id) ? bytes("") : _notAuthorized(actor, id);
    }

    function _ifUnsetWallet(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifExisting(id);
        if (why.length != 0) return why;
        if (agents[id].status == Status.Suspended && actor == agents[id].guardian) return "";
        return _isApproved(actor, id) || actor == agents[id].wallet ? bytes("") : _notAuthorized(actor, id);
    }

    function _invalidSignature(address signer) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(Consent.InvalidSignature.selector, signer);
    }

    /// @dev After its consent was checked.
    function _ifWallet(address wallet, uint256 id) internal view returns (bytes memory) {
        return keys[wallet].id == id && keys[wallet].role != KeyRole.Former ? bytes("") : _ifFresh(wallet);
    }

    function _ifApprove(address actor, uint256 id) internal view returns (bytes memory) {
        address owner = agents[id].owner;
        if (owner == address(0)) return _nonexistent(id);
        if (actor == owner || operators[owner][actor]) return "";
        return abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, actor);
    }

    function _ifActiveOwner(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifActive(id);
        return why.length != 0 ? why : _ifOwner(actor, id);
    }

    function _ifSuspend(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifActive(id);
        if (why.length != 0) return why;
        return actor == agents[id].owner || actor == agents[id].guardian ? bytes("") : _notAuthorized(actor, id);
    }

    function _ifResume(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifExisting(id);
        if (why.length != 0) return why;
        if (agents[id].status != Status.Suspended) {
            return abi.encodeWithSelector(IIdentityRegistry.IdentityNotSuspended.selector, id);
        }
        return agents[id].guardian == address(0) ? _ifOwner(actor, id) : _ifGuardian(actor, id);
    }

    function _ifGuardian(address actor, uint256 id) internal view returns (bytes memory) {
        if (actor == agents[id].guardian) return "";
        return abi.encodeWithSelector(IIdentityRegistry.NotGuardian.selector, id, actor);
    }

    function _ifSetGuardian(address actor, uint256 id, address guardian) internal view returns (bytes memory) {
        bytes memory why = _ifExisting(id);
        if (why.length == 0) why = _ifOwner(actor, id);
        if (why.length != 0) return why;
        address current = agents[id].guardian;
        if (guardian == current) {
            return abi.encodeWithSelector(IIdentityRegistry.GuardianUnchanged.selector, id, guardian);
        }
        if (guardian == actor) return abi.encodeWithSelector(IIdentityRegistry.InvalidGuardian.selector, id, guardian);
        return current == address(0) ? bytes("") : _ifGuarded(id, ChangeKind.Guardian, guardian);
    }

    function _ifRetire(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifActiveOwner(actor, id);
        if (why.length != 0 || agents[id].guardian == address(0)) return why;
        return _ifGuarded(id, ChangeKind.Retirement, address(0));
    }

    function _ifGuarded(uint256 id, ChangeKind kind, address candidate) internal view returns (bytes memory) {
        Agent storage a = agents[id];
        if (waitingKind(id) == ChangeKind.Recovery) {
            return abi.encodeWithSelector(IIdentityRegistry.RecoveryPending.selector, id, a.candidate);
        }
        return _isWaiting(id, kind, candidate) ? _ifReady(id) : bytes("");
    }

    function _isWaiting(uint256 id, ChangeKind kind, address candidate) internal view returns (bool) {
        return waitingKind(id) == kind && agents[id].candidate == candidate;
    }

    function _ifReady(uint256 id) internal view returns (bytes memory) {
        uint256 readyAt = agents[id].readyAt;
        if (clock >= readyAt) return "";
        return abi.encodeWithSelector(IIdentityRegistry.ChangeNotReady.selector, id, readyAt);
    }

    function _ifProposeRecovery(address actor, uint256 id, address candidate) internal view returns (bytes memory) {
        bytes memory why = _ifExisting(id);
        if (why.length == 0) why = _ifGuardian(actor, id);
        if (why.length != 0) return why;
        if (candidate == address(0)) return abi.encodeWithSelector(IIdentityRegistry.InvalidCandidate.selector, id);
        why = _ifFresh(candidate);
        if (why.length != 0 || agents[id].keyEpoch != type(uint8).max) return why;
        return abi.encodeWithSelector(IIdentityRegistry.KeyEpochExhausted.selector, id);
    }

    function _ifClaim(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifExisting(id);
        if (why.length != 0) return why;
        if (agents[id].kind != ChangeKind.Recovery) return _noPendingChange(id);
        if (agents[id].candidate != actor) {
            return abi.encodeWithSelector(IIdentityRegistry.NotCandidate.selector, id, actor);
        }
        why = _ifReady(id);
        if (why.length != 0) return why;
        uint256 expiredAt = agents[id].readyAt + DELAY;
        if (clock > expiredAt) return abi.encodeWithSelector(IIdentityRegistry.ChangeExpired.selector, id, expiredAt);
        return _ifFresh(actor);
    }

    function _ifCancel(address actor, uint256 id) internal view returns (bytes memory) {
        bytes memory why = _ifExisting(id);
        if (why.length != 0) return why;
        Agent storage a = agents[id];
        ChangeKind kind = waitingKind(id);
        if (kind == ChangeKind.None) return _noPendingChange(id);
        if (actor == a.guardian || (actor == a.owner && kind != ChangeKind.Recovery)) return "";
        return _notAuthorized(actor, id);
    }

    function _noPendingChange(uint256 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.NoPendingChange.selector, id);
    }
}
