// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CivilDate} from "../../../contracts/libraries/CivilDate.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Beside a calendar that counts days, months and years one by one.
contract CivilDateTest is BaseTest {
    function test_format_GivenEachDayFrom1970To2106_WhenCounted_ItShouldBeTheCalendar() public view {
        uint256 number = 0;
        for (uint256 year = 1970; year < 2107; ++year) number = this.compareYear(year, number);
        assertEq(number, 50_038);
    }

    /// @dev A call of its own, because memory is never given back within one.
    function compareYear(uint256 year, uint256 number) external pure returns (uint256) {
        for (uint256 month = 1; month <= 12; ++month) {
            for (uint256 day = 1; day <= _daysIn(year, month); ++day) {
                bytes memory expected = abi.encodePacked(
                    _digits(year, 4),
                    "-",
                    _digits(month, 2),
                    "-",
                    _digits(day, 2)
                );
                string memory date = CivilDate.format(number * 86_400 + (number % 2 == 0 ? 0 : 86_399));
                assertTrue(keccak256(bytes(date)) == keccak256(expected), date);
                ++number;
            }
        }
        return number;
    }

    function testFuzz_format_GivenAnyTimeOf40Bits_WhenYearsAreCounted_ItShouldBeTheCalendar(
        uint40 timestamp
    ) public pure {
        uint256 left = uint256(timestamp) / 86_400;
        // Whole cycles of 400 years have the same number of days; within one, years and months are counted.
        uint256 year = 1970 + (left / 146_097) * 400;
        left %= 146_097;
        while (left >= (_isLeap(year) ? 366 : 365)) {
            left -= _isLeap(year) ? 366 : 365;
            ++year;
        }
        uint256 month = 1;
        while (left >= _daysIn(year, month)) {
            left -= _daysIn(year, month);
            ++month;
        }
        string memory expected = string.concat(
            string(_digits(year, year > 9999 ? 5 : 4)),
            "-",
            string(_digits(month, 2)),
            "-",
            string(_digits(left + 1, 2))
        );
        assertEq(CivilDate.format(timestamp), expected);
    }

    function test_format_GivenKnownDays_WhenWritten_ItShouldBeTheirDates() public pure {
        assertEq(CivilDate.format(0), "1970-01-01");
        assertEq(CivilDate.format(951_782_399), "2000-02-28");
        assertEq(CivilDate.format(951_782_400), "2000-02-29");
        assertEq(CivilDate.format(951_868_800), "2000-03-01");
        assertEq(CivilDate.format(4_107_456_000), "2100-02-28");
        assertEq(CivilDate.format(4_107_542_400), "2100-03-01");
        assertEq(CivilDate.format(4_294_967_295), "2106-02-07");
        assertEq(CivilDate.format(type(uint40).max), "36812-02-20");
    }

    function _isLeap(uint256 year) private pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    function _daysIn(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) return _isLeap(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    function _digits(uint256 value, uint256 count) private pure returns (bytes memory text) {
        text = new bytes(count);
        for (uint256 i = count; i > 0; --i) {
            text[i - 1] = bytes1(uint8(48 + (value % 10)));
            value /= 10;
        }
    }
}
