// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Asks many questions in one call, and brings back what each answered or why it reverted.
contract Reader {
    struct Question {
        address target;
        bytes data;
    }

    struct Answer {
        bool success;
        bytes data;
    }

    function ask(Question[] calldata questions) external view returns (Answer[] memory answers) {
        answers = new Answer[](questions.length);
        for (uint256 i = 0; i < questions.length; ++i) {
            (answers[i].success, answers[i].data) = questions[i].target.staticcall(questions[i].data);
        }
    }
}
