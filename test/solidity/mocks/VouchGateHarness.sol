// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Requirement, TrustGate} from "../../../contracts/TrustGate.sol";

/// @dev A gate that demands whatever the caller names.
contract VouchGateHarness is TrustGate {
    event Entered(address indexed caller);

    constructor(IVouchRegistry vouches) TrustGate(vouches) {}

    function enter(Requirement memory requirement) external onlyTrusted(requirement) {
        emit Entered(msg.sender);
    }
}
