// Makes the sizes of the given sheets follow the size of text that a reader has chosen in the browser: pixels become `rem`, in
// the questions about the window, too, so that larger text is laid out like a smaller window. The sheets themselves are
// written in pixels, of which 16 are a `rem` where nobody has chosen. Hairlines stay as thin as they are, and so does a
// picture's text, which stands in the units of its drawing.
//
// Not for the widget: a `rem` is its host's there (see ../widget/build.mjs).

import { readFileSync, writeFileSync } from "node:fs";
import postcss from "postcss";
import pixelsToRem from "postcss-pxtorem";

const IN_A_PICTURE = [/\.node-/, /\.badge-number/];

const relative = postcss([
  pixelsToRem({ propList: ["*"], mediaQuery: true, minPixelValue: 2, selectorBlackList: IN_A_PICTURE }),
]);
for (const file of process.argv.slice(2)) {
  const { css } = await relative.process(readFileSync(file, "utf8"), { from: file });
  writeFileSync(file, css);
}
