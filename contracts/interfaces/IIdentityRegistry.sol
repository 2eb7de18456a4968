// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {IdentityRecord, Status} from "../libraries/IdentityRecord.sol";
import {IERC5192} from "./IERC5192.sol";
import {IERC8004IdentityRegistry} from "./IERC8004IdentityRegistry.sol";
import {IERC8048} from "./IERC8048.sol";
import {IRegistrationRenderer} from "./IRegistrationRenderer.sol";
import {IUnorderedNonces} from "./IUnorderedNonces.sol";

/// @notice What an address is to an identity. `Former` once owned one and can never be a key here again.
enum KeyRole {
    None,
    Owner,
    Wallet,
    Former
}

/// @notice What is known of the owner of an identity. `Key`: it signed a message that names it, by ECDSA, to register, to be
/// rotated to, or to check in, so it was proven to be a key then. `Unproven`: it did not yet, so it may be a contract whose
/// own holder changes unseen.
/// @dev Having sent the transaction proves nothing: a key that nobody has can be made to fit two signatures over messages
/// that do not name it, a delegation (EIP-7702) and a transaction, and a rollup calls with the alias of a contract on
/// another chain as the origin.
enum OwnerKind {
    None,
    Key,
    Unproven
}

/// @notice A change that waits for the recovery delay.
enum ChangeKind {
    None,
    Guardian,
    Recovery,
    Retirement
}

/// @notice A change that waits.
/// @param kind What will change; `None` where nothing waits.
/// @param candidate The next guardian (zero removes it) or the next owner; zero for a retirement.
/// @param readyAt First second (unix time) at which it can be completed; the last one is `recoveryDelay` later.
struct PendingChange {
    ChangeKind kind;
    address candidate;
    uint40 readyAt;
}

/// @notice Everything the registry knows of one identity.
/// @param id The identity; zero where unknown.
/// @param owner The root key that speaks for it now; zero where unknown or retired.
/// @param wallet The address that acts for it; the owner where none was set, zero where unknown, suspended or retired.
/// @param guardian The address that may suspend and recover it; zero where none is set.
/// @param status What it is now.
/// @param ownerKind Whether the owner has proven to be a key; `None` where unknown or retired.
/// @param isDelegated Whether the owner delegates to code now (EIP-7702): still a key, which keeps its power.
/// @param isArbiter Whether it agreed to be named as arbiter of new vouches and warnings.
/// @param keyEpoch How many times the owner key changed.
/// @param keySince When the current owner key took over (unix seconds); zero where unknown or retired.
/// @param firstSeen When it was registered (unix seconds).
/// @param lastSeen When it last checked in (unix seconds); registering counts.
/// @param tenure Witnessed seconds of existence: those that check-ins credited.
/// @param pending The change that waits, if any; one that has expired is left out.
struct Identity {
    uint256 id;
    address owner;
    address wallet;
    address guardian;
    Status status;
    OwnerKind ownerKind;
    bool isDelegated;
    bool isArbiter;
    uint8 keyEpoch;
    uint40 keySince;
    uint40 firstSeen;
    uint40 lastSeen;
    uint40 tenure;
    PendingChange pending;
}

/// @notice Thrown when somebody else than the owner of an identity calls what only the owner may.
/// @param agentId The identity.
/// @param caller Who called.
error NotOwner(uint256 agentId, address caller);

/// @title Registry of soulbound identities for autonomous agents
/// @notice Who: one token an address, never transferable; when it was first seen, that it is still there, and which key
/// speaks for it now.
interface IIdentityRegistry is
    IERC8004IdentityRegistry,
    IERC8048,
    IERC5192,
    IERC4906,
    IERC5267,
    IERC721Metadata,
    IERC721Errors,
    IUnorderedNonces
{
    /// @notice Emitted when an identity checks in. Its time is the block's.
    /// @param agentId The identity.
    /// @param checkpoint Merkle root of its behaviour log, or zero.
    event Pulse(uint256 indexed agentId, bytes32 checkpoint);

    /// @notice Emitted when another key owns the identity from now on; approvals and wallet are cleared.
    /// @param agentId The identity.
    /// @param oldOwner The key that is a former key now.
    /// @param newOwner The key that owns it now.
    /// @param keyEpoch How many times the key has changed, this time included.
    event KeyRotated(uint256 indexed agentId, address indexed oldOwner, address indexed newOwner, uint8 keyEpoch);

    /// @notice Emitted when an identity is suspended: until it is resumed it cannot check in, speak for itself, rotate its
    /// key, retire or stake, and nobody is answered as its wallet.
    /// @param agentId The identity.
    /// @param by The owner or guardian that did it.
    event Suspended(uint256 indexed agentId, address indexed by);

    /// @notice Emitted when a suspended identity is active again.
    /// @param agentId The identity.
    /// @param by The owner or guardian that did it.
    event Resumed(uint256 indexed agentId, address indexed by);

    /// @notice Emitted when the guardian changes, in effect now.
    /// @param agentId The identity.
    /// @param oldGuardian The one before, or zero.
    /// @param newGuardian The one now, or zero.
    event GuardianSet(uint256 indexed agentId, address indexed oldGuardian, address indexed newGuardian);

    /// @notice Emitted when a change waits from now on. It replaces any change that waited before.
    /// @param agentId The identity.
    /// @param kind What will change.
    /// @param candidate The next guardian or owner, zero for none.
    /// @param readyAt First second (unix time) at which it can be completed. After `readyAt + recoveryDelay` it has expired,
    /// without an event.
    event ChangeProposed(uint256 indexed agentId, ChangeKind indexed kind, address indexed candidate, uint40 readyAt);

    /// @notice Emitted when a waiting change is cancelled, or lapses because the key is rotated.
    /// @param agentId The identity.
    /// @param kind What will not change.
    /// @param by The owner or guardian that did it.
    event ChangeCancelled(uint256 indexed agentId, ChangeKind indexed kind, address indexed by);

    /// @notice Emitted when an identity ends, for ever.
    /// @param agentId The identity.
    event Retired(uint256 indexed agentId);

    /// @notice Emitted when the owner of an identity has proven to be a key, for as long as it is the owner.
    /// @param agentId The identity.
    /// @param owner The key.
    event OwnerProven(uint256 indexed agentId, address indexed owner);

    /// @notice Emitted when an identity agrees to be named as arbiter, or does so no longer.
    /// @param agentId The identity.
    /// @param isOpen Whether vouches and warnings may name it from now on.
    event ArbitrationSet(uint256 indexed agentId, bool isOpen);

    /// @notice Thrown when the address is an owner or wallet here, or once was an owner, and cannot become another key.
    /// @param key The address.
    /// @param agentId The identity it belongs or belonged to.
    error AlreadyRegistered(address key, uint256 agentId);

    /// @notice Thrown when somebody tries to transfer a token.
    /// @param agentId The identity.
    error Soulbound(uint256 agentId);

    /// @notice Thrown when the caller may not do this for this identity.
    /// @param agentId The identity.
    /// @param caller Who called.
    error NotAuthorized(uint256 agentId, address caller);

    /// @notice Thrown when somebody else than the guardian calls what only the guardian may.
    /// @param agentId The identity.
    /// @param caller Who called.
    error NotGuardian(uint256 agentId, address caller);

    /// @notice Thrown when somebody else than its candidate claims a recovery.
    /// @param agentId The identity.
    /// @param caller Who called.
    error NotCandidate(uint256 agentId, address caller);

    /// @notice Thrown when the identity is suspended.
    /// @param agentId The identity.
    error IdentitySuspended(uint256 agentId);

    /// @notice Thrown when the identity is not suspended, so that there is nothing to resume.
    /// @param agentId The identity.
    error IdentityNotSuspended(uint256 agentId);

    /// @notice Thrown when the identity is retired, for ever.
    /// @param agentId The identity.
    error IdentityRetired(uint256 agentId);

    /// @notice Thrown when the deadline of a wallet's consent is too far ahead.
    /// @param deadline The one given (unix time).
    /// @param latest The latest that is accepted now.
    error DeadlineTooFar(uint256 deadline, uint256 latest);

    /// @notice Thrown when the metadata key is reserved; use `setAgentWallet`.
    /// @param metadataKey The key.
    error ReservedMetadataKey(string metadataKey);

    /// @notice Thrown when the key is too young to be rotated: from the 129th change on, the owner of an identity with a
    /// guardian waits a recovery delay between two, so that a thief cannot use up the changes before the guardian acts.
    /// @param agentId The identity.
    /// @param readyAt First second (unix time) at which the key can be rotated.
    error KeyTooYoung(uint256 agentId, uint40 readyAt);

    /// @notice Thrown when the key cannot change again: it has changed 255 times, or 254 times where there is a guardian, for whose
    /// recovery the last change is kept.
    /// @param agentId The identity.
    error KeyEpochExhausted(uint256 agentId);

    /// @notice Thrown when the identity has this guardian already (zero: it has none).
    /// @param agentId The identity.
    /// @param guardian The guardian.
    error GuardianUnchanged(uint256 agentId, address guardian);

    /// @notice Thrown when an owner would be its own guardian.
    /// @param agentId The identity.
    /// @param guardian The address given.
    error InvalidGuardian(uint256 agentId, address guardian);

    /// @notice Thrown when the candidate is zero, which cannot be a key.
    /// @param agentId The identity.
    error InvalidCandidate(uint256 agentId);

    /// @notice Thrown when no such change waits for this identity.
    /// @param agentId The identity.
    error NoPendingChange(uint256 agentId);

    /// @notice Thrown when the change still has to wait.
    /// @param agentId The identity.
    /// @param readyAt First second (unix time) at which it can be completed.
    error ChangeNotReady(uint256 agentId, uint40 readyAt);

    /// @notice Thrown when the change was ready and nobody completed it in time. It has to be proposed again.
    /// @param agentId The identity.
    /// @param expiredAt Last second (unix time) at which it could be completed.
    error ChangeExpired(uint256 agentId, uint40 expiredAt);

    /// @notice Thrown when the guardian's recovery waits, which the owner cannot replace.
    /// @param agentId The identity.
    /// @param candidate The key it will be recovered to.
    error RecoveryPending(uint256 agentId, address candidate);

    /// @notice Thrown when the constructor's arguments are out of range.
    /// @param maxSilence Seconds; at least 1.
    /// @param recoveryDelay Seconds; at least 1 and at most 365 days.
    error InvalidParameters(uint40 maxSilence, uint40 recoveryDelay);

    /// @notice Thrown when the constructor's renderer is neither zero nor a contract.
    /// @param renderer The address given.
    error InvalidRenderer(address renderer);

    /// @notice Thrown when a signed check-in comes in the second of the last one: it would earn nothing, and count again later.
    /// @param agentId The identity.
    /// @param lastSeen When it last checked in (unix seconds).
    error AlreadySeen(uint256 agentId, uint40 lastSeen);

    /// @notice Registers `owner`, which consented by signature. Anyone may send and pay for it.
    /// @dev An ECDSA signature proves that the owner is a key.
    /// @param owner The key that will own the identity.
    /// @param agentURI Where the registration file is; may be empty.
    /// @param nonce Any number that `owner` has not used in this registry.
    /// @param deadline Last second (unix time) at which the signature counts.
    /// @param signature EIP-712 `Register(address owner,string agentURI,uint256 nonce,uint256 deadline)` by `owner`,
    /// ECDSA or ERC-1271.
    /// @return agentId The new identity.
    function registerFor(
        address owner,
        string calldata agentURI,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 agentId);

    /// @notice Checks in. By owner, wallet, approved address or operator; not while suspended.
    /// @dev Credits the time since the last check-in, at most `maxSilence` of it.
    /// @param agentId The identity.
    /// @param checkpoint Merkle root of the agent's behaviour log, or zero.
    /// @return tenure Witnessed seconds, with those that this check-in credited.
    function pulse(uint256 agentId, bytes32 checkpoint) external returns (uint40 tenure);

    /// @notice `pulse`, by signature of the owner. Anyone may send and pay for it; not while suspended.
    /// @dev Without it, who has no ether could never earn. An ECDSA signature proves that the owner is a key: this is how one
    /// that registered by a transaction proves it. It credits when it lands, whenever it was signed. It binds the last
    /// check-in in place of a nonce: with any check-in in a later second, all that name the one before are void, so that none
    /// can be kept to be sent after a newer one; an owner can still sign a stock of them, for dates to come. It makes one void
    /// without checking in by its digest, as with `rotateKey`.
    /// @param agentId The identity.
    /// @param checkpoint Merkle root of the agent's behaviour log, or zero.
    /// @param deadline Last second (unix time) at which the signature counts.
    /// @param signature EIP-712 `Pulse(uint256 agentId,address owner,bytes32 checkpoint,uint40 lastSeen,uint256 deadline)` by
    /// the owner, with the time of its last check-in; ECDSA or ERC-1271.
    /// @return tenure Witnessed seconds, with those that this check-in credited.
    function pulseFor(
        uint256 agentId,
        bytes32 checkpoint,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint40 tenure);

    /// @notice Agrees to be named as arbiter of vouches and warnings, or does so no longer. By the owner; not while
    /// suspended.
    /// @dev Closing changes nothing of what is locked already. A key change leaves it as it is.
    /// @param agentId The identity.
    /// @param isOpen Whether new vouches and warnings may name it.
    function setArbitration(uint256 agentId, bool isOpen) external;

    /// @notice Hands the identity to another key, which consents by signature. By the owner; not while suspended.
    /// @dev Age and tenure stay; vouches lapse until they are affirmed; a waiting guardian change or retirement lapses,
    /// a waiting recovery stays, unless it is to the same key. A guardian that becomes the owner is no guardian any more,
    /// and its waiting recovery lapses. With a guardian, the current key must be `recoveryDelay` old from the 129th
    /// change on, and the 255th change is kept for a recovery.
    /// @param agentId The identity.
    /// @param newOwner The next key; neither an owner or wallet here nor ever an owner.
    /// @param deadline Last second (unix time) at which the signature counts.
    /// @param signature EIP-712 `RotateKey(uint256 agentId,address owner,address newOwner,uint8 keyEpoch,uint256
    /// deadline)` by `newOwner` over the present owner and key epoch, ECDSA or ERC-1271; ECDSA proves that it is a key.
    /// `newOwner` makes it void with `invalidateNonces`, as if its digest were its nonce.
    function rotateKey(uint256 agentId, address newOwner, uint256 deadline, bytes calldata signature) external;

    /// @notice Stops the identity from acting, at once. By owner or guardian.
    /// @dev Until it is resumed, its wallet is answered as zero, its `tokenURI` is the document made on chain, and the
    /// guardian, too, may unset its wallet and revoke its vouches and warnings.
    /// @param agentId The identity.
    function suspend(uint256 agentId) external;

    /// @notice Ends a suspension. By the guardian where there is one, else by the owner.
    /// @param agentId The identity.
    function resume(uint256 agentId) external;

    /// @notice Sets the guardian. By the owner.
    /// @dev At once where none is set. Replacing or removing one takes two calls with the same argument, the second
    /// `recoveryDelay` to twice `recoveryDelay` after the first (later, it counts as a first one); the guardian may cancel
    /// in between. Possible while suspended, so that an owner whose guardian is lost is not locked out for ever.
    /// @param agentId The identity.
    /// @param guardian The guardian, zero to remove it. It is trusted above the key.
    function setGuardian(uint256 agentId, address guardian) external;

    /// @notice Starts to recover the identity to another key. By the guardian; replaces any waiting change.
    /// @param agentId The identity.
    /// @param candidate The next key; neither an owner or wallet here nor ever an owner.
    function proposeRecovery(uint256 agentId, address candidate) external;

    /// @notice Completes a recovery. By its candidate, `recoveryDelay` to twice `recoveryDelay` after the proposal.
    /// @dev A rotation; the new owner has not proven to be a key (`pulseFor` proves it). A suspended identity stays
    /// suspended, so that the new key can revoke what a thief staked before the guardian resumes it.
    /// @param agentId The identity.
    function claimRecovery(uint256 agentId) external;

    /// @notice Cancels a waiting change. By the guardian; by the owner for a change that it proposed.
    /// @param agentId The identity.
    function cancelPending(uint256 agentId) external;

    /// @notice Ends the identity, for ever. By the owner; not while suspended.
    /// @dev At once where no guardian is set. Else it takes two calls, the second `recoveryDelay` to twice
    /// `recoveryDelay` after the first (later, it counts as a first one); the guardian may cancel in between.
    /// @param agentId The identity.
    function retire(uint256 agentId) external;

    /// @notice Seconds of silence that a check-in credits at most.
    function maxSilence() external view returns (uint40);

    /// @notice Seconds that a recovery, a change of guardian and a guarded retirement wait, and for which they can be
    /// completed afterwards.
    function recoveryDelay() external view returns (uint40);

    /// @notice What makes the registration file of an identity that gave none; zero where nothing does.
    function renderer() external view returns (IRegistrationRenderer);

    /// @notice When the identity was registered.
    /// @param agentId The identity.
    /// @return Unix seconds; zero where unknown.
    function firstSeen(uint256 agentId) external view returns (uint40);

    /// @notice When the identity last checked in; registering counts.
    /// @param agentId The identity.
    /// @return Unix seconds; zero where unknown.
    function lastSeen(uint256 agentId) external view returns (uint40);

    /// @notice Seconds since the identity was registered.
    /// @param agentId The identity.
    /// @return Seconds; zero where unknown.
    function ageOf(uint256 agentId) external view returns (uint40);

    /// @notice Witnessed seconds of existence: what check-ins credited. Changes with a check-in and never with the clock,
    /// never decreases, never exceeds the age.
    /// @param agentId The identity.
    /// @return Seconds; zero where unknown.
    function tenureOf(uint256 agentId) external view returns (uint40);

    /// @notice The guardian of an identity.
    /// @param agentId The identity.
    /// @return It; zero where none is set.
    function guardianOf(uint256 agentId) external view returns (address);

    /// @notice The packed facts that other contracts decide by: owner, status, key epoch, tenure, last check-in.
    /// @param agentId The identity.
    /// @return The record, see `IdentityRecord`; zero where unknown, without an owner where retired.
    function getRecord(uint256 agentId) external view returns (IdentityRecord);

    /// @notice What is to be known of two identities before one stakes on the other, in one call.
    /// @param voucherId The one that stakes.
    /// @param subjectId The other one.
    /// @return voucher The record of the first.
    /// @return subject The record of the other.
    function identityPair(
        uint256 voucherId,
        uint256 subjectId
    ) external view returns (IdentityRecord voucher, IdentityRecord subject);

    /// @notice Everything about one identity. Never reverts: an unknown one has status `None`.
    /// @param agentId The identity.
    /// @return The identity.
    function identityOf(uint256 agentId) external view returns (Identity memory);

    /// @notice What an address is here.
    /// @dev It says whose key an address is, and not whether that may act: the wallet of a suspended identity is still
    /// answered as `Wallet`, while `getAgentWallet` names nobody. Ask for the status too.
    /// @param key The address.
    /// @return agentId The identity it belongs or belonged to; zero where unknown.
    /// @return role What it is to that identity.
    /// @return since When it became that (unix seconds); for a wallet, when it last consented.
    function resolve(address key) external view returns (uint256 agentId, KeyRole role, uint40 since);

    /// @notice How many identities were ever registered; the newest has this number.
    function totalRegistered() external view returns (uint256);

    /// @notice How many identities exist, without the retired.
    function totalSupply() external view returns (uint256);
}
