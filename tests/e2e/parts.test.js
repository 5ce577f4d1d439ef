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
