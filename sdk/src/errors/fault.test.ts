// What nodes say, each in its own way. The words are from issues that people opened, and from the sources of nodes.
import { expect } from "chai";
import { createClient, custom, fallback, HttpRequestError, http, RpcRequestError } from "viem";
import { rejection } from "../../test/utils/rejection.ts";
import { type Fault, failureOf, faultOf } from "./fault.ts";

type Said = readonly [code: number | undefined, words: string, status?: number];

const said: Readonly<Partial<Record<Fault, readonly Said[]>>> = {
  busy: [
    [
      429,
      "Your app has exceeded its compute units per second capacity. If you have retries enabled, you can safely ignore this message.",
      429,
    ],
    [-32_000, "Your app has exceeded its compute units per second capacity. If you have retries enabled, ignore this."],
    [-32_005, "project ID request rate exceeded"],
    [undefined, "project ID request rate exceeded", 403],
    [-32_005, "exceeded project rate limit"],
    [-32_005, "daily request count exceeded, request rate limited"],
    [-32_005, "limit exceeded"],
    [-32_005, "Too Many Requests"],
    [-32_007, "25/second request limit reached - reduce calls per second or upgrade your account at quicknode.com"],
    [-32_012, "credits limited to 6000/sec"],
    [-32_016, "over rate limit"],
    [-32_029, "slow down"],
    [
      -32_000,
      '429 Too Many Requests: {"jsonrpc":"2.0","error":{"code":-32016,"message":"over rate limit"},"id":2239375}\n',
    ],
    [-32_090, "Too many requests, reason: call rate limit exhausted, retry in 10s"],
    [15, "Too many request, try again later"],
    [-32_005, "You've exceeded the RPS limit available on the current plan."],
    [-32_603, "cu limit exceeded; Request too fast per second"],
    [-32_005, "Request is being rate limited."],
    [-32_005, "Too many concurrent requests"],
    [-32_002, "Non-200 status code: '429'"],
    [undefined, "error code: 1015", 429],
    [undefined, "", 429],
    [
      -32_002,
      "RPC endpoint returned too many errors, retrying in 0.5 minutes. Consider using a different RPC endpoint.",
    ],
  ],
  large: [
    [
      -32_602,
      "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x0, 0x87fe9]",
    ],
    [
      -32_600,
      "Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Based on your parameters, this block range should work: [0x1, 0xa]. Upgrade to PAYG for expanded block range.",
      400,
    ],
    [-32_005, "query returned more than 10000 results"],
    [-32_005, "query returned more than 10000 results. Try with this block range [0x1, 0x2]."],
    [-32_602, "range 1000000 exceeds limit of 10000"],
    [-32_614, "eth_getLogs is limited to a 10,000 range", 413],
    [-32_600, "block range is too wide"],
    [-32_000, "maximum [from, to] blocks distance: 10000"],
    [
      -32_602,
      "Block range limit exceeded. See more details at https://docs.chainstack.com/docs/limits#evm-range-limits",
    ],
    [35, "ranges over 10000 blocks are not supported on freetier"],
    [35, "ranges over 10000 blocks are not supported on free plan", 400],
    [-32_701, "exceed maximum block range: 50000"],
    [-32_000, "exceed maximum block range: 5000"],
    [-32_005, "block range too large, max range: 1000"],
    [-32_000, "block range is larger than max block range, block range = 5120, max block range = 5000"],
    [-32_000, "block range is bigger than maxBlockRange"],
    [-32_600, "block range too high"],
    [-32_000, "query timeout exceeded"],
    [-32_016, "Request was canceled due to enabled timeout."],
    [-32_000, "context deadline exceeded"],
    [30, "Request timeout on the free tier, please upgrade your tier to the paid one", 408],
    [-32_602, "query exceeds max results 20000, retry with the range 21102592-21102595"],
    [-32_602, "query exceeds max block range 100000"],
    [-32_000, "requested too many blocks from 1 to 10000, maximum is set to 2048"],
    [-32_602, "Max range: 800"],
    [-32_602, "Maximum allowed number of requested blocks is 1000"],
    [-32_000, "logs matched by query exceeds limit of 10000"],
    [-32_602, "response size should not greater than 10000000 bytes"],
    [-32_020, "backend response too large"],
    [-32_602, "Block range is too large"],
    [-32_600, "eth_getLogs block range exceeds the range allowed for your plan (20000 > 10000)"],
    [-32_602, "please limit the query to at most 1000 blocks"],
    [-32_000, "block range greater than 10000 max"],
    [-32_000, "eth_getLogs range is too large, max is 10k blocks"],
    [-32_000, "query must be smaller than size 1024"],
    [-32_000, "block span 120000 of range [1, 120001] exceeds the limit 10000"],
    [-32_000, "query block range exceeds server limit, narrow your filter: 1000"],
    [-32_000, "query returns too many logs, narrow your filter: 20000"],
    [-32_005, "Too many logs requested. Max logs per response is 10000"],
    [-32_000, "Requested range exceeds maximum RPC range limit"],
    [-32_005, "query exceeds limit of 10000 logs"],
    [-32_602, "logs are limited to a 10000 block range"],
    [undefined, "Payload Too Large", 413],
  ],
  passing: [
    [undefined, "Bad Gateway", 502],
    [undefined, "no healthy upstream", 503],
    [undefined, "Gateway Timeout", 504],
    [-32_603, "Internal error"],
    [-32_603, "Internal JSON-RPC error."],
    [-32_000, "header not found"],
    [-32_000, "header for hash not found"],
    [-32_000, "unknown block"],
    [-32_001, "block not found: 0x1b4"],
    [-32_602, "block range extends beyond current head block"],
    [-32_000, "block range extends beyond current head block: requested 0x2000, head 0x1000"],
    [-32_000, "requested block range [4096, 8192] is beyond latest executed block 4000 (node is still syncing)"],
    [-32_011, "no backend is currently healthy to serve traffic"],
    [-32_000, "transaction indexing is in progress"],
    [-32_000, "Service temporarily unavailable"],
  ],
  pruned: [
    [4_444, "pruned history unavailable"],
    [-32_000, "pruned history unavailable"],
    [-32_701, "History has been pruned for this block"],
    [-32_000, "Receipt not available for From block 14319330."],
    [-32_602, "Receipts for block 12 (0xab) are neither stored nor reproducible from state history."],
    [-32_000, "missing trie node 8b1604e0d19d9be9a94cab027e74134e674bccdbf8d6a3f09a23abe52fd356fa (path )"],
    [-32_000, "required historical state unavailable (reexec=128)"],
    [-32_000, "old data not available due to pruning"],
    [
      -32_000,
      "state transitaion failed: seek with txNum=1962853355 but data before txNum=2662500000 is not available: blockNum=16999999",
    ],
    [-32_000, "distance to target block exceeds maximum proof window"],
    [-32_002, "No state available for block 12"],
    [-32_000, "World state unavailable"],
    [-32_002, "project ID does not have access to archive state"],
  ],
  forbidden: [
    [-32_000, "Must be authenticated!", 401],
    [undefined, "Forbidden", 403],
  ],
  other: [
    [3, "execution reverted: block range too large"],
    [3, "rate limit exceeded"],
    [-32_000, "execution reverted: rate limit exceeded, try again in 5s"],
    [-32_603, "Error: VM Exception while processing transaction: reverted with reason string 'range'"],
    [-32_603, "Internal JSON-RPC error. execution reverted: header not found"],
    [-32_000, "out of gas"],
    [-32_015, "VM execution error."],
    [4_001, "User rejected the request: too many requests"],
    [4_001, "MetaMask Tx Signature: User denied transaction signature."],
    [-32_601, "the method eth_getLogs does not exist/is not available"],
    [-32_000, "insufficient funds for gas * price + value: address 0x1 have 429 want 500"],
    [-32_000, "nonce too low: next nonce 429, tx nonce 6"],
    [-32_000, "max fee per gas less than block base fee: address 0x1, maxFeePerGas: 1, baseFee: 875000000"],
    [-32_000, "tx fee (1.20 ether) exceeds the configured cap (1.00 ether)"],
  ],
};

const body = { method: "eth_getLogs", params: [{ fromBlock: "0x429", rate: "limit range pruned timeout" }] };
const url = "http://127.0.0.1:9";

/** The error of viem's HTTP transport. */
function requestError([code, words, status]: Said): Error {
  if (code === undefined) return new HttpRequestError({ body, details: words, status: status as number, url });
  return Object.assign(new RpcRequestError({ body, error: { code, message: words }, url }), { status });
}

describe("what a failed request means", () => {
  for (const [fault, list] of Object.entries(said)) {
    for (const row of list) {
      const [code, words, status] = row;
      const name = `${status ?? 200} ${code ?? ""} ${words.trim()}`;
      it(`should be "${fault}": ${name}`, () => {
        expect(faultOf(requestError(row))).to.equal(fault);
      });

      // A status is of HTTP alone.
      if (code === undefined || status !== undefined) continue;
      for (const [kind, thrown] of Object.entries({
        "an error": Object.assign(new Error(words), { code }),
        "an object": { code, message: words },
      })) {
        it(`should be "${fault}" where a provider throws ${kind}: ${name}`, async () => {
          const provider = { request: () => Promise.reject(thrown) };
          for (const transport of [custom(provider), fallback([custom(provider)])]) {
            const client = createClient({ transport });
            const error = await rejection(client.request({ method: "eth_chainId" }, { retryCount: 0 }));
            expect(failureOf(error)).to.deep.include({ fault, code, words });
          }
        });
      }
    }
  }

  it("should be that nobody answers where a provider throws what it got from the network", async () => {
    for (const words of ["fetch failed", "Failed to fetch", "read ECONNRESET", "socket hang up", "request timed out"]) {
      const provider = { request: () => Promise.reject(new TypeError(words)) };
      for (const transport of [custom(provider), fallback([custom(provider)])]) {
        const client = createClient({ transport });
        expect(faultOf(await rejection(client.request({ method: "eth_chainId" }, { retryCount: 0 })))).to.equal("away");
      }
    }
    const provider = { request: () => Promise.reject(new Error("no such wallet")) };
    const client = createClient({ transport: custom(provider) });
    expect(faultOf(await rejection(client.request({ method: "eth_chainId" }, { retryCount: 0 })))).to.equal("other");
  });

  it("should be told of what a wallet hides", () => {
    const data = { code: -32_000, message: "execution reverted: range" };
    const error = Object.assign(new Error("Internal JSON-RPC error."), { code: -32_603, data });
    expect(faultOf(error)).to.equal("other");
  });

  it("should be nothing where there was no request", async () => {
    expect(failureOf(new Error("rate limit"))).to.equal(undefined);
    expect(failureOf(undefined)).to.equal(undefined);
    expect(failureOf("rate limit")).to.equal(undefined);
    const client = createClient({ transport: http(url, { retryCount: 0 }) });
    expect(faultOf(await rejection(client.request({ method: "eth_chainId" })))).to.equal("away");
  });
});

describe("how long to wait", () => {
  const waits: Readonly<Record<string, number | undefined>> = {
    "rate limited: retry in 1s": 1_000,
    "Too many requests, reason: call rate limit exhausted, retry in 10s": 10_000,
    "Too many requests, reason: call rate limit exhausted, retry in 10m0s": 600_000,
    "retrying in 0.5 minutes. Consider using a different RPC endpoint.": 30_000,
    "try again after 250 ms": 250,
    "please retry in 2 seconds": 2_000,
    "query exceeds max results 20000, retry with the range 21102592-21102595": undefined,
    "try again later": undefined,
    "": undefined,
  };
  for (const [words, wait] of Object.entries(waits)) {
    it(`should be ${wait} ms: ${words}`, () => {
      expect(failureOf(requestError([-32_005, words]))?.wait).to.equal(wait);
    });
  }
});
