// What is not saved is told, whatever else there is to say, and no longer once it is saved.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** Makes local storage refuse texts that are longer than `window.room`. */
function smallStorage() {
  const set = Storage.prototype.setItem;
  window.room = Infinity;
  Storage.prototype.setItem = function (key, text) {
    if (this === localStorage && text.length > window.room) throw new DOMException("no room", "QuotaExceededError");
    return set.call(this, key, text);
  };
}

const room = (page, n) => page.evaluate((n) => (window.room = n), n);
const mfa = (page) => page.getByRole("checkbox", { name: "with MFA" });

journey("that nothing is saved is told beside another notice, and taken back when it is saved", async (tools) => {
  const { page, axe } = tools;
  await page.addInitScript(smallStorage);
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const other = page.getByText("The address names a world that this Rolewalk does not have");
  await page.evaluate(() => (location.hash = "#/world/no-such-world"));
  await other.waitFor();
  const refused = page.getByText("does not let the page keep drafts");
  await room(page, 0);
  await mfa(page).uncheck();
  await refused.waitFor();
  assert.ok(await other.isVisible());
  assert.equal(await axe(), "");

  // Saved: there is nothing to tell. Refused again: it is told again.
  await room(page, Infinity);
  await mfa(page).check();
  await refused.waitFor({ state: "detached" });
  await room(page, 0);
  await mfa(page).uncheck();
  await refused.waitFor();

  // Who has read it is not told of every edit.
  const line = page.getByRole("status").getByRole("paragraph").filter({ hasText: "does not let the page keep drafts" });
  await line.getByRole("button", { name: "Dismiss" }).click();
  await refused.waitFor({ state: "detached" });
  assert.ok(await other.isVisible());
});

journey("a draft that is too large does not take the look of the page along", async (tools) => {
  const { page } = tools;
  await page.addInitScript(smallStorage);
  await openWorld(tools, "working-studio");
  await room(page, 2_000);
  await mfa(page).uncheck();
  await page.getByText("This account is larger than what a browser keeps").waitFor();
  await page.getByRole("radio", { name: "Dark" }).press("Space");
  await page.waitForFunction(() => localStorage.getItem("rolewalk")?.includes('"dark"'));
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
});
