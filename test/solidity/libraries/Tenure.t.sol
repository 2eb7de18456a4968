// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tenure} from "../../../contracts/libraries/Tenure.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Random check-ins, beside a ledger that marks every single second.
contract TenureTest is BaseTest {
    uint256 private constant SPAN = 400;

    struct Diary {
        uint256 firstSeen;
        uint256 lastSeen;
        uint256 lost;
    }

    function testFuzz_witnessed_GivenAnyCheckIns_WhenEverySecondIsMarked_ItShouldBeTheirNumber(
        uint256 seed,
        uint256 start,
        uint256 maxSilence
    ) public pure {
        maxSilence = bound(maxSilence, 1, 60);
        start = bound(start, 1, (1 << 40) - 1 - SPAN);
        Diary memory diary = Diary(start, start, 0);
        uint256 marked = 0;
        uint256 previous = 0;
        for (uint256 second = 0; second < SPAN; ++second) {
            uint256 now_ = start + second;
            uint256 tenure = Tenure.witnessed(diary.firstSeen, diary.lastSeen, diary.lost, now_, maxSilence);
            assertEq(tenure, marked);
            assertLe(tenure, now_ - start);
            assertGe(tenure, previous);
            previous = tenure;
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 30 == 0) {
                _checkIn(diary, now_, maxSilence);
                if (seed % 60 == 0) _checkIn(diary, now_, maxSilence); // a second time in the same second
                assertEq(Tenure.witnessed(diary.firstSeen, diary.lastSeen, diary.lost, now_, maxSilence), tenure);
            }
            // The second that begins now is witnessed if the last check-in was less than `maxSilence` ago.
            if (now_ - diary.lastSeen < maxSilence) ++marked;
        }
    }

    function testFuzz_excess_GivenAnySilence_WhenSplitIntoCreditAndLoss_ItShouldAddUp(
        uint40 lastSeen,
        uint40 silence,
        uint40 maxSilence
    ) public pure {
        uint256 lost = Tenure.excess(lastSeen, uint256(lastSeen) + silence, maxSilence);
        uint256 credited = silence < maxSilence ? silence : maxSilence;
        assertEq(credited + lost, silence);
    }

    /// @dev What the registry does at a check-in.
    function _checkIn(Diary memory diary, uint256 now_, uint256 maxSilence) private pure {
        diary.lost += Tenure.excess(diary.lastSeen, now_, maxSilence);
        diary.lastSeen = now_;
    }
}
