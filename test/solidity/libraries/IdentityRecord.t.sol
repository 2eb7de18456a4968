// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IdentityRecord, IdentityRecordLib, Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Every field as a plain struct, beside the packed word.
contract IdentityRecordTest is BaseTest {
    struct Fields {
        address owner;
        uint40 tenureStart;
        uint40 lastSeen;
        uint256 keyEpoch;
        uint256 status;
        bool keyOwned;
        bool arbiter;
    }

    function testFuzz_create_GivenAnyOwnerAndTime_WhenRead_ItShouldBeActiveNewAndUnproven(
        address owner,
        uint40 now_
    ) public pure {
        Fields memory f = Fields(owner, now_, now_, 0, uint256(Status.Active), false, false);
        _compare(IdentityRecordLib.create(owner, now_), f);
    }

    function testFuzz_withOwner_GivenAnyRecord_WhenChanged_ItShouldBeUnprovenAndTouchNothingElse(
        Fields memory f,
        address next
    ) public pure {
        IdentityRecord record = _made(f).withOwner(next);
        f.owner = next;
        f.keyOwned = false;
        _compare(record, f);
    }

    function testFuzz_withKeyOwned_GivenAnyRecord_WhenProven_ItShouldTouchNothingElse(Fields memory f) public pure {
        IdentityRecord record = _made(f).withKeyOwned();
        f.keyOwned = true;
        _compare(record, f);
    }

    function testFuzz_withCheckIn_GivenAnyTimes_WhenCredited_ItShouldLengthenTheTenureAndTouchNothingElse(
        Fields memory f,
        uint40 silence,
        uint40 credit
    ) public pure {
        f.lastSeen = uint40(bound(f.lastSeen, 0, 1 << 39));
        f.tenureStart = uint40(bound(f.tenureStart, 0, f.lastSeen));
        silence = uint40(bound(silence, 0, (1 << 39) - 1));
        credit = uint40(bound(credit, 0, silence));
        IdentityRecord before = _made(f);
        uint256 now_ = uint256(f.lastSeen) + silence;
        IdentityRecord record = before.withCheckIn(now_, credit);
        assertEq(record.tenure(), uint256(before.tenure()) + credit);
        f.tenureStart += silence - credit;
        f.lastSeen = uint40(now_);
        _compare(record, f);
    }

    function testFuzz_withNextKeyEpoch_GivenAnEpochBelow255_WhenChanged_ItShouldTouchNothingElse(
        Fields memory f
    ) public pure {
        f.keyEpoch = f.keyEpoch % 255;
        IdentityRecord record = _made(f).withNextKeyEpoch();
        f.keyEpoch += 1;
        _compare(record, f);
    }

    function testFuzz_withStatus_GivenAnyRecord_WhenChanged_ItShouldTouchNothingElse(
        Fields memory f,
        uint256 next
    ) public pure {
        IdentityRecord record = _made(f).withStatus(Status(next % 4));
        f.status = next % 4;
        _compare(record, f);
    }

    function testFuzz_withArbitration_GivenAnyRecord_WhenOpenedOrClosed_ItShouldTouchNothingElse(
        Fields memory f,
        bool isOpen
    ) public pure {
        IdentityRecord record = _made(f).withArbitration(isOpen);
        f.arbiter = isOpen;
        _compare(record, f);
    }

    /// @dev Packed here by arithmetic from the layout in the comment, not by the library.
    function _made(Fields memory f) private pure returns (IdentityRecord) {
        f.keyEpoch %= 256;
        f.status %= 4;
        return
            IdentityRecord.wrap(
                uint256(uint160(f.owner)) +
                    uint256(f.tenureStart) * 2 ** 160 +
                    uint256(f.lastSeen) * 2 ** 200 +
                    f.keyEpoch * 2 ** 240 +
                    f.status * 2 ** 248 +
                    (f.keyOwned ? 2 ** 250 : 0) +
                    (f.arbiter ? 2 ** 251 : 0)
            );
    }

    function _compare(IdentityRecord record, Fields memory f) private pure {
        assertEq(record.owner(), f.owner, "owner");
        assertEq(record.tenureStart(), f.tenureStart, "tenure start");
        assertEq(record.lastSeen(), f.lastSeen, "last seen");
        assertEq(record.keyEpoch(), f.keyEpoch, "key epoch");
        assertEq(uint256(record.status()), f.status, "status");
        assertEq(record.isActive(), f.status == uint256(Status.Active), "active");
        assertEq(record.isKeyOwned(), f.keyOwned, "key owned");
        assertEq(record.isArbiter(), f.arbiter, "arbiter");
        assertEq(IdentityRecord.unwrap(record) >> 252, 0, "spare bits");
    }
}
