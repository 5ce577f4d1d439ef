// The list of disagreements, `disagreements.json`, and what is said about it.

import { readFileSync } from "node:fs";

const file = new URL("disagreements.json", import.meta.url);

/** Its entries, in order. */
export const entries = JSON.parse(readFileSync(file, "utf8"));

/** The entry that names a case. */
export function entryOf(name) {
  return entries.find((it) => Object.hasOwn(it.cases ?? {}, name));
}

/** How many of each, most first, one a line. */
export function byCount(names) {
  const counts = new Map();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${String(n).padStart(6)}  ${name}`);
}
