// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VoucherRing} from "../../../contracts/libraries/VoucherRing.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Random programs on one ring, beside a mapping from each period to the amount that is released after it.
contract VoucherRingTest is BaseTest {
    uint256 private constant STEPS = 40;
    uint256 private constant CAPACITY = 1_048_574;

    mapping(uint256 period => uint256) private _amounts;
    uint256 private _base;
    uint256 private _head;
    uint256 private _burned;
    uint256 private _scars;

    function testFuzz_program_GivenAnyRing_WhenAnyActionsFollow_ItShouldMatchThePlainModel(uint256 seed) public {
        VoucherRing ring = VoucherRing.wrap(0);
        for (uint256 step = 0; step < STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            ring = _act(ring, seed % 10, seed >> 8);
            _compare(ring);
        }
    }

    function test_withBurn_Given255Scars_WhenBurntAgain_ItShouldKeepTheCountAndBurnTheRest() public pure {
        VoucherRing ring = VoucherRing.wrap(0).withHead((1 << 40) - 1).add(7, CAPACITY);
        for (uint256 i = 1; i <= 300; ++i) {
            ring = ring.withBurn(1);
            assertEq(ring.burned(), i);
            assertEq(ring.scars(), i < 255 ? i : 255);
        }
        assertEq(ring.head(), (1 << 40) - 1);
        assertEq(ring.total(), CAPACITY);
    }

    /// @dev Programs off the chain read the word from the storage.
    function test_layout_GivenEveryField_WhenUnwrapped_ItShouldBeTheDocumentedBits() public pure {
        VoucherRing ring = VoucherRing.wrap(0).advanced(1 << 17).withHead(1 << 39).add((1 << 17) + 7, 9).withBurn(5);
        uint256 word = (1 << 17) | (1 << (18 + 39)) | (5 << 58) | (1 << 82) | (9 << (90 + 7 * 20));
        assertEq(VoucherRing.unwrap(ring), word);
        assertEq(VoucherRing.wrap(0).withBurn(1 << 23).burned(), 1 << 23);
    }

    function _act(VoucherRing ring, uint256 action, uint256 random) private returns (VoucherRing) {
        uint256 period = _base + (random % 8);
        if (action < 4) {
            uint256 room = CAPACITY - _burned - _sumFrom(_base);
            uint256 amount = random % 3 == 0 ? room : (random >> 64) % (room + 1);
            _amounts[period] += amount;
            return ring.add(period, amount);
        }
        if (action < 6) {
            uint256 part = (random >> 64) % (_amounts[period] + 1);
            _amounts[period] -= part;
            if (action == 4) return ring.remove(period, part);
            _burned += part;
            if (_scars < 255) ++_scars;
            return ring.remove(period, part).withBurn(part);
        }
        if (action == 6) {
            _head = (random >> 64) % (1 << 40);
            return ring.withHead(_head);
        }
        uint256 steps = random % 8 == 0 ? (random >> 64) % 5_000 : (random >> 64) % 3;
        _base += steps;
        return ring.advanced(_base);
    }

    function _compare(VoucherRing ring) private view {
        assertEq(ring.total(), _sumFrom(_base));
        for (uint256 ahead = 0; ahead < 10; ++ahead) {
            VoucherRing later = ring.advanced(_base + ahead);
            assertEq(later.total(), _sumFrom(_base + ahead));
            assertEq(later.head(), _head);
            assertEq(later.burned(), _burned);
            assertEq(later.scars(), _scars);
        }
    }

    /// @dev Nothing is ever booked more than seven periods ahead.
    function _sumFrom(uint256 period) private view returns (uint256 sum) {
        for (uint256 i = 0; i < 8; ++i) sum += _amounts[period + i];
    }
}
