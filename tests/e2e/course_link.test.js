// A course by link, by file and by text: opened beside what there is, checked while it is written, refused where it is bad.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answer, handmade, packed } from "./courses.js";
import { journey } from "./harness.js";
import { playground, openWorld } from "./playground.js";

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const begin = (page) => page.getByRole("button", { name: "Begin the course" }).click();

/** What is kept of one's learning. */
const progress = (page) =>
  page.evaluate(() => JSON.parse(JSON.parse(localStorage.getItem("rolewalk") ?? "{}").learned?.progress || "{}").courses ?? {});

journey("a course made by hand, from its link to its solved lesson, beside one's own work", async (tools) => {
  const { page, open, axe } = tools;
  // Work and progress of one's own.
  const before = await openWorld(tools, "working-studio");
  await page.locator("#policy-text").focus();
  await before.isRich();
  await before.open("Roles", "ChurnExecutionRole", "Trust policy");
  await before.paste('{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}');
  await before.says("lambda.amazonaws.com");

  await open(`#/course/${packed(handmade())}`);
  await heading(page, "Made by hand").waitFor();
  await page.getByText("1 lesson, 2 minutes").waitFor();
  assert.equal(await axe(), "");
  assert.deepEqual(await progress(page), {}, "to look is not to begin");
  await begin(page);
  await page.getByText("0 of 1 lessons solved").waitFor();
  await page.getByRole("link", { name: "The first plan", exact: true }).click();
  await page.getByText("Dana wants to read").waitFor();
  const { paste, isRich } = playground(page);
  await page.locator("#policy-text").focus();
  await isRich();
  await paste(answer);
  await page.getByText("Name the action.").waitFor();
  await page.goto(`${tools.address}#/learn`);
  await page.getByText("1 of 1 lessons solved").waitFor();
  await page.reload();
  await page.getByText("1 of 1 lessons solved").waitFor();
  // A lesson of ours is none of this course, and the way back leads to it.
  await page.goto(`${tools.address}#/present/trust-policy`);
  await page.getByText("“Made by hand”, does not have the lesson").waitFor();
  await page.goto(`${tools.address}#/learn/default-deny`);
  await page.getByText("“Made by hand”, does not have the lesson").waitFor();
  await page.getByRole("button", { name: "Back to Rolewalk’s own lessons" }).click();
  await heading(page, "Nobody may do anything yet").waitFor();
  await page.goto(`${tools.address}#/learn`);
  await page.getByText("0 of 16 lessons solved").waitFor();
  const kept = await progress(page);
  assert.ok(kept.handmade.lessons["first-plan"].solved);
  // One's own work is as it was.
  await page.goto(`${tools.address}#/`);
  await playground(page).says("lambda.amazonaws.com");
});

journey("a course that calls itself as ours does has a progress of its own", async ({ page, open }) => {
  const twin = handmade((it) => ({ ...it, course: { ...it.course, id: "who-said-no", title: "The twin" } }));
  await open(`#/course/${packed(twin)}`);
  await heading(page, "The twin").waitFor();
  await begin(page);
  await page.getByRole("link", { name: "The first plan", exact: true }).click();
  const { paste, isRich } = playground(page);
  await page.locator("#policy-text").focus();
  await isRich();
  await paste(answer);
  await page.getByText("Name the action.").waitFor();
  await page.waitForFunction(() => localStorage.getItem("rolewalk")?.includes("first-plan"));
  const kept = await progress(page);
  assert.equal(kept["who-said-no"], undefined);
  assert.equal(Object.keys(kept).filter((it) => it.startsWith("who-said-no.")).length, 1);
});

const nested = `${"[".repeat(5000)}${"]".repeat(5000)}`;
const deep = handmade((it) => ({ ...it, bases: { plans: JSON.parse(`${"[".repeat(400)}${"]".repeat(400)}`) } }));
const hostile = [
  ["is broken", packed("{"), "not JSON"],
  ["lost its end", packed(handmade()).slice(0, -12), "copy the whole link again"],
  ["has another checksum", packed(handmade()).replace(/.{8}$/, "00000000"), "copy the whole link again"],
  ["is of a newer format", packed(handmade((it) => ({ ...it, rolewalkCourse: 9, surprise: true }))), "format 9"],
  ["has a base of a newer format", packed(handmade((it) => ({ ...it, bases: { plans: { ...it.bases.plans, rolewalk: 9, surprise: true } } }))), "bases/plans"],
  ["is of a newer link", packed(handmade(), "c7"), "newer Rolewalk"],
  ["unpacks to more than there can be", packed(`{"rolewalkCourse":1,"x":"${"a".repeat(3_000_000)}"}`), "unpacks to more"],
  ["is longer than any", `c1.${"A".repeat(300_000)}.0`, "no course in a link has"],
  ["is nested deep", packed(nested), "nested too deep"],
  ["has a world nested deep", packed(deep), "nested too deep"],
  ["has an id for other places", packed(handmade((it) => ({ ...it, course: { ...it.course, id: "../../x y" } }))), "is no id"],
  ["is of a course that is not here", packed('{"rolewalkVariant":1,"of":"elsewhere"}', "cv1"), "does not have"],
  ["is a scenario", "v1.abc.def", "no shared course"],
];
for (const [name, text, says] of hostile) {
  journey(`a link that ${name}: a sentence, and nothing is lost`, async ({ page, open }) => {
    await open("#/learn");
    await page.getByText("0 of 16 lessons solved").waitFor();
    // Something to lose.
    const courses = { "who-said-no": { lessons: { "default-deny": { solved: true } } } };
    await page.evaluate((courses) => {
      const kept = JSON.parse(localStorage.getItem("rolewalk") ?? "{}");
      const learned = { progress: JSON.stringify({ rolewalkProgress: 1, courses }), works: {} };
      localStorage.setItem("rolewalk", JSON.stringify({ ...kept, learned }));
    }, courses);
    await page.goto("about:blank");
    await open(`#/course/${text}`);
    await heading(page, "This course cannot be opened").waitFor();
    await page.getByRole("alert").getByText(says).first().waitFor();
    await page.getByRole("link", { name: "To Rolewalk’s own lessons" }).click();
    await page.getByText("1 of 16 lessons solved").waitFor();
    const kept = await progress(page);
    assert.deepEqual(Object.keys(kept), ["who-said-no"]);
    assert.ok(kept["who-said-no"].lessons["default-deny"].solved);
  });
}

const nasty = [
  "<script>window.hacked = true</script>",
  "<img src=x onerror=\"window.hacked = true\">",
  "[click me](javascript:window.hacked=true)",
  "[data](data:text/html,<script>window.hacked=true</script>)",
  "![picture](https://example.com/track.png)",
  "<a href=\"javascript:window.hacked=true\">raw</a>",
].join("\n\n");

journey("script in the text of a lesson is text, and its links lead nowhere", async ({ page, open }) => {
  const title = "<img src=x onerror=window.hacked=true>";
  const course = handmade((it) => ({ ...it, course: { ...it.course, title, about: nasty } }), nasty);
  await open(`#/course/${packed(course)}`);
  await heading(page, title).waitFor();
  await begin(page);
  await page.getByRole("link", { name: "The first plan", exact: true }).click();
  await page.getByText("click me").waitFor();
  assert.equal(await page.locator("img, main script, iframe").count(), 0);
  const links = await page.locator("main a").evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  assert.ok(links.every((it) => it.startsWith("#/") || it.startsWith("https://")), links.join(" "));
  await page.getByText("click me").click();
  assert.equal(await page.evaluate(() => window.hacked), undefined);
});

const area = (page) => page.getByRole("textbox", { name: "The course as one text" });

journey("writing: findings as one types, a preview of each lesson, a link and a file", async ({ page, open, axe, context }) => {
  await open("#/author");
  await heading(page, "Open or write a course").waitFor();
  // Whoever begins has something to begin with, and what is written is not written over.
  const small = page.getByRole("button", { name: "Begin with a small course" });
  await small.click();
  await page.getByText("Nothing is wrong").waitFor();
  await small.waitFor({ state: "hidden" });
  await area(page).fill(handmade((it) => {
    it.lessons[0].lesson.hints = [];
    return it;
  }));
  await page.getByText("1 finding", { exact: true }).waitFor();
  await page.getByText("there is no hint").waitFor();
  assert.equal(await axe(), "");
  await area(page).fill(handmade().slice(0, -3));
  await page.getByRole("alert").getByText("not JSON").first().waitFor();
  // A text area shows no numbers of lines; and whoever writes has nobody to ask for another course.
  assert.doesNotMatch(await page.getByRole("alert").first().innerText(), /whoever wrote it/);
  await area(page).fill(`\n${handmade().replace('"lessons"', 'x "lessons"')}`);
  await page.getByRole("button", { name: "Go to line 2", exact: true }).click();
  const [, column] = (await page.getByRole("alert").first().innerText()).match(/line 2, column (\d+)/);
  const [isThere, start] = await area(page).evaluate((it) => [document.activeElement === it, it.selectionStart]);
  assert.ok(isThere);
  assert.equal(start, Number(column), "behind the first line's break");
  await area(page).fill(handmade());
  await page.getByText("Nothing is wrong").waitFor();
  const link = await page.getByRole("textbox", { name: "Link to the course" }).inputValue();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
  assert.equal(file.suggestedFilename(), "handmade.json");
  await page.getByRole("button", { name: "Preview The first plan" }).click();
  await page.getByText("Dana wants to read").waitFor();
  // What was written is still there.
  await open("#/author");
  await page.getByText("Nothing is wrong").waitFor();
  assert.equal(await area(page).inputValue(), handmade());
  const other = await context.newPage();
  await other.goto(link);
  await heading(other, "Made by hand").waitFor();
  await other.getByRole("button", { name: "Open it for teaching" }).click();
  await heading(other, "To teach: Made by hand").waitFor();
  await other.getByRole("checkbox", { name: "Leave out the hints" }).check();
  const given = await other.getByRole("textbox", { name: "Link to the course" }).inputValue();
  const third = await context.newPage();
  await third.goto(given);
  await third.getByText("There are no hints.").waitFor();
});

journey("a course’s file and its folder are opened, and what is missing is told", async ({ page, open }) => {
  const folder = mkdtempSync(join(tmpdir(), "rolewalk-course-"));
  try {
    const { course, bases, lessons } = JSON.parse(handmade());
    const root = join(folder, "my-course");
    mkdirSync(join(root, "a"), { recursive: true });
    mkdirSync(join(root, "bases"));
    writeFileSync(join(root, "course.json"), JSON.stringify(course));
    writeFileSync(join(root, "bases", "plans.json"), JSON.stringify(bases.plans));
    writeFileSync(join(root, "a", "lesson.json"), JSON.stringify(lessons[0].lesson));
    writeFileSync(join(root, "a", "text.md"), lessons[0].text);
    const packedFile = join(folder, "handmade.json");
    writeFileSync(packedFile, handmade());
    const large = join(folder, "large.json");
    writeFileSync(large, `{"rolewalkCourse":1,"x":"${"a".repeat(2_000_000)}"}`);

    await open("#/author");
    const chosen = (name) => page.getByLabel(name, { exact: true });
    await chosen("A folder").setInputFiles(root);
    await page.getByText("Nothing is wrong").waitFor();
    await page.getByRole("heading", { level: 2, name: "Made by hand" }).waitFor();
    await chosen("Files").setInputFiles([join(root, "course.json"), join(root, "a", "text.md")]);
    await page.getByRole("alert").getByText("a/lesson.json").first().waitFor();
    await chosen("Files").setInputFiles(large);
    await page.getByRole("alert").getByText("a course may have").first().waitFor();
    await chosen("Files").setInputFiles(packedFile);
    await page.getByText("Nothing is wrong").waitFor();
    // Dropped anywhere on the page.
    await area(page).fill("");
    await page.getByText("Nothing to look at yet.").waitFor();
    const data = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "handmade.json", { type: "application/json" }));
      return data;
    }, handmade());
    await page.dispatchEvent("#author-text", "drop", { dataTransfer: data });
    await page.getByText("Nothing is wrong").waitFor();
    // Its folder, as the system's file manager drops one.
    await area(page).fill("");
    await page.getByText("Nothing to look at yet.").waitFor();
    const { x, y } = await page.getByRole("heading", { level: 1 }).boundingBox();
    const session = await page.context().newCDPSession(page);
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      const data = { items: [], files: [root], dragOperationsMask: 1 };
      await session.send("Input.dispatchDragEvent", { type, x: x + 5, y: y + 5, data });
    }
    await page.getByText("Nothing is wrong").waitFor();
    await page.getByRole("button", { name: "Open the course" }).click();
    await page.getByText("0 of 1 lessons solved").waitFor();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

journey("a course that was opened is there in another tab, until it is removed", async ({ page, open, axe, context, address }) => {
  await open(`#/course/${packed(handmade())}`);
  await begin(page);
  await page.getByText("0 of 1 lessons solved").waitFor();
  await page.getByText("It is kept in this browser, and so is your progress in it.").waitFor();
  await page.close();

  const later = await context.newPage();
  await later.goto(`${address}#/learn`);
  // Addresses of our own lessons lead to our own course.
  await later.getByText("0 of 16 lessons solved").waitFor();
  const kept = later.getByRole("region", { name: "Courses that you were given" });
  await kept.getByText("Made by hand").waitFor();
  assert.equal(await axe(later), "");
  await kept.getByRole("button", { name: "Open Made by hand" }).click();
  await later.getByText("0 of 1 lessons solved").waitFor();
  await kept.getByText("open", { exact: true }).waitFor();
  await kept.getByRole("button", { name: "Remove Made by hand" }).click();
  await later.getByText("0 of 16 lessons solved").waitFor();
  await kept.waitFor({ state: "detached" });
  await later.reload();
  await later.getByText("0 of 16 lessons solved").waitFor();
  assert.equal(await kept.count(), 0);
});

journey("a course that there is no room for says so, and is open all the same", async ({ page, open }) => {
  await page.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      if (key === "rolewalk.courses") throw new DOMException("no room", "QuotaExceededError");
      return set.call(this, key, text);
    };
  });
  await open(`#/course/${packed(handmade())}`);
  await begin(page);
  await page.getByText("0 of 1 lessons solved").waitFor();
  await page.getByText("This browser has no room to keep the course").waitFor();
  await page.getByText("the course is not: open its link or file again").waitFor();
});

journey("a preview of a course keeps nothing, and what a newer Rolewalk keeps is left alone", async ({ page, open }) => {
  await open("#/author");
  await area(page).fill(handmade());
  await page.getByText("Nothing is wrong").waitFor();
  await page.getByRole("button", { name: "Preview The first plan" }).click();
  await page.getByText("Dana wants to read").waitFor();
  const keptText = () => page.evaluate(() => localStorage.getItem("rolewalk.courses"));
  assert.equal(await keptText(), null);
  await page.evaluate(() => localStorage.setItem("rolewalk.courses", '{"in": "another way"}'));
  await open("#/author");
  await page.getByRole("button", { name: "Open the course" }).click();
  await page.getByText("This browser has no room to keep the course").waitFor();
  assert.equal(await keptText(), '{"in": "another way"}');
});

journey("a tab that may keep nothing opens a course all the same", async ({ page, open }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  await open(`#/course/${packed(handmade())}`);
  await begin(page);
  await page.getByText("0 of 1 lessons solved").waitFor();
});

/** Words that no packing makes much shorter. */
const noise = (n_lines) => Array.from({ length: n_lines }, (_, idx) => createHash("sha256").update(`${idx}`).digest("base64url")).join("\n\n");

for (const width of [1440, 390]) {
  journey(`a QR code is as large as a phone needs it, and a course that would be too fine for one says what to do (${width} px)`, { viewport: { width, height: 844 } }, async ({ page, open, axe }) => {
    const code = page.getByRole("img", { name: "QR code of the link to the course" });
    await open(`#/course/${packed(handmade())}`);
    await page.getByRole("button", { name: "Open it for teaching" }).click();
    await page.getByRole("button", { name: "QR code" }).click();
    const drawn = await code.evaluate((it) => {
      it.scrollIntoView({ block: "center" });
      const box = it.getBoundingClientRect();
      return { side: Number(it.getAttribute("viewBox").split(" ")[2]), width: box.width, height: box.height, room: it.parentElement.clientWidth };
    });
    assert.equal(Math.round(drawn.width), Math.round(drawn.height));
    // Six pixels for each point, or all the room there is.
    const wanted = Math.min(drawn.side * 6, drawn.room, 844 * 0.84);
    assert.ok(drawn.width >= wanted - 2, JSON.stringify(drawn));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

    await open("#/");
    await open(`#/course/${packed(handmade((it) => it, noise(40)))}`);
    await page.getByRole("button", { name: "Open it for teaching" }).click();
    await page.getByRole("button", { name: "QR code" }).click();
    await page.getByText(/too fine for a phone to read from a screen: copy the link, or save the course as a file|too long for any QR code/).waitFor();
    assert.equal(await code.count(), 0);
    await page.getByRole("button", { name: "Save as file" }).waitFor();
    assert.equal(await axe(), "");
  });
}
