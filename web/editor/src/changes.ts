// What must change in one text to make it another, piece by piece, so that carets and folds elsewhere stay.

/** `insert` in the place of what stands from `from` to `to`. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

/** More pairs of lines than these are not compared: then the whole stretch is one change. */
const MAX_PAIRS = 250_000;

/** The changes that make `before` into `after`, in order; none where they are the same. */
export function changes(before: string, after: string): Change[] {
  if (before === after) return [];
  const front = commonStart(before, after);
  const back = commonEnd(before, after, front);
  // Whole lines, so that lines can be compared.
  const start = front === 0 ? 0 : before.lastIndexOf("\n", front - 1) + 1;
  const [oldEnd, newEnd] = lineEnds(before, after, before.length - back, after.length - back);
  const oldLines = lines(before.slice(start, oldEnd));
  const newLines = lines(after.slice(start, newEnd));
  if (oldLines.length * newLines.length > MAX_PAIRS) {
    return [{ from: front, to: before.length - back, insert: after.slice(front, after.length - back) }];
  }
  return byLines(start, oldLines, newLines);
}

function lineEnds(before: string, after: string, oldEnd: number, newEnd: number): [number, number] {
  const next = before.indexOf("\n", oldEnd);
  const length = (next < 0 ? before.length : next + 1) - oldEnd;
  return [oldEnd + length, Math.min(newEnd + length, after.length)];
}

/** Each line with its line break. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function byLines(start: number, before: string[], after: string[]): Change[] {
  const kept = longestCommon(before, after);
  const found: Change[] = [];
  let at = start;
  let oldIdx = 0;
  let newIdx = 0;
  for (const [oldKept, newKept] of [...kept, [before.length, after.length] as const]) {
    const gone = before.slice(oldIdx, oldKept);
    const come = after.slice(newIdx, newKept);
    found.push(...within(at, gone, come));
    at += gone.join("").length + (before[oldKept]?.length ?? 0);
    oldIdx = oldKept + 1;
    newIdx = newKept + 1;
  }
  return found;
}

/** Lines in the place of others: one by one where there are as many, so that only what differs in each changes. */
function within(at: number, gone: string[], come: string[]): Change[] {
  if (gone.length !== come.length) return trimmed(at, gone.join(""), come.join(""));
  const found: Change[] = [];
  gone.forEach((line, idx) => {
    found.push(...trimmed(at, line, come[idx] ?? ""));
    at += line.length;
  });
  return found;
}

function trimmed(at: number, gone: string, come: string): Change[] {
  if (gone === come) return [];
  const front = commonStart(gone, come);
  const back = commonEnd(gone, come, front);
  return [{ from: at + front, to: at + gone.length - back, insert: come.slice(front, come.length - back) }];
}

/** Pairs of places of the lines that stay, in order. */
function longestCommon(before: string[], after: string[]): [number, number][] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const length = (oldIdx: number, newIdx: number) => lengths[oldIdx * width + newIdx] ?? 0;
  for (let oldIdx = before.length - 1; oldIdx >= 0; oldIdx -= 1) {
    for (let newIdx = after.length - 1; newIdx >= 0; newIdx -= 1) {
      lengths[oldIdx * width + newIdx] =
        before[oldIdx] === after[newIdx]
          ? length(oldIdx + 1, newIdx + 1) + 1
          : Math.max(length(oldIdx + 1, newIdx), length(oldIdx, newIdx + 1));
    }
  }
  const kept: [number, number][] = [];
  let oldIdx = 0;
  let newIdx = 0;
  while (oldIdx < before.length && newIdx < after.length) {
    if (before[oldIdx] === after[newIdx]) {
      kept.push([oldIdx, newIdx]);
      oldIdx += 1;
      newIdx += 1;
    } else if (length(oldIdx + 1, newIdx) >= length(oldIdx, newIdx + 1)) {
      oldIdx += 1;
    } else {
      newIdx += 1;
    }
  }
  return kept;
}

function commonStart(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let n = 0;
  while (n < most && left.charCodeAt(n) === right.charCodeAt(n)) n += 1;
  // A character of two units is not cut in two.
  return isLow(left.charCodeAt(n)) || isLow(right.charCodeAt(n)) ? Math.max(0, n - 1) : n;
}

function commonEnd(left: string, right: string, front: number): number {
  const most = Math.min(left.length, right.length) - front;
  let n = 0;
  while (n < most && left.charCodeAt(left.length - 1 - n) === right.charCodeAt(right.length - 1 - n)) n += 1;
  return n > 0 && isLow(left.charCodeAt(left.length - n)) ? n - 1 : n;
}

const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
