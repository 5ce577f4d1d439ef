// Where an accepted completion is written: the text may have moved since it was offered.

import type { Change } from "./changes.ts";
import type { Completions, Item } from "./host.ts";

/** What changes, and where the caret goes, where what the offer is about stands from `from` to `to` by now. */
export function accepted(
  item: Item,
  offer: Completions,
  from: number,
  to: number,
): { changes: Change[]; selection: { anchor: number } } {
  const [offeredFrom, offeredTo, before] = offer;
  const [, , , , insert, caret, end] = item;
  const moved = from - offeredFrom;
  const main = { from, to: Math.max(to, end + to - offeredTo), insert };
  if (!before) return { changes: [main], selection: { anchor: from + caret } };
  const [start, stop, text] = before;
  const first = { from: start + moved, to: stop + moved, insert: text };
  return { changes: [first, main], selection: { anchor: from + text.length - (stop - start) + caret } };
}
