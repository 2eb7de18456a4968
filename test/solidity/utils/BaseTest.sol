// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {StdAssertions} from "forge-std/StdAssertions.sol";
import {StdInvariant} from "forge-std/StdInvariant.sol";
import {Vm} from "forge-std/Vm.sol";

/// @dev The parts of forge-std that the tests use. `forge-std/Test.sol` also pulls in its whole console library, which
/// makes compiling with the WebAssembly solc much slower.
abstract contract BaseTest is StdAssertions, StdInvariant {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev Maps any `x` into [min, max]; a value already inside stays as it is.
    function bound(uint256 x, uint256 min, uint256 max) internal pure returns (uint256) {
        assert(min <= max);
        if (x >= min && x <= max) return x;
        uint256 size = max - min + 1; // not 0: the whole range was returned above
        return min + (x % size);
    }
}
