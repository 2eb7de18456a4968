// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IdentityRecord, IdentityRecordLib} from "../../../contracts/libraries/IdentityRecord.sol";
import {Tenure} from "../../../contracts/libraries/Tenure.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Random check-ins, beside a ledger that marks every single second.
contract TenureTest is BaseTest {
    uint256 private constant SPAN = 400;

    function testFuzz_credit_GivenAnyCheckIns_WhenEverySecondIsMarked_ItShouldBeTheirNumber(
        uint256 seed,
        uint256 start,
        uint256 maxSilence
    ) public pure {
        maxSilence = bound(maxSilence, 1, 60);
        start = bound(start, 1, (1 << 40) - 1 - SPAN);
        IdentityRecord record = IdentityRecordLib.create(address(1), start);
        uint256 unwitnessed = 0;
        uint256 marked = 0;
        for (uint256 second = 0; second < SPAN; ++second) {
            uint256 now_ = start + second;
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 30 == 0) {
                // What passed since the last check-in is witnessed now, as far as it counts.
                marked += unwitnessed;
                unwitnessed = 0;
                record = record.withCheckIn(now_, Tenure.credit(record.lastSeen(), now_, maxSilence));
                assertEq(record.lastSeen(), now_);
            }
            assertEq(record.tenure(), marked);
            assertLe(record.tenure(), second);
            if (unwitnessed < maxSilence) ++unwitnessed;
        }
    }

    function testFuzz_credit_GivenAnySilence_WhenCredited_ItShouldBeItsPartThatCounts(
        uint40 lastSeen,
        uint40 silence,
        uint40 maxSilence
    ) public pure {
        uint256 credit = Tenure.credit(lastSeen, uint256(lastSeen) + silence, maxSilence);
        assertEq(credit, silence < maxSilence ? silence : maxSilence);
    }
}
