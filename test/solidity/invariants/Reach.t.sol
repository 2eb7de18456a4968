// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC8004IdentityRegistry} from "../../../contracts/interfaces/IERC8004IdentityRegistry.sol";
import {IIdentityRegistry, NotOwner} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IUnorderedNonces} from "../../../contracts/interfaces/IUnorderedNonces.sol";
import {IVouchRegistry, VouchState} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Consent} from "../../../contracts/libraries/Consent.sol";
import {DeployedTest} from "../utils/DeployedTest.sol";
import {Handler} from "./Handler.sol";

/// @dev An invariant says nothing of what never happens. The handler plays the same long games each time, and all that it
/// is there for must have gone through, or been refused for its reason, in one of them.
contract ReachTest is DeployedTest {
    uint256 private constant GAMES = 20;
    uint256 private constant STEPS = 600;

    Handler[] private _games;
    string private _missing;

    function test_handler_GivenLongGames_WhenPlayed_ItShouldReachAllThatItIsThereFor() public {
        for (uint256 game = 0; game < GAMES; ++game) {
            Handler handler = Handler(deploy("Handler", ""));
            _games.push(handler);
            for (uint256 i = 0; i < STEPS; ++i) _play(handler, uint256(keccak256(abi.encode(game, i))));
        }
        _expectActions();
        _expectWhatHasNoName();
        _expectMadeAnew();
        _expectRefusals();
        assertEq(_missing, "", "never met");
    }

    function _miss(string memory what) private {
        _missing = string.concat(_missing, what, "; ");
    }

    function _play(Handler handler, uint256 seed) private {
        bytes4[27] memory all = [
            handler.register.selector,
            handler.pulse.selector,
            handler.changeKeys.selector,
            handler.arbitrate.selector,
            handler.giveBirth.selector,
            handler.rotateKey.selector,
            handler.guard.selector,
            handler.rescue.selector,
            handler.vouch.selector,
            handler.warn.selector,
            handler.makeAnew.selector,
            handler.quarrel.selector,
            handler.vouchAfterStrangers.selector,
            handler.renew.selector,
            handler.end.selector,
            handler.burn.selector,
            handler.multicall.selector,
            handler.prepare.selector,
            handler.signAndSend.selector,
            handler.submit.selector,
            handler.outdate.selector,
            handler.invalidateNonces.selector,
            handler.wait.selector,
            handler.cross.selector,
            // Once more, because they reach the rarest.
            handler.makeAnew.selector,
            handler.quarrel.selector,
            handler.signAndSend.selector
        ];
        (bool ok, bytes memory reason) = address(handler).call(abi.encodeWithSelector(all[seed % all.length], seed));
        assertEq(reason, bytes(""), "an action of the handler failed");
        assertTrue(ok, "an action of the handler failed");
    }

    /// @dev Every function that changes anything, by its selector.
    function _expectActions() private {
        bytes4[29] memory all = [
            bytes4(keccak256("register()")),
            IIdentityRegistry.registerFor.selector,
            IIdentityRegistry.pulse.selector,
            IIdentityRegistry.pulseFor.selector,
            IERC8004IdentityRegistry.setAgentURI.selector,
            IERC8004IdentityRegistry.setAgentWallet.selector,
            IERC8004IdentityRegistry.unsetAgentWallet.selector,
            bytes4(keccak256("approve(address,uint256)")),
            bytes4(keccak256("setApprovalForAll(address,bool)")),
            IIdentityRegistry.rotateKey.selector,
            IIdentityRegistry.suspend.selector,
            IIdentityRegistry.resume.selector,
            IIdentityRegistry.setGuardian.selector,
            IIdentityRegistry.proposeRecovery.selector,
            IIdentityRegistry.claimRecovery.selector,
            IIdentityRegistry.cancelPending.selector,
            IIdentityRegistry.retire.selector,
            IIdentityRegistry.setArbitration.selector,
            IUnorderedNonces.invalidateNonces.selector,
            IVouchRegistry.vouch.selector,
            IVouchRegistry.warn.selector,
            IVouchRegistry.vouchFor.selector,
            IVouchRegistry.warnFor.selector,
            IVouchRegistry.renew.selector,
            IVouchRegistry.revoke.selector,
            IVouchRegistry.revokeFor.selector,
            IVouchRegistry.disown.selector,
            IVouchRegistry.burn.selector,
            bytes4(keccak256("multicall(bytes[])"))
        ];
        for (uint256 i = 0; i < all.length; ++i) {
            uint256 sum = 0;
            for (uint256 game = 0; game < GAMES; ++game) sum += _games[game].successesOf(all[i]);
            if (sum == 0) _miss(string.concat("function ", vm.toString(abi.encodePacked(all[i]))));
        }
    }

    function _expectWhatHasNoName() private {
        bytes32[32] memory all = [
            bytes32("a constructor registered"),
            "a contract left no code",
            "a contract was the origin",
            "a contract proved nothing",
            "proven alive",
            "proven recovered",
            "proven again",
            "rotated to a contract",
            "recovered while suspended",
            "resumed after a recovery",
            "a guardian unset a wallet",
            "a guardian revoked",
            "an owner revoked suspended",
            "arbitration closed",
            "a closed arbiter burned",
            "anew with a closed arbiter",
            "anew with an idle arbiter",
            "anew with more",
            "anew without its arbiter",
            "anew for a shorter time",
            "an arbiter was named anew",
            "a refused one stayed refused",
            "a refusal was released",
            "a date was weighted",
            "a consent was voided",
            "a consent was voided elsewhere",
            "a nonce of another word",
            "a check-in was taken back",
            "an older check-in",
            "a newer edge",
            "another arbiter",
            "a warning named a former key"
        ];
        for (uint256 i = 0; i < all.length; ++i) {
            uint256 sum = 0;
            for (uint256 game = 0; game < GAMES; ++game) sum += _games[game].reached(all[i]);
            if (sum == 0) _miss(string(abi.encodePacked(all[i])));
        }
    }

    /// @dev Over each state of a locked deed, with each stance that the rules allow there.
    function _expectMadeAnew() private {
        for (uint256 state = uint256(VouchState.Active); state <= uint256(VouchState.Burned); ++state) {
            for (uint256 stances = 0; stances < 4; ++stances) {
                (bool was, bool becomes) = (stances < 2, stances % 2 == 0);
                uint256 sum = 0;
                for (uint256 game = 0; game < GAMES; ++game) {
                    sum += _games[game].madeAnew(VouchState(state), was, becomes);
                }
                bool isMissing = sum == 0 && _mustBeMadeAnew(VouchState(state), was, becomes);
                if (isMissing) _miss(string.concat("anew ", vm.toString(state), " ", vm.toString(stances)));
                if (_cannotBeMadeAnew(VouchState(state), was, becomes)) assertEq(sum, 0, "made anew against the rules");
            }
        }
    }

    /// @dev With the other stance whatever it is, with the same one where it has ended.
    function _mustBeMadeAnew(VouchState state, bool was, bool becomes) private pure returns (bool) {
        if (_cannotBeMadeAnew(state, was, becomes)) return false;
        return was != becomes || state != VouchState.Burned;
    }

    /// @dev No warning lapses or is disowned, what was disowned is not vouched for again, and what counts is renewed.
    function _cannotBeMadeAnew(VouchState state, bool was, bool becomes) private pure returns (bool) {
        if (state == VouchState.Lapsed || state == VouchState.Disowned) return was || !becomes;
        return state == VouchState.Active && was == becomes;
    }

    /// @dev Every reason that random play can meet. The others need a constructor, a full ring, the last epoch or the
    /// horizon, which tests of their own take.
    function _expectRefusals() private {
        bytes4[44] memory all = [
            NotOwner.selector,
            IERC721Errors.ERC721NonexistentToken.selector,
            IERC721Errors.ERC721InvalidApprover.selector,
            IIdentityRegistry.AlreadyRegistered.selector,
            IIdentityRegistry.AlreadySeen.selector,
            IIdentityRegistry.ChangeExpired.selector,
            IIdentityRegistry.ChangeNotReady.selector,
            IIdentityRegistry.DeadlineTooFar.selector,
            IIdentityRegistry.GuardianUnchanged.selector,
            IIdentityRegistry.IdentityNotSuspended.selector,
            IIdentityRegistry.IdentityRetired.selector,
            IIdentityRegistry.IdentitySuspended.selector,
            IIdentityRegistry.InvalidCandidate.selector,
            IIdentityRegistry.InvalidGuardian.selector,
            IIdentityRegistry.NoPendingChange.selector,
            IIdentityRegistry.NotAuthorized.selector,
            IIdentityRegistry.NotCandidate.selector,
            IIdentityRegistry.NotGuardian.selector,
            IIdentityRegistry.RecoveryPending.selector,
            IUnorderedNonces.NonceUsed.selector,
            Consent.InvalidSignature.selector,
            Consent.SignatureExpired.selector,
            IVouchRegistry.ArbiterChanges.selector,
            IVouchRegistry.InsufficientStanding.selector,
            IVouchRegistry.InvalidArbiter.selector,
            IVouchRegistry.InvalidBurn.selector,
            IVouchRegistry.InvalidPeriods.selector,
            IVouchRegistry.NoArbiter.selector,
            IVouchRegistry.NotActive.selector,
            IVouchRegistry.NotArbiter.selector,
            IVouchRegistry.NothingToRenew.selector,
            IVouchRegistry.NotSubjectKey.selector,
            IVouchRegistry.ReleaseShortens.selector,
            IVouchRegistry.RenewalShortens.selector,
            IVouchRegistry.SelfVouch.selector,
            IVouchRegistry.StakeShrinks.selector,
            IVouchRegistry.UnknownIdentity.selector,
            IVouchRegistry.VouchExists.selector,
            IVouchRegistry.VouchNotFound.selector,
            IVouchRegistry.VouchNotLive.selector,
            IVouchRegistry.VouchRefused.selector,
            IVouchRegistry.VouchReleased.selector,
            IVouchRegistry.WarningNotDisownable.selector,
            IVouchRegistry.ZeroStake.selector
        ];
        for (uint256 i = 0; i < all.length; ++i) {
            uint256 sum = 0;
            for (uint256 game = 0; game < GAMES; ++game) sum += _games[game].refusalsOf(all[i]);
            if (sum == 0) _miss(string.concat("error ", vm.toString(abi.encodePacked(all[i]))));
        }
    }
}
