// Programs of strangers, as text: Mocha would run files in its folder. Each prints one line, and asks for nothing from a
// network.

/** Compiled with `nodenext`, by file name. */
export const programs = {
  "module.mts": `
import { identityRegistryAbi, productionAddresses } from "@tenure/contracts";
import * as sdk from "@tenure/sdk";
import { registryArtifacts } from "@tenure/sdk/bytecode";
import { trustOf } from "@tenure/sdk/trust";

const is: "register" | undefined = identityRegistryAbi.find((entry) => "name" in entry && entry.name === "register")?.name;
const isSame = productionAddresses.identityRegistry === sdk.productionAddresses.identityRegistry;
console.log(is, isSame, typeof trustOf, registryArtifacts.identityRegistry.bytecode.length > 2);
`,
  "commonjs.cts": `
import contracts = require("@tenure/contracts");
import hardhat = require("@tenure/contracts/hardhat");
import sdk = require("@tenure/sdk");
import viem = require("viem");

const isSame = contracts.productionAddresses.vouchRegistry === sdk.productionAddresses.vouchRegistry;
console.log(isSame, sdk.isTenureError(new viem.BaseError("another")), typeof hardhat.deployTenure);
`,
  "signed.mts": `
import { AccessError, createVerifier, memoryReplayStore, signRequest } from "@tenure/http-auth";
import { createPublicClient, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";

const account = privateKeyToAccount(\`0x\${"1".padStart(64, "0")}\`);
const verifier = createVerifier({
  clients: [createPublicClient({ chain: mainnet, transport: http("http://127.0.0.1:1") })],
  origins: ["https://api.example"],
  replay: memoryReplayStore(),
});
const request = new Request("https://api.example/items?a=b", { method: "POST", body: "{}" });
const signed = await signRequest(request, { account, chainId: 1 });
const { principal } = await verifier.verify(signed.clone());
const again: unknown = await verifier.verify(signed).catch((reason: unknown) => reason);
console.log(principal, again instanceof AccessError && again.code, await signed.text());
`,
  "session.mts": `
import { createSession, createSessionKey, exportSession, GrantTooWideError, openSession, restoreSession } from "@tenure/http-auth";
import { privateKeyToAccount } from "viem/accounts";

const account = privateKeyToAccount(\`0x\${"1".padStart(64, "0")}\`);
const audiences = ["https://api.example"];
const made = await createSession({ account, chainId: 1, audiences, validFor: 60, remainingDelegations: 1, extractable: true });
const session = await restoreSession(await exportSession(made));
const key = await createSessionKey({ keyType: "p256" });
const { field } = await session.delegate({ key, audiences, validFor: 10 });
const agent = await openSession({ grants: field, key });
const signed = await agent.signRequest(new Request("https://api.example/items", { method: "POST", body: "{}" }));
const refusal: unknown = await session.delegate({ key, audiences, validFor: 90 }).catch((reason: unknown) => reason);
console.log(signed.headers.get("erc-8128-delegation") === field, refusal instanceof GrantTooWideError && refusal.widenings);
`,
  "wagmi.mts": `
import { isTenureError, tenurePublicActions } from "@tenure/sdk";
import { createConfig, getPublicClient, http } from "@wagmi/core";
import { base } from "@wagmi/core/chains";

const config = createConfig({ chains: [base], transports: { [base.id]: http("http://127.0.0.1:1") } });
const client = getPublicClient(config).extend(tenurePublicActions());
const refusal: unknown = await client.getProfile({ id: -1 }).catch((reason: unknown) => reason);
console.log(isTenureError(refusal) && refusal.name);
`,
  "ethers.mts": `
import { identityRegistryAbi, productionAddresses } from "@tenure/contracts";
import { tenurePublicActions } from "@tenure/sdk";
import { BrowserProvider, Contract, JsonRpcProvider } from "ethers";
import { createClient, custom, toFunctionSelector } from "viem";

// One connection for both: the SDK takes whatever can send requests.
const provider = new JsonRpcProvider("http://127.0.0.1:1", 1, { staticNetwork: true });
const request = async ({ method, params }: { method: string; params?: unknown[] }) => provider.send(method, params ?? []);
const client = createClient({ transport: custom({ request }) }).extend(tenurePublicActions());
const identities = new Contract(productionAddresses.identityRegistry, identityRegistryAbi, new BrowserProvider({ request }));
const isSame =
  identities.interface.getFunction("pulse")?.selector === toFunctionSelector("function pulse(uint256, bytes32)");
console.log(isSame, typeof client.getProfile);
provider.destroy();
`,
};

/** Compiled, and never run: what the declarations of `@tenure/contracts` promise to the strictest compiler, without viem. */
export const strictProgram = `
import {
  deployments,
  identityRegistryAbi,
  productionAddresses,
  shortAddresses,
  type TenureAddresses,
} from "@tenure/contracts";
import json from "@tenure/contracts/abi/IdentityRegistry.json" with { type: "json" };
import { type DeployTenureOptions, deployTenure, type TenureConnection } from "@tenure/contracts/hardhat";

type Entry = (typeof identityRegistryAbi)[number];
type Pulse = Extract<Entry, { type: "function"; name: "pulse" }>;
export const types: readonly [Pulse["inputs"][0]["type"], Pulse["inputs"][1]["type"]] = ["uint256", "bytes32"];
// @ts-expect-error there is no such function
export const name: Extract<Entry, { type: "function" }>["name"] = "mint";
export const both: readonly TenureAddresses[] = [productionAddresses, shortAddresses];
export const address: \`0x\${string}\` = deployments.production.contracts.vouchRegistry.address;
// @ts-expect-error addresses are not changed
productionAddresses.vouchRegistry = address;
export const count: number = json.length;

const options: DeployTenureOptions = { parameters: undefined };
export async function deploy(connection: TenureConnection): Promise<TenureAddresses> {
  await deployTenure(connection);
  await deployTenure(connection, {});
  // @ts-expect-error there are two sets of parameters
  await deployTenure(connection, { parameters: "long" });
  // @ts-expect-error a connection has a provider
  await deployTenure({});
  return deployTenure(connection, options);
}
`;

/** What each prints. */
export const lines: Record<keyof typeof programs, string> = {
  "module.mts": "register true function true\n",
  "commonjs.cts": "true false function\n",
  "signed.mts": "eip155:1:0x7e5f4552091a69125d5dfcb7b8c2659029395bdf nonce_reused {}\n",
  "session.mts": "true [ 'validUntil' ]\n",
  "wagmi.mts": "InvalidIdError\n",
  "ethers.mts": "true function\n",
};

/** A page for a bundler. It says in its body what it found. */
export const page = `<!doctype html>
<title>Tenure</title>
<body>
<script type="module">
import { productionAddresses } from "@tenure/contracts";
import { createSession, createSessionKey, exportSession, openSession, restoreSession } from "@tenure/http-auth";
import { getProfile, isTenureError } from "@tenure/sdk";
import { createPublicClient, custom } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";

// The page has not loaded before this answers.
new Image().src = new URL("held", location).href;
const client = createPublicClient({ chain: mainnet, transport: custom({ request: async () => null }) });
const refusal = await getProfile(client, { id: -1 }).catch((reason) => reason);

// A session of each kind of key, what it hands on, and the signed request, met by the browser's own fetch.
const account = privateKeyToAccount(\`0x\${"1".padStart(64, "0")}\`);
const audiences = ["https://api.example"];
const seen = [];
for (const keyType of ["ed25519", "p256", "secp256k1"]) {
  const made = await createSession({ account, chainId: 1, audiences, validFor: 60, keyType, extractable: true, remainingDelegations: 1 });
  const session = await restoreSession(await exportSession(made));
  const key = await createSessionKey({ keyType: "p256" });
  const { field } = await session.delegate({ key, audiences, validFor: 10 });
  const send = async (request) => fetch(new URL("echo", location), { headers: request.headers }).then(() => request);
  const agent = await openSession({ grants: field, key, fetch: send });
  const request = await agent.fetch("https://api.example/items", { method: "POST", body: "{}" });
  seen.push(request.headers.get("signature-input").includes("erc8128-delegated") && request.redirect);
}
document.body.textContent =
  isTenureError(refusal) && refusal.name + " " + productionAddresses.vouchRegistry + " " + seen.join(" ");
await fetch(new URL("released", location));
</script>
`;
