// What the host has marked: in the text, along the lines of a statement, and as signs beside the line numbers.

import { type EditorState, type Extension, type Range, RangeSet, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter } from "@codemirror/view";
import type { Mark, MarkKind } from "./host.ts";

/** Puts other marks in place of those that are there. */
export const setMarks = StateEffect.define<readonly Mark[]>();

interface Marks {
  all: readonly Mark[];
  text: DecorationSet;
  signs: RangeSet<GutterMarker>;
}

/** Signs, those that matter most first: one place beside a line has room for two. */
const SIGNS: Partial<Record<MarkKind, string>> = {
  error: "✕",
  warning: "!",
  suggestion: "i",
  denies: "⊘",
  allows: "✓",
  nearly: "≈",
  unjudged: "?",
};
export const FINDINGS: readonly MarkKind[] = ["error", "warning", "suggestion"];
const OF_STATEMENTS: readonly MarkKind[] = ["allows", "denies", "nearly", "unjudged"];

class Sign extends GutterMarker {
  constructor(
    readonly kind: MarkKind,
    readonly title: string,
    readonly isMendable: boolean,
  ) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof Sign && other.kind === this.kind && other.title === this.title && other.isMendable === this.isMendable;
  }

  override toDOM(): Node {
    const sign = document.createElement("span");
    sign.className = `cm-sign is-${this.kind}`;
    if (this.isMendable) sign.append(bulb());
    else sign.textContent = SIGNS[this.kind] ?? "";
    sign.title = this.title;
    return sign;
  }
}

/** In place of a sign: this can be mended. */
function bulb(): Node {
  const shape = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const [svg, path] = [shape("svg"), shape("path")];
  svg.setAttribute("viewBox", "0 0 10 13");
  path.setAttribute("d", "M5 0a4.5 4.5 0 0 0-2.5 8.2V10h5V8.2A4.5 4.5 0 0 0 5 0zM3 11h4v2H3z");
  svg.append(path);
  return svg;
}

const field = StateField.define<Marks>({
  create: () => ({ all: [], text: Decoration.none, signs: RangeSet.empty }),
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return made(effect.value, transaction.state.doc);
    }
    if (!transaction.docChanged) return marks;
    const { changes } = transaction;
    return {
      all: marks.all.map(([from, to, ...rest]) => [changes.mapPos(from, 1), changes.mapPos(to, -1), ...rest]),
      text: marks.text.map(changes),
      signs: marks.signs.map(changes),
    };
  },
  provide: (field) => EditorView.decorations.from(field, (it) => it.text),
});

/** The marks as they stand now. */
export function marksOf(state: EditorState): readonly Mark[] {
  return state.field(field).all;
}

function made(all: readonly Mark[], doc: Text): Marks {
  const text: Range<Decoration>[] = [];
  const signs: Range<GutterMarker>[] = [];
  const signed = new Set<string>();
  for (const [start, end, kind, title, isMendable] of all) {
    const [from, to] = visible(start, end, doc);
    const first = doc.lineAt(from);
    if (OF_STATEMENTS.includes(kind) && /^\s*$/.test(first.text.slice(0, from - first.from))) {
      const last = doc.lineAt(to).number;
      for (let number = first.number; number <= last; number += 1) {
        text.push(Decoration.line({ class: `cm-along is-${kind}` }).range(doc.line(number).from));
      }
    } else {
      const mark = Decoration.mark({ class: `cm-mark is-${kind}` });
      const parts = byLine(from, to, doc);
      for (const [start, end] of FINDINGS.includes(kind) ? head(parts, doc) : parts) text.push(mark.range(start, end));
    }
    const name = `${first.number} ${kind}`;
    if (kind in SIGNS && !signed.has(name)) {
      signed.add(name);
      signs.push(new Sign(kind, title, isMendable).range(first.from));
    }
  }
  return { all, text: Decoration.set(text, true), signs: RangeSet.of(signs, true) };
}

/** The parts of the lines between two places, without what the lines begin with for layout. */
function byLine(from: number, to: number, doc: Text): [number, number][] {
  const parts: [number, number][] = [];
  for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
    const indent = /^[ \t]*/.exec(line.text)?.[0].length ?? 0;
    const start = Math.max(from, line.from + (from < line.from ? indent : 0));
    const end = Math.min(to, line.to);
    if (end > start) parts.push([start, end]);
    if (to <= line.to || line.number === doc.lines) return parts;
  }
}

/** The first of these parts, up to one with a word in it: a finding about a whole statement underlines how it begins. */
function head(parts: [number, number][], doc: Text): [number, number][] {
  const first = parts.findIndex(([start, end]) => /\w/.test(doc.sliceString(start, end)));
  return first < 0 ? parts : parts.slice(0, first + 1);
}

/** An empty place is shown on the character behind it, or before it at the end of a line. */
function visible(start: number, end: number, doc: Text): [number, number] {
  const from = Math.min(start, doc.length);
  const to = Math.min(Math.max(end, from), doc.length);
  if (to > from) return [from, to];
  const line = doc.lineAt(from);
  if (from < line.to) return [from, from + 1];
  if (from > line.from) return [from - 1, from];
  return [from, to];
}

/** The marks; `open` is asked to tell of the place of a sign that was pressed. */
export function marks(open: (view: EditorView, at: number) => void): Extension {
  return [
    field,
    gutter({
      class: "cm-signs",
      markers: (view) => view.state.field(field).signs,
      domEventHandlers: {
        mousedown(view, line) {
          const end = view.state.doc.lineAt(line.from).to;
          const here = marksOf(view.state).filter(([from, , kind]) => kind in SIGNS && line.from <= from && from <= end);
          const mark = here.find((it) => it[4]) ?? here[0];
          if (!mark) return false;
          open(view, mark[0]);
          return true;
        },
      },
    }),
  ];
}
