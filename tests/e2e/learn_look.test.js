// Every lesson's page: axe finds nothing in either theme, and at twice the size nothing is cut off.

import assert from "node:assert/strict";
import { allBut, lessons, openLesson, withSolved } from "./course.js";
import { journey } from "./harness.js";

/** What is wider than the page, or than the box that cuts it off. */
const cutOff = (page) =>
  page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push("the page scrolls sideways");
    for (const it of document.querySelectorAll(".panel-lesson *")) {
      const { left, right, width } = it.getBoundingClientRect();
      const scrolls = it.closest("pre, .visually-hidden");
      if (width > 0 && !scrolls && (left < -1 || right > window.innerWidth + 1)) found.push(it.className || it.tagName);
    }
    return found.join(", ");
  });

for (const [idx, lesson] of lessons.entries()) {
  for (const colorScheme of ["light", "dark"]) {
    journey(`${lesson.id} is axe-clean, ${colorScheme}`, { colorScheme }, async (tools) => {
      await withSolved(tools.page, allBut(lesson.id));
      await openLesson(tools, lesson.id);
      await tools.page.getByText(`Lesson ${idx + 1} of ${lessons.length}`).waitFor();
      assert.equal(await tools.axe(), "");
    });
  }

  journey(`${lesson.id} is whole at twice the size`, { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }, async (tools) => {
    const { page } = tools;
    await withSolved(page, allBut(lesson.id));
    const parts = await openLesson(tools, lesson.id);
    await page.getByText(`Lesson ${idx + 1} of ${lessons.length}`).waitFor();
    assert.equal(await cutOff(page), "");
    for (const tab of ["Account", "Editor", "Lesson"]) {
      await parts.tab(tab);
      assert.equal(await cutOff(page), "", tab);
    }
  });
}
