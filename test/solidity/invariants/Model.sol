// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChangeKind, KeyRole} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {VouchState} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {DeployedTest} from "../utils/DeployedTest.sol";

/// @dev One identity as plain facts.
struct Agent {
    address owner;
    address wallet;
    address guardian;
    address approved;
    Status status;
    uint8 keyEpoch;
    uint256 firstSeen;
    uint256 lastSeen;
    uint256 credited;
    bool arbitrates;
    bool keyOwned;
    ChangeKind kind;
    address candidate;
    uint256 readyAt;
}

/// @dev One vouch or warning as plain facts.
struct Deed {
    uint256 voucher;
    uint256 subject;
    uint256 arbiter;
    bool against;
    bool revoked;
    bool disowned;
    bool refused;
    uint256 stake;
    uint256 since;
    uint256 end;
    uint256 release;
    uint8 subjectEpoch;
    uint8 voucherEpoch;
}

/// @dev What one address is.
struct Key {
    uint256 id;
    KeyRole role;
    uint256 since;
}

/// @title The registries without rings, lists and packing
/// @dev Every sum is added up again from the plain array of deeds whenever it is asked for. Tenure is credited at each
/// check-in, where the registry moves its beginning.
abstract contract Model is DeployedTest {
    uint40 internal constant MAX_SILENCE = 100;
    uint40 internal constant DELAY = 45;
    uint40 internal constant UNIT = 1;
    uint40 internal constant PERIOD = 60;
    uint32 internal constant CAP = 250;
    uint40 internal constant ORIGIN = 1_000_000;
    uint256 internal constant MAX_PERIODS = 6;

    /// @dev The time is kept here too: the optimiser takes `block.timestamp` for constant within a call.
    uint256 public clock = ORIGIN;
    uint256 public agentCount;
    uint256 public retiredCount;
    mapping(uint256 id => Agent) internal agents;
    mapping(address key => Key) internal keys;
    mapping(address owner => mapping(address operator => bool)) internal operators;
    Deed[] internal deeds;
    /// @dev One more than the index in `deeds`.
    mapping(uint256 voucher => mapping(uint256 subject => uint256)) internal deedOf;
    mapping(uint256 voucher => uint256) internal burned;
    mapping(uint256 voucher => uint256) internal scars;
    mapping(uint256 subject => uint256[]) internal vouchersIn;
    mapping(uint256 voucher => uint256[]) internal subjectsIn;

    function getAgent(uint256 id) external view returns (Agent memory) {
        return agents[id];
    }

    function getKey(address key) external view returns (Key memory) {
        return keys[key];
    }

    function getDeeds() external view returns (Deed[] memory) {
        return deeds;
    }

    /// @dev In the order in which the pairs were first made.
    function getVouchersOf(uint256 subject) external view returns (uint256[] memory) {
        return vouchersIn[subject];
    }

    /// @dev In the order in which the pairs were first made.
    function getSubjectsOf(uint256 voucher) external view returns (uint256[] memory) {
        return subjectsIn[voucher];
    }

    function getBurns(uint256 voucher) external view returns (uint256, uint256) {
        return (burned[voucher], scars[voucher] < 255 ? scars[voucher] : 255);
    }

    function currentPeriod() public view returns (uint256) {
        return (clock - ORIGIN) / PERIOD;
    }

    function tenureOf(uint256 id) public view returns (uint256) {
        return agents[id].credited;
    }

    /// @dev What waits and can still come true.
    function waitingKind(uint256 id) public view returns (ChangeKind) {
        Agent storage a = agents[id];
        return clock > a.readyAt + DELAY ? ChangeKind.None : a.kind;
    }

    function standingOf(uint256 id) public view returns (uint256) {
        return _capped(tenureOf(id)) - burned[id];
    }

    /// @dev What a check-in now would add.
    function earnableBy(uint256 id) public view returns (uint256) {
        return _capped(tenureOf(id) + _credit(agents[id])) - _capped(tenureOf(id));
    }

    function lockedBy(uint256 voucher) public view returns (uint256 sum) {
        uint256 current = currentPeriod();
        for (uint256 i = 0; i < deeds.length; ++i) {
            if (deeds[i].voucher == voucher && current <= deeds[i].release) sum += deeds[i].stake;
        }
    }

    function freeOf(uint256 voucher) public view returns (uint256) {
        return standingOf(voucher) - lockedBy(voucher);
    }

    /// @dev What a deed is now, as the registry says it.
    function stateOf(Deed memory d) public view returns (VouchState) {
        if (d.disowned) return VouchState.Disowned;
        if (d.revoked) return VouchState.Revoked;
        if (d.stake == 0) return VouchState.Burned;
        if (d.end < currentPeriod()) return VouchState.Ended;
        if (!d.against && d.subjectEpoch != agents[d.subject].keyEpoch) return VouchState.Lapsed;
        return VouchState.Active;
    }

    /// @dev For and against a subject in nine periods from now on.
    function sumsOf(uint256 subject) public view returns (uint256[9] memory support, uint256[9] memory opposition) {
        uint256 current = currentPeriod();
        for (uint256 i = 0; i < deeds.length; ++i) {
            Deed storage d = deeds[i];
            if (d.subject != subject || d.revoked || d.disowned) continue;
            if (!d.against && d.subjectEpoch != agents[subject].keyEpoch) continue;
            for (uint256 ahead = 0; ahead < 9 && current + ahead <= d.end; ++ahead) {
                if (d.against) opposition[ahead] += d.stake;
                else support[ahead] += d.stake;
            }
        }
    }

    function _capped(uint256 tenure) private pure returns (uint256) {
        uint256 earned = tenure / UNIT;
        return earned < CAP ? earned : CAP;
    }

    function _credit(Agent storage a) internal view returns (uint256) {
        uint256 silence = clock - a.lastSeen;
        return silence < MAX_SILENCE ? silence : MAX_SILENCE;
    }
}
