// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {BaseTest} from "./BaseTest.sol";

/// @dev Deploys the very artifacts that the build made. `new` would compile the registries again into each test.
abstract contract DeployedTest is BaseTest {
    function deployIdentities(uint40 maxSilence, uint40 recoveryDelay) internal returns (IIdentityRegistry) {
        bytes memory args = abi.encode(maxSilence, recoveryDelay, deploy("RegistrationRenderer", ""));
        return IIdentityRegistry(deploy("IdentityRegistry", args));
    }

    function deployVouches(
        IIdentityRegistry identities,
        uint40 origin,
        uint40 unit,
        uint40 period,
        uint32 cap
    ) internal returns (IVouchRegistry) {
        return IVouchRegistry(deploy("VouchRegistry", abi.encode(identities, origin, unit, period, cap)));
    }

    /// @dev Reverts as the constructor does.
    function deploy(string memory name, bytes memory args) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.getCode(string.concat(name, ".sol:", name)), args);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            if iszero(deployed) {
                let free := mload(64)
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
        }
    }
}
