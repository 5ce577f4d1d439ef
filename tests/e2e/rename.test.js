// A scenario gets a name of its own, which goes wherever the scenario goes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { openWorld, withoutPickers } from "./playground.js";
import { shareDialog } from "./share.js";

const shown = (parts) => parts.world.evaluate((it) => it.selectedOptions[0].textContent);
const savedName = (page, name) =>
  page.waitForFunction((name) => JSON.parse(localStorage.getItem("rolewalk") ?? "{}").draft?.scenario.name === name, name);

async function rename(page, name) {
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Name of the scenario" });
  const field = dialog.getByRole("textbox", { name: "Name" });
  await field.fill(name);
  await field.press("Enter");
  return { dialog, field };
}

journey("a name of one's own goes into the draft, the file, the link and onto paper, and is one step", async (tools) => {
  const { page, axe, context } = tools;
  await withoutPickers(page);
  const parts = await openWorld(tools, "empty-account");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Name of the scenario" });
  const field = dialog.getByRole("textbox", { name: "Name" });
  assert.equal(await field.inputValue(), "Empty account");
  assert.equal(await axe(), "");
  await field.fill("Team ML, staging");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await shown(parts), "Team ML, staging (from Empty account)");
  await savedName(page, "Team ML, staging");

  await parts.undo.click();
  assert.equal(await shown(parts), "Empty account");
  await parts.redo.click();
  assert.equal(await shown(parts), "Team ML, staging (from Empty account)");

  await page.getByRole("button", { name: "File", exact: true }).click();
  const file = page.getByRole("dialog", { name: "Scenario file" });
  await file.getByText("as team-ml-staging.rolewalk.json, in your downloads").waitFor();
  const download = page.waitForEvent("download");
  await file.getByRole("button", { name: "Save as file" }).click();
  assert.equal(JSON.parse(readFileSync(await (await download).path(), "utf8")).name, "Team ML, staging");
  await file.getByRole("button", { name: "Close" }).click();

  const { dialog: share, link } = await shareDialog(page);
  const address = await link.inputValue();
  await share.getByRole("button", { name: "Close" }).click();
  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { name: "Team ML, staging" }).waitFor();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("heading", { name: "Team ML, staging" }).waitFor({ state: "hidden" });

  const other = await context.newPage();
  await other.goto(address);
  await other.getByText("Team ML, staging").first().waitFor();
  // A world takes its place, and it is kept under its name.
  await other.goto(`${tools.address}#/world/working-studio`);
  const line = other.getByRole("group", { name: "Another draft" });
  await line.getByText("Team ML, staging").waitFor();
  await line.getByRole("button", { name: "Open it" }).click();
  await other.locator("option:checked", { hasText: "Team ML, staging (from Empty account)" }).waitFor({ state: "attached" });
});

journey("what is no name is told, and a strange one is cut to what can be seen", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "empty-account");
  for (const nothing of ["", "   ", "\u200b\u202e"]) {
    const { dialog, field } = await rename(page, nothing);
    await dialog.getByText("A scenario has a name: type one").waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await axe(), "");
    await dialog.getByRole("button", { name: "Close" }).click();
  }
  assert.equal(await shown(parts), "Empty account");
  assert.equal(await parts.undo.isDisabled(), true, "nothing was changed");

  const hostile = '<img src=x onerror="alert(1)">\u202egpj `x`';
  const { dialog } = await rename(page, hostile);
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await shown(parts), '<img src=x onerror="alert(1)">gpj `x` (from Empty account)');
  const long = await rename(page, "long ".repeat(40));
  await long.dialog.waitFor({ state: "hidden" });
  const name = (await shown(parts)).replace(" (from Empty account)", "");
  assert.ok(name.length <= 80 && name.startsWith("long long"), name);
});

for (const viewport of [{ width: 360, height: 780 }, { width: 390, height: 844 }, { width: 900, height: 700 }, { width: 1440, height: 900 }]) {
  journey(`a long name leaves the bar whole (${viewport.width} px)`, { viewport, hasTouch: viewport.width < 500 }, async (tools) => {
    const { page } = tools;
    await openWorld(tools, "empty-account");
    const { dialog } = await rename(page, "A name as long as people give them to accounts of teams in other departments");
    await dialog.waitFor({ state: "hidden" });
    const [fits, box, picker] = [
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      await page.getByRole("button", { name: "Rename", exact: true }).boundingBox(),
      await page.getByRole("combobox", { name: "World" }).boundingBox(),
    ];
    assert.ok(fits);
    assert.ok(Math.abs(box.y + box.height / 2 - picker.y - picker.height / 2) < 4, "the pen stands beside the name");
    assert.ok(box.x >= picker.x + picker.width && box.x + box.width <= viewport.width);
    if (viewport.width < 500) assert.ok(box.width >= 44 && box.height >= 44);
  });
}
