// What arrives later: nothing of it before the page is there, each part when it is first needed, and a way on where
// one cannot be fetched.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

const ofPart = (name) => new RegExp(`_${name}\\.wasm$`);

journey("a part is fetched when it is needed, and once", async (tools) => {
  const { page, requests } = tools;
  await openWorld(tools, "working-studio");
  const asked = (name) => requests.filter((it) => ofPart(name).test(it)).length;
  assert.equal(asked("export"), 0, "nobody has asked for the export yet");
  assert.equal(asked("import"), 0, "nobody has asked for the import yet");
  const dialog = page.getByRole("dialog", { name: "Export" });
  for (const _ of [1, 2]) {
    await page.getByRole("button", { name: "Export" }).click();
    await dialog.getByRole("region", { name: "Text to export" }).waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "hidden" });
  }
  assert.equal(asked("export"), 1);
  assert.equal(asked("import"), 0);
});

journey("where a part cannot be fetched, the page says so and tries again", async (tools) => {
  const { page, axe, expectError } = tools;
  expectError(/_export\.wasm|Failed to fetch|ERR_FAILED/);
  let isOffline = true;
  await page.route(ofPart("export"), (route) => (isOffline ? route.abort() : route.continue()));
  const parts = await openWorld(tools, "working-studio");
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export" });
  await dialog.getByRole("alert").getByText("could not be fetched").waitFor();
  assert.equal(await axe(), "");
  isOffline = false;
  await dialog.getByRole("button", { name: "Try again" }).click();
  await dialog.getByRole("region", { name: "Text to export" }).waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await parts.says("Every door is open");
});

journey("where the panels cannot be fetched, the walk is there all the same, and they come when asked for", async (tools) => {
  const { page, axe, expectError } = tools;
  expectError(/_panels\.wasm|Failed to fetch|ERR_FAILED/);
  let isOffline = true;
  await page.route(ofPart("panels"), (route) => (isOffline ? route.abort() : route.continue()));
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const panels = [".pane-left", ".pane-editor", ".scenario-body"].map((it) => page.locator(it));
  for (const panel of panels) await panel.getByRole("alert").getByText("could not be fetched").waitFor();
  assert.equal(await axe(), "");
  isOffline = false;
  for (const panel of panels) await panel.getByRole("button", { name: "Try again" }).click();
  await parts.treeItem(/^alice/).waitFor();
  await parts.text.waitFor();
  await page.getByRole("combobox", { name: "IAM user" }).waitFor();
});

journey("what is done while the panels are on their way is not lost", async (tools) => {
  const { page, requests } = tools;
  let release;
  const released = new Promise((done) => (release = done));
  await page.route(ofPart("panels"), async (route) => {
    await released;
    await route.continue();
  });
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  await parts.doorButton(/Execution role/).click();
  await page.locator(".door-body").getByText("On its way").waitFor();
  await page.getByRole("button", { name: /^Try it/ }).click();
  await parts.says("Stopped at door");
  release();
  await page.getByRole("list", { name: /^Checks at the door/ }).first().waitFor();
  // The changed text is open, and its change can be taken back.
  await parts.text.waitFor();
  await parts.undo.click();
  await parts.says("Every door is open");
  assert.equal(requests.filter((it) => ofPart("panels").test(it)).length, 1, "one file for all of them");
});
