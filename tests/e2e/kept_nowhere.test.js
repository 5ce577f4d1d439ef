// Local storage that is blocked, full or corrupt: every page of learning and teaching works, and says what is not kept.

import assert from "node:assert/strict";
import { allBut, lessonPage } from "./course.js";
import { handmade } from "./courses.js";
import { journey } from "./harness.js";

/** Every access is refused, as in a frame of a stranger or by a setting. */
function blocked() {
  for (const storage of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, storage, { get: () => { throw new DOMException("no", "SecurityError"); } });
  }
}

/** What is there can be read, and nothing more is taken. */
function full() {
  Storage.prototype.setItem = () => { throw new DOMException("no room", "QuotaExceededError"); };
}

/** Something that no Rolewalk has written. */
function corrupt() {
  if (localStorage.getItem("rolewalk.kept") === null) localStorage.setItem("rolewalk", '{"draft": {"scenario": "v1.nonsense"');
}

const notKept = (page) => page.getByText("does not let the page keep drafts or progress");
const setAside = (page) => page.getByText("The text of both is kept in local storage under rolewalk.kept");
const told = { blocked: notKept, full: notKept, corrupt: setAside };

const pages = {
  "the overview": async ({ page, open }) => {
    await open("#/learn");
    await page.getByText("of 16 lessons solved").waitFor();
  },
  "a lesson": async ({ page, open }) => {
    await open("#/learn/default-deny");
    await page.locator(".panel-lesson").waitFor();
    await page.getByRole("button", { name: "A hint" }).click();
  },
  "a ticket": async ({ page, open }) => {
    await open("#/learn/mental-model/t1");
    await page.getByRole("button", { name: "Open it anyway" }).click();
    await page.locator(".panel-lesson .ticket .choice").first().click();
  },
  "a challenge": async ({ page, open }) => {
    await open("#/challenge/7/1");
    await page.getByText("The challenges open when you have solved").waitFor();
  },
  "the teacher’s page": async ({ page, open }) => {
    await open("#/teach");
    await page.getByRole("heading", { level: 1, name: "To teach: Who said no?" }).waitFor();
  },
  "the author’s page": async ({ page, open }) => {
    await open("#/author");
    await page.getByRole("heading", { level: 1, name: "Open or write a course" }).waitFor();
  },
  "a result": async ({ page, open }) => {
    await open("#/result");
    await page.getByRole("heading", { level: 1, name: "Your result" }).waitFor();
  },
};

for (const [how, spoil] of Object.entries({ blocked, corrupt })) {
  for (const [name, visit] of Object.entries(pages)) {
    journey(`${name} with storage that is ${how}`, async (tools) => {
      const { page, axe } = tools;
      await page.addInitScript(spoil);
      await visit(tools);
      await told[how](page).first().waitFor();
      assert.equal(await told[how](page).count(), 1, "told once");
      assert.equal(await axe(), "");
    });
  }
}

// Where nothing more is taken, that shows with the first that is to be kept.
for (const name of ["a lesson", "a ticket"]) {
  journey(`${name} with storage that is full`, async (tools) => {
    const { page, axe } = tools;
    await page.addInitScript(full);
    await pages[name](tools);
    await notKept(page).waitFor();
    assert.equal(await axe(), "");
    // Elsewhere on the page it is still so.
    await page.evaluate(() => (location.hash = "#/learn"));
    await page.getByText("of 16 lessons solved").waitFor();
    assert.equal(await notKept(page).count(), 1);
  });
}

journey("a challenge with storage that is full", async (tools) => {
  const { page, open } = tools;
  const lessons = Object.fromEntries(allBut("none").map((id) => [id, { solved: true }]));
  const progress = JSON.stringify({ rolewalkProgress: 1, courses: { "who-said-no": { lessons } } });
  await page.addInitScript((learned) => {
    if (localStorage.getItem("rolewalk") === null) localStorage.setItem("rolewalk", JSON.stringify({ learned }));
  }, { progress, works: {} });
  await page.addInitScript(full);
  await open("#/challenge/7/1");
  await page.getByRole("heading", { name: "Which door is shut?" }).waitFor();
  const { panel } = lessonPage(page);
  const doors = panel.locator(".doors-to-choose button");
  const found = panel.getByText("That is the door");
  for (let idx = 0; idx < (await doors.count()) && (await found.count()) === 0; idx += 1) {
    await doors.nth(idx).click();
    await found.or(panel.getByText(/^Not “/)).waitFor();
  }
  // Something to keep.
  const first = page.locator(".scene").getByRole("combobox").first();
  const others = await first.evaluate((it) => [...it.options].filter((option) => !option.selected).map((option) => option.value));
  await first.selectOption(others[0]);
  await notKept(page).waitFor();
});

journey("a course that is written where the tab keeps nothing says to save it", async ({ page, open, axe }) => {
  await page.addInitScript(full);
  await open("#/author");
  const told = page.getByText("does not let the tab keep this text");
  await page.getByRole("textbox", { name: "The course as one text" }).fill(handmade());
  await page.getByRole("heading", { name: "Made by hand" }).waitFor();
  await told.waitFor();
  assert.equal(await axe(), "");
  await page.getByRole("textbox", { name: "The course as one text" }).fill("");
  await told.waitFor({ state: "detached" });
  // To open it works as long as the page is there, and says that it is not kept.
  await page.getByRole("textbox", { name: "The course as one text" }).fill(handmade());
  await page.getByRole("button", { name: "Open the course" }).click();
  await page.getByText("0 of 1 lessons solved").waitFor();
  await page.getByText("the course is not: open its link or file again").or(page.getByText(/no room to keep/)).first().waitFor();
});

journey("how it is presented counts where the tab keeps nothing, and says for how long", async ({ page, open }) => {
  await page.addInitScript(full);
  await open("#/teach");
  await page.getByRole("combobox", { name: "Presenting shows a verdict" }).selectOption("atOnce");
  await page.getByText("how it is presented counts until the page is loaded anew").waitFor();
  await page.getByRole("link", { name: "Present What a job needs" }).click();
  await page.locator(".present-step .chip").waitFor();
});
