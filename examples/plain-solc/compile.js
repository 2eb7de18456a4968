// Compiles Board.sol with the compiler alone: no framework, one import callback.
import { readFileSync } from "node:fs";
import { productionAddresses } from "@tenure/contracts";
import solc from "solc";

const input = {
  language: "Solidity",
  sources: { "Board.sol": { content: readFileSync("Board.sol", "utf8") } },
  settings: {
    evmVersion: "cancun",
    optimizer: { enabled: true },
    outputSelection: { "Board.sol": { Board: ["evm.bytecode.object"] } },
  },
};

// "@tenure/contracts/TrustGate.sol" is a path in node_modules; so are the imports of OpenZeppelin's files in there.
const find = (file) => ({ contents: readFileSync(`node_modules/${file}`, "utf8") });

const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
for (const { formattedMessage } of errors) console.error(formattedMessage);
if (errors.some(({ severity }) => severity === "error")) process.exit(1);

const bytecode = `0x${contracts["Board.sol"].Board.evm.bytecode.object}`;
// Deploy it with this address as its constructor's argument, the same on every chain.
console.log(`Board: ${(bytecode.length - 2) / 2} bytes, to be given ${productionAddresses.vouchRegistry}`);
