// JSON as the editor sees it: colours, folds, brackets, layout of new lines.

import {
  bracketMatching,
  codeFolding,
  continuedIndent,
  foldGutter,
  foldInside,
  foldNodeProp,
  indentNodeProp,
  indentOnInput,
  indentUnit,
  LanguageSupport,
  LRLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tagHighlighter, tags } from "@lezer/highlight";
import { parser } from "@lezer/json";

const language = LRLanguage.define({
  name: "json",
  parser: parser.configure({
    props: [
      indentNodeProp.add({
        Object: continuedIndent({ except: /^\s*\}/ }),
        Array: continuedIndent({ except: /^\s*\]/ }),
      }),
      foldNodeProp.add({ "Object Array": foldInside }),
    ],
  }),
  languageData: {
    closeBrackets: { brackets: ["[", "{", '"'] },
    indentOnInput: /^\s*[}\]]$/,
  },
});

/** The names that the page's style sheet knows from the painted layer behind the text area. */
const colours = tagHighlighter([
  { tag: tags.propertyName, class: "tok-key" },
  { tag: tags.string, class: "tok-text" },
  { tag: [tags.number, tags.bool, tags.null], class: "tok-word" },
]);

/** Everything that knows JSON, for a text that is indented like `text`. */
export function json(text: string): Extension {
  return [
    new LanguageSupport(language),
    syntaxHighlighting(colours),
    bracketMatching(),
    indentOnInput(),
    indentUnit.of(/\n( +|\t)/.exec(text)?.[1] ?? "    "),
    codeFolding(),
    foldGutter({ openText: "⌄", closedText: "›" }),
  ];
}
