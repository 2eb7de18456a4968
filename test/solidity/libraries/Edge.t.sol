// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Edge, EdgeLib, EdgeState, Stance} from "../../../contracts/libraries/Edge.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Every field as a plain struct, beside the packed word.
contract EdgeTest is BaseTest {
    struct Fields {
        uint256 stake;
        uint256 since;
        uint256 endPeriod;
        uint256 releasePeriod;
        uint256 stance;
        uint256 state;
        uint256 subjectEpoch;
        uint256 voucherEpoch;
        uint256 arbiter;
        uint256 nextVoucher;
        uint256 nextSubject;
        bool refused;
    }

    function testFuzz_remade_GivenAnyLinks_WhenFilled_ItShouldKeepEachField(uint256 seed) public pure {
        Fields memory f = _random(seed);
        _compare(_made(f), f);
    }

    function testFuzz_withTerms_GivenAnyEdge_WhenChanged_ItShouldTouchNothingElse(uint256 seed) public pure {
        Fields memory f = _random(seed);
        Edge edge = _made(f);
        Fields memory other = _random(uint256(keccak256(abi.encode(seed))));
        f.stake = other.stake;
        f.endPeriod = other.endPeriod;
        f.releasePeriod = other.endPeriod + 1;
        _compare(edge.withTerms(other.stake, other.endPeriod), f);
    }

    function testFuzz_withKeyEpochs_GivenAnyEdge_WhenChanged_ItShouldTouchNothingElse(
        uint256 seed,
        uint8 subject,
        uint8 voucher
    ) public pure {
        Fields memory f = _random(seed);
        Edge edge = _made(f).withKeyEpochs(subject, voucher);
        f.subjectEpoch = subject;
        f.voucherEpoch = voucher;
        _compare(edge, f);
    }

    function testFuzz_ended_GivenAnyEdge_WhenEnded_ItShouldTouchNothingElse(uint256 seed, uint256 release) public pure {
        Fields memory f = _random(seed);
        Edge edge = _made(f);
        f.state = 2 + (seed % 2);
        f.releasePeriod = bound(release, 0, (1 << 18) - 1);
        _compare(edge.ended(EdgeState(f.state), f.releasePeriod), f);
    }

    function testFuzz_burnt_GivenAnyStake_WhenBurntInPart_ItShouldTouchNothingElse(
        uint256 seed,
        uint256 amount
    ) public pure {
        Fields memory f = _random(seed);
        amount = bound(amount, 0, f.stake);
        Edge edge = _made(f).burnt(amount);
        f.stake -= amount;
        _compare(edge, f);
    }

    function testFuzz_remade_GivenAnUsedEdge_WhenMadeAgain_ItShouldKeepItsPlacesOnly(uint256 seed) public pure {
        Fields memory f = _random(seed);
        Edge used = _made(f).ended(EdgeState.Disowned, 12);
        Fields memory next = _random(uint256(keccak256(abi.encode(seed))));
        next.nextVoucher = f.nextVoucher;
        next.nextSubject = f.nextSubject;
        next.state = 1;
        Edge edge = used.remade(Stance(next.stance), next.arbiter, next.since).withTerms(next.stake, next.endPeriod);
        _compare(edge.withKeyEpochs(uint8(next.subjectEpoch), uint8(next.voucherEpoch)), next);
    }

    function testFuzz_withSince_GivenAnyEdge_WhenDated_ItShouldTouchNothingElse(
        uint256 seed,
        uint40 since
    ) public pure {
        Fields memory f = _random(seed);
        Edge edge = _made(f).withSince(since);
        f.since = since;
        _compare(edge, f);
    }

    function testFuzz_withRefusal_GivenAnyEdge_WhenMarkedTwice_ItShouldTouchNothingElse(uint256 seed) public pure {
        Fields memory f = _random(seed);
        Edge edge = _made(f).withRefusal().withRefusal();
        f.refused = true;
        _compare(edge, f);
        // Made again, it is another one.
        f.refused = false;
        edge = edge.remade(Stance(f.stance), f.arbiter, f.since).withTerms(f.stake, f.endPeriod);
        _compare(edge.withKeyEpochs(uint8(f.subjectEpoch), uint8(f.voucherEpoch)), f);
    }

    function test_exists_GivenNoEdge_WhenAsked_ItShouldBeFalseAndAllFieldsZero() public pure {
        Edge edge = Edge.wrap(0);
        assertFalse(edge.exists());
        Fields memory zero;
        _compareFields(edge, zero);
    }

    function _made(Fields memory f) private pure returns (Edge edge) {
        edge = EdgeLib.link(f.nextVoucher, f.nextSubject).remade(Stance(f.stance), f.arbiter, f.since);
        edge = edge.withTerms(f.stake, f.endPeriod).withKeyEpochs(uint8(f.subjectEpoch), uint8(f.voucherEpoch));
    }

    function _compare(Edge edge, Fields memory f) private pure {
        assertTrue(edge.exists());
        _compareFields(edge, f);
        assertEq(Edge.unwrap(edge) >> 239, 0, "spare bits");
    }

    function _compareFields(Edge edge, Fields memory f) private pure {
        assertEq(edge.stake(), f.stake, "stake");
        assertEq(edge.since(), f.since, "since");
        assertEq(edge.endPeriod(), f.endPeriod, "end");
        assertEq(edge.releasePeriod(), f.releasePeriod, "release");
        assertEq(uint256(edge.stance()), f.stance, "stance");
        assertEq(uint256(edge.state()), f.state, "state");
        assertEq(edge.subjectKeyEpoch(), f.subjectEpoch, "subject epoch");
        assertEq(edge.voucherKeyEpoch(), f.voucherEpoch, "voucher epoch");
        assertEq(edge.arbiter(), f.arbiter, "arbiter");
        assertEq(edge.nextVoucher(), f.nextVoucher, "next voucher");
        assertEq(edge.nextSubject(), f.nextSubject, "next subject");
        assertEq(edge.isRefused(), f.refused, "refused");
        assertEq(edge.isFor(), f.stance == uint256(Stance.For), "for");
        assertEq(edge.isAgainst(), f.stance == uint256(Stance.Against), "against");
        assertEq(edge.isLive(), f.state == uint256(EdgeState.Live), "live");
    }

    /// @dev Each field is zero, its greatest value or anything between, so that a neighbour's bits would show.
    function _random(uint256 seed) private pure returns (Fields memory f) {
        f.stake = _field(seed, 1, (1 << 22) - 1);
        f.since = _field(seed, 2, (1 << 40) - 1);
        f.endPeriod = _field(seed, 3, (1 << 18) - 2);
        f.releasePeriod = f.endPeriod + 1;
        f.stance = 1 + (uint256(keccak256(abi.encode(seed, 4))) % 2);
        f.state = 1;
        f.subjectEpoch = _field(seed, 5, 255);
        f.voucherEpoch = _field(seed, 6, 255);
        f.arbiter = _field(seed, 7, (1 << 40) - 1);
        f.nextVoucher = _field(seed, 8, (1 << 40) - 1);
        f.nextSubject = _field(seed, 9, (1 << 40) - 1);
    }

    function _field(uint256 seed, uint256 index, uint256 most) private pure returns (uint256) {
        uint256 random = uint256(keccak256(abi.encode(seed, index)));
        if (random % 4 == 0) return 0;
        if (random % 4 == 1) return most;
        return (random >> 2) % (most + 1);
    }
}
