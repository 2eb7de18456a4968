// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tenure} from "../../contracts/libraries/Tenure.sol";

/// @dev All times, of any size, in the order that the registry keeps.
contract TenureProof {
    uint256 private constant MAX_TIME = type(uint40).max;

    function neverExceedsTheAge(uint256 first, uint256 last, uint256 lost, uint256 now_, uint256 silence) external pure {
        require(first <= last && last <= now_ && lost <= last - first);
        assert(Tenure.witnessed(first, last, lost, now_, silence) <= now_ - first);
    }

    /// @dev Time that passes without a check-in adds at most that time, takes nothing away, and stops at `silence`.
    function growsNoFasterThanTime(uint256 first, uint256 last, uint256 lost, uint256 t0, uint256 t1, uint256 silence) external pure {
        require(first <= last && last <= t0 && t0 <= t1 && lost <= last - first);
        uint256 before = Tenure.witnessed(first, last, lost, t0, silence);
        uint256 later = Tenure.witnessed(first, last, lost, t1, silence);
        assert(later >= before);
        assert(later - before <= t1 - t0);
        assert(later <= last - first - lost + silence || silence > MAX_TIME);
    }

    /// @dev A check-in credits no second twice and takes none: what is lost grows by the excess, tenure stays.
    function aCheckInChangesNothingAtOnce(uint256 first, uint256 last, uint256 lost, uint256 now_, uint256 silence) external pure {
        require(first <= last && last <= now_ && lost <= last - first && now_ <= MAX_TIME);
        uint256 before = Tenure.witnessed(first, last, lost, now_, silence);
        uint256 excess = Tenure.excess(last, now_, silence);
        assert(Tenure.witnessed(first, now_, lost + excess, now_, silence) == before);
        // What the next check-in relies on.
        assert(lost + excess <= now_ - first);
        assert(lost + excess <= MAX_TIME);
    }

    /// @dev Each of these is false: a prover that proves it proves nothing.
    function canaryIsAlwaysTheAge(uint256 first, uint256 last, uint256 lost, uint256 now_, uint256 silence) external pure {
        require(first <= last && last <= now_ && lost <= last - first);
        assert(Tenure.witnessed(first, last, lost, now_, silence) == now_ - first);
    }
}
