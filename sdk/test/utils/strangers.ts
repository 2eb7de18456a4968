// Contracts of strangers, as bare bytes: what they do is all there is to them.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Address, concatHex, encodeErrorResult, type Hex, parseAbi, size, toHex } from "viem";

/** Code that does the same whatever it is asked. */
export function codeThat(what: "answers" | "reverts", data: Hex): Hex {
  const length = toHex(size(data), { size: 2 });
  const end = what === "answers" ? "0xf3" : "0xfd";
  // PUSH2 length, PUSH1 14, PUSH1 0, CODECOPY, PUSH2 length, PUSH1 0, RETURN or REVERT, and then the data.
  return concatHex(["0x61", length, "0x600e60003961", length, "0x6000", end, data]);
}

/** The error by which a contract asks its caller to fetch a URL, and to call it again with what is there (ERC-3668). */
export function offchainLookup(sender: Address, url: string): Hex {
  return encodeErrorResult({
    abi: parseAbi(["error OffchainLookup(address sender, string[] urls, bytes data, bytes4 callback, bytes extra)"]),
    errorName: "OffchainLookup",
    args: [sender, [url], "0x1234", "0x12345678", "0x"],
  });
}

/** Runs something beside a server, and answers which of its paths were asked for. */
export async function visited(run: (url: string) => Promise<void>): Promise<string[]> {
  const paths: string[] = [];
  const server = createServer(({ url = "" }, answer) => {
    paths.push(url);
    answer.end('{"data":"0x"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return paths;
}
