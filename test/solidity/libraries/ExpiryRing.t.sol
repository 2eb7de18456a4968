// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ExpiryRing} from "../../../contracts/libraries/ExpiryRing.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Random programs on the buckets, beside a plain list of amounts.
contract ExpiryRingTest is BaseTest {
    uint256 private constant STEPS = 48;

    function testFuzz_sum_GivenAnyWidth_WhenAmountsComeAndGo_ItShouldBeThatOfAPlainList(
        uint256 seed,
        uint256 width
    ) public pure {
        width = bound(width, 2, 64);
        uint256 count = 256 / width;
        uint256[] memory amounts = new uint256[](count);
        uint256 buckets = 0;
        for (uint256 step = 0; step < STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 index = (seed >> 8) % count;
            uint256 room = ExpiryRing.capacity(width) - _sum(amounts);
            if (seed % 4 == 0) {
                uint256 elapsed = (seed >> 40) % 16 == 0 ? (seed >> 44) % (1 << 200) : (seed >> 44) % 3;
                buckets = ExpiryRing.advance(buckets, elapsed, width);
                _shift(amounts, elapsed);
            } else if (seed % 4 == 1) {
                uint256 part = (seed >> 128) % (amounts[index] + 1);
                buckets = ExpiryRing.remove(buckets, index, part, width);
                amounts[index] -= part;
            } else {
                // Often everything that fits, so that full buckets and a full ring are met.
                uint256 amount = (seed >> 32) % 4 == 0 ? room : (seed >> 128) % (room + 1);
                buckets = ExpiryRing.add(buckets, index, amount, width);
                amounts[index] += amount;
            }
            assertEq(ExpiryRing.sum(buckets, width), _sum(amounts));
            for (uint256 i = 0; i < count; ++i) {
                assertEq((buckets >> (i * width)) & ((1 << width) - 1), amounts[i]);
            }
        }
    }

    function test_capacity_GivenOnePointMore_WhenSummed_ItShouldBeTooMuch() public pure {
        uint256 full = ExpiryRing.capacity(20);
        assertEq(full, 1_048_574);
        assertEq(ExpiryRing.sum(full, 20), full);
        // The sum is a remainder: one point more is a whole divisor, and would read as nothing.
        assertEq(ExpiryRing.sum(ExpiryRing.add(full, 3, 1, 20), 20), 0);
    }

    function _sum(uint256[] memory amounts) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < amounts.length; ++i) sum += amounts[i];
    }

    function _shift(uint256[] memory amounts, uint256 elapsed) private pure {
        for (uint256 i = 0; i < amounts.length; ++i) {
            amounts[i] = elapsed < amounts.length - i ? amounts[i + elapsed] : 0;
        }
    }
}
