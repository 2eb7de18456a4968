// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tenure} from "../../contracts/libraries/Tenure.sol";

/// @dev All times, of any size, in the order that the registry keeps.
contract TenureProof {
    /// @dev A check-in credits at most the silence, and at most what counts of it; less only where both are longer.
    function creditsTheSilenceUpToTheMost(uint256 last, uint256 now_, uint256 most) external pure {
        require(last <= now_);
        uint256 credit = Tenure.credit(last, now_, most);
        assert(credit <= now_ - last);
        assert(credit <= most);
        assert(credit == now_ - last || credit == most);
    }

    /// @dev However a span is cut in two by a check-in, no second is credited twice.
    function creditsNoSecondTwice(uint256 last, uint256 between, uint256 now_, uint256 most) external pure {
        require(last <= between && between <= now_);
        uint256 both = Tenure.credit(last, between, most) + Tenure.credit(between, now_, most);
        assert(both <= now_ - last);
        assert(both >= Tenure.credit(last, now_, most));
    }

    /// @dev Whoever waits longer is not credited less, nor by more than it waited longer.
    function growsNoFasterThanTime(uint256 last, uint256 t0, uint256 t1, uint256 most) external pure {
        require(last <= t0 && t0 <= t1);
        uint256 before = Tenure.credit(last, t0, most);
        uint256 later = Tenure.credit(last, t1, most);
        assert(later >= before);
        assert(later - before <= t1 - t0);
    }

    /// @dev False: a prover that proves it proves nothing.
    function canaryIsAlwaysTheSilence(uint256 last, uint256 now_, uint256 most) external pure {
        require(last <= now_);
        assert(Tenure.credit(last, now_, most) == now_ - last);
    }
}
