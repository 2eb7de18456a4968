// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {UnorderedNonces} from "./base/UnorderedNonces.sol";
import {IERC5192} from "./interfaces/IERC5192.sol";
import {IERC8004IdentityRegistry} from "./interfaces/IERC8004IdentityRegistry.sol";
import {IERC8048} from "./interfaces/IERC8048.sol";
import {
    ChangeKind,
    Identity,
    IIdentityRegistry,
    KeyRole,
    NotOwner,
    OwnerKind,
    PendingChange
} from "./interfaces/IIdentityRegistry.sol";
import {IRegistrationRenderer} from "./interfaces/IRegistrationRenderer.sol";
import {Consent} from "./libraries/Consent.sol";
import {IdentityRecord, IdentityRecordLib, Status} from "./libraries/IdentityRecord.sol";
import {Tenure} from "./libraries/Tenure.sol";

/// @title Registry of soulbound identities for autonomous agents
/// @notice Who an agent is, since when, whether it is still there, and which key speaks for it.
///
/// @dev Properties
/// - An identity is never transferred. Its key may be rotated in public, with the next key's consent.
/// - An address owns at most one identity over all time. Once an owner, it is never a key of another.
/// - `firstSeen` is the block time of the registration and never changes. Tenure changes with a check-in alone, never
///   decreases, never exceeds the age, and counts no second twice: what is stored is where it begins, moved later by what
///   silences longer than `maxSilence` lose.
/// - Identifiers are 1, 2, 3 … without gaps. `Retired` is final.
/// - No owner, admin, proxy, pause or fee; no function takes or moves value. The only call to an address that a user
///   supplied is the static one that checks an ERC-1271 signature.
///
/// Roles of one identity
/// - owner: everything. Wallet: check-ins, and being paid. Approved address and operators: metadata, wallet, check-ins.
/// - guardian: suspends, resumes, recovers to a new key, cancels waiting changes. Trusted above the owner: it can take
///   the identity after `recoveryDelay`. Having none is a valid choice.
///
/// Suspension is the kill switch: no check-in, no change of what the identity says of itself, no rotation, no
/// retirement, and no vouch; its wallet is answered as zero, and its `tokenURI` is the document made on chain. The owner
/// may go on giving and taking approvals, which have no effect before it is resumed; the guardian, too, may unset the
/// wallet. A recovery leaves it suspended.
///
/// Not goals: privacy, proof that a key is held by one party only, and any judgement of the agent.
///
/// Storage: two fresh words a registration (record, key) besides the counter; one word a check-in. `firstSeen` is the
/// date of the owner's key until the first key change or the retirement, which writes it into a second word.
/// Assumption: block times never decrease and fit in 40 bits (the year 36,812); fewer than 2^40 identities.
contract IdentityRegistry is IIdentityRegistry, EIP712, UnorderedNonces {
    /// @dev What an address is here: one word.
    struct Key {
        uint40 id;
        KeyRole role;
        uint40 since;
    }

    /// @dev What most identities never need: one word. Its `firstSeen` is zero until the first key change or retirement.
    struct Extension {
        address guardian;
        uint40 firstSeen;
    }

    string private constant NAME = "Tenure Identity";
    string private constant SYMBOL = "TENURE";

    /// @dev Domain of the ERC-8004 reference contracts, so that their signing tools work unmodified.
    string private constant DOMAIN_NAME = "ERC8004IdentityRegistry";
    string private constant DOMAIN_VERSION = "1";

    bytes32 private constant REGISTER_TYPEHASH = keccak256(
        "Register(address owner,string agentURI,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant PULSE_TYPEHASH = keccak256(
        "Pulse(uint256 agentId,address owner,bytes32 checkpoint,uint40 lastSeen,uint256 deadline)"
    );
    bytes32 private constant ROTATE_KEY_TYPEHASH = keccak256(
        "RotateKey(uint256 agentId,address owner,address newOwner,uint8 keyEpoch,uint256 deadline)"
    );
    bytes32 private constant AGENT_WALLET_SET_TYPEHASH = keccak256(
        "AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)"
    );

    /// @dev Fixed by ERC-4906; not the exclusive or of its selectors, of which it has none.
    bytes4 private constant ERC4906_INTERFACE_ID = 0x49064906;

    string private constant WALLET_KEY = "agentWallet";
    bytes32 private constant WALLET_KEY_HASH = keccak256(bytes(WALLET_KEY));

    /// @dev How far ahead the deadline of a wallet's consent may be: ERC-8004's reference contracts.
    uint256 private constant MAX_WALLET_DEADLINE = 5 minutes;
    uint40 private constant MAX_RECOVERY_DELAY = 365 days;
    /// @dev How many times the key of an identity with a guardian may change without a pause.
    uint8 private constant UNRATIONED_KEY_EPOCHS = 128;
    /// @dev The last key epoch, kept for the guardian's recovery where there is a guardian.
    uint8 private constant LAST_KEY_EPOCH = type(uint8).max;

    /// @dev Code of an account that delegates (EIP-7702): these three bytes and an address.
    bytes3 private constant DELEGATION_PREFIX = 0xef0100;
    uint256 private constant DELEGATION_LENGTH = 23;

    /// @inheritdoc IIdentityRegistry
    uint40 public immutable maxSilence;
    /// @inheritdoc IIdentityRegistry
    uint40 public immutable recoveryDelay;
    /// @inheritdoc IIdentityRegistry
    IRegistrationRenderer public immutable renderer;

    uint128 private _registered;
    uint128 private _retired;
    mapping(uint256 agentId => IdentityRecord) private _records;
    mapping(address key => Key) private _keys;
    mapping(uint256 agentId => Extension) private _extensions;
    mapping(uint256 agentId => PendingChange) private _pending;
    mapping(uint256 agentId => address) private _wallets;
    mapping(uint256 agentId => address) private _approvals;
    mapping(address owner => mapping(address operator => bool)) private _operators;
    mapping(uint256 agentId => string) private _uris;
    mapping(uint256 agentId => mapping(string key => bytes)) private _metadata;

    /// @param maxSilence_ Seconds of silence that a check-in credits at most; 30 days in production.
    /// @param recoveryDelay_ Seconds that guarded changes wait; 7 days in production.
    /// @param renderer_ What makes the registration file of an identity that gave none; zero for none.
    constructor(
        uint40 maxSilence_,
        uint40 recoveryDelay_,
        IRegistrationRenderer renderer_
    ) EIP712(DOMAIN_NAME, DOMAIN_VERSION) {
        if (maxSilence_ == 0 || recoveryDelay_ == 0 || recoveryDelay_ > MAX_RECOVERY_DELAY) {
            revert InvalidParameters(maxSilence_, recoveryDelay_);
        }
        if (address(renderer_) != address(0) && address(renderer_).code.length == 0) {
            revert InvalidRenderer(address(renderer_));
        }
        maxSilence = maxSilence_;
        recoveryDelay = recoveryDelay_;
        renderer = renderer_;
    }

    // REGISTRATION

    /// @inheritdoc IERC8004IdentityRegistry
    function register() external returns (uint256 agentId) {
        agentId = _mint(msg.sender);
        emit Registered(agentId, "", msg.sender);
        _announceWallet(agentId, msg.sender);
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function register(string calldata agentURI) external returns (uint256 agentId) {
        agentId = _register(msg.sender, agentURI);
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function register(string calldata agentURI, MetadataEntry[] calldata entries) external returns (uint256 agentId) {
        agentId = _register(msg.sender, agentURI);
        for (uint256 i = 0; i < entries.length; ++i) {
            _setMetadata(agentId, entries[i].metadataKey, entries[i].metadataValue);
        }
    }

    /// @inheritdoc IIdentityRegistry
    function registerFor(
        address owner,
        string calldata agentURI,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 agentId) {
        _useNonce(owner, nonce);
        bytes32 uriHash = keccak256(bytes(agentURI));
        bytes32 structHash = keccak256(abi.encode(REGISTER_TYPEHASH, owner, uriHash, nonce, deadline));
        bool isKey = Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);
        agentId = _register(owner, agentURI);
        if (isKey) _records[agentId] = _withProof(agentId, _records[agentId]);
    }

    // LIVENESS

    /// @inheritdoc IIdentityRegistry
    function pulse(uint256 agentId, bytes32 checkpoint) external returns (uint40 tenure) {
        IdentityRecord record = _requireActive(agentId);
        address owner = record.owner();
        if (msg.sender != owner && !_isWallet(msg.sender, agentId)) _requireApproved(owner, agentId);
        return _checkIn(agentId, record, checkpoint);
    }

    /// @inheritdoc IIdentityRegistry
    function pulseFor(
        uint256 agentId,
        bytes32 checkpoint,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint40 tenure) {
        IdentityRecord record = _requireActive(agentId);
        address owner = record.owner();
        uint40 seen = record.lastSeen();
        // The signature binds this date, which has to change.
        if (seen == block.timestamp) revert AlreadySeen(agentId, seen);
        bytes32 structHash = keccak256(abi.encode(PULSE_TYPEHASH, agentId, owner, checkpoint, seen, deadline));
        bool isKey = _checkConsent(owner, structHash, deadline, signature);
        if (isKey && !record.isKeyOwned()) record = _withProof(agentId, record);
        return _checkIn(agentId, record, checkpoint);
    }

    // METADATA

    /// @inheritdoc IERC8004IdentityRegistry
    function setAgentURI(uint256 agentId, string calldata newURI) external {
        _requireSpeaker(agentId);
        _uris[agentId] = newURI;
        emit URIUpdated(agentId, newURI, msg.sender);
        emit MetadataUpdate(agentId);
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function setMetadata(uint256 agentId, string calldata metadataKey, bytes calldata metadataValue) external {
        _requireSpeaker(agentId);
        _setMetadata(agentId, metadataKey, metadataValue);
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function setAgentWallet(uint256 agentId, address newWallet, uint256 deadline, bytes calldata signature) external {
        address owner = _requireSpeaker(agentId);
        uint256 latest = block.timestamp + MAX_WALLET_DEADLINE;
        if (deadline > latest) revert DeadlineTooFar(deadline, latest);
        bytes32 structHash = keccak256(abi.encode(AGENT_WALLET_SET_TYPEHASH, agentId, newWallet, owner, deadline));
        _checkConsent(newWallet, structHash, deadline, signature);
        // Serving this identity already is no obstacle: the same wallet again, or the owner itself.
        Key memory key = _keys[newWallet];
        if (key.id != 0 && (key.id != agentId || key.role == KeyRole.Former)) {
            revert AlreadyRegistered(newWallet, key.id);
        }
        _clearWallet(agentId);
        if (newWallet != owner) {
            _wallets[agentId] = newWallet;
            _keys[newWallet] = Key(uint40(agentId), KeyRole.Wallet, uint40(block.timestamp));
        }
        _announceWallet(agentId, newWallet);
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function unsetAgentWallet(uint256 agentId) external {
        IdentityRecord record = _requireExisting(agentId);
        address owner = record.owner();
        bool isGuardiansTurn = !record.isActive() && _isGuardian(msg.sender, agentId);
        if (msg.sender != owner && !isGuardiansTurn && !_isWallet(msg.sender, agentId)) {
            _requireApproved(owner, agentId);
        }
        _clearWallet(agentId);
        _announceWallet(agentId, record.isActive() ? owner : address(0));
    }

    /// @inheritdoc IERC721
    /// @dev By the owner or an operator. An approved address may edit metadata, set the wallet and check in.
    function approve(address to, uint256 agentId) external {
        address owner = ownerOf(agentId);
        if (msg.sender != owner && !_operators[owner][msg.sender]) revert ERC721InvalidApprover(msg.sender);
        _approvals[agentId] = to;
        emit Approval(owner, to, agentId);
    }

    /// @inheritdoc IERC721
    /// @dev An operator may edit metadata, set the wallet and check in; it loses that when the key is rotated.
    function setApprovalForAll(address operator, bool approved) external {
        if (operator == address(0)) revert ERC721InvalidOperator(operator);
        _operators[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    /// @inheritdoc IERC721
    /// @dev Reverts always.
    function transferFrom(address, address, uint256 agentId) external pure {
        revert Soulbound(agentId);
    }

    /// @inheritdoc IERC721
    /// @dev Reverts always.
    function safeTransferFrom(address, address, uint256 agentId) external pure {
        revert Soulbound(agentId);
    }

    /// @inheritdoc IERC721
    /// @dev Reverts always.
    function safeTransferFrom(address, address, uint256 agentId, bytes calldata) external pure {
        revert Soulbound(agentId);
    }

    // KEYS AND RECOVERY

    /// @inheritdoc IIdentityRegistry
    function rotateKey(uint256 agentId, address newOwner, uint256 deadline, bytes calldata signature) external {
        IdentityRecord record = _requireActive(agentId);
        _requireOwner(agentId, record);
        bytes32 structHash = keccak256(
            abi.encode(ROTATE_KEY_TYPEHASH, agentId, msg.sender, newOwner, record.keyEpoch(), deadline)
        );
        bool isKey = _checkConsent(newOwner, structHash, deadline, signature);
        _requireUnhurried(agentId, record);
        // What the old key proposed is not the new key's wish; what the guardian proposed still is its own, unless it is the
        // new key, or it came true.
        PendingChange memory change = _waiting(agentId);
        bool isGuardians = change.kind == ChangeKind.Recovery && !_isGuardian(newOwner, agentId);
        if (change.kind != ChangeKind.None && (!isGuardians || change.candidate == newOwner)) {
            delete _pending[agentId];
            emit ChangeCancelled(agentId, change.kind, msg.sender);
        }
        record = _rotate(agentId, record, newOwner);
        _records[agentId] = isKey ? _withProof(agentId, record) : record;
    }

    /// @inheritdoc IIdentityRegistry
    function suspend(uint256 agentId) external {
        IdentityRecord record = _requireActive(agentId);
        if (msg.sender != record.owner() && !_isGuardian(msg.sender, agentId)) {
            revert NotAuthorized(agentId, msg.sender);
        }
        _records[agentId] = record.withStatus(Status.Suspended);
        emit Suspended(agentId, msg.sender);
        _announceWallet(agentId, address(0));
        emit MetadataUpdate(agentId);
    }

    /// @inheritdoc IIdentityRegistry
    function resume(uint256 agentId) external {
        IdentityRecord record = _requireExisting(agentId);
        if (record.status() != Status.Suspended) revert IdentityNotSuspended(agentId);
        if (_extensions[agentId].guardian == address(0)) _requireOwner(agentId, record);
        else _requireGuardian(agentId);
        _records[agentId] = record.withStatus(Status.Active);
        emit Resumed(agentId, msg.sender);
        _announceWallet(agentId, getAgentWallet(agentId));
        emit MetadataUpdate(agentId);
    }

    /// @inheritdoc IIdentityRegistry
    function setGuardian(uint256 agentId, address guardian) external {
        _requireOwner(agentId, _requireExisting(agentId));
        address current = _extensions[agentId].guardian;
        if (guardian == current) revert GuardianUnchanged(agentId, guardian);
        if (guardian == msg.sender) revert InvalidGuardian(agentId, guardian);
        if (current != address(0) && !_matured(agentId, ChangeKind.Guardian, guardian)) return;
        _extensions[agentId].guardian = guardian;
        emit GuardianSet(agentId, current, guardian);
    }

    /// @inheritdoc IIdentityRegistry
    function proposeRecovery(uint256 agentId, address candidate) external {
        IdentityRecord record = _requireExisting(agentId);
        _requireGuardian(agentId);
        if (candidate == address(0)) revert InvalidCandidate(agentId);
        _requireFresh(candidate);
        if (record.keyEpoch() == LAST_KEY_EPOCH) revert KeyEpochExhausted(agentId);
        _propose(agentId, ChangeKind.Recovery, candidate);
    }

    /// @inheritdoc IIdentityRegistry
    function claimRecovery(uint256 agentId) external {
        IdentityRecord record = _requireExisting(agentId);
        PendingChange memory change = _pending[agentId];
        if (change.kind != ChangeKind.Recovery) revert NoPendingChange(agentId);
        if (msg.sender != change.candidate) revert NotCandidate(agentId, msg.sender);
        if (block.timestamp < change.readyAt) revert ChangeNotReady(agentId, change.readyAt);
        if (_hasExpired(change)) revert ChangeExpired(agentId, change.readyAt + recoveryDelay);
        delete _pending[agentId];
        _records[agentId] = _rotate(agentId, record, msg.sender);
    }

    /// @inheritdoc IIdentityRegistry
    function cancelPending(uint256 agentId) external {
        IdentityRecord record = _requireExisting(agentId);
        ChangeKind kind = _waiting(agentId).kind;
        if (kind == ChangeKind.None) revert NoPendingChange(agentId);
        bool isOwnChange = msg.sender == record.owner() && kind != ChangeKind.Recovery;
        if (!isOwnChange && !_isGuardian(msg.sender, agentId)) revert NotAuthorized(agentId, msg.sender);
        delete _pending[agentId];
        emit ChangeCancelled(agentId, kind, msg.sender);
    }

    /// @inheritdoc IIdentityRegistry
    function retire(uint256 agentId) external {
        IdentityRecord record = _requireActive(agentId);
        _requireOwner(agentId, record);
        if (_extensions[agentId].guardian != address(0)) {
            if (!_matured(agentId, ChangeKind.Retirement, address(0))) return;
            delete _extensions[agentId].guardian;
        }
        _keepFirstSeen(agentId, record);
        _records[agentId] = record.withStatus(Status.Retired).withOwner(address(0)).withArbitration(false);
        _keys[msg.sender] = Key(uint40(agentId), KeyRole.Former, uint40(block.timestamp));
        _clearWallet(agentId);
        delete _approvals[agentId];
        unchecked {
            ++_retired; // at most once per registration
        }
        emit Transfer(msg.sender, address(0), agentId);
        emit Retired(agentId);
        emit MetadataSet(agentId, WALLET_KEY, WALLET_KEY, "");
    }

    /// @inheritdoc IIdentityRegistry
    function setArbitration(uint256 agentId, bool isOpen) external {
        IdentityRecord record = _requireActive(agentId);
        _requireOwner(agentId, record);
        _records[agentId] = record.withArbitration(isOpen);
        emit ArbitrationSet(agentId, isOpen);
    }

    // VIEWS

    /// @inheritdoc IIdentityRegistry
    function identityOf(uint256 agentId) external view returns (Identity memory identity) {
        IdentityRecord record = _records[agentId];
        if (record.status() == Status.None) return identity;
        identity.id = agentId;
        identity.owner = record.owner();
        identity.wallet = getAgentWallet(agentId);
        identity.guardian = _extensions[agentId].guardian;
        identity.status = record.status();
        if (identity.owner != address(0)) {
            identity.ownerKind = record.isKeyOwned() ? OwnerKind.Key : OwnerKind.Unproven;
            identity.isDelegated = _isDelegated(identity.owner);
        }
        identity.isArbiter = record.isArbiter();
        identity.keyEpoch = record.keyEpoch();
        identity.keySince = _keys[identity.owner].since; // nobody's, for the zero owner of a retired identity
        identity.firstSeen = _firstSeen(agentId, record);
        identity.lastSeen = record.lastSeen();
        identity.tenure = record.tenure();
        identity.pending = _waiting(agentId);
    }

    /// @inheritdoc IIdentityRegistry
    function guardianOf(uint256 agentId) external view returns (address) {
        return _extensions[agentId].guardian;
    }

    /// @inheritdoc IIdentityRegistry
    function getRecord(uint256 agentId) external view returns (IdentityRecord) {
        return _records[agentId];
    }

    /// @inheritdoc IIdentityRegistry
    function identityPair(
        uint256 voucherId,
        uint256 subjectId
    ) external view returns (IdentityRecord voucher, IdentityRecord subject) {
        return (_records[voucherId], _records[subjectId]);
    }

    /// @inheritdoc IIdentityRegistry
    function resolve(address key) external view returns (uint256 agentId, KeyRole role, uint40 since) {
        Key memory entry = _keys[key];
        return (entry.id, entry.role, entry.since);
    }

    /// @inheritdoc IIdentityRegistry
    function firstSeen(uint256 agentId) external view returns (uint40) {
        return _firstSeen(agentId, _records[agentId]);
    }

    /// @inheritdoc IIdentityRegistry
    function lastSeen(uint256 agentId) external view returns (uint40) {
        return _records[agentId].lastSeen();
    }

    /// @inheritdoc IIdentityRegistry
    function ageOf(uint256 agentId) external view returns (uint40) {
        IdentityRecord record = _records[agentId];
        return record.status() == Status.None ? 0 : uint40(block.timestamp) - _firstSeen(agentId, record);
    }

    /// @inheritdoc IIdentityRegistry
    function tenureOf(uint256 agentId) external view returns (uint40) {
        return _records[agentId].tenure();
    }

    /// @inheritdoc IIdentityRegistry
    function totalRegistered() external view returns (uint256) {
        return _registered;
    }

    /// @inheritdoc IIdentityRegistry
    function totalSupply() external view returns (uint256) {
        return _registered - _retired;
    }

    /// @inheritdoc IERC721
    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return _keys[owner].role == KeyRole.Owner ? 1 : 0;
    }

    /// @inheritdoc IERC721
    function getApproved(uint256 agentId) external view returns (address) {
        ownerOf(agentId);
        return _approvals[agentId];
    }

    /// @inheritdoc IERC721
    function isApprovedForAll(address owner, address operator) external view returns (bool) {
        return _operators[owner][operator];
    }

    /// @inheritdoc IERC5192
    function locked(uint256 agentId) external view returns (bool) {
        ownerOf(agentId);
        return true;
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function isAuthorizedOrOwner(address spender, uint256 agentId) external view returns (bool) {
        address owner = ownerOf(agentId);
        return spender == owner || _isApproved(spender, owner, agentId);
    }

    /// @inheritdoc IERC8048
    function metadata(uint256 agentId, string calldata key) external view returns (bytes memory) {
        return getMetadata(agentId, key);
    }

    /// @inheritdoc IERC721Metadata
    /// @dev Where no URI was set, and while suspended, a registration file made on chain, or nothing without a renderer.
    function tokenURI(uint256 agentId) external view returns (string memory uri) {
        ownerOf(agentId);
        if (_records[agentId].isActive()) uri = _uris[agentId];
        if (bytes(uri).length == 0 && address(renderer) != address(0)) uri = renderer.tokenURI(this, agentId);
    }

    /// @inheritdoc IERC721Metadata
    function name() external pure returns (string memory) {
        return NAME;
    }

    /// @inheritdoc IERC721Metadata
    function symbol() external pure returns (string memory) {
        return SYMBOL;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC721).interfaceId ||
            interfaceId == type(IERC721Metadata).interfaceId ||
            interfaceId == type(IERC5192).interfaceId ||
            interfaceId == type(IERC8048).interfaceId ||
            interfaceId == ERC4906_INTERFACE_ID ||
            interfaceId == type(IERC5267).interfaceId ||
            interfaceId == type(IERC8004IdentityRegistry).interfaceId ||
            interfaceId == type(IIdentityRegistry).interfaceId;
    }

    /// @inheritdoc IERC721
    function ownerOf(uint256 agentId) public view returns (address owner) {
        owner = _records[agentId].owner();
        if (owner == address(0)) revert ERC721NonexistentToken(agentId);
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function getAgentWallet(uint256 agentId) public view returns (address) {
        IdentityRecord record = _records[agentId];
        if (!record.isActive()) return address(0);
        address wallet = _wallets[agentId];
        return wallet == address(0) ? record.owner() : wallet;
    }

    /// @inheritdoc IERC8004IdentityRegistry
    function getMetadata(uint256 agentId, string calldata metadataKey) public view returns (bytes memory) {
        if (keccak256(bytes(metadataKey)) != WALLET_KEY_HASH) return _metadata[agentId][metadataKey];
        // Twenty bytes for whoever has an owner, zeros while suspended; nothing for an unknown or retired identity.
        return _records[agentId].owner() == address(0) ? bytes("") : abi.encodePacked(getAgentWallet(agentId));
    }

    // EFFECTS

    function _register(address owner, string calldata agentURI) private returns (uint256 agentId) {
        agentId = _mint(owner);
        if (bytes(agentURI).length != 0) _uris[agentId] = agentURI;
        emit Registered(agentId, agentURI, owner);
        _announceWallet(agentId, owner);
    }

    function _mint(address owner) private returns (uint256 agentId) {
        _requireFresh(owner);
        unchecked {
            agentId = ++_registered; // 2^40 registrations would cost more gas than any chain will ever have
        }
        _records[agentId] = IdentityRecordLib.create(owner, block.timestamp);
        _keys[owner] = Key(uint40(agentId), KeyRole.Owner, uint40(block.timestamp));
        emit Transfer(address(0), owner, agentId);
        emit Locked(agentId);
    }

    function _announceWallet(uint256 agentId, address wallet) private {
        emit MetadataSet(agentId, WALLET_KEY, WALLET_KEY, abi.encodePacked(wallet));
    }

    function _setMetadata(uint256 agentId, string calldata metadataKey, bytes calldata metadataValue) private {
        if (keccak256(bytes(metadataKey)) == WALLET_KEY_HASH) revert ReservedMetadataKey(metadataKey);
        _metadata[agentId][metadataKey] = metadataValue;
        emit MetadataSet(agentId, metadataKey, metadataKey, metadataValue);
    }

    function _checkIn(uint256 agentId, IdentityRecord record, bytes32 checkpoint) private returns (uint40 tenure) {
        record = record.withCheckIn(block.timestamp, Tenure.credit(record.lastSeen(), block.timestamp, maxSilence));
        _records[agentId] = record;
        emit Pulse(agentId, checkpoint);
        return record.tenure();
    }

    /// @dev The record after a key change; the caller stores it.
    function _rotate(uint256 agentId, IdentityRecord record, address newOwner) private returns (IdentityRecord) {
        if (record.keyEpoch() == LAST_KEY_EPOCH) revert KeyEpochExhausted(agentId);
        _requireFresh(newOwner);
        _keepFirstSeen(agentId, record);
        address oldOwner = record.owner();
        record = record.withOwner(newOwner).withNextKeyEpoch();
        _keys[oldOwner] = Key(uint40(agentId), KeyRole.Former, uint40(block.timestamp));
        _keys[newOwner] = Key(uint40(agentId), KeyRole.Owner, uint40(block.timestamp));
        _clearWallet(agentId);
        delete _approvals[agentId];
        // Nobody is its own guardian: one that becomes the owner is free to choose another.
        if (_isGuardian(newOwner, agentId)) {
            delete _extensions[agentId].guardian;
            emit GuardianSet(agentId, newOwner, address(0));
        }
        emit Transfer(oldOwner, newOwner, agentId);
        emit KeyRotated(agentId, oldOwner, newOwner, record.keyEpoch());
        _announceWallet(agentId, record.isActive() ? newOwner : address(0));
        emit MetadataUpdate(agentId); // of the key epoch
        return record;
    }

    /// @dev The record of an owner that has just signed as a key, a message that names it; the caller stores it.
    function _withProof(uint256 agentId, IdentityRecord record) private returns (IdentityRecord) {
        emit OwnerProven(agentId, record.owner());
        return record.withKeyOwned();
    }

    /// @dev Where the date of the owner's key is that of the registration, before that key becomes a former one.
    function _keepFirstSeen(uint256 agentId, IdentityRecord record) private {
        if (record.keyEpoch() == 0) _extensions[agentId].firstSeen = _keys[record.owner()].since;
    }

    function _clearWallet(uint256 agentId) private {
        address wallet = _wallets[agentId];
        if (wallet == address(0)) return;
        delete _keys[wallet];
        delete _wallets[agentId];
    }

    /// @dev For a change by the owner that the guardian may cancel: the first call proposes it and answers false, a
    /// later one completes it and answers true.
    function _matured(uint256 agentId, ChangeKind kind, address candidate) private returns (bool) {
        PendingChange memory change = _waiting(agentId);
        if (change.kind == ChangeKind.Recovery) revert RecoveryPending(agentId, change.candidate);
        if (change.kind != kind || change.candidate != candidate) {
            _propose(agentId, kind, candidate);
            return false;
        }
        if (block.timestamp < change.readyAt) revert ChangeNotReady(agentId, change.readyAt);
        delete _pending[agentId];
        return true;
    }

    function _propose(uint256 agentId, ChangeKind kind, address candidate) private {
        uint40 readyAt = uint40(block.timestamp) + recoveryDelay;
        _pending[agentId] = PendingChange(kind, candidate, readyAt);
        emit ChangeProposed(agentId, kind, candidate, readyAt);
    }

    // CHECKS

    function _requireExisting(uint256 agentId) private view returns (IdentityRecord record) {
        record = _records[agentId];
        Status status = record.status();
        if (status == Status.None) revert ERC721NonexistentToken(agentId);
        if (status == Status.Retired) revert IdentityRetired(agentId);
    }

    function _requireActive(uint256 agentId) private view returns (IdentityRecord record) {
        record = _requireExisting(agentId);
        if (record.status() == Status.Suspended) revert IdentitySuspended(agentId);
    }

    /// @dev Who may say what the identity says of itself: owner, approved address or operator of an active one.
    function _requireSpeaker(uint256 agentId) private view returns (address owner) {
        owner = _requireActive(agentId).owner();
        if (msg.sender != owner) _requireApproved(owner, agentId);
    }

    /// @dev A thief must not be able to use up the key epochs before the guardian can act: where there is a guardian,
    /// later rotations are rationed to one a recovery delay, and the last one is kept for a recovery.
    function _requireUnhurried(uint256 agentId, IdentityRecord record) private view {
        if (record.keyEpoch() < UNRATIONED_KEY_EPOCHS || _extensions[agentId].guardian == address(0)) return;
        if (record.keyEpoch() >= LAST_KEY_EPOCH - 1) revert KeyEpochExhausted(agentId);
        uint40 readyAt = _keys[record.owner()].since + recoveryDelay;
        if (block.timestamp < readyAt) revert KeyTooYoung(agentId, readyAt);
    }

    /// @dev The change that waits, and can still be completed; nothing where it has expired.
    function _waiting(uint256 agentId) private view returns (PendingChange memory change) {
        change = _pending[agentId];
        if (_hasExpired(change)) return PendingChange(ChangeKind.None, address(0), 0);
    }

    /// @dev What was forgotten must not come true at once years later: a change can be completed for as long as it had
    /// to wait.
    function _hasExpired(PendingChange memory change) private view returns (bool) {
        return block.timestamp > change.readyAt + recoveryDelay;
    }

    /// @dev A consent whose message has no nonce: its signer makes it void by its digest. Answers whether the signer was
    /// proven to be a key.
    function _checkConsent(
        address signer,
        bytes32 structHash,
        uint256 deadline,
        bytes calldata signature
    ) private view returns (bool) {
        bytes32 digest = _hashTypedDataV4(structHash);
        if (isNonceUsed(signer, uint256(digest))) revert NonceUsed(signer, uint256(digest));
        return Consent.check(signer, digest, deadline, signature);
    }

    function _requireApproved(address owner, uint256 agentId) private view {
        if (!_isApproved(msg.sender, owner, agentId)) revert NotAuthorized(agentId, msg.sender);
    }

    function _requireOwner(uint256 agentId, IdentityRecord record) private view {
        if (msg.sender != record.owner()) revert NotOwner(agentId, msg.sender);
    }

    function _requireGuardian(uint256 agentId) private view {
        if (!_isGuardian(msg.sender, agentId)) revert NotGuardian(agentId, msg.sender);
    }

    function _requireFresh(address key) private view {
        uint256 agentId = _keys[key].id;
        if (agentId != 0) revert AlreadyRegistered(key, agentId);
    }

    function _isWallet(address account, uint256 agentId) private view returns (bool) {
        return account != address(0) && _wallets[agentId] == account;
    }

    function _isApproved(address account, address owner, uint256 agentId) private view returns (bool) {
        return (account != address(0) && _approvals[agentId] == account) || _operators[owner][account];
    }

    function _isGuardian(address account, uint256 agentId) private view returns (bool) {
        return _extensions[agentId].guardian == account;
    }

    /// @dev Whether an account delegates to code: such an account has its designator as code, and nothing else has.
    function _isDelegated(address account) private view returns (bool) {
        return account.code.length == DELEGATION_LENGTH && bytes3(account.code) == DELEGATION_PREFIX;
    }

    /// @dev See `Extension`. Nobody's date for an unknown identity, whose owner is zero.
    function _firstSeen(uint256 agentId, IdentityRecord record) private view returns (uint40) {
        bool isKept = record.keyEpoch() != 0 || record.status() == Status.Retired;
        return isKept ? _extensions[agentId].firstSeen : _keys[record.owner()].since;
    }
}
