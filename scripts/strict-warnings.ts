import type { HardhatPlugin } from "hardhat/types/plugins";
import type { CompilerOutputError } from "hardhat/types/solidity";
import { isQuick } from "./lib/quick.ts";

/** Hardhat's type leaves out where solc says the message belongs. */
type Message = CompilerOutputError & { sourceLocation?: { file: string } };

/**
 * Compiler warnings are errors in contracts/, and silent in tests and dependencies. The plugin hardhat-ignore-warnings
 * cannot do that under Hardhat 3.17, which never fails on a message of type "Warning", whatever its severity.
 */
const strictWarnings: HardhatPlugin = {
  id: "strict-warnings",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        invokeSolc: async (context, compiler, input, config, next) => {
          const output = await next(context, compiler, input, config);
          return {
            ...output,
            errors: output.errors?.flatMap((message) => judge(message, context.globalOptions.coverage || isQuick)),
          };
        },
      }),
    }),
  },
};

/** Code larger than EIP-170 allows: code for coverage or for `test:quick` always is, and nobody deploys that. */
const CODE_SIZE = "5574";

function judge(message: Message, isNeverDeployed: boolean): Message[] {
  if (message.severity === "error") return [message];
  if (message.errorCode === CODE_SIZE && isNeverDeployed) return [];
  const file = message.sourceLocation?.file;
  if (file !== undefined && !file.startsWith("project/contracts/")) return [];
  return [
    {
      ...message,
      type: "Error",
      severity: "error",
      formattedMessage: message.formattedMessage?.replace(/^(Warning|Info)/, "Error, from a warning"),
    },
  ];
}

export default strictWarnings;
