// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";

/// @dev One of many: registers itself when it is made, and stakes what the neighbourhood says.
contract Neighbour {
    uint256 public immutable id;

    constructor(IIdentityRegistry identities) {
        id = identities.register();
    }

    function checkIn(IIdentityRegistry identities) external {
        identities.pulse(id, "");
    }

    function stake(IVouchRegistry vouches, uint256 subjectId, uint256 points, bool isFor) external {
        if (isFor) vouches.vouch(id, subjectId, points, 6, 0, "", "");
        else vouches.warn(id, subjectId, points, 6, 0, "", "");
    }
}

/// @dev Thousands of identities in a few transactions.
contract Neighbourhood {
    Neighbour[] private _neighbours;

    function grow(IIdentityRegistry identities, uint256 size) external {
        for (uint256 i = 0; i < size; ++i) _neighbours.push(new Neighbour(identities));
    }

    function checkIn(IIdentityRegistry identities, uint256 from, uint256 to) external {
        for (uint256 i = from; i < to; ++i) _neighbours[i].checkIn(identities);
    }

    /// @dev Every second neighbour vouches for the subject, the others warn about it.
    function stakeAll(IVouchRegistry vouches, uint256 subjectId, uint256 from, uint256 to) external {
        for (uint256 i = from; i < to; ++i) _neighbours[i].stake(vouches, subjectId, 1, i % 2 == 0);
    }
}
