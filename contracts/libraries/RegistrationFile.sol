// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {CivilDate} from "./CivilDate.sol";
import {Status} from "./IdentityRecord.sol";

/// @title The registration file of an agent that gave none
/// @notice Makes an ERC-8004 registration file with a picture, wholly on chain.
/// @dev Every value in it is a number, a date or a word of this library, so nothing needs escaping.
library RegistrationFile {
    using Strings for uint256;

    /// @notice The file as a `data:` URI.
    /// @param agentId The identity.
    /// @param firstSeen When it was registered (unix seconds).
    /// @param tenure Witnessed seconds.
    /// @param status Active or Suspended; an identity in another state has no file.
    /// @return `data:application/json;base64,…`
    function render(
        uint256 agentId,
        uint256 firstSeen,
        uint256 tenure,
        Status status
    ) internal view returns (string memory) {
        string memory number = agentId.toString();
        string memory image = _picture(number, CivilDate.format(firstSeen), (tenure / 1 days).toString(), status);
        string memory description = string.concat(
            '{"type":"https://eips.ethereum.org/EIPS/eip-8004#registration-v1","name":"Tenure identity ',
            number,
            '","description":"A soulbound identity of an autonomous agent. It cannot be transferred; its age and tenure are written by the chain.","image":"data:image/svg+xml;base64,',
            Base64.encode(bytes(image)),
            '","services":[],"x402Support":false,"active":',
            status == Status.Active ? "true" : "false"
        );
        string memory registration = string.concat(
            ',"registrations":[{"agentId":',
            number,
            ',"agentRegistry":"eip155:',
            block.chainid.toString(),
            ":",
            Strings.toChecksumHexString(address(this)),
            '"}],"supportedTrust":["reputation"]}'
        );
        return
            string.concat(
                "data:application/json;base64,",
                Base64.encode(bytes(string.concat(description, registration)))
            );
    }

    function _picture(
        string memory number,
        string memory since,
        string memory tenureDays,
        Status status
    ) private pure returns (string memory) {
        (string memory word, string memory colour) = status == Status.Active
            ? ("ACTIVE", "#3ddc97")
            : ("SUSPENDED", "#ffb454");
        string memory frame = string.concat(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300" font-family="ui-monospace,Menlo,monospace" fill="#e8ecf4"><rect width="480" height="300" rx="20" fill="#11151f"/><rect x="1" y="1" width="478" height="298" rx="19" fill="none" stroke="',
            colour,
            '" stroke-opacity=".5" stroke-width="2"/><text x="32" y="52" font-size="16" letter-spacing="6" fill="#8b95a9">TENURE</text><text x="448" y="52" font-size="16" letter-spacing="2" text-anchor="end" fill="',
            colour,
            '">',
            word,
            "</text>"
        );
        string memory facts = string.concat(
            '<text x="32" y="150" font-size="64" font-weight="700">#',
            number,
            '</text><g font-size="14" fill="#8b95a9"><text x="32" y="222">FIRST SEEN</text><text x="260" y="222">TENURE</text></g><g font-size="24"><text x="32" y="254">',
            since,
            '</text><text x="260" y="254">',
            tenureDays,
            " d</text></g></svg>"
        );
        return string.concat(frame, facts);
    }
}
