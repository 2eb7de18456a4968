// npm run generate: writes the ABIs, bytecode and addresses of both packages, @tenure/sdk and @tenure/contracts, from the
// compiled contracts.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { generatedFiles } from "./lib/generate.ts";
import { generatedContractsFiles } from "./lib/generateContracts.ts";

const root = path.join(import.meta.dirname, "..");
for (const [file, text] of [...(await generatedFiles()), ...(await generatedContractsFiles())]) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
  console.log(file);
}
