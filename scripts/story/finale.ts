import { styleText } from "node:util";
import { type RegistryAddresses, shortAddresses } from "@tenure/sdk";
import { table } from "../lib/table.ts";
import type { Board } from "./board.ts";
import { accountAt, publicKeyOf } from "./cast.ts";
import type { Platform } from "./platform.ts";

/** What is there to play with, now that the story is over. */
export function printFinale(url: string, board: Board, platform: Platform): void {
  const registries = Object.entries(shortAddresses satisfies RegistryAddresses);
  const contracts = [...registries, ["GatedBoard", board.address]].map(([name = "", address = ""]) => [name, address]);
  const accounts = [0, 1, 4, 5, 6, 7, 8].map((index) => {
    const account = accountAt(index);
    return [whose[index] ?? "nobody yet", account.address, publicKeyOf(account)];
  });
  // The command looks there by itself.
  const elsewhere = url === "http://127.0.0.1:8545" ? "" : ` --rpc ${url}`;
  console.log(`
${styleText("bold", `The chain stays up at ${url}, chain id 31337.`)}

${table(["contract", "address"], contracts)}

${table(["account", "address", "private key"], accounts)}

${styleText("yellow", "These accounts are funded here, and everybody knows their keys: never use them anywhere else.")}

Look around, from another terminal:  node cli/bin/tenure.js show 2${elsewhere}
                                     node cli/bin/tenure.js trust 2 --anchors 1${elsewhere}
                                     TENURE_PRIVATE_KEY=0x… node cli/bin/tenure.js register${elsewhere}

${styleText("bold", `The platform's server stays up at ${platform.url}.`)}

Ask it:  curl ${platform.url}/v1/identities/2
         curl ${platform.url}/openapi.json
         curl ${platform.url}/access/v1/evaluation -H 'content-type: application/json' \\
           -H 'authorization: Bearer ${platform.token}' \\
           -d '{"subject":{"type":"agent","id":"eip155:31337:${account(5)}"},
                "action":{"name":"read"},"resource":{"type":"http","id":"/"}}'
         (A no: nobody has proved that they are Bo. The gateway of chapter 10 hands a signed request over.)

${styleText("bold", "Ctrl-C stops.")}`);
}

const account = (index: number) => accountAt(index).address.toLowerCase();

const whose: Readonly<Record<number, string>> = { 0: "the platform", 1: "Ada", 4: "Dan", 5: "Bo" };
