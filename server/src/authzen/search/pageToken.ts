import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { Problem } from "../../web/index.ts";

/** Where a search goes on. */
export interface Place {
  /** What was looked at last. It need not be a result, so nobody may read it. */
  readonly after: string;
  /** The limit of the first request. */
  readonly limit: number;
  /** Unix seconds. */
  readonly expiresAt: number;
}

const placeSchema = z.object({ after: z.string(), limit: z.int().min(0), expiresAt: z.int() });

const IV = 12;
const TAG = 16;

/**
 * Makes what seals the places of searches in tokens: nobody can read them, make them, or use one for another search.
 *
 * @param key 32 secret bytes.
 */
export function pageTokens(key: Uint8Array) {
  return {
    /** The token for a place, for the search that `query` names. */
    seal(place: Place, query: string): string {
      const iv = randomBytes(IV);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(hashOf(query));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(place), "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
    },

    /**
     * The place of a token.
     *
     * @param now Unix seconds.
     * @throws Problem of 400 when it is of another search, has ended, or is none.
     */
    open(token: string, query: string, now: number): Place {
      const place = opened(token, query);
      if (place !== undefined && now <= place.expiresAt) return place;
      const detail = "`page.token` is not of this search, or has ended. Repeat the request as it was, or begin anew.";
      throw new Problem(400, "invalid_page_token", detail);
    },
  };

  function opened(token: string, query: string): Place | undefined {
    const bytes = Buffer.from(token, "base64url");
    if (bytes.length < IV + TAG) return undefined;
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV)).setAAD(hashOf(query));
      decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
      const text = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString("utf8");
      return placeSchema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }
}

/** What seals and opens. */
export type PageTokens = ReturnType<typeof pageTokens>;

function hashOf(query: string): Buffer {
  return createHash("sha256").update(query).digest();
}
