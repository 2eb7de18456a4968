// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SubjectRing} from "../../../contracts/libraries/SubjectRing.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Random programs on one ring, beside a mapping from each period to the amount that ends with it.
contract SubjectRingTest is BaseTest {
    uint256 private constant STEPS = 40;
    uint256 private constant CAPACITY = 134_217_726;
    uint256 private constant LAST_PERIOD = (1 << 18) - 1;

    mapping(uint256 period => uint256) private _amounts;
    uint256 private _base;
    uint256 private _head;
    uint8 private _keyEpoch;
    bool private _warned;

    function testFuzz_program_GivenAnyRing_WhenAnyActionsFollow_ItShouldMatchThePlainModel(uint256 seed) public {
        SubjectRing ring = SubjectRing.wrap(0);
        for (uint256 step = 0; step < STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            ring = _act(ring, seed % 10, seed >> 8);
            _compare(ring);
        }
    }

    /// @dev Programs off the chain read the word from the storage.
    function test_layout_GivenEveryField_WhenUnwrapped_ItShouldBeTheDocumentedBits() public pure {
        SubjectRing ring = SubjectRing.wrap(0).advanced(1 << 17).withHead(1 << 39).emptiedFor(129);
        ring = ring.add((1 << 17) + 6, 9).withWarning();
        uint256 word = (1 << 17) | (1 << (18 + 39)) | (129 << 58) | (1 << 66) | (9 << (67 + 6 * 27));
        assertEq(SubjectRing.unwrap(ring), word);
    }

    function test_room_GivenACapacityInOneBucket_WhenAsked_ItShouldBeZero() public pure {
        SubjectRing ring = SubjectRing.wrap(0).add(6, CAPACITY);
        assertEq(ring.total(), CAPACITY);
        assertEq(ring.room(), 0);
        assertEq(ring.advanced(6).total(), CAPACITY);
        assertEq(ring.advanced(7).room(), CAPACITY);
    }

    function test_advanced_GivenTheLastPeriod_WhenReached_ItShouldKeepEverythingElse() public pure {
        SubjectRing ring = SubjectRing.wrap(0).withHead((1 << 40) - 1).withWarning().emptiedFor(255);
        ring = ring.advanced(LAST_PERIOD).add(LAST_PERIOD, 7);
        assertEq(ring.total(), 7);
        assertEq(ring.head(), (1 << 40) - 1);
        assertEq(ring.keyEpoch(), 255);
        assertTrue(ring.isWarned());
        assertEq(ring.advanced(LAST_PERIOD).total(), 7);
    }

    function _act(SubjectRing ring, uint256 action, uint256 random) private returns (SubjectRing) {
        uint256 period = _base + (random % 7);
        if (action < 4) {
            uint256 room = CAPACITY - _sumFrom(_base);
            uint256 amount = random % 3 == 0 ? room : (random >> 64) % (room + 1);
            _amounts[period] += amount;
            return ring.add(period, amount);
        }
        if (action == 4) {
            uint256 part = (random >> 64) % (_amounts[period] + 1);
            _amounts[period] -= part;
            return ring.remove(period, part);
        }
        if (action == 5) {
            _head = (random >> 64) % (1 << 40);
            return ring.withHead(_head);
        }
        if (action == 6) {
            _warned = true;
            return ring.withWarning();
        }
        if (action == 7) {
            _keyEpoch = uint8(random >> 64);
            for (uint256 i = 0; i < 7; ++i) _amounts[_base + i] = 0;
            return ring.emptiedFor(_keyEpoch);
        }
        // Mostly small steps; now and then one so long that no bucket is left.
        uint256 steps = random % 8 == 0 ? (random >> 64) % 5_000 : (random >> 64) % 3;
        _base += steps;
        return ring.advanced(_base);
    }

    function _compare(SubjectRing ring) private view {
        assertEq(ring.total(), _sumFrom(_base));
        assertEq(ring.room(), CAPACITY - _sumFrom(_base));
        assertEq(ring.head(), _head);
        assertEq(ring.keyEpoch(), _keyEpoch);
        assertEq(ring.isWarned(), _warned);
        for (uint256 ahead = 0; ahead < 9; ++ahead) {
            SubjectRing later = ring.advanced(_base + ahead);
            assertEq(later.total(), _sumFrom(_base + ahead));
            assertEq(later.head(), _head);
            assertEq(later.keyEpoch(), _keyEpoch);
            assertEq(later.isWarned(), _warned);
        }
    }

    /// @dev Nothing is ever booked more than six periods ahead.
    function _sumFrom(uint256 period) private view returns (uint256 sum) {
        for (uint256 i = 0; i < 7; ++i) sum += _amounts[period + i];
    }
}
