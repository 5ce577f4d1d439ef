// Our side: the npm package as `cargo xtask package` builds it, from `ROLEWALK_PACKAGE` or `target/package`.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(here, process.env.ROLEWALK_PACKAGE ?? "../../target/package");
const entry = path.join(folder, "rolewalk.js");
if (!existsSync(entry)) {
  throw new Error(
    `${entry} is not there: run \`cargo xtask package\`, or let ROLEWALK_PACKAGE name the package's folder`,
  );
}

const rolewalk = await import(pathToFileURL(entry).href);
rolewalk.initSync({ module: readFileSync(path.join(folder, "rolewalk_bg.wasm")) });

export const { evaluate, PolicySet } = rolewalk;

/** `allowed`, `implicitDeny` or `explicitDeny`. A case that our engine cannot read is a mistake of the test. */
export function decision(question) {
  const answer = evaluate(question);
  if (!answer.ok) {
    throw new Error(
      `our engine cannot read the case: ${JSON.stringify(answer.diagnostics)}\n${JSON.stringify(question, null, 2)}`,
    );
  }
  return answer.decision;
}
