// npm run docs
//
// Writes docs/reference anew from the JSDoc of the SDK.
import path from "node:path";
import { makeReference } from "./reference/make.ts";

await makeReference(path.join(import.meta.dirname, "../docs/reference"));
