// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Edge, EdgeLib, EdgeState, Stance} from "../../contracts/libraries/Edge.sol";

uint256 constant STAKE = 2 ** 22 - 1;
uint256 constant PERIOD = 2 ** 18 - 1;
uint256 constant ID = 2 ** 40 - 1;
/// @dev Where the fields are, by the drawing in the library.
uint256 constant TERMS = STAKE | (PERIOD << 62) | (PERIOD << 80);
uint256 constant EPOCHS = (0xff << 102) | (0xff << 110);
uint256 constant LINKS = (ID << 158) | (ID << 198);
uint256 constant FATE = (3 << 100) | (PERIOD << 80);

/// @dev Any word, and any values within their widths: what is written is read again, and nothing else changes.
contract EdgeMaking {
    function link(uint256 raw) external pure {
        uint256 voucher = raw & ID;
        uint256 subject = (raw >> 40) & ID;
        Edge made = EdgeLib.link(voucher, subject);
        assert(made.nextVoucher() == voucher);
        assert(made.nextSubject() == subject);
        assert(Edge.unwrap(made) & ~LINKS == 0);
    }

    function remade(uint256 word, uint256 raw, bool isFor) external pure {
        uint256 arbiter = raw & ID;
        uint256 since = (raw >> 40) & ID;
        Edge made = Edge.wrap(word).remade(isFor ? Stance.For : Stance.Against, arbiter, since);
        assert(made.arbiter() == arbiter);
        assert(made.since() == since);
        assert(made.isFor() == isFor);
        assert(made.isAgainst() == !isFor);
        assert(made.isLive());
        assert(Edge.unwrap(made) & LINKS == word & LINKS);
        assert(Edge.unwrap(made) & (TERMS | EPOCHS) == 0);
        assert(Edge.unwrap(made) >> 238 == 0); // neither refused, nor anything in the spare bits
    }

    function canaryOfTheSpareBits(uint256 word) external pure {
        assert(Edge.unwrap(Edge.wrap(word).withKeyEpochs(1, 1)) >> 238 == 0);
    }
}

contract EdgeTerms {
    function withTerms(uint256 word, uint256 raw) external pure {
        uint256 stake = raw & STAKE;
        uint256 end = (raw >> 22) & PERIOD;
        require(end < PERIOD);
        Edge changed = Edge.wrap(word).withTerms(stake, end);
        assert(changed.stake() == stake);
        assert(changed.endPeriod() == end);
        assert(changed.releasePeriod() == end + 1);
        assert((Edge.unwrap(changed) ^ word) & ~TERMS == 0);
    }

    function withKeyEpochs(uint256 word, uint8 subject, uint8 voucher) external pure {
        Edge changed = Edge.wrap(word).withKeyEpochs(subject, voucher);
        assert(changed.subjectKeyEpoch() == subject);
        assert(changed.voucherKeyEpoch() == voucher);
        assert((Edge.unwrap(changed) ^ word) & ~EPOCHS == 0);
    }

    function withSince(uint256 word, uint256 raw) external pure {
        uint256 since = raw & ID;
        Edge changed = Edge.wrap(word).withSince(since);
        assert(changed.since() == since);
        assert((Edge.unwrap(changed) ^ word) & ~(ID << 22) == 0);
    }

    function withRefusal(uint256 word) external pure {
        Edge changed = Edge.wrap(word).withRefusal();
        assert(changed.isRefused());
        assert((Edge.unwrap(changed) ^ word) & ~(uint256(1) << 238) == 0);
    }

    function ended(uint256 word, uint256 raw, bool isRevoked) external pure {
        uint256 release = raw & PERIOD;
        Edge changed = Edge.wrap(word).ended(isRevoked ? EdgeState.Revoked : EdgeState.Disowned, release);
        assert(changed.releasePeriod() == release);
        assert(!changed.isLive());
        assert((Edge.unwrap(changed) >> 100) & 3 == (isRevoked ? 2 : 3));
        assert((Edge.unwrap(changed) ^ word) & ~FATE == 0);
    }

    function burnt(uint256 word, uint256 raw) external pure {
        uint256 amount = raw & STAKE;
        Edge edge = Edge.wrap(word);
        require(amount <= edge.stake());
        Edge changed = edge.burnt(amount);
        assert(changed.stake() == edge.stake() - amount);
        assert((Edge.unwrap(changed) ^ word) & ~STAKE == 0);
    }

    /// @dev Everything that happens to a refused edge while it is locked, but making it anew, leaves it refused.
    function staysRefused(uint256 word, uint256 raw) external pure {
        Edge edge = Edge.wrap(word);
        require(edge.isRefused() && raw & STAKE <= edge.stake() && (raw >> 40) & PERIOD < PERIOD);
        assert(edge.withTerms(raw & STAKE, (raw >> 40) & PERIOD).isRefused());
        assert(edge.withKeyEpochs(uint8(raw & 0xff), uint8((raw >> 8) & 0xff)).isRefused());
        assert(edge.withSince(raw & ID).isRefused());
        assert(edge.ended(EdgeState.Revoked, raw & PERIOD).isRefused());
        assert(edge.burnt(raw & STAKE).isRefused());
    }

    /// @dev A date one bit too wide would be another end.
    function canaryOfALateDate(uint256 word, uint256 raw) external pure {
        Edge changed = Edge.wrap(word).withSince(raw & (2 * ID + 1));
        assert((Edge.unwrap(changed) ^ word) & ~(ID << 22) == 0);
    }

    /// @dev The last period has no next one: its release would spill over into the stance.
    function canaryOfTheLastPeriod(uint256 word, uint256 raw) external pure {
        Edge changed = Edge.wrap(word).withTerms(raw & STAKE, PERIOD);
        assert((Edge.unwrap(changed) ^ word) & ~TERMS == 0);
    }
}
