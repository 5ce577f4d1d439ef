// Where the system chooses the colours, what is chosen, pressed, on the path or decided is still to be seen.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** What the system's colours come to, by a part of the page that has no other styles. */
const systemColour = (page, name) =>
  page.evaluate((name) => {
    const part = document.body.appendChild(document.createElement("i"));
    part.style.setProperty("color", name);
    const colour = getComputedStyle(part).color;
    part.remove();
    return colour;
  }, name);

const styleOf = (locator, property) => locator.evaluate((it, property) => getComputedStyle(it)[property], property);

for (const colorScheme of ["light", "dark"]) {
  journey(`in forced colours nothing is told by a colour of our own (${colorScheme})`, { forcedColors: "active", colorScheme, viewport: { width: 1440, height: 900 } }, async (tools) => {
    const { page, axe } = tools;
    const parts = await openWorld(tools, "wrong-trust");
    await parts.says("Stopped at door");
    await parts.isRich();
    const [text, canvas, chosen, link] = await Promise.all(["CanvasText", "Canvas", "Highlight", "LinkText"].map((it) => systemColour(page, it)));

    const row = page.locator('.tree-row[aria-selected="true"]');
    assert.equal(await styleOf(row, "backgroundColor"), chosen);
    assert.equal(await styleOf(page.locator(".mark-path").first(), "backgroundColor"), link);
    assert.equal(await styleOf(page.locator(".segment", { has: page.getByRole("radio", { name: "System" }) }), "backgroundColor"), chosen);

    assert.equal(await styleOf(page.locator(".node.is-reached .node-box").first(), "stroke"), text);
    assert.equal(await styleOf(page.locator(".badge-disc").first(), "fill"), text);
    assert.equal(await styleOf(page.locator(".badge-shape").first(), "stroke"), canvas);

    const undo = await parts.undo.boundingBox();
    const redo = await parts.redo.boundingBox();
    assert.ok(redo.x - undo.x - undo.width > 4, "Undo and Redo touch");

    // The statement that lets nobody in has a dotted bar; one that allows has a whole one.
    assert.equal(await styleOf(page.locator(".cm-along").first(), "borderLeftStyle"), "dotted");
    await parts.paste((await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"));
    await parts.says("Every door is open");
    await page.locator(".cm-along.is-allows").first().waitFor();
    assert.equal(await styleOf(page.locator(".cm-along.is-allows").first(), "borderLeft"), `3px solid ${text}`);

    await parts.paste((await parts.textNow()).replace('"Allow"', '""'));
    const at = (await parts.textNow()).indexOf('"Effect": "') + '"Effect": "'.length;
    await parts.text.evaluate((it, at) => it.setSelectionRange(at, at), at);
    await page.keyboard.press("Control+Space");
    const lines = page.locator(".cm-tooltip-autocomplete > ul > li");
    await lines.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator('.cm-tooltip-autocomplete > ul > li:nth-child(2)[aria-selected="true"]').waitFor();
    assert.equal(await styleOf(lines.nth(1), "backgroundColor"), chosen);
    assert.notEqual(await styleOf(lines.nth(0), "backgroundColor"), chosen);
    assert.equal(await axe(), "");

    // A text in the colour of the page on a ground of another: not on the ground that the browser lays behind texts.
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const primary = page.getByRole("dialog").locator(".button.primary").first();
    await primary.waitFor();
    assert.deepEqual([await styleOf(primary, "color"), await styleOf(primary, "backgroundColor"), await styleOf(primary, "forcedColorAdjust")], [canvas, link, "none"]);
    await primary.hover();
    assert.equal(await styleOf(primary, "backgroundColor"), link);
  });
}
