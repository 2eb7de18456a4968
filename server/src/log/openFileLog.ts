import type { Cut } from "./file/cutTail.ts";
import { type FileStoreParameters, openFileStore } from "./file/fileStore.ts";
import type { CommitLimits } from "./groupCommit.ts";
import { type OpenDecisionLog, openDecisionLog } from "./openDecisionLog.ts";

/**
 * Opens the log in a folder. Where the last writer died and left something behind the last whole line, the log's next line says
 * that it was cut away, and so does what is returned.
 *
 * @throws {LogInUseError} Another process writes to it.
 * @throws {LogDamagedError} The newest segment is not what was written.
 */
export async function openFileLog(
  parameters: FileStoreParameters & CommitLimits,
): Promise<{ readonly log: OpenDecisionLog; readonly cut: Cut | undefined }> {
  const store = await openFileStore(parameters);
  const log = openDecisionLog(store, parameters);
  const { cut } = store;
  if (cut !== undefined) {
    try {
      await log.note({ kind: "cut", bytes: cut.bytes, hash: cut.hash });
    } catch (error) {
      await log.close();
      throw error;
    }
  }
  return { log, cut };
}
