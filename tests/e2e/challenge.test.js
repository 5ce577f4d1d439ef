// Challenges: a message, the door behind it, the repair; the same address is the same challenge.

import assert from "node:assert/strict";
import { allBut, lessonPage, saved, withSolved } from "./course.js";
import { journey } from "./harness.js";

const begin = async (tools, path) => {
  await tools.open(path);
  await tools.page.getByRole("heading", { name: "Which door is shut?" }).waitFor();
  return lessonPage(tools.page);
};

journey("challenges open with the lesson that the course says", async ({ page, open, axe }) => {
  await open("#/challenge/7/1");
  await page.getByText("The challenges open when you have solved").waitFor();
  assert.equal(await axe(), "");
  // As a lesson can be; the next one does not ask again.
  await page.getByRole("button", { name: "Open them anyway" }).click();
  await page.getByRole("heading", { name: "Which door is shut?" }).waitFor();
  await page.getByRole("link", { name: "Another one" }).click();
  await page.getByText("Challenge 2 of").waitFor();
});

journey("challenges are open where a teacher has opened all lessons", async ({ page, open }) => {
  await open("#/teach");
  await page.getByRole("combobox", { name: "Lessons" }).selectOption("free");
  const link = await page.getByRole("textbox", { name: "Link to the course" }).inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  await page.getByRole("button", { name: "Begin the course" }).click();
  await page.getByRole("button", { name: "A challenge" }).click();
  await page.getByRole("heading", { name: "Which door is shut?" }).waitFor();
});

journey("a challenge is found, mended and noted", async (tools) => {
  const { page, axe } = tools;
  await withSolved(page, allBut("mental-model"));
  await tools.open("#/learn");
  await page.getByRole("button", { name: "A challenge" }).click();
  const parts = lessonPage(page);
  await page.getByRole("heading", { name: "Which door is shut?" }).waitFor();
  assert.match(page.url(), /#\/challenge\/\d+\/1$/);
  assert.ok(await parts.verdict.isHidden());
  assert.equal(await axe(), "");
  // Somebody who tries one door after the other finds it.
  const doors = parts.panel.locator(".doors-to-choose button");
  const found = parts.panel.getByText("That is the door");
  for (let idx = 0; idx < (await doors.count()) && (await found.count()) === 0; idx += 1) {
    await doors.nth(idx).click();
    await found.or(parts.panel.getByText(/^Not “/)).waitFor();
  }
  await found.waitFor();
  await parts.says("Stopped at door");
  assert.equal(await axe(), "");
});

journey("the same address is the same challenge, and another seed another", async (tools) => {
  const { page } = tools;
  await withSolved(page, allBut("mental-model"));
  const message = async (path) => {
    const parts = await begin(tools, path);
    return parts.panel.locator(".challenge-message").innerText();
  };
  const first = await message("#/challenge/7/1");
  await page.getByRole("link", { name: "Another one" }).click();
  await page.getByText("Challenge 2 of").waitFor();
  const second = await page.locator(".challenge-message").innerText();
  assert.notEqual(first, second);
  await page.reload();
  assert.equal(await message("#/challenge/7/1"), first);
});

journey("a mended challenge is solved", async (tools) => {
  const { page } = tools;
  await withSolved(page, allBut("mental-model"));
  // Of a set, the first that is about a role that is not trusted: its repair is one word.
  for (let number = 1; ; number += 1) {
    const parts = await begin(tools, `#/challenge/1/${number}`);
    await page.getByText(`Challenge ${number} of`).waitFor();
    const doors = parts.panel.locator(".doors-to-choose button");
    const found = parts.panel.getByText("That is the door");
    for (let idx = 0; idx < (await doors.count()) && (await found.count()) === 0; idx += 1) {
      await doors.nth(idx).click();
      await found.or(parts.panel.getByText(/^Not “/)).waitFor();
    }
    await parts.panel.getByRole("button", { name: "Solution …" }).click();
    const solution = page.getByRole("dialog", { name: "Your answer and ours" });
    await solution.getByRole("button", { name: "Show the solution" }).click();
    const titles = await solution.getByRole("heading", { level: 3 }).allInnerTexts();
    const texts = await solution.locator("pre").allInnerTexts();
    await solution.getByRole("button", { name: "Close" }).click();
    if (titles.length !== 1 || !titles[0].startsWith("Trust policy of") || texts.length !== 2) {
      assert.ok(number < 32);
      continue;
    }
    const role = titles[0].replace("Trust policy of ", "").replace("role ", "").trim();
    await parts.open("IAM", "Roles", role);
    // The rows of a tree are siblings: the role's own come right behind it.
    const own = parts.treeItem(role).first().locator("xpath=following-sibling::*[contains(., 'Trust policy')][1]");
    await own.click();
    await page.getByRole("heading", { name: `Trust policy of ${role}` }).waitFor();
    await parts.paste(texts[1]);
    await parts.panel.getByText("Mended", { exact: true }).waitFor();
    await page.waitForFunction(() => localStorage.getItem("rolewalk").includes("challenges\\\":[\\\""));
    const progress = JSON.parse((await saved(page)).learned.progress);
    assert.equal(progress.courses["who-said-no"].challenges.length, 1);
    // Whoever comes back finds it as it was left; another challenge begun takes its place.
    const kept = async () => Object.keys((await saved(page)).learned.works).filter((it) => it.includes("challenge:"));
    await page.waitForFunction(() => localStorage.getItem("rolewalk").includes("/challenge:1:"));
    assert.deepEqual(await kept(), [`who-said-no/challenge:1:${number}`]);
    await page.reload();
    await parts.panel.getByText("Mended", { exact: true }).waitFor();
    await parts.panel.getByRole("button", { name: "Start over …" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Start over", exact: true }).click();
    await page.waitForFunction(() => !localStorage.getItem("rolewalk").includes("/challenge:1:"));
    break;
  }
});
