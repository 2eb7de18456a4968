// SQL in a file or in Postgres, behind one query layer.
export {
  DatabaseClosedError,
  DatabaseDamagedError,
  DatabaseError,
  DatabaseFullError,
  DatabaseLockedError,
  DatabaseRefusedError,
  DatabaseSettingsError,
  DatabaseUnavailableError,
  FolderInUseError,
  NewerSchemaError,
  WriterLostError,
} from "./errors.ts";
export { type DatabaseSettings, openDatabase } from "./openDatabase.ts";
export { pause } from "./pause.ts";
export type {
  Columns,
  ColumnType,
  Database,
  Lookup,
  Migration,
  Queries,
  Row,
  Transaction,
  Upsert,
  Value,
  Writer,
} from "./types.ts";
