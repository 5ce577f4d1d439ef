// Two tabs of one browser in one course: what either solves counts in both.

import assert from "node:assert/strict";
import { lessonPage, saved, withSolved } from "./course.js";
import { journey } from "./harness.js";

const FIRST = "default-deny";
const READ = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-churn-data/*" }],
};

const solved = async (page) => {
  const { lessons } = JSON.parse((await saved(page)).learned.progress).courses["who-said-no"];
  return Object.keys(lessons).filter((id) => lessons[id].solved).sort();
};
const SECOND = "assume-role";
/** What is kept of the second lesson's hints. */
const hints = (page) =>
  page.waitForFunction((id) => {
    const { learned } = JSON.parse(localStorage.getItem("rolewalk"));
    return JSON.parse(learned.progress || "{}").courses?.["who-said-no"]?.lessons[id]?.nHints === 1;
  }, SECOND);

journey("what two tabs solve is put together, and each of them sees it", async (tools) => {
  const { page, context, address } = tools;
  await withSolved(page, ["groups-and-deny"]);
  await page.goto(`${address}#/learn`);
  await page.getByText("1 of 16 lessons solved").waitFor();
  const other = await context.newPage();
  await other.goto(`${address}#/learn`);
  await other.getByText("1 of 16 lessons solved").waitFor();

  await page.evaluate((id) => (location.hash = `#/learn/${id}`), FIRST);
  const parts = lessonPage(page);
  await parts.panel.waitFor();
  await parts.paste(JSON.stringify(READ));
  await parts.solved.waitFor();
  await other.getByText("2 of 16 lessons solved").waitFor();
  assert.deepEqual(await solved(page), [FIRST, "groups-and-deny"].sort());

  // The other one goes on, and saves what it has done beside that.
  await other.evaluate((id) => (location.hash = `#/learn/${id}`), SECOND);
  const its = lessonPage(other);
  await its.panel.waitFor();
  await its.panel.getByRole("button", { name: /hint/i }).first().click();
  await hints(other);
  assert.deepEqual(await solved(other), [FIRST, "groups-and-deny"].sort());
  // And what the first one had in hand is still there.
  const works = Object.keys((await saved(page)).learned.works);
  assert.ok(works.some((it) => it.endsWith(`/${FIRST}`)), works.join());
});

journey("who begins the course anew in one tab begins it anew in the other", async (tools) => {
  const { page, context, address } = tools;
  await withSolved(page, [FIRST]);
  await page.goto(`${address}#/learn`);
  await page.getByText("1 of 16 lessons solved").waitFor();
  const other = await context.newPage();
  await other.goto(`${address}#/learn`);
  await other.getByText("1 of 16 lessons solved").waitFor();
  await page.evaluate(() => {
    // As a tab does that throws its progress away.
    const saved = JSON.parse(localStorage.getItem("rolewalk"));
    saved.learned.progress = "";
    localStorage.setItem("rolewalk", JSON.stringify(saved));
  });
  await other.getByText("0 of 16 lessons solved").waitFor();
});
