// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {StdInvariant} from "forge-std/StdInvariant.sol";

import {
    ChangeKind,
    Identity,
    IIdentityRegistry,
    KeyRole,
    OwnerKind
} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {Profile} from "../../../contracts/interfaces/IRegistryLens.sol";
import {IVouchRegistry, Vouch, VouchState} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Stance} from "../../../contracts/libraries/Edge.sol";
import {Status} from "../../../contracts/libraries/IdentityRecord.sol";
import {DeployedTest} from "../utils/DeployedTest.sol";
import {Handler} from "./Handler.sol";
import {Agent, Deed, Key} from "./Model.sol";

/// @title The invariants of the registries
///
/// 1. The sum of the active stakes for, and against, each subject is what its ring says, now and in every later period.
/// 2. The stakes locked by a voucher are what its ring says, and never exceed its standing.
/// 3. Nothing shortens liability: every stake can be burned in the last second of its tail, and not a second later,
///    whatever became of voucher and subject. (Revoking and disowning begin the tail; nothing else moves it.)
/// 4. Nobody can make another's action fail or dear: each action that the rules allow succeeds, each other one reverts
///    with exactly its reason, and the gas of each has a ceiling that no number of others lifts.
/// 5. Tenure is what a diary of check-ins gives, changes with nothing else, time that passes included, never exceeds the
///    age, and never decreases.
/// 6. An address owns at most one identity over all time, and a former key has no power.
/// 7. `firstSeen` never changes, whatever becomes of keys and identity; identifiers are dense, and `Retired` is final.
/// 8. What is burned and the scars never decrease, and a walk of either list meets each pair ever made exactly once.
/// 9. No signature works twice, in whichever order nonces are spent, late, changed, for another holder of a number, on a
///    twin of the contract or on another chain; each registry keeps nonces of its own. Nor does one work, although it has
///    never been sent, over an edge that was made or got more stake since it was signed, or after a newer check-in.
/// 10. No contract takes ether, holds any, or calls an account other than statically to check its signature.
/// 11. While an identity is suspended, no view answers a wallet.
/// 12. Making a deed anew never brings a refused vouch back: what its subject disowned counts for it no more while it is
///     locked. Unless all of it was burned, it never shortens a release, lowers a stake or changes an arbiter either.
/// 13. An owner is called a key only since it signed by ECDSA, to register, to be rotated to or to check in, whoever was the
///     origin of which transaction; no contract ever is. `OwnerProven` is emitted exactly when it begins to be called one.
///
/// @dev The handler calls the real registries and keeps a plain model of them; 4, 6 and 9 are asserted at each of its
/// calls, against what the rules say of it, and so are 12 and 13. Each action is a call that must not revert. `Reach.t.sol` holds
/// the handler to reaching what it is there for.
contract RegistriesInvariantTest is DeployedTest {
    uint256 private constant PROBES = 4;

    Handler private _handler;
    IIdentityRegistry private _identities;
    IVouchRegistry private _vouches;

    function setUp() public {
        _handler = Handler(deploy("Handler", ""));
        _identities = _handler.identities();
        _vouches = _handler.vouches();
        bytes4[25] memory all = [
            _handler.register.selector,
            _handler.pulse.selector,
            _handler.changeKeys.selector,
            _handler.arbitrate.selector,
            _handler.giveBirth.selector,
            _handler.rotateKey.selector,
            _handler.guard.selector,
            _handler.rescue.selector,
            _handler.vouch.selector,
            _handler.warn.selector,
            _handler.makeAnew.selector,
            _handler.quarrel.selector,
            _handler.vouchAfterStrangers.selector,
            _handler.renew.selector,
            _handler.end.selector,
            _handler.burn.selector,
            _handler.multicall.selector,
            _handler.prepare.selector,
            _handler.signAndSend.selector,
            _handler.submit.selector,
            _handler.outdate.selector,
            _handler.invalidateNonces.selector,
            _handler.wait.selector,
            _handler.cross.selector,
            _handler.pay.selector
        ];
        bytes4[] memory selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; ++i) selectors[i] = all[i];
        targetSelector(StdInvariant.FuzzSelector(address(_handler), selectors));
        targetContract(address(_handler));
    }

    function invariant_1_SumsOfSubjectsAreExact() public {
        _now();
        uint256 current = _vouches.currentPeriod();
        assertEq(current, _handler.currentPeriod());
        for (uint256 id = 1; id <= _handler.agentCount(); ++id) {
            (uint256[9] memory support, uint256[9] memory opposition) = _handler.sumsOf(id);
            (uint256 f, uint256 a) = _vouches.supportOf(id);
            assertEq(f, support[0], "support");
            assertEq(a, opposition[0], "opposition");
            for (uint256 ahead = 0; ahead < 9; ++ahead) {
                (f, a) = _vouches.supportAt(id, current + ahead);
                assertEq(f, support[ahead], "support later");
                assertEq(a, opposition[ahead], "opposition later");
            }
        }
    }

    function invariant_2_LockedStakesAreExactAndCovered() public {
        _now();
        for (uint256 id = 1; id <= _handler.agentCount(); ++id) {
            (uint256 standing, uint256 staked, , uint256 free, ) = _vouches.standingOf(id);
            assertEq(standing, _handler.standingOf(id), "standing");
            assertEq(staked, _handler.lockedBy(id), "staked");
            assertLe(staked, standing, "more locked than standing");
            assertEq(free, standing - staked, "free");
        }
    }

    function invariant_3_NothingShortensLiability() public {
        _now();
        Deed[] memory deeds = _handler.getDeeds();
        for (uint256 i = 0; i < deeds.length; ++i) _compareEdge(deeds[i]);
        for (uint256 i = 0; i < PROBES && i < deeds.length; ++i) {
            uint256 index = (_handler.calls() * PROBES + i) % deeds.length;
            if (deeds[index].arbiter == 0) continue;
            try _handler.probeLiability(index) {
                fail();
            } catch (bytes memory reason) {
                assertEq(reason, abi.encodeWithSelector(Handler.Probed.selector), "probe");
            }
            _now();
        }
    }

    function invariant_4_NobodyMakesAnothersActionFailOrDear() public {
        _now();
        for (uint256 i = 0; i < _handler.usedCount(); ++i) {
            bytes4 selector = _handler.used(i);
            // Above each action, compiled without the optimiser too, as coverage does it; below what one more storage word
            // for each of the others would cost.
            uint256 ceiling = selector == 0xac9650d8 ? 300_000 : 220_000;
            assertLt(_handler.mostGas(selector), ceiling, "an action became dear");
        }
    }

    function invariant_5_TenureIsWitnessedOnce() public {
        _now();
        for (uint256 id = 1; id <= _handler.agentCount(); ++id) {
            uint256 tenure = _identities.tenureOf(id);
            (uint256 before, , , ) = _handler.seen(id);
            assertEq(tenure, _handler.tenureOf(id), "tenure");
            assertLe(tenure, _identities.ageOf(id), "tenure exceeds age");
            assertGe(tenure, before, "tenure decreased");
        }
        vm.warp(_handler.clock() + 1_000_000);
        for (uint256 id = 1; id <= _handler.agentCount(); ++id) {
            assertEq(_identities.tenureOf(id), _handler.tenureOf(id), "time alone changed tenure");
            (uint256 standing, , , , ) = _vouches.standingOf(id);
            assertEq(standing, _handler.standingOf(id), "time alone changed standing");
        }
    }

    function invariant_6_AnAddressOwnsAtMostOneIdentity() public {
        _now();
        address[] memory owners = new address[](_handler.agentCount());
        for (uint256 i = 0; i < owners.length; ++i) owners[i] = _identities.getRecord(i + 1).owner();
        for (uint256 i = 0; i < _handler.actorCount(); ++i) {
            address actor = _handler.actors(i);
            Key memory key = _handler.getKey(actor);
            (uint256 id, KeyRole role, uint256 since) = _identities.resolve(actor);
            assertEq(id, key.id, "id");
            assertEq(uint256(role), uint256(key.role), "role");
            assertEq(since, key.since, "since");
            uint256 owned = 0;
            for (uint256 j = 0; j < owners.length; ++j) {
                if (owners[j] == actor) ++owned;
            }
            assertEq(owned, role == KeyRole.Owner ? 1 : 0, "owned");
            assertEq(_identities.balanceOf(actor), owned, "balance");
        }
    }

    function invariant_7_IdentitiesAreDenseAndFinal() public {
        _now();
        uint256 count = _handler.agentCount();
        assertEq(_identities.totalRegistered(), count);
        assertEq(_identities.totalSupply(), count - _handler.retiredCount());
        assertEq(uint256(_identities.identityOf(0).status), uint256(Status.None));
        assertEq(uint256(_identities.identityOf(count + 1).status), uint256(Status.None));
        for (uint256 id = 1; id <= count; ++id) {
            Identity memory identity = _identities.identityOf(id);
            _compareIdentity(id, identity, _handler.getAgent(id));
            (, , , bool wasRetired) = _handler.seen(id);
            if (wasRetired) assertEq(uint256(identity.status), uint256(Status.Retired), "not final");
        }
    }

    function invariant_8_ScarsStayAndListsAreComplete() public {
        _now();
        for (uint256 id = 1; id <= _handler.agentCount(); ++id) {
            (, , uint256 burned, , uint256 scars) = _vouches.standingOf(id);
            (uint256 expectedBurned, uint256 expectedScars) = _handler.getBurns(id);
            (, uint256 burnedBefore, uint256 scarsBefore, ) = _handler.seen(id);
            assertEq(burned, expectedBurned, "burned");
            assertEq(scars, expectedScars, "scars");
            assertGe(burned, burnedBefore, "burned decreased");
            assertGe(scars, scarsBefore, "scars decreased");
            _walk(id, _handler.getVouchersOf(id), true);
            _walk(id, _handler.getSubjectsOf(id), false);
        }
    }

    function invariant_9_NoSignatureWorksTwice() public {
        _now();
        uint256[4] memory words = _handler.words();
        for (uint256 i = 0; i < _handler.actorCount(); ++i) {
            address actor = _handler.actors(i);
            for (uint256 j = 0; j < words.length; ++j) {
                uint256 word = words[j];
                assertEq(
                    _vouches.nonceBitmap(actor, word),
                    _handler.bitmapOf(address(_vouches), actor, word),
                    "nonces"
                );
                uint256 bitmap = _handler.bitmapOf(address(_identities), actor, word);
                assertEq(_identities.nonceBitmap(actor, word), bitmap, "nonces");
                assertEq(_handler.twinVouches().nonceBitmap(actor, word), 0, "a signature worked on a twin");
                assertEq(_handler.twinIdentities().nonceBitmap(actor, word), 0, "a signature worked on a twin");
            }
        }
        assertEq(_handler.twinIdentities().totalRegistered(), 0);
    }

    function invariant_10_NothingIsPaidAndNobodyIsCalled() public {
        _now();
        assertEq(address(_vouches).balance, 0);
        assertEq(address(_identities).balance, 0);
        assertEq(_handler.strangeCalls(), 0, "a registry called an account");
    }

    function invariant_11_NobodyIsTheWalletOfASuspendedIdentity() public {
        _now();
        for (uint256 id = 1; id <= _handler.agentCount(); ++id) {
            Agent memory a = _handler.getAgent(id);
            address wallet = a.wallet == address(0) ? a.owner : a.wallet;
            if (a.status == Status.Suspended) wallet = address(0);
            assertEq(_identities.getAgentWallet(id), wallet, "wallet");
            bytes memory said = a.status == Status.Retired ? bytes("") : abi.encodePacked(wallet);
            assertEq(_identities.getMetadata(id, "agentWallet"), said, "metadata");
            assertEq(_identities.metadata(id, "agentWallet"), said, "metadata");
            if (a.status == Status.Suspended) _expectNoWallet(id, a);
        }
    }

    function invariant_12_NothingThatIsLockedShrinksOrComesBack() public {
        _now();
        Deed[] memory deeds = _handler.getDeeds();
        for (uint256 i = 0; i < deeds.length; ++i) {
            if (!deeds[i].refused || _handler.currentPeriod() > deeds[i].release) continue;
            Vouch memory v = _vouches.vouchOf(deeds[i].voucher, deeds[i].subject);
            assertTrue(v.stance == Stance.Against || v.state == VouchState.Disowned, "a refused vouch came back");
        }
    }

    function invariant_13_OnlyWhoWasProvenAKeyIsCalledOne() public {
        _now();
        for (uint256 id = 1; id <= _handler.agentCount(); ++id) {
            Agent memory a = _handler.getAgent(id);
            bool isKeyOwned = _identities.getRecord(id).isKeyOwned();
            assertEq(isKeyOwned, a.keyOwned, "proven");
            if (isKeyOwned) assertFalse(_handler.isContract(a.owner), "a contract passes for a key");
            assertEq(_handler.proofsOf(id, a.owner), isKeyOwned ? 1 : 0, "announced");
        }
        assertEq(_handler.proofsSaid(), _handler.proofsDue(), "announced");
    }

    function _now() private {
        vm.warp(_handler.clock());
    }

    /// @dev In no page of the lens either, nor in the document that takes the place of its own.
    function _expectNoWallet(uint256 id, Agent memory a) private view {
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        Profile[] memory page = _handler.lens().profiles(ids);
        assertEq(page[0].identity.wallet, address(0), "wallet in a profile");
        address[] memory asked = new address[](1);
        asked[0] = a.wallet == address(0) ? a.owner : a.wallet;
        page = _handler.lens().profilesOf(asked);
        assertEq(page[0].identity.id, id, "profile");
        assertEq(page[0].identity.wallet, address(0), "wallet in a profile");
        assertEq(_identities.tokenURI(id), _identities.renderer().tokenURI(_identities, id), "document");
    }

    function _compareEdge(Deed memory d) private view {
        Vouch memory v = _vouches.vouchOf(d.voucher, d.subject);
        uint256 current = _handler.currentPeriod();
        Agent memory voucher = _handler.getAgent(d.voucher);
        assertEq(v.arbiterId, d.arbiter, "arbiter");
        assertEq(uint256(v.stance), uint256(d.against ? Stance.Against : Stance.For), "stance");
        assertEq(v.stake, d.stake, "stake");
        assertEq(v.since, d.since, "since");
        assertEq(v.endPeriod, d.end, "end");
        assertEq(v.releasePeriod, d.release, "release");
        assertEq(v.subjectKeyEpoch, d.subjectEpoch, "subject epoch");
        assertEq(v.voucherKeyEpoch, d.voucherEpoch, "voucher epoch");
        assertEq(uint256(v.voucherStatus), uint256(voucher.status), "voucher status");
        assertEq(v.voucherRekeyed, d.voucherEpoch != voucher.keyEpoch, "rekeyed");
        Status arbiterStatus = _handler.getAgent(d.arbiter).status;
        assertEq(uint256(v.arbiterStatus), uint256(arbiterStatus), "arbiter status");
        bool canBurn = arbiterStatus == Status.Active && d.stake != 0 && current <= d.release;
        assertEq(v.isBurnable, canBurn, "burnable");
        VouchState state = _handler.stateOf(d);
        assertEq(uint256(v.state), uint256(state), "state");
        assertEq(v.isActive, state == VouchState.Active, "active");
    }

    function _compareIdentity(uint256 id, Identity memory i, Agent memory a) private view {
        assertEq(i.id, id, "id");
        assertEq(i.owner, a.owner, "owner");
        bool isSuspended = a.status == Status.Suspended;
        assertEq(
            i.wallet,
            isSuspended
                ? address(0)
                : a.wallet == address(0)
                    ? a.owner
                    : a.wallet,
            "wallet"
        );
        OwnerKind kind = a.keyOwned ? OwnerKind.Key : OwnerKind.Unproven;
        assertEq(uint256(i.ownerKind), a.owner == address(0) ? 0 : uint256(kind), "owner kind");
        assertFalse(i.isDelegated, "delegated");
        assertEq(i.isArbiter, a.arbitrates, "arbiter");
        assertEq(i.guardian, a.guardian, "guardian");
        assertEq(uint256(i.status), uint256(a.status), "status");
        assertEq(i.keyEpoch, a.keyEpoch, "key epoch");
        assertEq(i.keySince, a.owner == address(0) ? 0 : _handler.getKey(a.owner).since, "key since");
        if (a.owner != address(0)) assertEq(_identities.getApproved(id), a.approved, "approved");
        assertEq(i.firstSeen, a.firstSeen, "first seen");
        assertEq(_identities.firstSeen(id), a.firstSeen, "first seen");
        assertEq(_identities.ageOf(id), _handler.clock() - a.firstSeen, "age");
        assertEq(_identities.guardianOf(id), a.guardian, "guardian");
        assertEq(i.lastSeen, a.lastSeen, "last seen");
        bool waits = _handler.waitingKind(id) != ChangeKind.None;
        assertEq(uint256(i.pending.kind), waits ? uint256(a.kind) : 0, "pending kind");
        assertEq(i.pending.candidate, waits ? a.candidate : address(0), "candidate");
        assertEq(i.pending.readyAt, waits ? a.readyAt : 0, "ready at");
    }

    /// @dev Newest pair first, in pages of three.
    function _walk(uint256 id, uint256[] memory oldestFirst, bool vouchers) private view {
        uint256 cursor = 0;
        uint256 left = oldestFirst.length;
        do {
            Vouch[] memory page;
            (page, cursor) = vouchers ? _vouches.vouchersOf(id, cursor, 3) : _vouches.vouchesBy(id, cursor, 3);
            assertEq(page.length, left < 3 ? left : 3, "page");
            for (uint256 i = 0; i < page.length; ++i) {
                --left;
                assertEq(vouchers ? page[i].voucherId : page[i].subjectId, oldestFirst[left], "list");
            }
            assertEq(cursor == 0, left == 0, "cursor");
        } while (cursor != 0);
    }
}
