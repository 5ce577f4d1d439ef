// How the editor looks: every colour, size and face is one of the page's tokens.

import { EditorView } from "@codemirror/view";
import { StyleModule } from "style-mod";

/**
 * Has style sheets adopted and not written into the page, which a content security policy without `unsafe-inline`
 * would refuse. CodeMirror does so by itself only in a shadow root.
 */
export function adoptStyles(): void {
  const sheets = new WeakMap<object, { sheet: CSSStyleSheet; modules: StyleModule[] }>();
  StyleModule.mount = (root, modules) => {
    let adopted = sheets.get(root);
    if (!adopted) {
      adopted = { sheet: new CSSStyleSheet(), modules: [] };
      sheets.set(root, adopted);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, adopted.sheet];
    }
    // Modules given together keep their order; others come before those that are there.
    const given = Array.isArray(modules) ? modules : [modules as StyleModule];
    const isNew = given.filter((it) => !adopted.modules.includes(it));
    if (isNew.length === 0) return;
    adopted.modules = [...isNew, ...adopted.modules];
    adopted.sheet.replaceSync(adopted.modules.map((it) => it.getRules()).join("\n"));
  };
}

const CARD = {
  border: "1px solid var(--line-strong)",
  borderRadius: "var(--radius)",
  backgroundColor: "var(--surface)",
  color: "var(--text)",
  boxShadow: "0 6px 24px rgb(0 0 0 / 16%)",
};

export const look = EditorView.theme({
  "&": {
    height: "100%",
    minWidth: "0",
    backgroundColor: "var(--surface)",
    color: "var(--text)",
    fontSize: "inherit",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "var(--line-mono)", overflow: "auto" },
  ".cm-content": { padding: "var(--space-2) 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 var(--space-5) 0 10px" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: "light-dark(rgb(74 66 181 / 18%), rgb(169 164 255 / 28%))",
  },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    outline: "1px solid var(--accent-line)",
    backgroundColor: "var(--accent-soft)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--shut-soft)" },
  ".cm-selectionMatch": { backgroundColor: "var(--accent-soft)" },
  ".cm-return": { color: "var(--muted)", opacity: "0.6" },
  ".cm-specialChar": { color: "var(--shut)" },
  ".cm-foldPlaceholder": {
    padding: "0 4px",
    border: "1px solid var(--line)",
    backgroundColor: "var(--surface-2)",
    color: "var(--muted)",
  },

  // Signs, numbers and folds are as wide together as the numbers beside the text area.
  ".cm-gutters": {
    border: "0",
    backgroundColor: "var(--surface-2)",
    color: "var(--muted)",
    fontVariantNumeric: "tabular-nums",
  },
  ".cm-gutter.cm-signs": { width: "20px" },
  ".cm-signs .cm-gutterElement": { display: "flex", justifyContent: "flex-end", cursor: "pointer" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "22px", padding: "0 2px 0 0" },
  ".cm-foldGutter .cm-gutterElement": { width: "14px", padding: "0", textAlign: "center" },
  ".cm-sign": {
    width: "11px",
    overflow: "hidden",
    fontFamily: "var(--font-ui)",
    fontSize: "11.5px",
    fontWeight: "700",
    textAlign: "center",
  },
  ".cm-sign svg": { height: "12px", fill: "currentColor", verticalAlign: "-1px" },
  ".is-error": { "--sign": "var(--shut)" },
  ".is-warning": { "--sign": "var(--loses)" },
  ".is-suggestion": { "--sign": "var(--accent)" },
  ".is-allows": { "--sign": "var(--open)", "--sign-soft": "transparent" },
  ".is-denies": { "--sign": "var(--shut)", "--sign-soft": "var(--shut-soft)" },
  ".is-nearly": { "--sign": "var(--loses)", "--sign-soft": "transparent" },
  ".is-unjudged": { "--sign": "var(--unjudged)", "--sign-soft": "transparent" },
  ".cm-sign, .cm-card-finding strong": { color: "var(--sign)" },
  ".cm-along": { boxShadow: "inset 3px 0 var(--sign)", backgroundColor: "var(--sign-soft)" },
  ".cm-along.is-nearly": { boxShadow: "none", borderLeft: "3px dotted var(--sign)", paddingLeft: "7px" },
  ".cm-mark.is-allows, .cm-mark.is-denies, .cm-mark.is-unjudged": { borderBottom: "2px solid var(--sign)" },
  ".cm-mark.is-pointed-at": { borderRadius: "2px", backgroundColor: "var(--mark)" },
  ".cm-mark.is-failed": { borderBottom: "1px dashed var(--loses)", backgroundColor: "var(--loses-soft)" },
  ".cm-mark.is-error, .cm-mark.is-warning, .cm-mark.is-suggestion": {
    textDecoration: "underline wavy var(--sign) 1.25px",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  },
  ".cm-mark.is-error": { backgroundColor: "var(--shut-soft)" },
  ".cm-mark.is-suggestion": { textDecorationStyle: "dotted" },

  ".cm-panels": { border: "0", backgroundColor: "var(--surface-2)", color: "var(--text)", fontFamily: "var(--font-ui)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 26px 6px 10px", fontSize: "var(--text-sm)" },
  ".cm-panel.cm-search label": { display: "inline-flex", gap: "4px", alignItems: "center", fontSize: "var(--text-sm)" },
  ".cm-textfield": {
    minHeight: "28px",
    padding: "2px 8px",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface)",
    color: "var(--text)",
    fontSize: "var(--text-sm)",
  },
  ".cm-button": {
    minHeight: "28px",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    background: "var(--surface)",
    color: "var(--text)",
    fontSize: "var(--text-sm)",
    textTransform: "capitalize",
  },
  ".cm-panel.cm-search [name=close]": { color: "var(--text)", fontSize: "16px" },
  ".cm-found": { display: "inline-block", minWidth: "11ch", marginLeft: "6px", color: "var(--muted)" },
  ".cm-searchMatch": { backgroundColor: "var(--mark)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--mark-line)" },

  ".cm-tooltip": { ...CARD, zIndex: "30" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "16em", fontFamily: "var(--font-mono)", fontSize: "var(--text-mono)" },
  ".cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    gap: "8px",
    alignItems: "baseline",
    minHeight: "24px",
    padding: "2px 8px !important",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--accent-soft) !important",
    color: "var(--text) !important",
  },
  ".cm-completionLabel": { flex: "1", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { color: "var(--muted)", fontFamily: "var(--font-ui)", fontStyle: "normal" },
  ".cm-kind": {
    order: "-1",
    flex: "none",
    width: "16px",
    border: "1px solid var(--line-strong)",
    borderRadius: "3px",
    color: "var(--muted)",
    fontFamily: "var(--font-ui)",
    fontSize: "10.5px",
    textAlign: "center",
  },
  ".is-action .cm-kind": { color: "var(--open)" },
  ".is-arn .cm-kind, .is-value .cm-kind": { color: "var(--code-text)" },
  ".is-element .cm-kind, .is-key .cm-kind": { color: "var(--code-key)" },
  ".cm-tooltip.cm-completionInfo": { maxWidth: "320px", padding: "8px 10px" },
  ".cm-info, .cm-card": { fontFamily: "var(--font-ui)", fontSize: "13px", lineHeight: "1.45" },
  ".cm-card": { maxWidth: "min(420px, 90vw)", maxHeight: "50vh", padding: "8px 12px", overflow: "auto" },
  ".cm-card:focus": { outline: "none" },
  ".cm-card p": { margin: "0" },
  ".cm-card code, .cm-info code": { fontFamily: "var(--font-mono)", fontSize: "12px", overflowWrap: "anywhere" },
  ".cm-card-title": { fontWeight: "650" },
  ".cm-card-subtitle, .cm-card-help": { color: "var(--muted)" },
  ".cm-card-line": { marginTop: "4px !important" },
  ".cm-card-finding": { marginBottom: "8px" },
  ".cm-card-finding:last-child": { marginBottom: "0" },
  ".cm-card-actions": { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center", marginTop: "6px" },
  ".cm-card-button": {
    minHeight: "28px",
    padding: "2px 10px",
    border: "1px solid var(--accent-line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--accent-soft)",
    color: "var(--accent)",
    font: "inherit",
    textAlign: "left",
    cursor: "pointer",
  },
  ".cm-card-code": {
    padding: "0",
    border: "0",
    background: "none",
    color: "var(--muted)",
    font: "inherit",
    fontSize: "var(--text-sm)",
    textDecoration: "underline",
    cursor: "pointer",
  },

  // Where the system chooses the colours, as in web/styles/forced.css: neither shadows nor soft backgrounds are drawn.
  "@media (forced-colors: active)": {
    ".cm-along": { borderLeft: "3px solid var(--sign)", paddingLeft: "7px" },
    ".cm-along.is-denies": { borderLeft: "7px double var(--sign)", paddingLeft: "3px" },
    ".cm-mark.is-pointed-at, .cm-searchMatch": { outline: "1px solid Highlight" },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
      background: "Highlight !important",
      color: "HighlightText !important",
      forcedColorAdjust: "none",
    },
    ".cm-tooltip-autocomplete > ul > li[aria-selected] :is(.cm-completionDetail, .cm-kind)": { color: "HighlightText" },
  },
});
