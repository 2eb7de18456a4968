/** A backup could not be made, or not be restored. Nothing was changed. */
export class BackupError extends Error {
  override name = "BackupError";
}
