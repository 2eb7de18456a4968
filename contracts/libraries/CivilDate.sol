// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title Calendar dates
/// @notice Writes a unix time as a date.
library CivilDate {
    uint256 private constant DAYS_FROM_0000_03_01_TO_1970_01_01 = 719_468;
    uint256 private constant DAYS_PER_ERA = 146_097;

    /// @notice The date in UTC, as YYYY-MM-DD.
    /// @dev Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`: eras of 400
    /// years that begin on 1 March, so that the leap day is the last of its year.
    /// @param timestamp Unix seconds.
    /// @return The date.
    function format(uint256 timestamp) internal pure returns (string memory) {
        uint256 z = timestamp / 1 days + DAYS_FROM_0000_03_01_TO_1970_01_01;
        uint256 era = z / DAYS_PER_ERA;
        uint256 dayOfEra = z % DAYS_PER_ERA;
        uint256 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint256 marchMonth = (5 * dayOfYear + 2) / 153;
        uint256 day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        uint256 month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        uint256 year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return string.concat(Strings.toString(year), "-", _two(month), "-", _two(day));
    }

    function _two(uint256 value) private pure returns (string memory) {
        return value < 10 ? string.concat("0", Strings.toString(value)) : Strings.toString(value);
    }
}
