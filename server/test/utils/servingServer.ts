// servingServer.ts '{"node", "database", "policies", "log", "nonces"}': the joined server, until it is killed. Prints its address.
import { openOwnServer } from "./openOwnServer.ts";

const { url } = await openOwnServer(JSON.parse(process.argv[2] as string));
console.log(url);
