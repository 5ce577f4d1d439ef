// Two tabs of one browser: neither overwrites what the other has made.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { lessonPage, saved } from "./course.js";
import { journey } from "./harness.js";
import { openWorld, playground, withoutPickers } from "./playground.js";

const SHARED = JSON.parse(readFileSync(new URL("../share/links/v2-as-it-is.json", import.meta.url), "utf8")).text;

const mfa = (page) => page.getByRole("checkbox", { name: "with MFA" });
const prefix = (page) => page.getByRole("textbox", { name: "Prefix of the data" });
const line = (page) => page.getByRole("group", { name: "Another draft" });
const choose = (page, name) => line(page).getByRole("button", { name }).click();
/** The row of a draft that is kept. */
const kept = (page, name) => line(page).getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
/** Waits until the saved draft has that prefix. */
const isSaved = (page, text) =>
  page.waitForFunction((text) => JSON.parse(localStorage.getItem("rolewalk") ?? "{}").draft?.scenario.choice.data.prefix === text, text);
const savedPrefix = async (page) => (await saved(page)).draft.scenario.choice.data.prefix;

/** Waits until the page shows that prefix. */
const shows = (page, text) =>
  page.waitForFunction((text) => [...document.querySelectorAll("input")].some((it) => it.value === text), text);

/** Lets the browser have no room for what is kept aside. */
const noRoomAside = (page) =>
  page.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      if (key.startsWith("rolewalk.aside")) throw new DOMException("no room", "QuotaExceededError");
      return set.call(this, key, text);
    };
  });

/** Two tabs with the same draft. */
async function twoTabs(tools) {
  const { page, context, address } = tools;
  await openWorld(tools, "working-studio");
  await prefix(page).fill("one/");
  await isSaved(page, "one/");
  const other = await context.newPage();
  await other.goto(`${address}#/`);
  await prefix(other).waitFor();
  assert.equal(await prefix(other).inputValue(), "one/");
  return other;
}

journey("what another tab has saved is told, and taken on a click; undo brings one's own back", async (tools) => {
  const { page, axe } = tools;
  const other = await twoTabs(tools);
  await prefix(other).fill("two/");
  await line(page).getByText("Another tab has saved another draft").waitFor();
  assert.equal(await line(other).count(), 0, "who has saved has nothing to choose");
  assert.equal(await prefix(page).inputValue(), "one/", "nothing changes by itself");
  assert.equal(await axe(), "");
  await choose(page, "Take the other tab’s");
  await shows(page, "two/");
  await line(page).waitFor({ state: "detached" });
  await playground(page).undo.click();
  await shows(page, "one/");
  // That is an edit like any other: now the other tab is told.
  await line(other).getByText("Another tab has saved another draft").waitFor();
});

journey("two tabs of a world as it is given: what the first has written is kept, and told in both", async (tools) => {
  const { page, context, address } = tools;
  await openWorld(tools, "working-studio");
  const other = await context.newPage();
  await other.goto(`${address}#/`);
  await prefix(other).waitFor();
  await prefix(page).fill("one/");
  await isSaved(page, "one/");
  assert.equal(await line(other).count(), 0, "nothing here is lost yet");
  await prefix(other).fill("two/");
  await isSaved(other, "two/");
  await line(other).getByText("A draft that made room for the one here is kept").waitFor();
  await line(page).getByText("Another tab has saved another draft").waitFor();
  await page.reload();
  await shows(page, "two/");
  await choose(page, "Open it");
  await shows(page, "one/");
});

journey("while nobody has chosen, neither draft is lost, not even with its tab", async (tools) => {
  const { page, context, address } = tools;
  const other = await twoTabs(tools);
  await prefix(other).fill("two/");
  await line(page).waitFor();
  await prefix(page).fill("three/");
  await page.waitForFunction(() => localStorage.getItem("rolewalk.aside")?.includes("three/"));
  assert.equal(await savedPrefix(page), "two/", "the other tab's stays");
  await page.close();
  await prefix(other).fill("four/");
  await isSaved(other, "four/");
  await other.close();

  const again = await context.newPage();
  await again.goto(`${address}#/`);
  await prefix(again).waitFor();
  assert.equal(await prefix(again).inputValue(), "four/");
  await line(again).getByText("A draft that made room for the one here is kept").waitFor();
  await choose(again, "Open it");
  await isSaved(again, "three/");
  await shows(again, "three/");
  // The two have changed places.
  await choose(again, "Open it");
  await isSaved(again, "four/");
  await choose(again, "Throw it away");
  await line(again).getByText("“A working studio” is thrown away").waitFor();
  await choose(again, "Bring it back");
  await line(again).getByText("A draft that made room for the one here is kept").waitFor();
  await choose(again, "Throw it away");
  await choose(again, "Hide");
  await line(again).waitFor({ state: "detached" });
  await again.reload();
  await prefix(again).waitFor();
  assert.equal(await prefix(again).inputValue(), "four/");
  assert.equal(await line(again).count(), 0);
});

journey("one's own is kept on a click, and the other tab's beside it", async (tools) => {
  const { page } = tools;
  const other = await twoTabs(tools);
  await prefix(page).fill("mine/");
  await isSaved(page, "mine/");
  await line(other).waitFor();
  await prefix(other).fill("theirs/");
  await choose(other, "Keep mine");
  await isSaved(other, "theirs/");
  await line(other).getByText("is kept").waitFor();
  await line(page).getByText("Another tab has saved another draft").waitFor();
  await choose(page, "Take the other tab’s");
  await shows(page, "theirs/");
  await line(page).getByText("is kept").waitFor();
  await choose(page, "Open it");
  await isSaved(page, "mine/");
});

journey("a world that is opened by its address and edited does not eat the draft", async (tools) => {
  const { page, context, address } = tools;
  const other = await twoTabs(tools);
  await other.close();
  await page.close();
  const third = await context.newPage();
  await third.goto(`${address}#/world/wrong-trust`);
  await mfa(third).uncheck();
  await line(third).getByText("A draft that made room").waitFor();
  await third.reload();
  await choose(third, "Open it");
  await shows(third, "one/");
});

journey("where there is no room for both drafts, the tab that keeps nothing says so", async (tools) => {
  const { page } = tools;
  await noRoomAside(page);
  const other = await twoTabs(tools);
  await prefix(other).fill("two/");
  await line(page).waitFor();
  await prefix(page).fill("three/");
  await page.getByText("does not let the page keep drafts").waitFor();
  await choose(page, "Keep mine");
  await isSaved(page, "three/");
  await page.getByText("does not let the page keep drafts").waitFor({ state: "detached" });
  // The other one is within reach all the same.
  await playground(page).redo.click();
  await shows(page, "two/");
});

journey("a world that is opened by its address does not eat a draft that there is no room to keep", async (tools) => {
  const { page, context, address } = tools;
  const other = await twoTabs(tools);
  await other.close();
  await page.close();
  const third = await context.newPage();
  await third.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      if (key === "rolewalk.aside") throw new DOMException("no room", "QuotaExceededError");
      return set.call(this, key, text);
    };
  });
  await third.goto(`${address}#/world/wrong-trust`);
  await mfa(third).uncheck();
  await third.getByText("does not let the page keep drafts").waitFor();
  assert.equal(await savedPrefix(third), "one/");
  await choose(third, "Take the other tab’s");
  await shows(third, "one/");
});

journey("beside the world of an address one's own is a click away", async (tools) => {
  const { page, context, address, axe } = tools;
  const other = await twoTabs(tools);
  await other.close();
  await page.close();
  const third = await context.newPage();
  await third.goto(`${address}#/world/wrong-trust`);
  await line(third).getByText("Your own scenario is saved as you left it").waitFor();
  assert.equal(await axe(third), "");
  await choose(third, "Open mine");
  await shows(third, "one/");
  await line(third).waitFor({ state: "detached" });
  assert.match(third.url(), /#\/$/);
  await third.reload();
  await shows(third, "one/");
  assert.equal(await savedPrefix(third), "one/");
  assert.equal(await line(third).count(), 0);
});

/** Follows an address within the page. */
const follow = (page, slug) => page.evaluate((slug) => (location.hash = `#/world/${slug}`), slug);

journey("one's own work makes room for the world of an address, and is found again after a reload", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const parts = playground(page);
  await prefix(page).fill("one/");
  await follow(page, "wrong-trust");
  await line(page).getByText("A draft that made room for the one here is kept: “A working studio”").waitFor();
  await parts.says("Stopped at door");
  assert.equal(await axe(), "");
  // A world as given is nothing to keep.
  await follow(page, "full-access-is-not-full");
  await page.waitForFunction(() => document.querySelector(".world-picker select")?.value === "full-access-is-not-full");
  await page.reload();
  await line(page).getByText("A draft that made room for the one here is kept: “A working studio”").waitFor();
  await choose(page, "Open it");
  await shows(page, "one/");
  await line(page).waitFor({ state: "detached" });

  // Each piece of work is kept, not only the last.
  await follow(page, "wrong-trust");
  await prefix(page).fill("two/");
  await follow(page, "full-access-is-not-full");
  await line(page).getByText("2 drafts that made room for others are kept, the newest of them “Wrong trust”").waitFor();
  await choose(page, "Show them");
  await kept(page, "Wrong trust").getByRole("button", { name: "Open" }).click();
  await shows(page, "two/");
  await line(page).getByText("A draft that made room for the one here is kept: “A working studio”").waitFor();
  await choose(page, "Open it");
  await shows(page, "one/");
});

journey("every draft that made room is found in a list, opened, thrown away and brought back, by keyboard, too", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const parts = playground(page);
  const worlds = ["working-studio", "wrong-trust", "full-access-is-not-full", "organization-says-no"];
  const names = ["A working studio", "Wrong trust", "FullAccess is not full", "The organization says no"];
  for (const [idx, world] of worlds.entries()) {
    if (idx > 0) await parts.world.selectOption(world);
    await page.waitForFunction((world) => document.querySelector(".world-picker select")?.value === world, world);
    await prefix(page).fill(`edit-${idx}/`);
    await isSaved(page, `edit-${idx}/`);
  }
  await line(page).getByText("3 drafts that made room for others are kept").waitFor();

  const show = line(page).getByRole("button", { name: "Show them" });
  assert.equal(await show.getAttribute("aria-expanded"), "false");
  await show.focus();
  await page.keyboard.press("Enter");
  const list = line(page).getByRole("list", { name: "Drafts that are kept" });
  const rows = list.getByRole("listitem");
  await rows.nth(2).waitFor();
  assert.deepEqual(await rows.locator("bdi").allTextContents(), names.slice(0, 3).reverse(), "the newest first");
  assert.match(await rows.first().textContent(), /\d{4}, \d{2}:\d{2}/, "when it was put there");
  const described = await rows.first().getByRole("button", { name: "Open" }).evaluate((it) => document.getElementById(it.getAttribute("aria-describedby")).textContent);
  assert.match(described, /^FullAccess is not full, /);
  assert.equal(await axe(), "");

  // The oldest is as near as the newest, and what was open takes its place in the list.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Open");
  await kept(page, names[0]).getByRole("button", { name: "Open" }).press("Enter");
  await shows(page, "edit-0/");
  await kept(page, names[3]).waitFor();
  assert.deepEqual(await rows.locator("bdi").allTextContents(), [names[3], names[2], names[1]]);
  // The focus stays in the page, though the button is gone.
  await page.waitForFunction(() => document.activeElement !== document.body);
  await isSaved(page, "edit-0/");

  // Undo is the way back: then the one that was opened is kept again.
  await parts.undo.click();
  await shows(page, "edit-3/");
  await isSaved(page, "edit-3/");
  await kept(page, names[0]).waitFor();
  await kept(page, names[3]).waitFor({ state: "detached" });

  await kept(page, names[1]).getByRole("button", { name: "Throw away" }).click();
  await line(page).getByText("“Wrong trust” is thrown away").waitFor();
  await kept(page, names[1]).waitFor({ state: "detached" });
  await choose(page, "Bring it back");
  await kept(page, names[1]).waitFor();

  // All of them are there after a reload, and each can be opened.
  await page.reload();
  await line(page).getByText("3 drafts that made room for others are kept").waitFor();
  await choose(page, "Show them");
  for (const idx of [1, 2, 0, 3]) {
    await kept(page, names[idx]).getByRole("button", { name: "Open" }).click();
    await shows(page, `edit-${idx}/`);
    await kept(page, names[idx]).waitFor({ state: "detached" });
    await isSaved(page, `edit-${idx}/`);
  }
  assert.equal(await rows.count(), 3);
});

journey("drafts that nobody wanted to be told of are reached from the dialog of files", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const parts = playground(page);
  const file = page.getByRole("button", { name: "File", exact: true });
  const dialog = page.getByRole("dialog", { name: "Scenario file" });
  await prefix(page).fill("one/");
  await parts.world.selectOption("wrong-trust");
  await line(page).getByText("is kept: “A working studio”").waitFor();

  // As long as the page tells of it, the dialog need not.
  await file.click();
  await dialog.getByRole("heading", { name: "Open" }).waitFor();
  assert.equal(await dialog.getByRole("button", { name: /that (is|are) kept/ }).count(), 0);
  await page.keyboard.press("Escape");

  await choose(page, "Later");
  await line(page).waitFor({ state: "detached" });
  await file.click();
  await dialog.getByRole("button", { name: "Show the draft that is kept" }).waitFor();
  assert.equal(await axe(), "");
  await dialog.getByRole("button", { name: "Show the draft that is kept" }).click();
  await dialog.waitFor({ state: "hidden" });
  await choose(page, "Open it");
  await shows(page, "one/");

  // Of several the list is open.
  await parts.world.selectOption("full-access-is-not-full");
  await isOpen(page, "full-access-is-not-full");
  await prefix(page).fill("two/");
  await parts.world.selectOption("wrong-trust");
  await line(page).getByText("2 drafts that made room for others are kept").waitFor();
  await choose(page, "Later");
  await file.click();
  await dialog.getByRole("button", { name: "Show the 2 drafts that are kept" }).click();
  await kept(page, "A working studio").getByRole("button", { name: "Open" }).click();
  await shows(page, "one/");
});

/** One step of the browser's history, which the page may take in at once or a moment later. */
const back = (page) => page.evaluate(() => history.back());
const forth = (page) => page.evaluate(() => history.forward());
const isOpen = (page, world) =>
  page.waitForFunction((world) => document.querySelector(".world-picker select")?.value === world, world);

journey("the browser's Back comes to the world before, as it was left, and Forward to the next", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  const parts = playground(page);
  await prefix(page).fill("one/");
  await parts.world.selectOption("wrong-trust");
  await isOpen(page, "wrong-trust");
  await prefix(page).fill("two/");
  await follow(page, "full-access-is-not-full");
  await isOpen(page, "full-access-is-not-full");
  await line(page).getByText("2 drafts that made room for others are kept").waitFor();

  await back(page);
  await shows(page, "two/");
  await isOpen(page, "wrong-trust");
  await line(page).getByText("is kept: “A working studio”").waitFor();
  await prefix(page).fill("two, later/");
  await back(page);
  await shows(page, "one/");
  await line(page).getByText("is kept: “Wrong trust”").waitFor();
  await isSaved(page, "one/");
  await forth(page);
  await shows(page, "two, later/");
  await forth(page);
  await isOpen(page, "full-access-is-not-full");
  await line(page).getByText("2 drafts that made room for others are kept").waitFor();

  // The steps outlive a reload, and undo takes one back.
  await page.reload();
  await isOpen(page, "full-access-is-not-full");
  await back(page);
  await shows(page, "two, later/");
  await isSaved(page, "two, later/");
  await parts.undo.click();
  await isOpen(page, "full-access-is-not-full");
  await line(page).getByText("2 drafts that made room for others are kept").waitFor();
});

journey("Back between worlds of addresses comes to each, edited or not, and past a lesson, too", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  await isOpen(page, "working-studio");
  await follow(page, "wrong-trust");
  await isOpen(page, "wrong-trust");
  await back(page);
  await isOpen(page, "working-studio");
  assert.equal(await line(page).count(), 0, "nothing was edited");
  await forth(page);
  await isOpen(page, "wrong-trust");
  assert.match(page.url(), /#\/world\/wrong-trust$/);

  await prefix(page).fill("mine/");
  await page.waitForFunction(() => location.hash === "#/");
  await isSaved(page, "mine/");
  await page.evaluate(() => (location.hash = "#/learn/default-deny"));
  await lessonPage(page).panel.waitFor();
  await back(page);
  await shows(page, "mine/");
  await back(page);
  await isOpen(page, "working-studio");
  await line(page).getByText("is kept: “Wrong trust”").waitFor();
  await forth(page);
  await shows(page, "mine/");
  await line(page).waitFor({ state: "detached" });
});

journey("a world's address that is taken back with undo leaves no second copy", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  await prefix(page).fill("one/");
  await follow(page, "wrong-trust");
  await line(page).waitFor();
  await playground(page).undo.click();
  await shows(page, "one/");
  await line(page).waitFor({ state: "detached" });
  await isSaved(page, "one/");
});

journey("what the menu, a file or a shared scenario puts in one's own work's place leaves it to be found after a reload", async (tools) => {
  const { page } = tools;
  await withoutPickers(page);
  await openWorld(tools, "working-studio");
  const parts = playground(page);
  await prefix(page).fill("one/");
  await parts.world.selectOption("wrong-trust");
  await line(page).getByText("is kept: “A working studio”").waitFor();
  // A world as given is nothing to keep.
  await parts.world.selectOption("working-studio");
  await parts.says("Every door is open");
  await prefix(page).fill("two/");
  await isSaved(page, "two/");
  await page.getByRole("button", { name: "File", exact: true }).click();
  const scenario = { ...(await saved(page)).draft.scenario, name: "From a file" };
  const file = { name: "three.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(scenario)) };
  await page.getByLabel("A scenario’s file").setInputFiles(file);
  await page.getByText("The file’s scenario is open").waitFor();
  await line(page).getByText("2 drafts that made room for others are kept").waitFor();

  await prefix(page).fill("three/");
  await page.evaluate((text) => (location.hash = `#/s/${text}`), SHARED);
  await page.getByRole("button", { name: "Keep as mine" }).click();
  await line(page).getByText("3 drafts that made room for others are kept").waitFor();
  await page.reload();
  await line(page).getByText("3 drafts that made room for others are kept").waitFor();
  await choose(page, "Show them");
  await kept(page, "From a file").getByRole("button", { name: "Open" }).click();
  await shows(page, "three/");
});

journey("where there is no room for one's own work, the menu's world comes all the same, and undo brings it back", async (tools) => {
  const { page } = tools;
  await noRoomAside(page);
  await openWorld(tools, "working-studio");
  const parts = playground(page);
  await prefix(page).fill("one/");
  await isSaved(page, "one/");
  await parts.world.selectOption("wrong-trust");
  await parts.says("Stopped at door");
  await page.getByText("no room to keep what you had").waitFor();
  assert.equal(await line(page).count(), 0);
  await parts.undo.click();
  await shows(page, "one/");
});

journey("where there is no room for one's own work, the world of an address is not opened", async (tools) => {
  const { page } = tools;
  await noRoomAside(page);
  await openWorld(tools, "working-studio");
  await prefix(page).fill("one/");
  await isSaved(page, "one/");
  await follow(page, "wrong-trust");
  await page.getByText("no room to keep your scenario beside it").waitFor();
  await shows(page, "one/");
  assert.equal(await savedPrefix(page), "one/");
});

journey("a draft that does not fit takes nothing away of what another tab has kept", async (tools) => {
  const { page } = tools;
  const other = await twoTabs(tools);
  await prefix(other).fill("two/");
  await line(page).waitFor();
  await prefix(page).fill("three/");
  await page.waitForFunction(() => localStorage.getItem("rolewalk.aside")?.includes("three/"));
  await other.evaluate(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      if (key.startsWith("rolewalk.aside")) throw new DOMException("no room", "QuotaExceededError");
      return set.call(this, key, text);
    };
  });
  await follow(other, "wrong-trust");
  await other.getByText("no room to keep your scenario beside it").waitFor();
  const keys = await other.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith("rolewalk.aside")));
  assert.deepEqual(keys, ["rolewalk.aside"]);
  assert.ok(await other.evaluate(() => localStorage.getItem("rolewalk.aside").includes("three/")));
});

journey("what a newer Rolewalk has saved meanwhile is not saved over", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  await prefix(page).fill("one/");
  await isSaved(page, "one/");
  const newer = JSON.stringify({ draft: { version: 99, all: "of it" } });
  await page.evaluate((text) => localStorage.setItem("rolewalk", text), newer);
  await prefix(page).fill("two/");
  await page.getByText("does not let the page keep drafts").waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("rolewalk")), newer);
});

journey("an address of the world that is open leaves no step behind that does nothing", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  await isOpen(page, "working-studio");
  const parts = playground(page);
  await parts.world.selectOption("wrong-trust");
  await isOpen(page, "wrong-trust");
  await prefix(page).fill("mine/");
  await isSaved(page, "mine/");
  // As it is given, in the place of what was edited.
  await follow(page, "wrong-trust");
  await line(page).getByText("is kept: “Wrong trust”").waitFor();
  await page.waitForFunction(() => location.hash === "#/");
  await back(page);
  await isOpen(page, "working-studio");
});
