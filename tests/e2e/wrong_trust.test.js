// The third world: the execution role trusts Lambda alone.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

journey("the walk stops where SageMaker assumes the role, until the role trusts SageMaker", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "wrong-trust");
  await parts.says(
    /Stopped at door \d+ of \d+: Assume execution role/,
    "Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role",
    "lets in only",
    "lambda.amazonaws.com",
  );
  const behind = await parts.doorButton(/S3 bucket/).textContent();
  assert.match(behind, /Not reached/);
  await page.getByText("not reached — would be open").first().waitFor();

  // The check that fails is unfolded, down to the element that misses.
  await page.getByRole("button", { name: /Principal does not hold/ }).first().click();
  await parts.selects(/lambda\.amazonaws\.com/);

  await parts.paste((await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"));
  await parts.says("Every door is open");
  assert.match(await parts.doorButton(/S3 bucket/).textContent(), /Open/);
});

journey("what is edited at a world's own address is there again after a reload", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "wrong-trust");
  await parts.says("Stopped at door");
  await page.getByRole("button", { name: /Principal does not hold/ }).first().click();
  await parts.selects(/lambda\.amazonaws\.com/);
  const edited = (await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com");
  await parts.paste(edited);
  await parts.says("Every door is open");
  await page.reload();
  await parts.says("Every door is open");
  assert.equal(await parts.textNow(), edited);
});
