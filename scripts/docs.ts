// npm run docs
//
// Writes docs/reference and docs/errors.md anew from the sources of the SDK.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { makeErrors } from "./reference/errors.ts";
import { makeReference } from "./reference/make.ts";

const docs = path.join(import.meta.dirname, "../docs");

await makeReference(path.join(docs, "reference"));
writeFileSync(path.join(docs, "errors.md"), makeErrors());
