// The three pictures as files: SVG that is a picture by itself, and PNG with dots in it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";

const PICTURES = [
  ["Access flow", "access-flow", />ExecutionRole</],
  ["Account", "account", /ChurnExecutionRole/],
  ["Mental model", "mental-model", /Execution role → Your AWS access badge/],
];

for (const colorScheme of ["light", "dark"]) {
  journey(`every picture can be saved, ${colorScheme}`, { colorScheme }, async ({ page, open }) => {
    await open("#/world/working-studio");
    for (const [region, name, says] of PICTURES) {
      const saved = async (button) => {
        const panel = page.getByRole("region", { name: region });
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          panel.getByRole("button", { name: button, exact: true }).click(),
        ]);
        return { file: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
      };
      const svg = await saved("SVG");
      assert.equal(svg.file, `${name}.svg`);
      const text = svg.bytes.toString("utf8");
      assert.match(text, says);
      assert.match(text, colorScheme === "dark" ? /fill="#121216"/ : /fill="#f7f5f2"/);
      // Well-formed, and without a word for the browser to fetch.
      const errors = await page.evaluate((it) => {
        const read = new DOMParser().parseFromString(it, "image/svg+xml");
        return read.querySelectorAll("parsererror, script, image, use, style").length;
      }, text);
      assert.equal(errors, 0);
      const png = await saved("PNG");
      assert.equal(png.file, `${name}.png`);
      assert.equal(png.bytes.subarray(1, 4).toString("latin1"), "PNG");
      const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(text);
      assert.deepEqual([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)], [2 * width, 2 * height]);
    }
  });
}
