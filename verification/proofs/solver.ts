import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const VERSION = "5.2.0";
const home = path.join(import.meta.dirname, "../../.node/z3");
const installed = path.join(home, "node_modules/z3-solver");

/** Objects of z3, which are numbers. */
type Handle = { readonly brand: unique symbol };

interface Z3 {
  mk_config(): Handle;
  mk_context(config: Handle): Handle;
  del_context(context: Handle): void;
  mk_solver(context: Handle): Handle;
  solver_inc_ref(context: Handle, solver: Handle): void;
  mk_params(context: Handle): Handle;
  params_inc_ref(context: Handle, params: Handle): void;
  params_set_uint(context: Handle, params: Handle, name: Handle, value: number): void;
  mk_string_symbol(context: Handle, name: string): Handle;
  solver_set_params(context: Handle, solver: Handle, params: Handle): void;
  solver_from_string(context: Handle, solver: Handle, text: string): void;
  solver_check(context: Handle, solver: Handle): Promise<number>;
}

/** z3 as WebAssembly, from npm, kept beside the project's Node: 34 MB that nothing else needs. */
async function load(): Promise<Z3> {
  if (!existsSync(installed)) {
    const args = ["install", "--prefix", home, "--no-save", "--no-package-lock", `z3-solver@${VERSION}`];
    const { status } = spawnSync("npm", args, { stdio: ["ignore", 2, 2] });
    if (status !== 0) throw new Error("could not install z3-solver");
  }
  const { init } = createRequire(import.meta.url)(installed) as { init(): Promise<{ Z3: Z3 }> };
  return (await init()).Z3;
}

export type Answer = "sat" | "unsat" | "unknown";

/** By the numbers of z3's three-valued truth. */
const ANSWERS: Record<number, Answer> = { [-1]: "unsat", 0: "unknown", 1: "sat" };

export async function openSolver() {
  const z3 = await load();
  return async (query: string, milliseconds: number): Promise<Answer> => {
    const context = z3.mk_context(z3.mk_config());
    try {
      const solver = z3.mk_solver(context);
      z3.solver_inc_ref(context, solver);
      const params = z3.mk_params(context);
      z3.params_inc_ref(context, params);
      z3.params_set_uint(context, params, z3.mk_string_symbol(context, "timeout"), milliseconds);
      z3.solver_set_params(context, solver, params);
      z3.solver_from_string(context, solver, query); // throws what it does not understand
      return ANSWERS[await z3.solver_check(context, solver)] ?? "unknown";
    } finally {
      z3.del_context(context);
    }
  };
}
