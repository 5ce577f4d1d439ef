// Lessons as somebody takes them: by typing, leaving, coming back, erring, being refused, on a phone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { allBut, lessonPage, lessons, openLesson, packed, saved, unpacked, withSolved, workKey } from "./course.js";
import { journey } from "./harness.js";
import { textNow } from "./playground.js";

const FIRST = "default-deny";
const READ = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-churn-data/*" }],
};
const policy = (changes) => JSON.stringify({ ...READ, Statement: [{ ...READ.Statement[0], ...changes }] }, null, 2);
const mfa = (page) => page.getByRole("checkbox", { name: "with MFA" });
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

journey("the first lesson, from the first click to green by typing", async ({ page, open, axe }) => {
  await open("#/");
  await page.getByRole("link", { name: "Learn" }).click();
  await page.getByRole("heading", { level: 1, name: "Who said no?" }).waitFor();
  assert.equal(await axe(), "");
  await page.getByRole("link", { name: "Begin: Nobody may do anything yet" }).click();
  const parts = lessonPage(page);
  await page.getByRole("heading", { level: 1, name: "Nobody may do anything yet" }).waitFor();
  // What is to be edited is open, and the one thing to look at is pointed out.
  await parts.panel.getByText("Stops at the door “API call”.").waitFor();
  await parts.meets("Alice cannot write it");
  await parts.isRich();
  await parts.text.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  // Brackets and quotes close themselves: typing them types over.
  await page.keyboard.type(JSON.stringify(READ));
  await parts.solved.waitFor();
  await parts.meets("Alice reads the churn data");
  await parts.panel.getByRole("rowheader", { name: "Statements" }).waitFor();
  await page.getByText("What you do not write down stays shut").waitFor();
  assert.equal(await axe(), "");
  await page.getByRole("link", { name: "Next lesson", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Groups, and the no that wins" }).waitFor();
  const { learned } = await saved(page);
  assert.ok(JSON.parse(learned.progress).courses["who-said-no"].lessons[FIRST].solved);
});

journey("the playground is as it was left, and the lesson as well", async (tools) => {
  const { page, open } = tools;
  await open("#/world/wrong-trust");
  await mfa(page).uncheck();
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await undo.waitFor();
  const before = await textNow(page);
  await page.evaluate(() => (location.hash = "#/learn/default-deny"));
  const parts = lessonPage(page);
  await parts.panel.waitFor();
  await parts.paste(policy({ Action: "s3:Get*" }));
  await parts.meets("Alice reads the churn data");
  // Undo is the lesson's own.
  await page.keyboard.press("ControlOrMeta+z");
  await parts.panel.getByText("Stops at the door “API call”.").waitFor();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await parts.meets("Alice reads the churn data");

  await page.getByRole("link", { name: "Who said no?" }).click();
  await page.getByRole("heading", { level: 1, name: "Who said no?" }).waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await page.getByRole("link", { name: "Playground" }).click();
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  assert.equal(await textNow(page), before);
  assert.equal(await mfa(page).isChecked(), false);
  await undo.click();
  assert.ok(await mfa(page).isChecked());
  await page.getByRole("button", { name: "Redo", exact: true }).click();

  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  assert.equal(await mfa(page).isChecked(), false, "the draft is the visitor's own");
  await page.getByRole("link", { name: "Learn" }).click();
  await page.getByRole("listitem").getByRole("link", { name: "Nobody may do anything yet" }).click();
  await parts.meets("Alice reads the churn data");
  assert.match(await textNow(page), /s3:Get\*/);
});

journey("lessons in one tab leave alone what is edited in another", async (tools) => {
  const { page, context, open, address } = tools;
  await open("#/world/working-studio");
  await mfa(page).uncheck();
  await page.evaluate(() => (location.hash = "#/learn/default-deny"));
  const parts = lessonPage(page);
  await parts.panel.waitFor();
  const other = await context.newPage();
  await other.goto(`${address}#/`);
  assert.equal(await mfa(other).isChecked(), false, "what was edited a moment ago is saved when the page changes");
  await other.getByRole("textbox", { name: "Prefix of the data" }).fill("other/");
  await other.waitForFunction(() => localStorage.getItem("rolewalk").includes("other/"));
  await parts.paste(policy({}));
  await parts.solved.waitFor();
  await page.waitForFunction(() => localStorage.getItem("rolewalk").includes("v1."));
  assert.ok((await saved(page)).draft.scenario.choice.data.prefix === "other/");
  await other.getByRole("textbox", { name: "Prefix of the data" }).fill("again/");
  await other.waitForFunction(() => localStorage.getItem("rolewalk").includes("again/"));
  const progress = JSON.parse((await saved(page)).learned.progress);
  assert.ok(progress.courses["who-said-no"].lessons[FIRST].solved);
});

journey("a lesson that is not open yet says what comes before it", async ({ page, open, axe }) => {
  await open("#/learn/assume-role");
  await page.getByText("2 lessons come before this one").waitFor();
  assert.equal(await axe(), "");
  await page.getByText("Groups, and the no that wins").waitFor();
  await page.getByRole("link", { name: "Begin with “Nobody may do anything yet”" }).click();
  await page.getByRole("heading", { name: "Nobody may do anything yet" }).first().waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "All lessons" }).click();
  await page.getByRole("listitem").filter({ hasText: "Groups, and the no that wins" }).getByText("opens after “Nobody may do anything yet”").waitFor();
  await open("#/learn/no-such-lesson");
  await page.getByRole("heading", { level: 1, name: "No such lesson" }).waitFor();
});

journey("a lesson that somebody was sent to is opened by a word, and stays open once begun", async (tools) => {
  const { page, open } = tools;
  // As the book leads there.
  await open("#/learn/mental-model");
  await page.getByText("15 lessons come before this one").waitFor();
  await page.getByRole("button", { name: "Open it anyway" }).click();
  await page.locator("#lesson-title").waitFor();
  await page.waitForFunction(() => localStorage.getItem("rolewalk")?.includes("mental-model"));
  await page.reload();
  await page.locator("#lesson-title").waitFor();
  assert.equal(await page.getByRole("button", { name: "Open it anyway" }).count(), 0);
  // A link to one of its tickets is one to the lesson.
  await open("#/learn/pass-role");
  await page.getByRole("button", { name: "Open it anyway" }).waitFor();
});

journey("a tempting answer is told in its own words, and what it leaves open", async (tools) => {
  const { page } = tools;
  const parts = await openLesson(tools, FIRST);
  await parts.paste(policy({ Action: "s3:*", Resource: "*" }));
  await parts.panel.getByText("far too much").waitFor();
  await parts.paste(policy({ Resource: "arn:aws:s3:::acme-churn-data" }));
  await parts.panel.getByText("That ARN is the bucket itself").waitFor();
  // Every goal is met, and something is open that nobody had asked about.
  await parts.paste(policy({ Action: ["s3:GetObject", "iam:CreateUser"], Resource: ["arn:aws:s3:::acme-churn-data/*", "arn:aws:iam::111122223333:user/*"] }));
  await parts.panel.getByText("But this should be so, too").waitFor();
  await parts.panel.getByText("Alice makes no users").waitFor();
  assert.equal(await parts.solved.count(), 0);
  // A text with errors takes nothing back.
  await parts.text.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Backspace");
  await parts.panel.getByText("goals stay as they were").waitFor();
  await parts.meets("Alice reads the churn data");
});

journey("hints come one at a time, the solution when it is asked for twice, the start when it is asked for", async (tools) => {
  const { page, axe } = tools;
  const parts = await openLesson(tools, FIRST);
  await parts.panel.getByRole("button", { name: "A hint" }).click();
  await parts.panel.getByText("no policy says anything about it").waitFor();
  await parts.panel.getByRole("button", { name: "Another hint (2 left)" }).click();
  await parts.panel.getByText("Which single action reads an object?").waitFor();
  await parts.panel.getByRole("button", { name: "Solution …" }).click();
  const solution = page.getByRole("dialog", { name: "Your answer and ours" });
  await solution.getByText("Look at the solution already?").waitFor();
  assert.equal(await solution.getByText("ReadChurnData").count(), 0);
  await solution.getByRole("button", { name: "Show the solution" }).click();
  await solution.getByText("ReadChurnData").waitFor();
  assert.equal(await axe(), "");
  await solution.getByRole("button", { name: "Close" }).click();

  const start = await textNow(page);
  await parts.paste(policy({}));
  await parts.solved.waitFor();
  await parts.panel.getByRole("button", { name: "Start over …" }).click();
  const ask = page.getByRole("dialog", { name: "Start over" });
  await ask.getByRole("button", { name: "Keep" }).click();
  await parts.solved.waitFor();
  await parts.panel.getByRole("button", { name: "Start over …" }).click();
  await ask.getByRole("button", { name: "Start over" }).click();
  await parts.panel.getByText("Stops at the door “API call”.").waitFor();
  assert.equal(await textNow(page), start);
  // Solved it stays, with the way on; the solution is no secret any more.
  await parts.panel.getByText("Solved before").waitFor();
  assert.equal(await parts.panel.getByRole("button", { name: "Solution …" }).count(), 0);
  await parts.panel.getByRole("button", { name: "Compare" }).waitFor();
  await parts.panel.getByRole("link", { name: "Next lesson", exact: true }).waitFor();
  // The hints that were seen are there, and so is what was solved.
  await page.reload();
  await parts.panel.getByText("Which single action reads an object?").waitFor();
  await page.goto("about:blank");
  await tools.open("#/learn");
  await page.getByText("1 of 16 lessons solved").waitFor();
});

journey("what a lesson keeps can be read and not be changed", async (tools) => {
  const { page, axe } = tools;
  await withSolved(page, [FIRST]);
  const parts = await openLesson(tools, "groups-and-deny");
  await parts.panel.getByRole("button", { name: "Skip the question" }).click();
  await parts.treeItem("Limits").filter({ hasText: "to edit" }).waitFor();
  await parts.open("Work");
  await page.getByText("In this lesson it stays as it is").waitFor();
  await parts.isRich();
  const text = await textNow(page);
  await parts.text.click();
  await page.keyboard.type("x");
  assert.equal(await textNow(page), text);
  assert.equal(await axe(), "");
  // A form, too; and what is done to a thing as a whole is refused with the reason.
  await parts.treeItem("acme-payroll").click();
  await page.getByText("In this lesson it stays as it is").waitFor();
  await page.locator(".lockable :is(input, select, textarea)").first().waitFor();
  for (const field of await page.locator(".lockable :is(input, select, textarea, button)").all()) assert.ok(await field.isDisabled());
  await parts.treeItem("acme-payroll").press("Delete");
  await page.getByRole("dialog", { name: "Delete" }).getByRole("button", { name: "Delete" }).click();
  const refusal = page.getByRole("dialog", { name: "This cannot be done" });
  await refusal.getByText("stays as it is in this lesson").waitFor();
  await refusal.getByText("the groups of every user").waitFor();
  await refusal.getByRole("button", { name: "Close" }).click();
  await parts.treeItem("acme-payroll").waitFor();
});

journey("what happens is guessed before it is shown", async (tools) => {
  const { page, axe } = tools;
  await withSolved(page, [FIRST]);
  const parts = await openLesson(tools, "groups-and-deny");
  const { predict } = lessons.find((it) => it.id === "groups-and-deny");
  await page.getByRole("heading", { name: "Guess first" }).waitFor();
  assert.ok(await parts.verdict.isHidden());
  assert.equal(await axe(), "");
  const wrong = predict.choices.findIndex((_, idx) => idx !== predict.answer);
  await parts.panel.locator(".choice").nth(wrong).click();
  await page.getByRole("heading", { name: "You guessed wrong" }).waitFor();
  await parts.verdict.waitFor();
  await page.reload();
  await parts.verdict.waitFor();
  await page.getByRole("heading", { name: "You guessed wrong" }).waitFor();
});

journey("a goal shows its own walk", async (tools) => {
  const { page } = tools;
  const parts = await openLesson(tools, FIRST);
  await parts.panel.getByRole("button", { name: /Alice cannot read the payroll/ }).click();
  await parts.says("acme-payroll/june.csv");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await parts.says("acme-churn-data/churn/train.csv");
});

journey("a ticket: who said no, then the repair", async (tools) => {
  const { page, axe } = tools;
  await withSolved(page, allBut("mental-model"));
  const parts = await openLesson(tools, "mental-model/t5");
  assert.ok(await parts.verdict.isHidden());
  await parts.panel.getByRole("button", { name: "IAM user" }).click();
  const ticket = lessons.find((it) => it.id === "mental-model").tickets.find((it) => it.id === "t5");
  await parts.panel.getByText(ticket.feedback.iamUser.replaceAll("`", "").slice(0, 40)).waitFor();
  assert.ok(await parts.verdict.isHidden());
  await parts.panel.getByRole("button", { name: "Execution role" }).click();
  await parts.says("Stopped at door");
  await page.getByRole("listitem").filter({ hasText: "Your AWS access badge" }).getByText("Shut").waitFor();
  assert.equal(await axe(), "");
});

for (const width of [360, 390]) {
  journey(`a lesson on a screen ${width} wide`, { viewport: { width, height: 780 }, hasTouch: true }, async (tools) => {
    const { page, axe } = tools;
    const parts = await openLesson(tools, FIRST);
    await parts.panel.getByText("Stops at the door “API call”.").waitFor();
    assert.ok(await fits(page));
    assert.equal(await axe(), "");
    await parts.tab("Editor");
    await parts.paste(policy({}));
    await page.getByRole("button", { name: "Solved" }).waitFor();
    assert.ok(await fits(page));
    assert.equal(await axe(), "");
    for (const tab of ["Flow", "Account", "Model"]) {
      await parts.tab(tab);
      assert.ok(await fits(page), tab);
    }
    await parts.tab("Lesson");
    await parts.solved.waitFor();
    assert.ok(await fits(page));
  });
}

journey("progress is taken along, put together and thrown away", async (tools) => {
  const { page, open } = tools;
  await withSolved(page, [FIRST, "groups-and-deny"], { [workKey("assume-role")]: "v1.x.0" });
  await open("#/learn");
  await page.getByText("2 of 16 lessons solved").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = await (await download).path();
  assert.ok(JSON.parse(readFileSync(file, "utf8")).courses["who-said-no"].lessons[FIRST].solved);

  const field = page.getByLabel("Import …");
  await field.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("[1]") });
  await page.getByText("Nothing was changed").waitFor();
  await page.getByText("2 of 16 lessons solved").waitFor();
  const theirs = JSON.stringify({ rolewalkProgress: 1, courses: { "who-said-no": { lessons: { "assume-role": { solved: true } } } } });
  await field.setInputFiles({ name: "p.json", mimeType: "application/json", buffer: Buffer.from(theirs) });
  await page.getByText("3 of 16 lessons solved").waitFor();

  await page.getByRole("button", { name: "Reset …" }).click();
  const ask = page.getByRole("dialog", { name: "Reset" });
  await ask.getByRole("button", { name: "Keep" }).click();
  await page.getByText("3 of 16 lessons solved").waitFor();
  await page.getByRole("button", { name: "Reset …" }).click();
  await ask.getByRole("button", { name: "Throw away" }).click();
  await page.getByText("0 of 16 lessons solved").waitFor();
  await page.waitForFunction(() => {
    const { learned } = JSON.parse(localStorage.getItem("rolewalk"));
    return Object.keys(learned.works).length === 0 && !learned.progress.includes("default-deny");
  });
  await field.setInputFiles(file);
  await page.getByText("2 of 16 lessons solved").waitFor();
  await page.reload();
  await page.getByText("2 of 16 lessons solved").waitFor();
});

journey("where the browser keeps nothing, lessons work and say so", async (tools) => {
  const { page } = tools;
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  const parts = await openLesson(tools, FIRST);
  await page.getByText("does not let the page keep").waitFor();
  await parts.paste(policy({}));
  await parts.solved.waitFor();
  await page.getByRole("link", { name: "Who said no?" }).click();
  await page.getByText("1 of 16 lessons solved").waitFor();
});

journey("progress of a newer Rolewalk is set aside, and nothing of it is lost", async (tools) => {
  const { page, open } = tools;
  const newer = JSON.stringify({ rolewalkProgress: 99, courses: { x: { stars: 7 } } });
  await page.addInitScript((progress) => {
    if (localStorage.getItem("rolewalk") === null) localStorage.setItem("rolewalk", JSON.stringify({ learned: { progress } }));
  }, newer);
  await open("#/learn");
  await page.getByText("Your saved progress could not be read").waitFor();
  await page.getByText("0 of 16 lessons solved").waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("rolewalk.kept")), newer);
  await page.waitForFunction(() => JSON.parse(localStorage.getItem("rolewalk")).learned.progress === "");
});

journey("work that does not fit its lesson any more is not put in it", async (tools) => {
  const { page } = tools;
  const parts = await openLesson(tools, FIRST);
  await mfa(page).click();
  const key = workKey(FIRST);
  await page.waitForFunction((key) => JSON.parse(localStorage.getItem("rolewalk") ?? "{}").learned?.works?.[key], key);
  const state = unpacked((await saved(page)).learned.works[key]);
  state.world.home.buckets.pop();
  await page.addInitScript(
    ([key, text]) => {
      const all = JSON.parse(localStorage.getItem("rolewalk"));
      all.learned.works[key] = text;
      localStorage.setItem("rolewalk", JSON.stringify(all));
    },
    [key, packed(state)],
  );
  await page.reload();
  await page.getByText("belongs to an older version of this lesson").waitFor();
  await parts.panel.getByText("Stops at the door “API call”.").waitFor();
});

journey("the lessons are fetched when somebody learns, and what cannot be had is told", async (tools) => {
  const { page, open, requests, expectError } = tools;
  const asked = () => requests.filter((it) => /\/course-[0-9a-f]+\.json$/.test(it)).length;
  await open("#/");
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  assert.equal(asked(), 0);
  expectError(/course-.*\.json/);
  expectError(/ERR_FAILED/);
  await page.route("**/course-*.json", (route) => route.abort());
  await page.getByRole("link", { name: "Learn" }).click();
  await page.getByText("course.json, could not be fetched").waitFor();
  await page.unroute("**/course-*.json");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { level: 1, name: "Who said no?" }).waitFor();
});

journey("one’s own answer and ours are laid out alike to be compared", async (tools) => {
  const { page, axe } = tools;
  const parts = await openLesson(tools, FIRST);
  await parts.isRich();
  const { Sid, Effect, Action } = READ.Statement[0];
  const own = [
    { Resource: "*", Action: "sts:GetCallerIdentity", Effect, Sid: "WhoAmI" },
    { Resource: "arn:aws:s3:::acme-churn-data/churn/*", Action: [Action], Effect, Sid },
  ];
  await parts.paste(JSON.stringify({ Statement: own, Version: READ.Version }));
  await parts.solved.waitFor();
  await page.getByRole("button", { name: "Compare" }).click();
  const dialog = page.getByRole("dialog", { name: "Your answer and ours" });
  const text = (name) => dialog.getByRole("group", { name, exact: true }).innerText();
  const keys = (text) => text.split("\n").map((it) => /^ *"\w+"/.exec(it)?.[0]).filter(Boolean);
  const [yours, ours] = [await text("Yours"), await text("Ours")];
  assert.deepEqual(keys(yours), keys(ours));
  assert.ok(keys(yours).length >= 6, yours);
  await dialog.getByText("Both are laid out alike here").waitFor();
  assert.equal(await axe(), "");
});

journey("what is to say of a wrong answer is not said once the answer is right", async (tools) => {
  const { page } = tools;
  await page.clock.install();
  const parts = await openLesson(tools, FIRST);
  const feedback = parts.panel.locator(".feedback");
  await parts.paste(policy({ Action: "s3:*", Resource: "*" }));
  await parts.meets("Alice reads the churn data");
  await parts.paste(policy({}));
  await parts.solved.waitFor();
  // Long enough for what would have been said of the answer before.
  await page.clock.runFor(5000);
  assert.equal(await feedback.count(), 0);
});
