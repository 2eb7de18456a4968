// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Measures what any view takes, without paying for its answer.
contract CallProbe {
    function gasOf(address target, bytes calldata data) external view returns (uint256 used) {
        bytes memory copy = data;
        bool isDone;
        used = gasleft();
        assembly ("memory-safe") {
            isDone := staticcall(gas(), target, add(copy, 32), mload(copy), 0, 0)
        }
        used -= gasleft();
        require(isDone, "refused");
    }
}
