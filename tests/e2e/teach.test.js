// The teacher's page: agenda, times, talking points, solutions; on paper; a link with settings; a participant's result.

import assert from "node:assert/strict";
import { journey } from "./harness.js";

const title = (page) => page.getByRole("heading", { level: 1, name: "To teach: Who said no?" });

journey("agenda, times and the answer of every lesson", async ({ page, open, axe }) => {
  await open("#/teach");
  await title(page).waitFor();
  await page.getByText("16 lessons in 6 parts, 90 minutes (1:30)").waitFor();
  const agenda = page.getByRole("region", { name: "Agenda" });
  assert.equal(await agenda.getByRole("row").count(), 7);
  await agenda.getByRole("cell", { name: "0:13 to 0:33" }).waitFor();
  await page.getByText("Draw the question: who, which action").waitFor();
  const lessons = page.getByRole("article");
  assert.equal(await lessons.count(), 16);
  assert.equal(await lessons.getByRole("heading", { name: "Goals", exact: true }).count(), 16);
  const answers = await lessons.evaluateAll((all) => all.map((it) => /Solution/.test(it.textContent) && /wear|told|because|\w/.test(it.textContent)));
  assert.ok(answers.every(Boolean), "a lesson has no solution");
  assert.equal(await axe(), "");
  // With the keyboard to a lesson's presentation.
  await page.getByRole("link", { name: "Present What a job needs" }).press("Enter");
  await page.waitForURL(/#\/present\/execution-role$/);
});

journey("on paper there is the agenda with all solutions, and no buttons", async ({ page, open }) => {
  await open("#/teach");
  await title(page).waitFor();
  await page.emulateMedia({ media: "print" });
  await page.waitForFunction(() => [...document.styleSheets].some((it) => /\/teach-[0-9a-f]+\.css$/.test(it.href)));
  assert.equal(await page.getByRole("button", { name: "Copy link" }).isVisible(), false);
  assert.equal(await page.getByRole("banner").isVisible(), false);
  assert.equal(await page.getByText("Draw the question: who, which action").isVisible(), true);
  const pdf = await page.pdf({ format: "A4" });
  const n_pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  assert.ok(n_pages >= 10 && n_pages <= 60, `${n_pages} pages`);
});

journey("the link carries the settings, and opens beside what there is", async ({ page, open, context }) => {
  await open("#/teach");
  await title(page).waitFor();
  await page.getByRole("combobox", { name: "Lessons" }).selectOption("free");
  await page.getByRole("combobox", { name: "Solutions" }).selectOption("never");
  await page.getByRole("checkbox", { name: "Leave out the hints" }).check();
  const link = await page.getByRole("textbox", { name: "Link to the course" }).inputValue();
  assert.match(link, /#\/course\/cv1\./);
  assert.ok(link.length < 400, link);
  await page.getByRole("button", { name: "QR code" }).click();
  await page.getByRole("img", { name: "QR code of the link to the course" }).waitFor();

  const other = await context.newPage();
  await other.goto(link);
  await other.getByRole("heading", { level: 1, name: "Who said no?" }).waitFor();
  for (const told of ["All lessons are open from the first.", "Solutions are shown to the teacher alone.", "There are no hints."]) {
    await other.getByText(told).waitFor();
  }
  await other.getByRole("button", { name: "Begin the course" }).click();
  await other.waitForURL(/#\/learn$/);
  await other.getByText("0 of 16 lessons solved").waitFor();
  // Free order: a late lesson is open; it stays so after a reload.
  await other.reload();
  await other.getByRole("link", { name: "Mend the whole chain" }).waitFor();
  await other.getByRole("button", { name: "Back to Rolewalk’s own lessons" }).click();
  await other.getByText("opens after").first().waitFor();
});

journey("a result as a link and a code, shown to the teacher", async ({ page, open, axe, context }) => {
  await open("#/learn");
  await page.getByText("0 of 16 lessons solved").waitFor();
  await page.evaluate(() => {
    const score = { statements: 1, characters: 90, actions: 2 };
    const lessons = { "default-deny": { solved: true, score, nHints: 1 }, "groups-and-deny": {} };
    const progress = JSON.stringify({ rolewalkProgress: 1, courses: { "who-said-no": { lessons } } });
    const kept = JSON.parse(localStorage.getItem("rolewalk") ?? "{}");
    localStorage.setItem("rolewalk", JSON.stringify({ ...kept, learned: { progress, works: {} } }));
  });
  await page.goto("about:blank");
  await open("#/learn");
  await page.getByRole("link", { name: "Show your result to a teacher" }).click();
  await page.getByText("1 of 16 lessons solved in “Who said no?”.").waitFor();
  await page.getByRole("textbox", { name: /What you want to be called/ }).fill("<img src=x onerror=alert(1)> Ada");
  await page.getByRole("button", { name: "QR code" }).click();
  await page.getByRole("img", { name: "QR code of the link to your result" }).waitFor();
  assert.equal(await axe(), "");
  const link = await page.getByRole("textbox", { name: "Link to your result" }).inputValue();
  assert.match(link, /#\/result\/r1\./);

  const teacher = await context.newPage();
  await teacher.goto(link);
  await teacher.getByRole("heading", { level: 1, name: "<img src=x onerror=alert(1)> Ada" }).waitFor();
  assert.equal(await teacher.locator("img").count(), 0);
  const row = teacher.getByRole("row", { name: /Nobody may do anything yet/ });
  await row.getByRole("cell", { name: "solved", exact: true }).waitFor();
  await row.getByRole("cell", { name: "1 statement, 90 characters, 2 actions" }).waitFor();
});

const tamper = (link) => link.replace(/(r1\.)(.)/, (_, start, letter) => start + (letter === "A" ? "B" : "A"));

for (const [name, hash, says] of [
  ["damaged", tamper("#/result/r1.q1YqykzPLsov0yvIz0nNS1ayUlBKL8osUbJSKk7MLchJVdJRKk5NzMtMKUpNVrKKjq0FAA.12345678"), "damaged"],
  ["of a newer version", "#/result/r7.abc.def", "newer"],
  ["no result", "#/result/hello", "is no result"],
  ["huge", `#/result/r1.${"A".repeat(70_000)}.0`, "more in it"],
]) {
  journey(`a link that is ${name} is told`, async ({ page, open }) => {
    await open(hash);
    await page.getByRole("heading", { level: 1, name: "This result cannot be shown" }).waitFor();
    await page.getByRole("alert").getByText(says).first().waitFor();
  });
}

for (const colorScheme of ["light", "dark"]) {
  journey(`on a phone in ${colorScheme}`, { viewport: { width: 390, height: 844 }, colorScheme, hasTouch: true }, async ({ page, open, axe }) => {
    for (const [hash, heading] of [["#/teach", "To teach: Who said no?"], ["#/result", "Your result"], ["#/author", "Open or write a course"]]) {
      await open(hash);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      assert.equal(await axe(), "");
      const isWide = await page.locator("main").evaluate((it) => it.scrollWidth > it.clientWidth + 1);
      assert.ok(!isWide, `${hash} scrolls sideways`);
    }
  });
}

journey("how it is presented counts in this tab at once, and for others by the link", async ({ page, open, axe, context }) => {
  await open("#/teach");
  await title(page).waitFor();
  await page.getByText("How it is presented counts in this tab at once").waitFor();
  await page.getByRole("combobox", { name: "Presenting shows a verdict" }).selectOption("atOnce");
  await page.getByRole("checkbox", { name: "Leave out the hints" }).check();
  assert.equal(await axe(), "");
  const link = await page.getByRole("textbox", { name: "Link to the course" }).inputValue();
  const step = (page) => page.locator(".present-step");
  const told = (page) => step(page).locator(".chip").waitFor();
  await page.getByRole("link", { name: "Present What a job needs" }).click();
  await told(page);
  await page.reload();
  await told(page);
  // Back on the page it is still chosen, and so it is where one presents one's own scenario.
  await open("#/teach");
  await title(page).waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Presenting shows a verdict" }).inputValue(), "atOnce");
  // One's own lessons stay as they are: hints are there.
  await open("#/learn/default-deny");
  await page.getByRole("button", { name: "A hint" }).waitFor();

  const other = await context.newPage();
  await other.goto(page.url().replace(/#.*/, "#/present/execution-role"));
  await step(other).getByText("Open or shut?").waitFor();
  await other.goto(link);
  await other.getByRole("button", { name: "Open it for teaching" }).click();
  await other.getByRole("link", { name: "Present What a job needs" }).click();
  await told(other);
});
