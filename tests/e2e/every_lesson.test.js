// Every exercise in the page's own hands: its start is unsolved, its solution solves it, each wrong answer is told of.

import assert from "node:assert/strict";
import { allBut, changed, exercises, openLesson, packed, saved, unpacked, withSolved, workKey } from "./course.js";
import { journey } from "./harness.js";

const plain = (text) => text.replaceAll("`", "");

for (const exercise of exercises) {
  journey(`${exercise.id}: the start is open, the solution solves it, wrong answers are told`, async (tools) => {
    const { page } = tools;
    await withSolved(page, allBut(exercise.id));
    const parts = await openLesson(tools, exercise.id);
    // Who does what is free: with another choice the page keeps the world as it was given.
    await page.getByRole("checkbox", { name: "with MFA" }).click();
    const key = workKey(exercise.id);
    await page.waitForFunction((key) => JSON.parse(localStorage.getItem("rolewalk") ?? "{}").learned?.works?.[key], key);
    const start = unpacked((await saved(page)).learned.works[key]);
    assert.equal(await parts.solved.count(), 0);

    const put = async (state) => {
      await page.addInitScript(
        ([key, text]) => {
          const all = JSON.parse(localStorage.getItem("rolewalk") ?? "{}");
          if (!all.learned) return;
          all.learned.works = { [key]: text };
          for (const it of Object.values(JSON.parse(all.learned.progress).courses)) delete it.current;
          localStorage.setItem("rolewalk", JSON.stringify(all));
        },
        [key, packed(state)],
      );
      await page.reload();
      await parts.panel.waitFor();
      assert.equal(await page.getByText("belongs to an older version").count(), 0);
    };
    for (const wrong of exercise.wrong) {
      await put(changed(start, wrong.changes));
      await parts.panel.locator(".feedback", { hasText: plain(wrong.feedback).slice(0, 60) }).waitFor();
      assert.equal(await parts.solved.count(), 0, wrong.name);
    }
    await put(changed(start, exercise.solution.changes));
    await parts.solved.waitFor();
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("Another answer that meets the goals is as good").waitFor();
  });
}
