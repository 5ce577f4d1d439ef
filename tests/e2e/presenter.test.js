// Presenting: one door after the other, each verdict covered until the class has guessed, by keys alone.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

const step = (page) => page.locator(".present-step");
const place = (page) => page.locator(".present-place");
/** How the doors of the picture look: those that were told have a state. */
const told = (page) =>
  page.locator(".present .badge").evaluateAll((all) => all.filter((it) => !it.classList.contains("is-unreached")).length);

/** Waits for a place such as `Door 2 of 10`. */
const at = (page, text) => place(page).getByText(text, { exact: true }).waitFor();

journey("a lesson door by door with the keyboard, up to the one that is shut", async ({ page, open, axe }) => {
  await open("#/present/execution-role");
  await at(page, "Door 1 of 10");
  await page.getByRole("group", { name: "Keys" }).getByText("class says open").waitFor();
  await step(page).getByText("Open or shut?").waitFor();
  assert.equal(await told(page), 0, "nothing is told before it is guessed");
  assert.equal(await step(page).locator(".chip").count(), 0);
  assert.equal(await axe(), "");

  await page.keyboard.press("o");
  await step(page).getByText("The class said open: right.").waitFor();
  assert.equal(await told(page), 1);
  await page.keyboard.press("ArrowRight");
  await at(page, "Door 2 of 10");
  await step(page).getByText("Open or shut?").waitFor();
  assert.equal(await told(page), 1);
  // Space shows and covers; a remote control goes on by PageDown.
  await page.keyboard.press("Space");
  await step(page).locator(".chip").waitFor();
  await page.keyboard.press("Space");
  await step(page).getByText("Open or shut?").waitFor();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  await at(page, "Door 3 of 10");
  await page.keyboard.press("PageUp");
  await at(page, "Door 2 of 10");
  await page.keyboard.press("End");
  await at(page, "The end");
  await step(page).getByText("Stopped at door 6").waitFor();
  await step(page).getByText("To take along").waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Space");
  await page.keyboard.press("x");
  await step(page).getByText("The class said shut: right.").waitFor();
  await step(page).getByText("ecr:GetAuthorizationToken").first().waitFor();
  assert.equal(await axe(), "");
  await page.keyboard.press("Escape");
  await page.waitForURL(/#\/learn\/execution-role$/);
});

journey("the light is on one door, and can be on all", async ({ page, open }) => {
  await open("#/present/execution-role");
  await at(page, "Door 1 of 10");
  const lit = () => page.locator(".present .node.is-lit").count();
  assert.equal(await lit(), 2);
  // The way to a door lies behind its number, in the dark, too.
  const opacity = page.locator(".present .badge:not(.is-lit) .badge-ground").first().evaluate((it) => {
    let all = 1;
    for (let part = it; !part.matches(".present"); part = part.parentElement) all *= Number(getComputedStyle(part).opacity);
    return all;
  });
  assert.equal(await opacity, 1);
  assert.equal(await page.locator(".present.has-spotlight").count(), 1);
  // The door stays in the light when it is told.
  const door = page.locator(".present .badge.is-lit");
  await page.keyboard.press("o");
  await page.locator(".present .badge.is-lit.is-current.is-open").waitFor();
  assert.equal(await door.count(), 1);
  await page.keyboard.press("End");
  await at(page, "The end");
  assert.equal(await page.locator(".present .badge:not(.is-lit)").count(), 0);
  await page.keyboard.press("Home");
  await at(page, "Door 1 of 10");
  assert.equal(await door.count(), 1);
  await page.keyboard.press("s");
  await page.locator(".present:not(.has-spotlight)").waitFor();
});

journey("the question before a lesson comes first, its answer later", async ({ page, open }) => {
  await open("#/present/groups-and-deny");
  await at(page, /^(Door 1 of |The question)/);
  const choices = step(page).getByRole("listitem");
  assert.ok((await choices.count()) > 1);
  assert.equal(await step(page).locator(".is-told").count(), 0);
  await page.keyboard.press("Enter");
  await step(page).locator(".is-told").waitFor();
});

journey("the playground's scenario is presented, and nothing else of the visitor is on the screen", async (tools) => {
  const { page } = tools;
  const { paste, open, says, isRich } = await openWorld(tools, "working-studio");
  await page.locator("#policy-text").focus();
  await isRich();
  // Work of one's own, and progress that there would be to show.
  await open("Roles", "ChurnExecutionRole", "Trust policy");
  await paste('{"Version": "2012-10-17", "Statement": [{"Sid": "MySecretName", "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}');
  await says("lambda.amazonaws.com");
  await page.getByRole("contentinfo").getByRole("link", { name: "Present" }).click();
  await at(page, /^(Door 1 of |The question)/);
  const words = await page.locator("body").innerText();
  for (const own of ["MySecretName", "Undo", "draft", "A working studio", "solved"]) {
    assert.ok(!words.includes(own), `${own} is on the screen`);
  }
  assert.doesNotMatch(await page.title(), /studio/i);
  await page.keyboard.press("Escape");
  await page.waitForURL(/#\/$/);
  await says("lambda.amazonaws.com");
});

journey("a lesson is presented as it is given, whatever somebody has made of it", async ({ page, open }) => {
  const saved = { "who-said-no": { current: "default-deny", lessons: { "default-deny": { solved: true } } } };
  await open("#/learn");
  await page.getByText("0 of 16 lessons solved").waitFor();
  await page.evaluate((courses) => {
    const kept = JSON.parse(localStorage.getItem("rolewalk") ?? "{}");
    kept.learned = { ...kept.learned, progress: JSON.stringify({ rolewalkProgress: 1, courses }) };
    localStorage.setItem("rolewalk", JSON.stringify(kept));
  }, saved);
  await open("#/present/default-deny");
  await page.reload();
  await at(page, /^(Door 1 of |The question)/);
  assert.ok(!(await page.locator("body").innerText()).match(/solved/i));
});

journey("keys of one's browser, and unknown lessons, are left alone", async ({ page, open }) => {
  await open("#/present/no-such-lesson");
  await page.getByRole("heading", { name: "No such lesson" }).waitFor();
  await open("#/present/mental-model/no-such-ticket");
  await page.getByRole("heading", { name: "No such lesson" }).waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  journey(`on a narrow screen in ${colorScheme}, by the buttons`, { viewport: { width: 390, height: 844 }, colorScheme, hasTouch: true }, async ({ page, open, axe }) => {
    await open("#/present/execution-role");
    await at(page, "Door 1 of 10");
    await step(page).getByRole("button", { name: "Shut" }).click();
    await step(page).getByText("The class said shut: not so.").waitFor();
    await page.getByRole("button", { name: "→ on" }).click();
    await at(page, "Door 2 of 10");
    assert.equal(await axe(), "");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it scrolls sideways");
    await page.getByRole("button", { name: "Esc leave" }).click();
    await page.waitForURL(/#\/learn\/execution-role$/);
  });
}

for (const [width, height] of [[1920, 1080], [1280, 720]]) {
  for (const colorScheme of ["light", "dark"]) {
    journey(`every step is whole on the screen, and the door is large (${width} × ${height}, ${colorScheme})`, { viewport: { width, height }, colorScheme }, async ({ page, open, axe }) => {
      for (const [id, n_steps] of [["execution-role", 40], ["default-deny", 12], ["mental-model/t5", 40]]) {
        await open("#/");
        await open(`#/present/${id}`);
        await step(page).waitFor();
        const largest = await page.locator(".picture-svg").evaluate((it) => {
          const room = it.closest(".present-picture").getBoundingClientRect();
          const box = it.getBBox();
          const scale = it.getScreenCTM().a;
          return { scale, share: Math.max((box.width * scale) / room.width, (box.height * scale) / room.height) };
        });
        // Names are 12 units high.
        assert.ok(largest.scale * 12 >= height / 54, `${id}: names are ${largest.scale * 12} pixels high`);
        assert.ok(largest.share > 0.8, `${id}: the picture takes ${largest.share} of its room`);
        for (let n = 0; n < n_steps; n++) {
          await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
          const found = await page.evaluate(() => {
            const step = document.querySelector(".present-step");
            const heading = step.querySelector("h2");
            return {
              page: document.documentElement.scrollHeight - innerHeight,
              step: step.scrollHeight - step.clientHeight,
              wide: document.documentElement.scrollWidth - innerWidth,
              heading: parseFloat(getComputedStyle(heading).fontSize),
              text: parseFloat(getComputedStyle(step).fontSize),
            };
          });
          const where = `${id}, ${await place(page).innerText()}`;
          assert.deepEqual([found.page, found.step, found.wide], [0, 0, 0], where);
          assert.ok(found.heading >= height / 27, `${where}: ${found.heading}`);
          assert.ok(found.text >= height / 54, `${where}: ${found.text}`);
          await page.keyboard.press("ArrowRight");
        }
        await at(page, "The end");
      }
      assert.equal(await axe(), "");
    });
  }
}

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  journey(`a name has a second line where there is room for one (${viewport.width} px)`, { viewport }, async ({ page, open }) => {
    await open("#/present/execution-role");
    await at(page, "Door 1 of 10");
    const names = await page.locator(".present .node").evaluateAll((all) =>
      all.map((it) => [...it.querySelectorAll(".node-name")].map((line) => line.textContent).join("")),
    );
    assert.ok(names.includes("DataScientistRole"), names.join(", "));
    const outside = await page.locator(".present .node").evaluateAll((all) =>
      all.filter((it) => {
        const box = it.querySelector(".node-box").getBoundingClientRect();
        return [...it.querySelectorAll("text")].some((line) => {
          const text = line.getBoundingClientRect();
          return text.right > box.right || text.bottom > box.bottom;
        });
      }).length,
    );
    assert.equal(outside, 0);
  });
}
