// `npm run bench:trust`: what `npm run bench` measures of trust, alone; with `-- --large` the largest graph as well.
import { measureTrust } from "./measure.ts";

const missed = await measureTrust(new URL("../", import.meta.url), process.argv.includes("--large"));
for (const sentence of missed) console.error(sentence);
process.exitCode = missed.length === 0 ? 0 : 1;
