// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry, KeyRole} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IUnorderedNonces} from "../../../contracts/interfaces/IUnorderedNonces.sol";
import {IVouchRegistry, Offer} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Consent} from "../../../contracts/libraries/Consent.sol";
import {Key} from "./Model.sol";
import {VouchHandler} from "./VouchHandler.sol";
import {Terms} from "./VouchRules.sol";

/// @dev What is signed.
enum Kind {
    Vouch,
    Warn,
    Revoke,
    Register,
    Pulse
}

/// @dev A signature that somebody keeps, used or not.
struct Signed {
    Kind kind;
    Terms terms;
    address signer;
    uint256 nonce;
    uint8 keyEpoch;
    address subjectKey;
    address arbiterOwner;
    uint256 since;
    uint256 lastSeen;
    uint256 deadline;
    bytes signature;
}

/// @title Signatures made once and sent again and again
/// @dev Each is tried early, late, twice, changed, on a twin of the registry and on another chain. The rule is one: it
/// works if the signer is the owner now, with a nonce that it has not spent here, this key epoch, these terms, here, before
/// the deadline, with the pair's edge and the arbiter's owner as they were; a check-in, which has no nonce, if there was
/// none since. Nonces are drawn from few, so that many are spent by another signature, in any order.
abstract contract SignatureHandler is VouchHandler {
    string private constant IDENTITIES = "ERC8004IdentityRegistry";
    string private constant FIELDS =
        "(uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256 arbiterId,bytes32 topic,string evidence,uint8 keyEpoch,";
    string private constant LAST_FIELDS = ",address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline)";
    uint256 private constant NONCES = 24;
    uint256 private constant LAST_WORD = type(uint256).max >> 8;
    bytes32 private constant REVOKE_TYPEHASH = keccak256(
        "Revoke(uint256 voucherId,uint256 subjectId,uint8 keyEpoch,uint40 since,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant REGISTER_TYPEHASH = keccak256(
        "Register(address owner,string agentURI,uint256 nonce,uint256 deadline)"
    );

    bytes32 private constant PULSE_TYPEHASH = keccak256(
        "Pulse(uint256 agentId,address owner,bytes32 checkpoint,uint40 lastSeen,uint256 deadline)"
    );

    /// @dev The same code with the same arguments at another address.
    IVouchRegistry public twinVouches;
    IIdentityRegistry public twinIdentities;
    Signed[] private _stash;
    /// @dev By the hash of the signature: whether it has worked.
    mapping(bytes32 signature => bool) private _hasWorked;
    uint256 public replays;

    function prepare(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 terms = _draw();
        uint256 kind = _draw();
        uint256 who = _draw();
        uint256 ahead = _draw();
        _keep(pair, terms, Kind(kind % 5), who, ahead);
    }

    /// @dev Signed and sent in one go, by anybody.
    function signAndSend(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 terms = _draw();
        uint256 kind = _draw();
        uint256 who = _draw();
        uint256 relayer = _draw();
        _keep(pair, terms, Kind(kind % 5), who, 5);
        _send(_stash[_stash.length - 1], _anyone(relayer), 0);
        _send(_stash[_stash.length - 1], _anyone(relayer), 0);
    }

    /// @dev Signed; then the pair, its arbiter or the signer moves on, or none of them does; then sent as it was signed.
    function outdate(uint256 seed) external step(seed) {
        uint256 pair = _draw();
        uint256 terms = _draw();
        uint256 kind = _draw() % 4;
        uint256 who = _draw();
        _keep(pair, terms, kind == 3 ? Kind.Pulse : Kind(kind), who, 100);
        Signed memory s = _stash[_stash.length - 1];
        clock += 1;
        vm.warp(clock);
        uint256 what = _draw() % 4;
        if (what == 0) _offerSome(s.terms.voucher, s.terms.subject, _draw() % 2 == 0);
        else if (what == 1) _rotateKey(s.terms.arbiter, _ownerOf(s.terms.arbiter), _mostlyFresh(_draw()));
        else if (what == 2) _pulse(s.terms.voucher, _ownerOf(s.terms.voucher));
        clock += 1;
        vm.warp(clock);
        _send(s, _anyone(_draw()), 0);
    }

    function submit(uint256 seed) external step(seed) {
        uint256 which = _draw();
        uint256 relayer = _draw();
        uint256 how = _draw();
        if (_stash.length == 0) return;
        // Mostly a late one: old ones have expired.
        uint256 back = which % 4 == 0 ? (which >> 2) % _stash.length : (which >> 2) % (_stash.length < 4 ? 1 : 4);
        _send(_stash[_stash.length - 1 - back], _anyone(relayer), how % 10);
    }

    /// @dev Whoever has signed takes back what nobody has sent yet.
    function invalidateNonces(uint256 seed) external step(seed) {
        uint256 which = _draw();
        uint256 who = _draw();
        uint256 first = _draw();
        uint256 second = _draw();
        uint256 word = _draw();
        address signer = _stash.length == 0 ? _anyone(who) : _stash[_stash.length - 1 - (which % _stash.length)].signer;
        address registry = who % 2 == 0 ? address(identities) : address(vouches);
        uint256 mask = (1 << (_nonceAt(first) & 255)) | (1 << (_nonceAt(second) & 255));
        word = word % 4 == 0 ? _nonceAt(word >> 2) >> 8 : 0;
        if (_draw() % 8 == 0) mask = 0;
        bytes memory data = abi.encodeCall(IUnorderedNonces.invalidateNonces, (word, mask));
        if (!_act(signer, registry, data, "")) return;
        for (uint256 bit = 0; bit < 256; ++bit) {
            if ((mask >> bit) & 1 == 1) _spend(registry, signer, (word << 8) | bit);
        }
    }

    /// @dev Mostly of the first word; the others at the borders of words.
    function _nonceAt(uint256 index) private pure returns (uint256) {
        uint256 i = index % NONCES;
        if (i < 16) return i;
        if (i < 20) return 238 + i; // 254, 255, 256 and 257
        if (i < 22) return 491 + i; // 511 and 512
        return type(uint256).max - (i - 22);
    }

    /// @dev Every word that a nonce above is in.
    function words() external pure returns (uint256[4] memory) {
        return [uint256(0), 1, 2, LAST_WORD];
    }

    function _keep(uint256 pair, uint256 seed, Kind kind, uint256 who, uint256 ahead) private {
        Signed memory s;
        s.kind = kind;
        s.terms = _terms(pair, seed, kind == Kind.Warn);
        if (kind == Kind.Revoke) (s.terms.voucher, s.terms.subject) = _pairOf(pair);
        s.signer = kind == Kind.Register ? _anyone(who) : _mostly(agents[s.terms.voucher].owner, who);
        address registry = _registry(kind);
        for (uint256 i = 0; i < 4; ++i) {
            s.nonce = _nonceAt((who >> 16) * (2 * i + 1) + i);
            if (!isSpent[registry][s.signer][s.nonce]) break;
        }
        s.keyEpoch = agents[s.terms.voucher].keyEpoch;
        s.subjectKey = agents[s.terms.subject].owner;
        if (kind == Kind.Warn) s.subjectKey = _keyOf(s.terms.subject, who >> 64);
        s.arbiterOwner = agents[s.terms.arbiter].owner;
        s.since = _sinceOf(s.terms);
        // Now and then for the check-in after one that comes now.
        s.lastSeen = (who >> 200) % 4 == 0 ? clock : agents[s.terms.voucher].lastSeen;
        s.deadline = clock + (ahead % 150);
        s.signature = _sign(s.signer, _digestOf(s));
        _stash.push(s);
    }

    /// @dev Mostly the owner or a former key, which a warning may name; now and then another one, which it may not.
    function _keyOf(uint256 subject, uint256 seed) private view returns (address) {
        address[] storage former = formerKeys[subject];
        if (seed % 2 == 0 && former.length != 0) return former[(seed >> 2) % former.length];
        if (seed % 8 == 1) return agents[subject].wallet;
        if (seed % 16 == 3) return _anyone(seed >> 4);
        return agents[subject].owner;
    }

    /// @dev The date of the pair's edge, whatever became of it; zero where it has none.
    function _sinceOf(Terms memory t) private view returns (uint256) {
        uint256 index = deedOf[t.voucher][t.subject];
        return index == 0 ? 0 : deeds[index - 1].since;
    }

    /// @param how 0: as signed. Else to a twin, on another chain, or with one field changed.
    function _send(Signed memory s, address relayer, uint256 how) private {
        if (how != 0 || _hasWorked[keccak256(s.signature)]) ++replays;
        address target = _registry(s.kind);
        bool genuine = how == 0;
        if (how == 1) target = target == address(identities) ? address(twinIdentities) : address(twinVouches);
        if (how == 3) s.terms.voucher = 1 + (s.terms.voucher % agentCount);
        if (how == 4) s.terms.subject = 1 + (s.terms.subject % agentCount);
        if (how == 5) ++s.terms.stake;
        if (how == 6) ++s.terms.arbiter;
        if (how == 7) ++s.deadline;
        if (how == 9) {
            unchecked {
                ++s.nonce;
            }
        }
        if (how == 8 && target == address(vouches)) s.kind = s.kind == Kind.Warn ? Kind.Vouch : Kind.Warn;
        // What is not part of the message does not change it.
        if (s.kind == Kind.Register && how >= 3 && how != 7 && how != 9) genuine = true;
        if (s.kind == Kind.Revoke && (how == 5 || how == 6)) genuine = true;
        if (s.kind == Kind.Pulse && (how == 4 || how == 6 || how == 8 || how == 9)) genuine = true;
        // One agent is its own neighbour.
        if (agentCount == 1 && (how == 3 || how == 4)) return;

        s.terms.against = s.kind == Kind.Warn;
        if (s.kind == Kind.Pulse) _voidSome(s.signer, _digestOf(s));
        bytes memory why = _ifSend(s, target, genuine);
        if (s.kind == Kind.Pulse && bytes4(why) == IUnorderedNonces.NonceUsed.selector) {
            if (how == 2) return; // it is not taken back on another chain
            _reach("a check-in was taken back");
        }
        if (genuine) _reachOld(s, why);
        if (how == 2) vm.chainId(chainId + 1);
        bool done = _act(relayer, target, _sendCall(s), why);
        if (how == 2) vm.chainId(chainId);
        if (!done) return;
        assertFalse(_hasWorked[keccak256(s.signature)], "a signature worked twice");
        _hasWorked[keccak256(s.signature)] = true;
        if (s.kind == Kind.Pulse) return _proveBy(s);
        _spend(target, s.signer, s.nonce);
        if (s.nonce > 255) _reach("a nonce of another word");
        if (isContract[s.signer]) _reach("a contract's signature");
        if (s.kind == Kind.Warn && s.subjectKey != agents[s.terms.subject].owner)
            _reach("a warning named a former key");
        if (s.kind == Kind.Revoke) return _end(s.terms.voucher, s.terms.subject, true);
        if (s.kind != Kind.Register) return _stake(s.terms);
        _born(s.signer);
        if (!isContract[s.signer]) _prove(agentCount);
    }

    function _proveBy(Signed memory s) private {
        uint256 id = s.terms.voucher;
        assertFalse(identities.isNonceUsed(s.signer, uint256(_digestOf(s))), "a consent without a nonce was spent");
        _witness(agents[id]);
        if (isContract[s.signer]) return _reach("a contract proved nothing");
        if (!agents[id].keyOwned) _reach(wasRecovered[id] ? bytes32("proven recovered") : bytes32("proven alive"));
        _prove(id);
    }

    /// @dev What makes a signature void that has been right: a newer edge, a new owner of the arbiter, a newer check-in.
    function _reachOld(Signed memory s, bytes memory why) private {
        if (bytes4(why) != Consent.InvalidSignature.selector || agents[s.terms.voucher].owner != s.signer) return;
        if (s.kind == Kind.Pulse) {
            if (s.lastSeen < agents[s.terms.voucher].lastSeen) _reach("an older check-in");
        } else if (s.kind != Kind.Register) {
            if (s.since != _sinceOf(s.terms)) _reach("a newer edge");
            else if (s.kind != Kind.Revoke && s.arbiterOwner != agents[s.terms.arbiter].owner)
                _reach("another arbiter");
        }
    }

    function _ifSend(Signed memory s, address target, bool genuine) private view returns (bytes memory why) {
        address owner = s.signer;
        if (s.kind == Kind.Warn) {
            Key memory named = keys[s.subjectKey];
            if (named.id != s.terms.subject || named.role == KeyRole.Wallet) {
                return abi.encodeWithSelector(IVouchRegistry.NotSubjectKey.selector, s.terms.subject, s.subjectKey);
            }
        }
        bool keySame = true;
        // Nobody is registered there.
        if (s.kind == Kind.Pulse && target == address(twinIdentities)) return _nonexistent(s.terms.voucher);
        uint256 lastSeen = agents[s.terms.voucher].lastSeen;
        if (s.kind != Kind.Register) {
            why = s.kind == Kind.Pulse ? _ifActive(s.terms.voucher) : _ifKnown(s.terms.voucher);
            if (why.length != 0) return why;
            owner = agents[s.terms.voucher].owner;
            keySame = owner == s.signer && _isAsSeen(s);
        }
        if (s.kind == Kind.Pulse) {
            if (lastSeen == clock) {
                return abi.encodeWithSelector(IIdentityRegistry.AlreadySeen.selector, s.terms.voucher, lastSeen);
            }
            // What would have to be signed now: the owner may have taken that back.
            bytes32 due = _digest(IDENTITIES, target, _pulseHash(s.terms, owner, lastSeen, s.deadline));
            if (isSpent[target][owner][uint256(due)]) {
                return abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, owner, uint256(due));
            }
        } else if (isSpent[target][owner][s.nonce]) {
            return abi.encodeWithSelector(IUnorderedNonces.NonceUsed.selector, owner, s.nonce);
        }
        if (clock > s.deadline) return abi.encodeWithSelector(Consent.SignatureExpired.selector, s.deadline);
        if (!genuine || !keySame || secrets[owner] == 0) return _invalidSignature(owner);
        if (s.kind == Kind.Register) return _ifFresh(owner);
        if (s.kind == Kind.Pulse) return "";
        if (s.kind == Kind.Revoke) return _ifRevoke(owner, s.terms.voucher, s.terms.subject);
        return _ifStake(owner, s.terms);
    }

    /// @dev Whether all that the message binds beside its terms is as its signer saw it.
    function _isAsSeen(Signed memory s) private view returns (bool) {
        if (s.kind == Kind.Pulse) return agents[s.terms.voucher].lastSeen == s.lastSeen;
        if (agents[s.terms.voucher].keyEpoch != s.keyEpoch || _sinceOf(s.terms) != s.since) return false;
        if (s.kind == Kind.Revoke) return true;
        if (s.kind == Kind.Vouch && agents[s.terms.subject].owner != s.subjectKey) return false;
        return agents[s.terms.arbiter].owner == s.arbiterOwner;
    }

    function _registry(Kind kind) private view returns (address) {
        return kind == Kind.Register || kind == Kind.Pulse ? address(identities) : address(vouches);
    }

    function _sendCall(Signed memory s) private pure returns (bytes memory) {
        Terms memory t = s.terms;
        if (s.kind == Kind.Register) {
            return abi.encodeCall(IIdentityRegistry.registerFor, (s.signer, "", s.nonce, s.deadline, s.signature));
        }
        if (s.kind == Kind.Pulse) {
            return abi.encodeCall(IIdentityRegistry.pulseFor, (t.voucher, bytes32(t.stake), s.deadline, s.signature));
        }
        if (s.kind == Kind.Revoke) {
            return abi.encodeCall(IVouchRegistry.revokeFor, (t.voucher, t.subject, s.nonce, s.deadline, s.signature));
        }
        Offer memory offer = Offer(t.voucher, t.subject, t.stake, t.periods, t.arbiter, bytes32("trade"), "ipfs://a");
        if (s.kind == Kind.Vouch) {
            return abi.encodeCall(IVouchRegistry.vouchFor, (offer, s.nonce, s.deadline, s.signature));
        }
        return abi.encodeCall(IVouchRegistry.warnFor, (offer, s.subjectKey, s.nonce, s.deadline, s.signature));
    }

    function _digestOf(Signed memory s) private view returns (bytes32) {
        address registry = _registry(s.kind);
        return _digest(registry == address(identities) ? IDENTITIES : "TenureVouchRegistry", registry, _structHash(s));
    }

    function _pulseHash(
        Terms memory t,
        address owner,
        uint256 lastSeen,
        uint256 deadline
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(PULSE_TYPEHASH, t.voucher, owner, t.stake, lastSeen, deadline));
    }

    function _structHash(Signed memory s) private pure returns (bytes32) {
        Terms memory t = s.terms;
        if (s.kind == Kind.Register) {
            return keccak256(abi.encode(REGISTER_TYPEHASH, s.signer, keccak256(""), s.nonce, s.deadline));
        }
        if (s.kind == Kind.Pulse) {
            return _pulseHash(t, s.signer, s.lastSeen, s.deadline);
        }
        if (s.kind == Kind.Revoke) {
            return
                keccak256(abi.encode(REVOKE_TYPEHASH, t.voucher, t.subject, s.keyEpoch, s.since, s.nonce, s.deadline));
        }
        bytes memory name =
            s.kind == Kind.Warn
                ? abi.encodePacked("Warn", FIELDS, "address subjectKey", LAST_FIELDS)
                : abi.encodePacked("Vouch", FIELDS, "address subjectOwner", LAST_FIELDS);
        bytes32 typeHash = keccak256(name);
        bytes memory first = abi.encode(
            typeHash,
            t.voucher,
            t.subject,
            t.stake,
            t.periods,
            t.arbiter,
            bytes32("trade")
        );
        bytes memory rest = abi.encode(
            keccak256("ipfs://a"),
            s.keyEpoch,
            s.subjectKey,
            s.arbiterOwner,
            s.since,
            s.nonce,
            s.deadline
        );
        return keccak256(bytes.concat(first, rest));
    }
}
