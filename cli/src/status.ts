// What a command answers by its exit status, where that is neither done nor an error: `check` says no with it.
import { Status } from "./errors/cliError.ts";
import { ofRun } from "./surroundings.ts";

const answered = ofRun(() => ({ status: Status.ok as number }));

export function answeredStatus(): number {
  return answered().status;
}

/** A yes or no, beside what is printed. */
export function answer(isYes: boolean): void {
  answered().status = isYes ? Status.ok : Status.refused;
}
