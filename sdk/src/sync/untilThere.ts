import type { AnyClient } from "../types/client.ts";

/** How often what is not there yet is looked for again. With viem's usual delay that is for 4.65 seconds. */
const TRIES = 5;

/** Looks for something that should be there in a moment, each time after twice as long; undefined where it is not. */
export async function untilThere<found>(
  client: AnyClient,
  look: () => Promise<found | undefined>,
): Promise<found | undefined> {
  const { retryDelay = 150 } = client.transport as { retryDelay?: number };
  for (let tries = 0; ; tries++) {
    const found = await look();
    if (found !== undefined || tries >= TRIES) return found;
    await new Promise((resolve) => setTimeout(resolve, retryDelay * 2 ** tries));
  }
}
