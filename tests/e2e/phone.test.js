// A narrow screen: one view at a time, nothing cut off, nothing wider than the screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { allBut, lessons, openLesson, withSolved } from "./course.js";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";
import { packed } from "./share.js";

const SHARED = JSON.parse(readFileSync(new URL("../share/links/v2-changed.json", import.meta.url), "utf8")).text;

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

for (const width of [360, 390]) {
  journey(`the walk is read and mended on a screen ${width} wide`, { viewport: { width, height: 780 }, hasTouch: true }, async (tools) => {
    const { page, axe } = tools;
    const parts = await openWorld(tools, "wrong-trust");
    await parts.says("Stopped at door", "lambda.amazonaws.com");
    assert.ok(await fits(page));
    assert.equal(await axe(), "");
    const scenario = page.getByRole("button", { name: "Scenario", exact: true });
    assert.equal(await scenario.getAttribute("aria-expanded"), "false");
    await scenario.click();
    await page.getByRole("combobox", { name: "IAM user" }).waitFor();
    assert.equal(await scenario.getAttribute("aria-expanded"), "true");
    assert.ok(await fits(page));
    await scenario.click();
    await page.getByRole("combobox", { name: "IAM user" }).waitFor({ state: "hidden" });
    for (const view of ["Account", "Model", "Editor"]) {
      await page.getByRole("navigation").getByRole("button", { name: view }).click();
      assert.ok(await fits(page), view);
    }
    await parts.paste((await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"));
    await page.getByRole("navigation").getByRole("button", { name: "Flow" }).click();
    await parts.says("Every door is open");
    assert.equal(await axe(), "");
  });
}

for (const width of [360, 390]) {
  journey(`every button of the bar says what it does, and a thumb hits it (${width} px)`, { viewport: { width, height: 844 }, hasTouch: true }, async (tools) => {
    const { page, open, axe } = tools;
    for (const [address, words] of [
      ["#/world/working-studio", ["Library", "Learn", "Undo", "Redo", "Start over", "Import", "Export", "File", "Share"]],
      [`#/s/${SHARED}`, ["Undo", "Redo", "Start over", "Share", "Export"]],
      ["#/learn/default-deny", ["Undo", "Redo"]],
      ["#/learn", ["Playground", "Learn"]],
    ]) {
      await open("#/");
      await open(address);
      const bar = page.getByRole("banner");
      for (const word of words) {
        const button = bar.getByRole("button", { name: word, exact: true }).or(bar.getByRole("link", { name: word, exact: true }));
        await button.waitFor();
        const text = button.getByText(word, { exact: true }).or(button).last();
        assert.ok((await text.boundingBox()).width > 15, `${address}: ${word} is not to be read`);
      }
      const small = await bar.evaluate((bar) => {
        const all = [...bar.querySelectorAll("button, a, select, .segment")].filter((it) => it.checkVisibility());
        const boxes = all.map((it) => [it.textContent || it.title, it.getBoundingClientRect()]);
        return boxes.filter(([, box]) => box.width < 43.5 || box.height < 43.5).map(([name, box]) => `${name}: ${box.width} × ${box.height}`);
      });
      assert.deepEqual(small, [], address);
      const lines = await bar.evaluate((bar) => new Set([...bar.querySelectorAll(".button.quiet")].filter((it) => it.checkVisibility()).map((it) => Math.round(it.getBoundingClientRect().y))).size);
      assert.ok(lines <= 2, `${address}: the buttons lie in ${lines} lines`);
      assert.ok(await fits(page), address);
      assert.equal(await axe(page, ".top-bar"), "");
    }
  });
}

/** A start world, shared, whose names are as long as AWS takes them, and have no place to break. */
function longNames() {
  const world = readFileSync(new URL("../../crates/lessons/worlds/working-studio.json", import.meta.url), "utf8");
  const longer = [
    ["ChurnExecutionRole", 64, "X"],
    ["DataScientistRole", 64, "X"],
    ["acme-sagemaker-churn", 63, "x"],
    ["UseDataKey", 128, "X"],
  ];
  const text = longer.reduce((text, [name, length, more]) => text.replaceAll(name, name.padEnd(length, more)), world);
  const { invitation: _, ...scenario } = JSON.parse(text);
  return { ...scenario, name: "Long".padEnd(128, "N") };
}

for (const [width, barHeight] of [[1440, 60], [1024, 60], [768, 90], [390, 150], [320, 150]]) {
  journey(`names as long as AWS takes them break or are cut, and nothing scrolls sideways (${width} px)`, { viewport: { width, height: 800 } }, async (tools) => {
    const { page, open } = tools;
    const scenario = longNames();
    await open(`#/s/${packed("v1", scenario)}`);
    const title = page.getByRole("heading", { level: 1, name: scenario.name });
    await title.waitFor();
    assert.equal(await title.getAttribute("title"), scenario.name);
    const isClear = await title.evaluate((it) => it.getBoundingClientRect().right <= document.querySelector(".top-bar .segments").getBoundingClientRect().left);
    assert.ok(isClear, "the name runs under the switch of the theme");
    assert.ok(await fits(page), "shared");
    const tab = (name) => page.getByRole("navigation").getByRole("button", { name, exact: true });
    if (width <= 760) await tab("Editor").click();
    const link = page.locator(".attachment .link");
    await link.waitFor();
    // The panel beside the flow clips what is too wide, and the window then does not scroll.
    const sticksOut = await link.evaluate((it) => it.getBoundingClientRect().right - document.documentElement.clientWidth);
    assert.ok(sticksOut <= 0, `the role’s name sticks out by ${sticksOut}`);
    for (const name of width <= 760 ? ["Editor", "Account", "Model", "Flow"] : []) {
      await tab(name).click();
      assert.ok(await fits(page), name);
    }
    await page.getByRole("button", { name: "Keep as mine" }).click();
    const world = page.getByRole("combobox", { name: "World" });
    await world.waitFor();
    await page.getByTitle(`${scenario.name} (shared)`, { exact: true }).waitFor();
    assert.ok(await fits(page), "own");
    const { height } = await page.getByRole("banner").boundingBox();
    assert.ok(height <= barHeight, `the bar is ${height} high`);
  });
}

journey("at twice the size everything is still there", { viewport: { width: 640, height: 400 } }, async (tools) => {
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.says("Stopped at door");
  assert.ok(await fits(tools.page));
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Whether all of an element lies above the tabs and below the window's upper edge. */
const isInSight = (locator) =>
  locator.evaluate((it) => {
    const own = it.getBoundingClientRect();
    const tabs = document.querySelector(".tabs").getBoundingClientRect();
    return own.top >= 0 && own.bottom <= tabs.top;
  });

for (const colorScheme of ["light", "dark"]) {
  journey(`what is said to a ticket’s answer is in sight above the tabs (${colorScheme})`, { ...PHONE, colorScheme }, async (tools) => {
    const { page, axe } = tools;
    await withSolved(page, allBut("mental-model"));
    const { panel } = await openLesson(tools, "mental-model/t1");
    const choices = panel.locator(".ticket .choice");
    // The last buttons just above the tabs, as a thumb has scrolled them.
    await choices.last().evaluate((it) => scrollBy(0, it.getBoundingClientRect().bottom - document.querySelector(".tabs").getBoundingClientRect().top + 4));
    await choices.last().click();
    const said = panel.locator(".predicted");
    await said.waitFor();
    await page.waitForFunction(() => document.querySelector(".panel-lesson .predicted").getBoundingClientRect().bottom <= document.querySelector(".tabs").getBoundingClientRect().top);
    assert.ok(await isInSight(said));
    assert.equal(await axe(), "");
  });
}

journey("a lesson has a way to all lessons", PHONE, async (tools) => {
  const { page } = tools;
  await openLesson(tools, "default-deny");
  const all = page.getByRole("navigation", { name: "Lessons" }).getByRole("link", { name: "All lessons" });
  const { width, height } = await all.boundingBox();
  assert.ok(Math.min(width, height) >= 44, `${width} × ${height}`);
  assert.ok(await fits(page));
  await all.click();
  await page.getByText("0 of 16 lessons solved").waitFor();
});

journey("what is said to a guess and hints come into sight, too", PHONE, async (tools) => {
  const { page } = tools;
  await withSolved(page, lessons.map((it) => it.id).filter((it) => it === "default-deny"));
  const { panel } = await openLesson(tools, "groups-and-deny");
  await panel.locator(".choice").first().click();
  await panel.locator(".predicted").waitFor();
  await page.waitForFunction(() => {
    const box = document.querySelector(".panel-lesson .predicted").getBoundingClientRect();
    return box.top >= 0 && box.bottom <= document.querySelector(".tabs").getBoundingClientRect().top;
  });
  const hint = panel.getByRole("button", { name: /hint/i });
  await hint.click();
  await hint.click();
  await page.waitForFunction(() => document.querySelector("#lesson-help").getBoundingClientRect().bottom <= document.querySelector(".tabs").getBoundingClientRect().top);
});

journey("in another tab the line of the goals tells that something is said of the answer, and leads there", PHONE, async (tools) => {
  const { page } = tools;
  const { panel, tab, paste, isRich } = await openLesson(tools, "default-deny");
  const strip = page.locator(".lesson-strip");
  await tab("Editor");
  await isRich();
  const all = { Sid: "All", Effect: "Allow", Action: "s3:*", Resource: ["arn:aws:s3:::acme-churn-data", "arn:aws:s3:::acme-churn-data/*"] };
  await paste(JSON.stringify({ Version: "2012-10-17", Statement: [all] }));
  await strip.getByText("See what is said of it.").waitFor();
  // In one line, so that nothing moves while one types.
  assert.ok((await strip.boundingBox()).height < 45);
  await strip.click();
  await panel.locator(".said").waitFor();
  await page.waitForFunction(() => {
    const box = document.querySelector(".panel-lesson .said").getBoundingClientRect();
    return box.top >= 0 && box.bottom <= document.querySelector(".tabs").getBoundingClientRect().top;
  });
});

journey("that it is solved is in sight when one comes back to the lesson", PHONE, async (tools) => {
  const { page } = tools;
  const { panel, tab, paste, isRich, solved } = await openLesson(tools, "default-deny");
  await tab("Editor");
  await isRich();
  const read = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-churn-data/*" };
  await paste(JSON.stringify({ Version: "2012-10-17", Statement: [read] }));
  await page.locator(".lesson-strip").getByText("Solved").waitFor();
  await tab("Lesson");
  await solved.waitFor();
  await page.waitForFunction(() => {
    const box = document.querySelector("#lesson-solved").getBoundingClientRect();
    return box.top >= 0 && box.bottom <= document.querySelector(".tabs").getBoundingClientRect().top;
  });
  await panel.getByRole("link", { name: "Next lesson", exact: true }).click();
  // The next one begins at its top.
  await page.getByRole("heading", { level: 1, name: "Groups, and the no that wins" }).waitFor();
  await page.waitForFunction(() => document.querySelector("#lesson-title").getBoundingClientRect().top >= 0);
});

journey("no title of a lesson is cut, and what the list says of each begins below its title", PHONE, async ({ page, open }) => {
  await open("#/learn");
  await page.getByText("opens after").first().waitFor();
  const edges = await page.locator(".lesson-row").evaluateAll((rows) =>
    rows.map((row) => {
      const left = (part) => Math.round(row.querySelector(part).getBoundingClientRect().left);
      const words = document.createRange();
      words.selectNodeContents([...row.querySelectorAll(".lesson-state > *")].find((it) => !it.classList.contains("visually-hidden")));
      return left(".lesson-title") - Math.round(words.getBoundingClientRect().left);
    }),
  );
  assert.deepEqual(edges, lessons.map(() => 0));
  for (const { id, title } of lessons) {
    await page.evaluate((id) => (location.hash = `#/learn/${id}`), id);
    const anyway = page.getByRole("button", { name: "Open it anyway" });
    const heading = page.getByRole("heading", { level: 1, name: title, exact: true });
    await heading.waitFor();
    if (await anyway.count()) await anyway.click();
    const bar = page.locator("#lesson-title", { hasText: title });
    await bar.waitFor();
    const cut = await bar.evaluate((it) => it.scrollWidth > it.clientWidth || getComputedStyle(it).textOverflow !== "clip" && getComputedStyle(it).whiteSpace === "nowrap");
    assert.ok(!cut, title);
    assert.ok(await fits(page), title);
  }
});

journey("no line of the scenario's sentence begins with a comma", PHONE, async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.says("Stopped at door");
  const sentence = page.getByRole("group", { name: "Scenario", exact: true });
  if (!(await sentence.isVisible())) await page.locator(".scenario-button").click();
  await page.getByRole("button", { name: "More details" }).click();
  await page.getByRole("textbox", { name: "Source identity" }).waitFor();
  // Where a line ends follows from the width: one of these would break before a comma.
  for (let width = 320; width <= 430; width += 1) {
    await page.setViewportSize({ width, height: 844 });
    const [n, torn] = await sentence.evaluate((it) => {
      const commas = [...it.querySelectorAll(".comma")];
      const behind = (comma) => {
        const before = comma.previousElementSibling;
        return before.matches(".sentence-message:empty") ? before.previousElementSibling : before;
      };
      const isTorn = (comma) => {
        const [own, before] = [comma, behind(comma)].map((it) => it.getBoundingClientRect());
        return own.left < before.right - 1 || own.right > it.getBoundingClientRect().right + 1;
      };
      return [commas.length, commas.filter(isTorn).map((it) => behind(it).getAttribute("aria-label"))];
    });
    assert.ok(n > 8, `${n} commas are looked at`);
    assert.deepEqual(torn, [], `at ${width} px`);
  }
  assert.ok(await fits(page));
});

journey("a long wrong name breaks in the message that it stands in", PHONE, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const tab = (name) => page.getByRole("navigation").getByRole("button", { name, exact: true });
  const wrong = "x".repeat(300);
  for (const [kind, thing] of [["S3 bucket", "acme-sagemaker-churn"], ["IAM user", "alice"]]) {
    await tab("Account").click();
    await page.getByRole("searchbox", { name: "Search the account" }).fill(thing);
    await page.locator(".tree-row", { hasText: thing }).last().click();
    await tab("Editor").click();
    const name = page.getByRole("textbox", { name: "Name", exact: true }).first();
    await name.fill(wrong);
    await name.press("Enter");
    await page.locator(".field-message", { hasText: wrong }).waitFor();
    assert.ok(await fits(page), kind);
  }
  assert.equal(await axe(), "");
  await tab("Flow").click();
  await page.getByRole("button", { name: "Scenario", exact: true }).click();
  await page.getByRole("button", { name: "More details" }).click();
  await page.getByRole("textbox", { name: "Source IP address" }).fill(wrong);
  await page.locator(".sentence-message", { hasText: wrong }).or(page.getByText("not an IP address")).first().waitFor();
  assert.ok(await fits(page), "an address");
});

journey("the words at the foot stand on one line with those beside them", PHONE, async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const foot = page.getByRole("contentinfo");
  await foot.getByRole("link", { name: "Glossary" }).waitFor();
  const lines = await foot.evaluate((it) =>
    [...it.children].filter((part) => part.offsetHeight > 0).map((part) => {
      const text = document.createRange();
      text.selectNodeContents(part);
      const { bottom } = [...text.getClientRects()].at(-1);
      return [part.textContent, bottom];
    }),
  );
  // What is in one line has one bottom; the next line is well below it.
  for (const [left, top] of lines) {
    for (const [right, other] of lines) assert.ok(Math.abs(top - other) < 1 || Math.abs(top - other) > 12, `${left}, ${right}: ${top}, ${other}`);
  }
});
