#!/usr/bin/env node
// Apart from what is built, so that npm can link the command before anything is.
import "../dist/main.js";
