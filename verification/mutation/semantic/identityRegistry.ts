import { guardians } from "./identityRegistry/guardians.ts";
import { keys } from "./identityRegistry/keys.ts";
import { liveness } from "./identityRegistry/liveness.ts";
import { registration } from "./identityRegistry/registration.ts";
import { statements } from "./identityRegistry/statements.ts";
import { states } from "./identityRegistry/states.ts";
import { views } from "./identityRegistry/views.ts";
import { wallets } from "./identityRegistry/wallets.ts";
import type { Slips } from "./slip.ts";

export const identityRegistry: Slips = {
  file: "contracts/IdentityRegistry.sol",
  slips: [registration, liveness, statements, wallets, keys, guardians, states, views].flat(),
};
