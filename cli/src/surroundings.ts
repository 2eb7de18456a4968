import { AsyncLocalStorage } from "node:async_hooks";
import { homedir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { isatty } from "node:tty";

/** Where a command writes. `isTTY` and `columns` are there where a person looks. */
export type Output = Writable & { isTTY?: boolean | undefined; columns?: number | undefined };

/** All that a run of the command line has around it: nothing in this package asks the process for any of it. */
export interface Surroundings {
  readonly stdin: Readable & { isTTY?: boolean | undefined };
  /** The descriptor of the terminal that stdin is; undefined where it is none. */
  readonly terminal: number | undefined;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of whoever runs it. */
  readonly home: string;
  /** Where a file is whose name was typed in the current folder. */
  readonly locate: (file: string) => string;
}

const current = new AsyncLocalStorage<Surroundings>();

/** Those of this process. */
const ownSurroundings: Surroundings = {
  // Only who asks for it opens it: a stream that was opened is waited for at the end.
  get stdin() {
    return process.stdin;
  },
  get terminal() {
    return isatty(0) ? 0 : undefined;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  get env() {
    return process.env;
  },
  get home() {
    return homedir();
  },
  locate: (file) => file,
};

/** What the run has around it in which this is called; outside of any, the process. */
export function surroundings(): Surroundings {
  return current.getStore() ?? ownSurroundings;
}

/** Does something as a part of the run that has these surroundings. */
export function within<result>(these: Surroundings, act: () => result): result {
  return current.run(these, act);
}

/** Something that a module remembers, once for each run: what another run has there, it does not see. */
export function ofRun<value>(begin: (these: Surroundings) => value): () => value {
  const values = new WeakMap<Surroundings, { value: value }>();
  return () => {
    const these = surroundings();
    const known = values.get(these) ?? { value: begin(these) };
    values.set(these, known);
    return known.value;
  };
}
