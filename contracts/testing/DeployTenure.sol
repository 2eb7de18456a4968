// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAgentLinks} from "../interfaces/IAgentLinks.sol";
import {IDelegationRegistry} from "../interfaces/IDelegationRegistry.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IRegistrationRenderer} from "../interfaces/IRegistrationRenderer.sol";
import {IRegistryLens} from "../interfaces/IRegistryLens.sol";
import {IVouchRegistry} from "../interfaces/IVouchRegistry.sol";
import {ICheats} from "./ICheats.sol";
import {InitCode} from "./InitCode.sol";

/// @notice What the constructors of one deployment are given. All times in seconds.
/// @param maxSilence Silence that a check-in credits at most.
/// @param recoveryDelay How long recoveries and guarded changes wait.
/// @param origin When period 0 began (unix time).
/// @param unit Tenure for one point of standing.
/// @param period Length of a period.
/// @param cap The most points that tenure gives.
struct TenureParameters {
    uint40 maxSilence;
    uint40 recoveryDelay;
    uint40 origin;
    uint40 unit;
    uint40 period;
    uint32 cap;
}

/// @notice The contracts of one deployment.
/// @param renderer Makes the registration files.
/// @param identities The registry of identities.
/// @param vouches The registry of vouches.
/// @param lens Reads many profiles at once.
/// @param links Links to transferable agents.
/// @param delegations Which grants of delegates were revoked.
struct TenureContracts {
    IRegistrationRenderer renderer;
    IIdentityRegistry identities;
    IVouchRegistry vouches;
    IRegistryLens lens;
    IAgentLinks links;
    IDelegationRegistry delegations;
}

/// @title Tenure in your Solidity tests
/// @notice Inherit it beside your `Test`, and call `deployTenure()` in `setUp`. For tests in Foundry and Hardhat only.
///
/// @dev The contracts are not compiled again: the published creation code goes through the deterministic deployment proxy,
/// so that addresses and code are those of every public chain, whatever compiler and settings the tests have.
abstract contract DeployTenure {
    /// @notice The deterministic deployment proxy.
    address internal constant TENURE_DEPLOYER = 0x4e59b44847b379578588920cA78FbF26c0B4956C;
    bytes private constant DEPLOYER_CODE =
        hex"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3";
    bytes32 private constant SALT = "tenure/1";
    /// @dev Foundry and Hardhat answer to it: the address that follows from keccak256("hevm cheat code").
    ICheats private constant CHEATS = ICheats(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    /// @notice The proxy did not deploy: the constructor refused, or the chain does.
    /// @param initCodeHash Hash of the creation code, with arguments.
    /// @param expected Where the contract was to be.
    error TenureNotDeployed(bytes32 initCodeHash, address expected);

    /// @notice Deploys the registries as they are on public chains. What is there already, in a fork say, is left alone.
    /// @dev Foundry's clock starts in 1970. It is put forward to 2026, when period 0 began, because the registry of vouches
    /// refuses an origin in the future. Where that registry is there already, the clock is left alone.
    /// @return deployed The contracts, at their production addresses.
    function deployTenure() internal returns (TenureContracts memory deployed) {
        return deployTenure(productionParameters());
    }

    /// @notice Deploys the registries with parameters of your own, and therefore at addresses of their own.
    /// @param parameters What the constructors are given.
    /// @return deployed The contracts.
    function deployTenure(TenureParameters memory parameters) internal returns (TenureContracts memory deployed) {
        if (TENURE_DEPLOYER.code.length == 0) CHEATS.etch(TENURE_DEPLOYER, DEPLOYER_CODE);
        deployed.renderer = IRegistrationRenderer(_deploy(InitCode.REGISTRATION_RENDERER, "", 0));
        deployed.identities = IIdentityRegistry(
            _deploy(
                InitCode.IDENTITY_REGISTRY,
                abi.encode(parameters.maxSilence, parameters.recoveryDelay, deployed.renderer),
                0
            )
        );
        deployed.vouches = IVouchRegistry(
            _deploy(
                InitCode.VOUCH_REGISTRY,
                abi.encode(deployed.identities, parameters.origin, parameters.unit, parameters.period, parameters.cap),
                parameters.origin
            )
        );
        deployed.lens = IRegistryLens(_deploy(InitCode.REGISTRY_LENS, abi.encode(deployed.vouches), 0));
        deployed.links = IAgentLinks(_deploy(InitCode.AGENT_LINKS, abi.encode(deployed.identities), 0));
        deployed.delegations = IDelegationRegistry(_deploy(InitCode.DELEGATION_REGISTRY, "", 0));
    }

    /// @notice The parameters of every public chain: a point a day, periods of 60 days.
    /// @return parameters What the constructors are given.
    function productionParameters() internal pure returns (TenureParameters memory parameters) {
        return TenureParameters(30 days, 7 days, 1_767_225_600, 1 days, 60 days, 1000);
    }

    /// @notice Every day made a minute, as on the local chain of `tenure node`.
    /// @return parameters What the constructors are given.
    function shortParameters() internal pure returns (TenureParameters memory parameters) {
        return TenureParameters(30 minutes, 7 minutes, 1_767_225_600, 1 minutes, 1 hours, 1000);
    }

    // Before `earliest` the constructor refuses.
    function _deploy(
        bytes memory code,
        bytes memory constructorArguments,
        uint256 earliest
    ) private returns (address deployed) {
        bytes memory initCode = bytes.concat(code, constructorArguments);
        bytes32 hash = keccak256(initCode);
        deployed = address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), TENURE_DEPLOYER, SALT, hash)))));
        if (deployed.code.length > 0) return deployed;
        // Not block.timestamp: an optimizer may take it for what it was before the test's own warp.
        if (CHEATS.getBlockTimestamp() < earliest) CHEATS.warp(earliest);
        // The proxy answers with the address alone, and reverts without a reason.
        // solhint-disable-next-line avoid-low-level-calls
        (bool isDeployed, ) = TENURE_DEPLOYER.call(bytes.concat(SALT, initCode));
        if (!isDeployed || deployed.code.length == 0) revert TenureNotDeployed(hash, deployed);
    }
}
