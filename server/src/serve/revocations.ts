import type { RevocationEvent, RevocationEvents } from "@tenure/http-auth";
import type { Change } from "../policy/index.ts";

/** Tells whoever checks grants that an account took some back, with the block that says so: they believe a yes for a minute otherwise. */
export function revocationsOf(): { readonly events: RevocationEvents; readonly tell: (change: Change) => void } {
  const listeners = new Set<(event: RevocationEvent) => void>();
  return {
    events: { subscribe: (listener) => void listeners.add(listener) },
    tell: (change) => {
      if (change.kind !== "event") return;
      const { event, chainId } = change;
      if (event.eventName !== "GrantRevoked" && event.eventName !== "EpochAdvanced") return;
      for (const listener of listeners) listener({ chainId, account: event.issuer });
    },
  };
}
