// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Vm} from "forge-std/Vm.sol";

import {IERC8004IdentityRegistry} from "../../contracts/interfaces/IERC8004IdentityRegistry.sol";
import {
    ChangeKind,
    Identity,
    IIdentityRegistry,
    KeyRole,
    NotOwner,
    OwnerKind
} from "../../contracts/interfaces/IIdentityRegistry.sol";
import {IUnorderedNonces} from "../../contracts/interfaces/IUnorderedNonces.sol";
import {Consent} from "../../contracts/libraries/Consent.sol";
import {IdentityRecord, Status} from "../../contracts/libraries/IdentityRecord.sol";
import {YesAccount} from "./mocks/SmartAccounts.sol";
import {DeployedTest} from "./utils/DeployedTest.sol";

/// @dev What the invariants do not reach: constructor, texts, metadata, refusals by kind, and the last key epoch.
contract IdentityRegistryTest is DeployedTest {
    uint40 private constant MAX_SILENCE = 30 days;
    uint40 private constant DELAY = 7 days;
    bytes32 private constant REGISTER_TYPEHASH = keccak256(
        "Register(address owner,string agentURI,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant PULSE_TYPEHASH = keccak256(
        "Pulse(uint256 agentId,address owner,bytes32 checkpoint,uint40 lastSeen,uint256 deadline)"
    );
    bytes32 private constant ROTATE_TYPEHASH = keccak256(
        "RotateKey(uint256 agentId,address owner,address newOwner,uint8 keyEpoch,uint256 deadline)"
    );
    bytes32 private constant WALLET_TYPEHASH = keccak256(
        "AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)"
    );

    /// @dev A signed check-in of identity 1.
    struct CheckIn {
        uint256 secret;
        bytes32 checkpoint;
        uint256 lastSeen;
        bool hasWorked;
        bytes signature;
    }

    IIdentityRegistry private _registry;
    address private _alice;

    function setUp() public {
        vm.warp(1_700_000_000);
        _registry = deployIdentities(MAX_SILENCE, DELAY);
        _alice = vm.addr(1);
        vm.prank(_alice);
        _registry.register();
    }

    function deployAs(uint40 maxSilence, uint40 delay) external returns (IIdentityRegistry) {
        return deployIdentities(maxSilence, delay);
    }

    function deployWith(address renderer) external returns (address) {
        return deploy("IdentityRegistry", abi.encode(MAX_SILENCE, DELAY, renderer));
    }

    function testFuzz_constructor_GivenAnyParameters_WhenOutOfRange_ItShouldRefuse(
        uint40 maxSilence,
        uint40 delay
    ) public {
        maxSilence = maxSilence % 3 == 0 ? 0 : maxSilence;
        delay = delay % 3 == 0 ? 0 : delay % uint40(800 days);
        bool allowed = maxSilence != 0 && delay != 0 && delay <= 365 days;
        if (!allowed) {
            bytes4 reason = IIdentityRegistry.InvalidParameters.selector;
            vm.expectRevert(abi.encodeWithSelector(reason, maxSilence, delay));
        }
        IIdentityRegistry registry = this.deployAs(maxSilence, delay);
        if (!allowed) return;
        assertEq(registry.maxSilence(), maxSilence);
        assertEq(registry.recoveryDelay(), delay);
    }

    function test_constructor_GivenTheLimits_WhenDeployed_ItShouldAccept() public {
        assertEq(deployIdentities(1, 365 days).recoveryDelay(), 365 days);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.InvalidParameters.selector, 1, 365 days + 1));
        this.deployAs(1, 365 days + 1);
    }

    function testFuzz_register_GivenTexts_WhenRegistered_ItShouldAnswerThem(
        string calldata uri,
        string calldata key,
        bytes calldata value
    ) public {
        vm.assume(keccak256(bytes(key)) != keccak256("agentWallet") && bytes(uri).length != 0);
        IERC8004IdentityRegistry.MetadataEntry[] memory entries = new IERC8004IdentityRegistry.MetadataEntry[](1);
        entries[0] = IERC8004IdentityRegistry.MetadataEntry(key, value);
        uint256 id = _registry.register(uri, entries);
        assertEq(id, 2);
        assertEq(_registry.tokenURI(id), uri);
        assertEq(_registry.getMetadata(id, key), value);
        assertEq(_registry.metadata(id, key), value);
        assertEq(_registry.getMetadata(id, "agentWallet"), abi.encodePacked(address(this)));
    }

    function testFuzz_register_GivenAnyUri_WhenRegistered_ItShouldAnswerItOrMakeOne(string calldata uri) public {
        uint256 id = _registry.register(uri);
        if (bytes(uri).length != 0) assertEq(_registry.tokenURI(id), uri);
        else assertGt(bytes(_registry.tokenURI(id)).length, 500);
    }

    function test_register_GivenTheReservedKey_WhenInMetadata_ItShouldRefuseAndRegisterNobody() public {
        IERC8004IdentityRegistry.MetadataEntry[] memory entries = new IERC8004IdentityRegistry.MetadataEntry[](1);
        entries[0] = IERC8004IdentityRegistry.MetadataEntry("agentWallet", "x");
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ReservedMetadataKey.selector, "agentWallet"));
        _registry.register("ipfs://agent", entries);
        assertEq(_registry.totalRegistered(), 1);
    }

    function test_setMetadata_GivenTheOwnerOrAStranger_WhenWritten_ItShouldTellThemApart() public {
        vm.prank(_alice);
        _registry.setMetadata(1, "model", "m1");
        assertEq(_registry.getMetadata(1, "model"), "m1");
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotAuthorized.selector, 1, address(this)));
        _registry.setMetadata(1, "model", "m2");
        assertEq(_registry.getMetadata(2, "agentWallet"), "");
    }

    function test_tokenURI_GivenEachState_WhenNoUriIsSet_ItShouldBeAFile() public {
        string memory active = _registry.tokenURI(1);
        vm.prank(_alice);
        _registry.suspend(1);
        string memory suspended = _registry.tokenURI(1);
        assertNotEq(active, suspended);
        vm.startPrank(_alice);
        _registry.resume(1);
        _registry.retire(1);
        vm.stopPrank();
        vm.expectRevert(_nonexistent(1));
        _registry.tokenURI(1);
    }

    function test_views_GivenAnUnknownIdentity_WhenAsked_ItShouldSaySoEachInItsWay() public {
        vm.expectRevert(_nonexistent(2));
        _registry.ownerOf(2);
        vm.expectRevert(_nonexistent(2));
        _registry.tokenURI(2);
        vm.expectRevert(_nonexistent(2));
        _registry.getApproved(2);
        vm.expectRevert(_nonexistent(2));
        _registry.locked(2);
        vm.expectRevert(_nonexistent(2));
        _registry.isAuthorizedOrOwner(_alice, 2);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0)));
        _registry.balanceOf(address(0));
        assertEq(_registry.firstSeen(2) + _registry.lastSeen(2) + _registry.ageOf(2) + _registry.tenureOf(2), 0);
        assertEq(_registry.getAgentWallet(2), address(0));
        assertEq(IdentityRecord.unwrap(_registry.getRecord(2)), 0);
    }

    function test_views_GivenAnIdentity_WhenAsked_ItShouldAnswer() public {
        vm.warp(1_700_000_000 + 40 days);
        assertEq(_registry.firstSeen(1), 1_700_000_000);
        assertEq(_registry.lastSeen(1), 1_700_000_000);
        assertEq(_registry.ageOf(1), 40 days);
        assertEq(_registry.tenureOf(1), 0);
        vm.prank(_alice);
        assertEq(_registry.pulse(1, ""), MAX_SILENCE);
        assertEq(_registry.tenureOf(1), MAX_SILENCE);
        assertEq(_registry.lastSeen(1), 1_700_000_000 + 40 days);
        assertEq(_registry.balanceOf(_alice), 1);
        assertEq(_registry.balanceOf(address(this)), 0);
        assertTrue(_registry.locked(1));
        assertEq(_registry.name(), "Tenure Identity");
        assertEq(_registry.symbol(), "TENURE");
    }

    function test_approvals_GivenEachKind_WhenAsked_ItShouldAuthorizeThem() public {
        vm.startPrank(_alice);
        _registry.approve(address(2), 1);
        _registry.setApprovalForAll(address(3), true);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOperator.selector, address(0)));
        _registry.setApprovalForAll(address(0), true);
        vm.stopPrank();
        assertEq(_registry.getApproved(1), address(2));
        assertTrue(_registry.isApprovedForAll(_alice, address(3)));
        assertTrue(_registry.isAuthorizedOrOwner(_alice, 1));
        assertTrue(_registry.isAuthorizedOrOwner(address(2), 1));
        assertTrue(_registry.isAuthorizedOrOwner(address(3), 1));
        assertFalse(_registry.isAuthorizedOrOwner(address(4), 1));
        assertFalse(_registry.isAuthorizedOrOwner(address(0), 1));
    }

    function testFuzz_transfer_GivenAnyArguments_WhenTried_ItShouldRefuse(address a, address b, uint256 id) public {
        bytes memory reason = abi.encodeWithSelector(IIdentityRegistry.Soulbound.selector, id);
        vm.expectRevert(reason);
        _registry.transferFrom(a, b, id);
        vm.expectRevert(reason);
        _registry.safeTransferFrom(a, b, id);
        vm.expectRevert(reason);
        _registry.safeTransferFrom(a, b, id, "");
    }

    function testFuzz_supportsInterface_GivenAnyOther_WhenAsked_ItShouldDeny(bytes4 id) public view {
        bytes4[9] memory known = [
            bytes4(0x01ffc9a7), // ERC-165
            0x80ac58cd, // ERC-721
            0x5b5e139f, // ERC-721 metadata
            0xb45a3c0e, // ERC-5192
            bytes4(keccak256("metadata(uint256,string)")), // ERC-8048
            0x49064906, // ERC-4906
            0x84b0196e, // ERC-5267
            type(IERC8004IdentityRegistry).interfaceId,
            type(IIdentityRegistry).interfaceId
        ];
        bool expected = false;
        for (uint256 i = 0; i < known.length; ++i) {
            assertTrue(_registry.supportsInterface(known[i]));
            if (id == known[i]) expected = true;
        }
        assertEq(_registry.supportsInterface(id), expected);
        assertFalse(_registry.supportsInterface(0xffffffff));
    }

    function test_setAgentWallet_GivenAWallet_WhenItIsTheSameAgainOrTheOwner_ItShouldAccept() public {
        _setWallet(2);
        assertEq(_registry.getAgentWallet(1), vm.addr(2));
        assertFalse(_registry.isAuthorizedOrOwner(vm.addr(2), 1)); // it is paid, and has no authority
        _setWallet(2);
        assertEq(_registry.getAgentWallet(1), vm.addr(2));
        _setWallet(1);
        assertEq(_registry.getAgentWallet(1), _alice);
        (uint256 id, KeyRole role, ) = _registry.resolve(vm.addr(2));
        assertEq(id, 0);
        assertEq(uint256(role), uint256(KeyRole.None));
    }

    function test_setAgentWallet_GivenAFormerKeyOfTheSameIdentity_WhenChosen_ItShouldRefuse() public {
        _rotate(1, 2);
        uint256 deadline = block.timestamp;
        bytes32 terms = keccak256(abi.encode(WALLET_TYPEHASH, 1, vm.addr(1), vm.addr(2), deadline));
        bytes memory signature = _sign(1, terms);
        vm.prank(vm.addr(2));
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AlreadyRegistered.selector, vm.addr(1), 1));
        _registry.setAgentWallet(1, vm.addr(1), deadline, signature);
    }

    function test_rotateKey_GivenTheLastEpoch_WhenRotatedAgain_ItShouldRefuse() public {
        for (uint256 i = 1; i <= 255; ++i) _rotate(i, i + 1);
        assertEq(_registry.identityOf(1).keyEpoch, 255);
        bytes32 terms = keccak256(abi.encode(ROTATE_TYPEHASH, 1, vm.addr(256), vm.addr(257), 255, block.timestamp));
        bytes memory signature = _sign(257, terms);
        vm.prank(vm.addr(256));
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.KeyEpochExhausted.selector, 1));
        _registry.rotateKey(1, vm.addr(257), block.timestamp, signature);
    }

    function test_rotateKey_GivenAGuardianAndManyChanges_WhenHurried_ItShouldRationThemAndKeepTheLast() public {
        vm.prank(_alice);
        _registry.setGuardian(1, address(9));
        for (uint256 i = 1; i <= 128; ++i) _rotate(i, i + 1);
        uint40 readyAt = uint40(block.timestamp) + DELAY;
        _expectNoRotation(129, abi.encodeWithSelector(IIdentityRegistry.KeyTooYoung.selector, 1, readyAt));
        for (uint256 i = 129; i <= 254; ++i) {
            vm.warp(1_700_000_000 + (i - 128) * DELAY);
            _rotate(i, i + 1);
        }
        vm.warp(1_700_000_000 + 128 * uint256(DELAY));
        bytes memory exhausted = abi.encodeWithSelector(IIdentityRegistry.KeyEpochExhausted.selector, 1);
        _expectNoRotation(255, exhausted);
        vm.prank(address(9));
        _registry.proposeRecovery(1, address(10));
        vm.warp(1_700_000_000 + 129 * uint256(DELAY));
        vm.prank(address(10));
        _registry.claimRecovery(1);
        assertEq(_registry.identityOf(1).keyEpoch, 255);
        vm.prank(address(9));
        vm.expectRevert(exhausted);
        _registry.proposeRecovery(1, address(11));
    }

    function test_rotateKey_GivenTheGuardian_WhenItBecomesTheOwner_ItShouldHaveNone() public {
        vm.prank(_alice);
        _registry.setGuardian(1, vm.addr(2));
        _rotate(1, 2);
        assertEq(_registry.identityOf(1).guardian, address(0));
    }

    function test_rotateKey_GivenAWaitingGuardianChange_WhenRotated_ItShouldLapse() public {
        vm.startPrank(_alice);
        _registry.setGuardian(1, address(9));
        _registry.setGuardian(1, address(10));
        vm.stopPrank();
        assertEq(uint256(_registry.identityOf(1).pending.kind), uint256(ChangeKind.Guardian));
        _rotate(1, 2);
        assertEq(uint256(_registry.identityOf(1).pending.kind), uint256(ChangeKind.None));
        vm.prank(_alice);
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, 1, _alice));
        _registry.setGuardian(1, address(10));
    }

    function test_claimRecovery_GivenASuspendedIdentity_WhenClaimed_ItShouldStaySuspended() public {
        vm.prank(_alice);
        _registry.setGuardian(1, address(9));
        vm.startPrank(address(9));
        _registry.suspend(1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.InvalidCandidate.selector, 1));
        _registry.proposeRecovery(1, address(0));
        _registry.proposeRecovery(1, address(10));
        vm.stopPrank();
        vm.warp(1_700_000_000 + DELAY);
        vm.prank(address(10));
        _registry.claimRecovery(1);
        Identity memory identity = _registry.identityOf(1);
        assertEq(identity.owner, address(10));
        assertEq(uint256(identity.status), uint256(Status.Suspended));
        assertEq(identity.wallet, address(0));
        assertEq(identity.firstSeen, 1_700_000_000);
        assertEq(identity.lastSeen, 1_700_000_000);
        vm.prank(address(9));
        _registry.resume(1);
        assertEq(_registry.getAgentWallet(1), address(10));
    }

    function test_guardian_GivenAWaitingChange_WhenTooEarlyOrByOthers_ItShouldRefuseAndThenComplete() public {
        vm.startPrank(_alice);
        _registry.setGuardian(1, address(9));
        _registry.setGuardian(1, address(10));
        uint40 readyAt = 1_700_000_000 + DELAY;
        vm.warp(readyAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ChangeNotReady.selector, 1, readyAt));
        _registry.setGuardian(1, address(10));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotAuthorized.selector, 1, address(this)));
        _registry.cancelPending(1);
        vm.warp(readyAt);
        vm.prank(_alice);
        _registry.setGuardian(1, address(10));
        assertEq(_registry.identityOf(1).guardian, address(10));
    }

    function test_recovery_GivenAProposal_WhenTooEarlyOrByOthers_ItShouldRefuse() public {
        vm.prank(_alice);
        _registry.setGuardian(1, address(9));
        vm.prank(address(9));
        _registry.proposeRecovery(1, address(10));
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotCandidate.selector, 1, address(this)));
        _registry.claimRecovery(1);
        uint40 readyAt = 1_700_000_000 + DELAY;
        vm.warp(readyAt - 1);
        vm.prank(address(10));
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ChangeNotReady.selector, 1, readyAt));
        _registry.claimRecovery(1);
        vm.startPrank(_alice);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.RecoveryPending.selector, 1, address(10)));
        _registry.retire(1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotAuthorized.selector, 1, _alice));
        _registry.cancelPending(1);
        vm.stopPrank();
    }

    function test_pending_GivenAReadyChange_WhenItExpires_ItShouldBeAsIfNobodyHadProposedIt() public {
        vm.prank(_alice);
        _registry.setGuardian(1, address(9));
        vm.prank(address(9));
        _registry.proposeRecovery(1, address(10));
        uint40 expiredAt = 1_700_000_000 + 2 * DELAY;
        vm.warp(expiredAt);
        assertEq(uint256(_registry.identityOf(1).pending.kind), uint256(ChangeKind.Recovery));
        vm.warp(expiredAt + 1);
        assertEq(uint256(_registry.identityOf(1).pending.kind), uint256(ChangeKind.None));
        vm.prank(address(10));
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ChangeExpired.selector, 1, expiredAt));
        _registry.claimRecovery(1);
        vm.prank(address(9));
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NoPendingChange.selector, 1));
        _registry.cancelPending(1);
        vm.prank(_alice);
        _registry.retire(1);
        assertEq(uint256(_registry.identityOf(1).status), uint256(Status.Active));
        assertEq(uint256(_registry.identityOf(1).pending.kind), uint256(ChangeKind.Retirement));
    }

    function test_rotateKey_GivenAConsent_WhenItsSignerMakesItVoid_ItShouldRefuseThatOneAlone() public {
        bytes32 terms = keccak256(abi.encode(ROTATE_TYPEHASH, 1, _alice, vm.addr(2), 0, block.timestamp));
        bytes memory signature = _sign(2, terms);
        uint256 digest = uint256(_digest(terms));
        vm.prank(vm.addr(2));
        _registry.invalidateNonces(digest >> 8, 1 << (digest & 255));
        vm.prank(_alice);
        vm.expectRevert(abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, vm.addr(2), digest));
        _registry.rotateKey(1, vm.addr(2), block.timestamp, signature);
        vm.warp(block.timestamp + 1);
        _rotate(1, 2);
    }

    /// @dev Being the origin of a transaction proves nothing, whoever is, whatever it sends.
    function testFuzz_ownerKind_GivenAnyOrigin_WhenNothingWasSigned_ItShouldBeUnproven(
        address owner,
        address origin,
        uint256 form
    ) public {
        vm.assume(owner != address(0) && owner != _alice);
        if (uint160(origin) % 2 == 0) origin = owner;
        vm.recordLogs();
        vm.startPrank(owner, origin);
        uint256 id =
            form % 3 == 0
                ? _registry.register()
                : form % 3 == 1
                    ? _registry.register("ipfs://agent")
                    : _registry.register("", new IERC8004IdentityRegistry.MetadataEntry[](0));
        _expectKind(id, OwnerKind.Unproven);
        vm.warp(block.timestamp + 1);
        _registry.pulse(id, "");
        _registry.setArbitration(id, true);
        vm.stopPrank();
        _expectKind(id, OwnerKind.Unproven);
        _expectProofs(0, address(0), 0);
    }

    /// @dev By ECDSA the owner is proven, once; by ERC-1271 it never is. Whoever sends it, in whoever's transaction.
    function testFuzz_pulseFor_GivenAnyOwner_WhenItSigned_ItShouldProveAKeyOnceAndAContractNever(
        bool isContract,
        address relayer,
        address origin
    ) public {
        address owner = isContract ? address(new YesAccount()) : vm.addr(7);
        vm.prank(owner, owner);
        uint256 id = _registry.register();
        for (uint256 i = 1; i < 4; ++i) {
            uint256 seen = 1_700_000_000 + (i - 1) * MAX_SILENCE;
            vm.warp(seen + MAX_SILENCE);
            bytes memory signature =
                isContract
                    ? bytes("")
                    : _sign(7, keccak256(abi.encode(PULSE_TYPEHASH, id, owner, bytes32(i), seen, type(uint256).max)));
            vm.recordLogs();
            vm.prank(relayer, origin);
            assertEq(_registry.pulseFor(id, bytes32(i), type(uint256).max, signature), i * MAX_SILENCE);
            _expectKind(id, isContract ? OwnerKind.Unproven : OwnerKind.Key);
            // The proof, where there is one, before the check-in.
            Vm.Log[] memory logs = vm.getRecordedLogs();
            uint256 proofs = isContract || i > 1 ? 0 : 1;
            assertEq(logs.length, proofs + 1);
            if (proofs == 1) _expectProof(logs[0], id, owner);
            assertEq(logs[proofs].topics[0], IIdentityRegistry.Pulse.selector);
        }
        assertEq(_registry.nonceBitmap(owner, 0), 0, "a nonce was spent");
    }

    /// @dev In the second of the last check-in, of the registration too, whatever the signature is.
    function testFuzz_pulseFor_GivenAnySecond_WhenItIsThatOfTheLastCheckIn_ItShouldSayThatFirst(
        uint40 later,
        bytes calldata signature,
        bool isSuspended
    ) public {
        uint40 clock = 1_700_000_000 + (later % 3 == 0 ? 0 : later % uint40(100 days));
        vm.warp(clock);
        vm.startPrank(_alice);
        _registry.pulse(1, "");
        if (isSuspended) _registry.suspend(1);
        vm.stopPrank();
        bytes memory why = abi.encodeWithSelector(IIdentityRegistry.AlreadySeen.selector, 1, clock);
        if (isSuspended) why = abi.encodeWithSelector(IIdentityRegistry.IdentitySuspended.selector, 1);
        vm.expectRevert(why);
        _registry.pulseFor(1, "", 0, signature);
        vm.expectRevert(_nonexistent(2));
        _registry.pulseFor(2, "", 0, signature);
        vm.warp(clock + 1);
        if (isSuspended) return;
        vm.expectRevert(abi.encodeWithSelector(Consent.SignatureExpired.selector, clock));
        _registry.pulseFor(1, "", clock, signature);
        vm.expectRevert(abi.encodeWithSelector(Consent.InvalidSignature.selector, _alice));
        _registry.pulseFor(1, "", clock + 1, signature);
    }

    /// @dev By its digest, as `rotateKey`; using one does not use its digest up, and another check-in is no concern of that.
    function testFuzz_pulseFor_GivenACheckIn_WhenItsSignerTakesItBack_ItShouldRefuseThatOneAlone(
        bytes32 checkpoint,
        bool isVoided,
        bool isLate,
        address sender
    ) public {
        uint256 deadline = 1_700_000_001;
        bytes32 terms = keccak256(abi.encode(PULSE_TYPEHASH, 1, _alice, checkpoint, uint256(1_700_000_000), deadline));
        bytes memory signature = _sign(1, terms);
        uint256 digest = uint256(_digest(terms));
        vm.prank(isVoided ? _alice : sender);
        _registry.invalidateNonces(digest >> 8, 1 << (digest & 255));
        isVoided = isVoided || sender == _alice;
        vm.warp(isLate ? deadline + 1 : deadline);
        bytes memory why = "";
        if (isLate) why = abi.encodeWithSelector(Consent.SignatureExpired.selector, deadline);
        if (isVoided) why = abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, _alice, digest);
        if (why.length != 0) vm.expectRevert(why);
        _registry.pulseFor(1, checkpoint, deadline, signature);
        assertEq(_registry.isNonceUsed(_alice, digest), isVoided);
        assertEq(_registry.lastSeen(1), why.length == 0 ? deadline : 1_700_000_000);
        if (!isVoided) return;
        CheckIn memory other = _checkIn(1, checkpoint, 1_700_000_000);
        _registry.pulseFor(1, checkpoint, type(uint256).max, other.signature);
        _expectKind(1, OwnerKind.Key);
    }

    /// @dev Eight of them, none of which expires, some signed for a check-in that is yet to come, by whoever is the owner
    /// then: each sent again and again among check-ins and rotations, it works exactly where there was none since, never twice.
    function testFuzz_pulseFor_GivenAnyCheckIns_WhenSentInAnyOrder_ItShouldTakeNoneTwice(uint256 seed) public {
        CheckIn[8] memory kept;
        uint256 secret = 1;
        uint256 clock = 1_700_000_000;
        uint256 seen = clock;
        for (uint256 i = 0; i < 64; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            CheckIn memory c = kept[(seed >> 8) % kept.length];
            if (seed % 8 == 0) {
                vm.prank(vm.addr(secret));
                _registry.pulse(1, "");
                seen = clock;
            } else if (seed % 16 == 1) {
                _rotate(secret, secret + 1);
                ++secret;
            }
            if (c.signature.length == 0 || (c.hasWorked && seed % 4 == 0)) {
                c = _checkIn(secret, bytes32(seed), (seed >> 16) % 2 == 0 ? seen : clock + ((seed >> 24) % 2));
                kept[(seed >> 8) % kept.length] = c;
            }
            bytes memory why = "";
            if (c.lastSeen != seen || c.secret != secret) {
                why = abi.encodeWithSelector(Consent.InvalidSignature.selector, vm.addr(secret));
            }
            if (seen == clock) why = abi.encodeWithSelector(IIdentityRegistry.AlreadySeen.selector, 1, clock);
            if (why.length != 0) vm.expectRevert(why);
            else assertFalse(c.hasWorked, "a signature worked twice");
            _registry.pulseFor(1, c.checkpoint, type(uint256).max, c.signature);
            if (why.length == 0) (c.hasWorked, seen) = (true, clock);
            assertEq(_registry.lastSeen(1), seen);
            clock += (seed >> 32) % 3;
            vm.warp(clock);
        }
    }

    /// @dev Check-ins in any rhythm, beside a plain sum.
    function testFuzz_pulse_GivenAnySilences_WhenCheckedIn_ItShouldCreditEachUpToTheMost(
        uint40[12] memory silences
    ) public {
        uint256 clock = 1_700_000_000;
        uint256 tenure = 0;
        for (uint256 i = 0; i < silences.length; ++i) {
            uint256 silence = silences[i] % (3 * MAX_SILENCE);
            clock += silence;
            vm.warp(clock);
            assertEq(_registry.tenureOf(1), tenure);
            tenure += silence < MAX_SILENCE ? silence : MAX_SILENCE;
            vm.prank(_alice);
            assertEq(_registry.pulse(1, ""), tenure);
            assertEq(_registry.firstSeen(1), 1_700_000_000);
        }
    }

    function testFuzz_constructor_GivenARenderer_WhenItHasNoCode_ItShouldRefuse(address renderer) public {
        vm.assume(renderer.code.length == 0);
        if (renderer != address(0)) {
            vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.InvalidRenderer.selector, renderer));
        }
        IIdentityRegistry registry = IIdentityRegistry(this.deployWith(renderer));
        if (renderer != address(0)) return;
        uint256 id = registry.register();
        assertEq(registry.tokenURI(id), "");
        registry.setAgentURI(id, "ipfs://agent");
        assertEq(registry.tokenURI(id), "ipfs://agent");
        registry.suspend(id);
        assertEq(registry.tokenURI(id), "");
    }

    /// @dev A nonce of whichever word, used once; another one is not used up by a registration that fails.
    function testFuzz_registerFor_GivenAnyNonces_WhenUsedInAnyOrder_ItShouldTakeEachOnce(
        uint256 first,
        uint256 second,
        uint256 secret
    ) public {
        vm.assume(first != second);
        secret = bound(secret, 100, 1_000);
        address owner = vm.addr(secret);
        bytes memory one = _register(secret, first);
        bytes memory two = _register(secret, second);
        _registry.registerFor(owner, "", second, block.timestamp, two);
        assertTrue(_registry.isNonceUsed(owner, second));
        assertEq(_registry.nonceBitmap(owner, second >> 8), 1 << (second & 255));
        vm.expectRevert(abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, owner, second));
        _registry.registerFor(owner, "", second, block.timestamp, two);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AlreadyRegistered.selector, owner, 2));
        _registry.registerFor(owner, "", first, block.timestamp, one);
        assertFalse(_registry.isNonceUsed(owner, first));
        vm.prank(owner);
        _registry.invalidateNonces(first >> 8, 1 << (first & 255));
        vm.expectRevert(abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, owner, first));
        _registry.registerFor(owner, "", first, block.timestamp, one);
    }

    /// @dev Whoever sends it, in whoever's transaction: a signature by ECDSA proves a key, one by ERC-1271 none. Each proof is
    /// announced, after everything else.
    function testFuzz_ownerKind_GivenAConsent_WhenItIsByAKeyOrAContract_ItShouldTellThemApart(
        uint256 secret,
        address relayer,
        address origin
    ) public {
        secret = bound(secret, 100, 1_000);
        bytes memory signature = _register(secret, 7);
        vm.recordLogs();
        vm.prank(relayer, origin);
        uint256 id = _registry.registerFor(vm.addr(secret), "", 7, block.timestamp, signature);
        _expectKind(id, OwnerKind.Key);
        _expectProofs(id, vm.addr(secret), 1);
        address account = address(new YesAccount());
        vm.recordLogs();
        vm.prank(relayer, origin);
        id = _registry.registerFor(account, "", 7, block.timestamp, "");
        _expectKind(id, OwnerKind.Unproven);
        // Rotated to a contract and back, each time by what the next owner proves.
        account = address(new YesAccount());
        vm.prank(_alice, account);
        _registry.rotateKey(1, account, block.timestamp, "");
        _expectKind(1, OwnerKind.Unproven);
        _expectProofs(0, address(0), 0);
        signature = _sign(
            secret + 1,
            keccak256(abi.encode(ROTATE_TYPEHASH, 1, account, vm.addr(secret + 1), 1, block.timestamp))
        );
        vm.recordLogs();
        vm.prank(account, origin);
        _registry.rotateKey(1, vm.addr(secret + 1), block.timestamp, signature);
        _expectKind(1, OwnerKind.Key);
        _expectProofs(1, vm.addr(secret + 1), 1);
        vm.prank(vm.addr(secret + 1));
        _registry.retire(1);
        _expectKind(1, OwnerKind.None);
        assertFalse(_registry.getRecord(1).isKeyOwned());
    }

    /// @dev Also where the owner before was proven: what one key signed says nothing of the next.
    function testFuzz_ownerKind_GivenACandidate_WhenItClaims_ItShouldBeUnprovenUntilItSigns(
        uint256 secret,
        address origin,
        bool wasProven
    ) public {
        secret = bound(secret, 2, 1_000);
        address candidate = vm.addr(secret);
        if (uint160(origin) % 2 == 0) origin = candidate;
        uint256 seen = 1_700_000_000;
        if (wasProven) {
            vm.warp(++seen);
            CheckIn memory first = _checkIn(1, "", seen - 1);
            _registry.pulseFor(1, "", type(uint256).max, first.signature);
            _expectKind(1, OwnerKind.Key);
        }
        vm.recordLogs();
        vm.prank(_alice);
        _registry.setGuardian(1, address(9));
        vm.prank(address(9));
        _registry.proposeRecovery(1, candidate);
        vm.warp(seen + DELAY);
        vm.prank(candidate, origin);
        _registry.claimRecovery(1);
        _expectKind(1, OwnerKind.Unproven);
        _expectProofs(0, address(0), 0);
        CheckIn memory c = _checkIn(secret, "", seen);
        vm.recordLogs();
        _registry.pulseFor(1, "", type(uint256).max, c.signature);
        _expectKind(1, OwnerKind.Key);
        _expectProof(vm.getRecordedLogs()[0], 1, candidate);
    }

    /// @dev A designator is three bytes and an address; who delegates stays what it was proven to be.
    function testFuzz_isDelegated_GivenAnyCode_WhenItIsADesignator_ItShouldSaySo(address to, bytes memory code) public {
        assertFalse(_registry.identityOf(1).isDelegated);
        vm.etch(_alice, abi.encodePacked(hex"ef0100", to));
        OwnerKind before = _registry.identityOf(1).ownerKind;
        assertTrue(_registry.identityOf(1).isDelegated);
        if (code.length != 0 && code[0] == 0xef) code[0] = 0xee; // no other code begins with that byte
        vm.etch(_alice, code);
        assertFalse(_registry.identityOf(1).isDelegated);
        assertEq(uint256(_registry.identityOf(1).ownerKind), uint256(before));
        vm.etch(_alice, abi.encodePacked(hex"ee0100", to));
        assertFalse(_registry.identityOf(1).isDelegated);
    }

    /// @dev Whoever set which wallet: nobody is answered while suspended, and afterwards what is left of it.
    function testFuzz_suspend_GivenAnyWallet_WhenSuspended_ItShouldAnswerNobodyUntilResumed(
        bool hasWallet,
        bool byGuardian,
        bool unsets
    ) public {
        vm.startPrank(_alice);
        _registry.setGuardian(1, address(9));
        _registry.setAgentURI(1, "ipfs://agent");
        vm.stopPrank();
        if (hasWallet) _setWallet(2);
        vm.prank(address(9));
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotAuthorized.selector, 1, address(9)));
        _registry.unsetAgentWallet(1);
        vm.prank(byGuardian ? address(9) : _alice);
        _registry.suspend(1);
        _expectNobody();
        assertEq(_registry.tokenURI(1), _registry.renderer().tokenURI(_registry, 1));
        if (unsets) {
            vm.prank(byGuardian ? address(9) : _alice);
            _registry.unsetAgentWallet(1);
            _expectNobody();
        }
        (uint256 id, , ) = _registry.resolve(vm.addr(2));
        assertEq(id, hasWallet && !unsets ? 1 : 0);
        vm.prank(address(9));
        _registry.resume(1);
        address expected = hasWallet && !unsets ? vm.addr(2) : _alice;
        assertEq(_registry.getAgentWallet(1), expected);
        assertEq(_registry.identityOf(1).wallet, expected);
        assertEq(_registry.getMetadata(1, "agentWallet"), abi.encodePacked(expected));
        assertEq(_registry.tokenURI(1), "ipfs://agent");
    }

    /// @dev Whatever becomes of it, `firstSeen` stays, and tenure changes with a check-in alone.
    function testFuzz_firstSeen_GivenAnyFate_WhenKeysChange_ItShouldStay(uint256 seed, bool retires) public {
        vm.prank(_alice);
        _registry.setGuardian(1, address(9));
        uint256 secret = 1;
        uint256 clock = 1_700_000_000;
        uint256 tenure = 0;
        uint256 seen = clock;
        for (uint256 i = 0; i < 10; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 4 == 0) _rotate(secret, ++secret);
            if (seed % 4 == 1) clock = _recover(++secret, clock);
            if (seed % 4 == 2) {
                tenure += clock - seen < MAX_SILENCE ? clock - seen : MAX_SILENCE;
                seen = clock;
                vm.prank(vm.addr(secret));
                assertEq(_registry.pulse(1, ""), tenure);
            }
            clock += (seed >> 8) % (2 * MAX_SILENCE);
            vm.warp(clock);
            _expectDates(clock, tenure, seen);
        }
        if (!retires) return;
        vm.prank(vm.addr(secret));
        _registry.retire(1); // proposes
        clock += DELAY;
        vm.warp(clock);
        vm.prank(vm.addr(secret));
        _registry.retire(1);
        clock += 1_000 days;
        vm.warp(clock);
        assertEq(uint256(_registry.identityOf(1).status), uint256(Status.Retired));
        _expectDates(clock, tenure, seen);
    }

    function testFuzz_setArbitration_GivenAnyCaller_WhenAnswered_ItShouldBeTheActiveOwnersAlone(
        address caller,
        bool isOpen,
        bool isSuspended
    ) public {
        if (isSuspended) {
            vm.prank(_alice);
            _registry.suspend(1);
        }
        if (uint160(caller) % 2 == 0) caller = _alice;
        bytes memory why = "";
        if (caller != _alice) why = abi.encodeWithSelector(NotOwner.selector, 1, caller);
        if (isSuspended) why = abi.encodeWithSelector(IIdentityRegistry.IdentitySuspended.selector, 1);
        if (why.length != 0) vm.expectRevert(why);
        vm.prank(caller);
        _registry.setArbitration(1, isOpen);
        assertEq(_registry.getRecord(1).isArbiter(), isOpen && why.length == 0);
        assertEq(_registry.identityOf(1).isArbiter, isOpen && why.length == 0);
        vm.prank(_alice);
        if (!isSuspended) _registry.setArbitration(1, false);
        assertFalse(_registry.identityOf(1).isArbiter);
    }

    /// @dev Five minutes ahead at most; its signer takes back one of them, and using it does not use it up.
    function testFuzz_setAgentWallet_GivenAnyDeadline_WhenVoidedOrTooFar_ItShouldRefuse(
        uint256 ahead,
        bool isVoided
    ) public {
        ahead = bound(ahead, 0, 600);
        uint256 deadline = block.timestamp + ahead;
        bytes32 terms = keccak256(abi.encode(WALLET_TYPEHASH, 1, vm.addr(2), _alice, deadline));
        bytes memory signature = _sign(2, terms);
        uint256 digest = uint256(_digest(terms));
        bytes memory why = "";
        if (isVoided) {
            vm.prank(vm.addr(2));
            _registry.invalidateNonces(digest >> 8, 1 << (digest & 255));
            why = abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, vm.addr(2), digest);
        }
        if (ahead > 300) {
            why = abi.encodeWithSelector(IIdentityRegistry.DeadlineTooFar.selector, deadline, block.timestamp + 300);
        }
        if (why.length != 0) vm.expectRevert(why);
        vm.prank(_alice);
        _registry.setAgentWallet(1, vm.addr(2), deadline, signature);
        assertEq(_registry.getAgentWallet(1), why.length == 0 ? vm.addr(2) : _alice);
        assertEq(_registry.isNonceUsed(vm.addr(2), digest), isVoided);
    }

    function test_totalSupply_GivenARetiredIdentity_WhenAsked_ItShouldLeaveItOut() public {
        _registry.register();
        vm.prank(_alice);
        _registry.retire(1);
        assertEq(_registry.totalRegistered(), 2);
        assertEq(_registry.totalSupply(), 1);
    }

    function _expectNobody() private view {
        assertEq(_registry.getAgentWallet(1), address(0));
        assertEq(_registry.identityOf(1).wallet, address(0));
        assertEq(_registry.getMetadata(1, "agentWallet"), new bytes(20));
        assertEq(_registry.metadata(1, "agentWallet"), new bytes(20));
    }

    function _expectDates(uint256 clock, uint256 tenure, uint256 seen) private view {
        Identity memory identity = _registry.identityOf(1);
        assertEq(identity.firstSeen, 1_700_000_000);
        assertEq(_registry.firstSeen(1), 1_700_000_000);
        assertEq(_registry.ageOf(1), clock - 1_700_000_000);
        assertEq(identity.lastSeen, seen);
        assertEq(identity.tenure, tenure);
        assertEq(_registry.tenureOf(1), tenure);
        assertLe(tenure, _registry.ageOf(1));
    }

    function _expectKind(uint256 id, OwnerKind kind) private view {
        assertEq(uint256(_registry.identityOf(id).ownerKind), uint256(kind));
        assertEq(_registry.getRecord(id).isKeyOwned(), kind == OwnerKind.Key);
    }

    /// @dev So many in what was recorded, of which the last log of all is one of this owner.
    function _expectProofs(uint256 id, address owner, uint256 count) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IIdentityRegistry.OwnerProven.selector) continue;
            assertGt(count, 0, "a proof too many");
            --count;
        }
        assertEq(count, 0, "a proof too few");
        if (owner != address(0)) _expectProof(logs[logs.length - 1], id, owner);
    }

    function _expectProof(Vm.Log memory log, uint256 id, address owner) private view {
        assertEq(log.emitter, address(_registry));
        assertEq(log.topics[0], IIdentityRegistry.OwnerProven.selector);
        assertEq(uint256(log.topics[1]), id);
        assertEq(address(uint160(uint256(log.topics[2]))), owner);
    }

    function _checkIn(
        uint256 secret,
        bytes32 checkpoint,
        uint256 lastSeen
    ) private view returns (CheckIn memory checkIn) {
        bytes32 terms = keccak256(
            abi.encode(PULSE_TYPEHASH, 1, vm.addr(secret), checkpoint, lastSeen, type(uint256).max)
        );
        return CheckIn(secret, checkpoint, lastSeen, false, _sign(secret, terms));
    }

    /// @return The time when it was claimed.
    function _recover(uint256 to, uint256 clock) private returns (uint256) {
        vm.prank(address(9));
        _registry.proposeRecovery(1, vm.addr(to));
        vm.warp(clock + DELAY);
        vm.prank(vm.addr(to));
        _registry.claimRecovery(1);
        return clock + DELAY;
    }

    function _register(uint256 secret, uint256 nonce) private view returns (bytes memory) {
        bytes32 uriHash = keccak256("");
        return
            _sign(secret, keccak256(abi.encode(REGISTER_TYPEHASH, vm.addr(secret), uriHash, nonce, block.timestamp)));
    }

    function _setWallet(uint256 secret) private {
        bytes32 terms = keccak256(abi.encode(WALLET_TYPEHASH, 1, vm.addr(secret), _alice, block.timestamp));
        bytes memory signature = _sign(secret, terms);
        vm.prank(_alice);
        _registry.setAgentWallet(1, vm.addr(secret), block.timestamp, signature);
    }

    function _rotate(uint256 from, uint256 to) private {
        uint8 epoch = _registry.getRecord(1).keyEpoch();
        bytes32 terms = keccak256(abi.encode(ROTATE_TYPEHASH, 1, vm.addr(from), vm.addr(to), epoch, type(uint256).max));
        bytes memory signature = _sign(to, terms);
        vm.prank(vm.addr(from));
        _registry.rotateKey(1, vm.addr(to), type(uint256).max, signature);
    }

    function _expectNoRotation(uint256 from, bytes memory why) private {
        uint8 epoch = _registry.getRecord(1).keyEpoch();
        bytes32 terms = keccak256(
            abi.encode(ROTATE_TYPEHASH, 1, vm.addr(from), vm.addr(from + 1), epoch, block.timestamp)
        );
        bytes memory signature = _sign(from + 1, terms);
        vm.prank(vm.addr(from));
        vm.expectRevert(why);
        _registry.rotateKey(1, vm.addr(from + 1), block.timestamp, signature);
    }

    function _sign(uint256 secret, bytes32 structHash) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, _digest(structHash));
        return abi.encodePacked(r, s, v);
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        bytes32 domain = keccak256(
            abi.encode(typeHash, keccak256("ERC8004IdentityRegistry"), keccak256("1"), block.chainid, _registry)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _nonexistent(uint256 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, id);
    }
}
