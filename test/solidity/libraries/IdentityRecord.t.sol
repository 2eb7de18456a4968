// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IdentityRecord, IdentityRecordLib, Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {BaseTest} from "../utils/BaseTest.sol";

/// @dev Every field as a plain struct, beside the packed word.
contract IdentityRecordTest is BaseTest {
    struct Fields {
        address owner;
        uint40 firstSeen;
        uint40 lastSeen;
        uint256 keyEpoch;
        uint256 status;
        bool interrupted;
    }

    function testFuzz_create_GivenAnyOwnerAndTime_WhenRead_ItShouldBeActiveAndNew(
        address owner,
        uint40 now_
    ) public pure {
        Fields memory f = Fields(owner, now_, now_, 0, uint256(Status.Active), false);
        _compare(IdentityRecordLib.create(owner, now_), f);
    }

    function testFuzz_withOwner_GivenAnyRecord_WhenChanged_ItShouldTouchNothingElse(
        Fields memory f,
        address next
    ) public pure {
        IdentityRecord record = _made(f).withOwner(next);
        f.owner = next;
        _compare(record, f);
    }

    function testFuzz_withLastSeen_GivenAnyRecord_WhenChanged_ItShouldTouchNothingElse(
        Fields memory f,
        uint40 next
    ) public pure {
        IdentityRecord record = _made(f).withLastSeen(next);
        f.lastSeen = next;
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

    function testFuzz_withInterruption_GivenAnyRecord_WhenMarkedTwice_ItShouldTouchNothingElse(
        Fields memory f
    ) public pure {
        IdentityRecord record = _made(f).withInterruption().withInterruption();
        f.interrupted = true;
        _compare(record, f);
    }

    /// @dev Packed here by arithmetic from the layout in the comment, not by the library.
    function _made(Fields memory f) private pure returns (IdentityRecord) {
        f.keyEpoch %= 256;
        f.status %= 4;
        return
            IdentityRecord.wrap(
                uint256(uint160(f.owner)) +
                    uint256(f.firstSeen) * 2 ** 160 +
                    uint256(f.lastSeen) * 2 ** 200 +
                    f.keyEpoch * 2 ** 240 +
                    f.status * 2 ** 248 +
                    (f.interrupted ? 2 ** 250 : 0)
            );
    }

    function _compare(IdentityRecord record, Fields memory f) private pure {
        assertEq(record.owner(), f.owner, "owner");
        assertEq(record.firstSeen(), f.firstSeen, "first seen");
        assertEq(record.lastSeen(), f.lastSeen, "last seen");
        assertEq(record.keyEpoch(), f.keyEpoch, "key epoch");
        assertEq(uint256(record.status()), f.status, "status");
        assertEq(record.isActive(), f.status == uint256(Status.Active), "active");
        assertEq(record.isInterrupted(), f.interrupted, "interrupted");
        assertEq(IdentityRecord.unwrap(record) >> 251, 0, "spare bits");
    }
}
