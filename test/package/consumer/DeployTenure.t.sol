// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DeployTenure, TenureContracts} from "@tenure/contracts/testing/DeployTenure.sol";

interface IClock {
    function warp(uint256 timestamp) external;
    function roll(uint256 height) external;
    function getBlockTimestamp() external view returns (uint256 timestamp);
    function getBlockNumber() external view returns (uint256 height);
}

/// @dev What deployTenure does to the clock of a test. It runs in Foundry and in Hardhat, so without forge-std.
contract DeployTenureClockTest is DeployTenure {
    IClock private constant CLOCK = IClock(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    uint256 private constant PERIOD_0 = 1_767_225_600;

    function test_PutsAnEarlyClockForward() public {
        CLOCK.warp(PERIOD_0 - 1);
        deployTenure();
        assertClock(PERIOD_0, CLOCK.getBlockNumber());
    }

    function test_LeavesALaterClockAlone() public {
        CLOCK.warp(PERIOD_0 + 1);
        CLOCK.roll(77);
        TenureContracts memory tenure = deployTenure();
        assertClock(PERIOD_0 + 1, 77);
        require(tenure.identities.register("") == 1, "The registry does not work.");
    }

    function test_LeavesAnEarlyClockAloneWhereEverythingIsThere() public {
        CLOCK.warp(PERIOD_0 + 1);
        deployTenure();
        CLOCK.warp(PERIOD_0 - 7);
        CLOCK.roll(5);
        deployTenure();
        assertClock(PERIOD_0 - 7, 5);
        deployTenure(shortParameters());
        assertClock(PERIOD_0, 5);
    }

    function assertClock(uint256 time, uint256 height) private view {
        require(CLOCK.getBlockTimestamp() == time, "The clock stands elsewhere.");
        require(CLOCK.getBlockNumber() == height, "The chain has another height.");
    }
}
