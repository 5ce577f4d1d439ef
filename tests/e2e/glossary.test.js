// The glossary: reached from where a word stands, by mouse, keyboard and address.

import assert from "node:assert/strict";
import { lessons, openLesson } from "./course.js";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

const dialog = (page) => page.getByRole("dialog", { name: "Glossary" });
const card = (page, term) => dialog(page).getByRole("heading", { level: 3, name: term, exact: true });

journey("a word leads to its card from the tree, a form, a door, the sentence and the mental model", async (tools) => {
  const { page, axe } = tools;
  const { open, tree } = await openWorld(tools, "working-studio");

  await page.getByRole("link", { name: "assumes", exact: true }).click();
  await card(page, "AssumeRole").waitFor();
  await dialog(page).getByText("Where in the page").waitFor();
  assert.equal(await axe(), "");
  await page.keyboard.press("Escape");
  assert.match(page.url(), /#\/world\/working-studio$/, "the address stays");

  await page.getByRole("link", { name: "Glossary: IAM user" }).first().click();
  await card(page, "IAM user").waitFor();
  // Side by side with the user profile, and on to that one.
  await dialog(page).getByRole("table").getByRole("link", { name: "User profile" }).click();
  await card(page, "User profile").waitFor();
  await dialog(page).getByRole("table").getByText("one domain").waitFor();
  const docs = dialog(page).getByRole("link", { name: /AWS’s documentation/ });
  assert.match(await docs.getAttribute("href"), /^https:\/\/docs\.aws\.amazon\.com\//);
  await dialog(page).getByRole("button", { name: "Close" }).click();

  await open("Users", "alice");
  const row = tree.getByRole("treeitem", { name: /alice/ }).first();
  const selected = await page.locator("#editor-title, .editor-title").first().textContent();
  await row.hover();
  await row.locator(".row-term").click();
  await card(page, "User profile").or(card(page, "IAM user")).first().waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".editor-title").first().textContent(), selected, "the sign does not choose the row");

  const door = page.locator(".door-head").filter({ hasText: "execution role" }).first();
  await door.getByRole("link", { name: /^Glossary: / }).click();
  await card(page, "Execution role").waitFor();
  await page.keyboard.press("Escape");

  await page.locator(".editor-kind").getByRole("link", { name: /^Glossary: / }).click();
  await dialog(page).getByRole("heading", { level: 3 }).first().waitFor();
});

journey("a word of a lesson leads to its card from where the text first has it", async (tools) => {
  const { page } = tools;
  await openLesson(tools, lessons[0].id);
  const words = page.locator(".lesson-text .term-word");
  await words.first().waitFor();
  const names = await words.allInnerTexts();
  assert.equal(new Set(names.map((it) => it.toLowerCase().replace(/s$/, ""))).size, names.length, "each once");
  await words.first().click();
  await dialog(page).getByText("Where in the page").waitFor();
  await dialog(page).getByRole("button", { name: "Close" }).click();
  assert.match(page.url(), new RegExp(`#/learn/${lessons[0].id}$`), "the lesson stays");
});

journey("the tree tells what a row is by a key and by its menu", async (tools) => {
  const { page } = tools;
  const { tree } = await openWorld(tools, "working-studio");
  await tree.getByRole("treeitem", { name: "Roles" }).first().click();
  await page.keyboard.press("?");
  await card(page, "IAM role").waitFor();
  await page.keyboard.press("Escape");
  await tree.getByRole("treeitem", { name: "Roles" }).first().click();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "What is this?" }).click();
  await card(page, "IAM role").waitFor();
});

journey("a question mark tells of the door and of the idea that has the focus", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  await page.locator(".door-button").nth(1).focus();
  await page.keyboard.press("?");
  await card(page, "AssumeRole").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Domain/ }).first().focus();
  await page.keyboard.press("?");
  await card(page, "SageMaker domain").waitFor();
});

journey("the whole glossary is searched with the keyboard alone", async (tools) => {
  const { page, open, axe, requests } = tools;
  await open("#/");
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  assert.ok(!requests.some((it) => it.includes("/glossary-")), "nobody has asked for it yet");
  await page.getByRole("banner").getByRole("link", { name: "Glossary", exact: true }).press("Enter");
  const field = dialog(page).getByRole("searchbox", { name: "Look for" });
  await field.waitFor();
  await page.waitForFunction(() => document.activeElement?.type === "search");
  await page.keyboard.type("badge");
  await dialog(page).getByText("card").first().waitFor();
  assert.equal(await axe(), "");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("confused");
  await dialog(page).getByText("1 card", { exact: true }).waitFor();
  await dialog(page).getByRole("heading", { name: "Side by side" }).waitFor({ state: "detached" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await card(page, "Confused deputy").waitFor();
  await page.waitForFunction((id) => document.activeElement?.id === id, "glossary-card-title");
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
});

journey("an address opens a card, closing it leaves the address, and an unknown one is told", async ({ page, open }) => {
  await open("#/glossary/role");
  await card(page, "IAM role").waitFor();
  // By their titles, though nobody has opened the course.
  const ids = await dialog(page).locator("a[href^='#/learn/']").evaluateAll((all) => all.map((it) => it.hash.split("/").at(-1)));
  assert.ok(ids.length > 0);
  const titles = ids.map((id) => lessons.find((it) => it.id === id).title);
  assert.deepEqual(await dialog(page).locator("a[href^='#/learn/']").allInnerTexts(), titles);
  await page.keyboard.press("Escape");
  await page.waitForURL(/#\/$/);
  // It does not stay over another page.
  await open("#/glossary/role");
  await card(page, "IAM role").waitFor();
  await page.evaluate(() => { location.hash = "#/teach"; });
  await page.getByRole("heading", { level: 1, name: /^To teach/ }).waitFor();
  await dialog(page).waitFor({ state: "hidden" });
  await open("#/");
  await open("#/glossary/%3Cimg%20src=x%3E");
  await dialog(page).getByText("There is no card").waitFor();
  assert.equal(await dialog(page).locator("img").count(), 0);
});

for (const colorScheme of ["light", "dark"]) {
  journey(`on a phone in ${colorScheme} nothing is cut off`, { viewport: { width: 390, height: 800 }, colorScheme, hasTouch: true }, async ({ page, open, axe }) => {
    await open("#/glossary/user-profile");
    await card(page, "User profile").waitFor();
    assert.equal(await axe(), "");
    const wide = await dialog(page).evaluate((it) => it.scrollWidth > it.clientWidth);
    assert.ok(!wide, "the dialog scrolls sideways");
  });
}

for (const [name, options] of [["a mouse", {}], ["a finger", { viewport: { width: 390, height: 844 }, hasTouch: true }]]) {
  journey(`the ring around a question mark that has the focus lies over nothing (with ${name})`, options, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, "working-studio");
    await parts.says("Every door is open");
    const tab = (name) => page.getByRole("navigation").getByRole("button", { name, exact: true });
    if (options.hasTouch) await tab("Account").click();
    await page.getByRole("searchbox", { name: "Search the account" }).fill("acme-sagemaker-churn");
    await page.locator(".tree-row", { hasText: "acme-sagemaker-churn" }).last().click();
    if (options.hasTouch) await tab("Editor").click();
    const key = page.getByRole("combobox", { name: "Encryption key" });
    await key.focus();
    await page.keyboard.press("Shift+Tab");
    const covered = await page.evaluate(() => {
      const mark = document.activeElement;
      if (!mark.matches(".term:focus-visible")) return [`the focus is on ${mark.outerHTML}`];
      const style = getComputedStyle(mark);
      const by = Number.parseFloat(style.outlineOffset) + Number.parseFloat(style.outlineWidth);
      const own = mark.getBoundingClientRect();
      const field = mark.closest(".field");
      const around = [field.querySelector("label"), field.querySelector("select, input")];
      const isOver = (it) => {
        const other = it.getBoundingClientRect();
        return own.left - by < other.right && own.right + by > other.left && own.top - by < other.bottom && own.bottom + by > other.top;
      };
      return around.filter(isOver).map((it) => it.outerHTML.slice(0, 80));
    });
    assert.deepEqual(covered, []);
  });
}
