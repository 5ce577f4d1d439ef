// A policy that cannot be read, in a link: nothing that rests on it is said to be open.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { playground } from "./playground.js";
import { packed } from "./share.js";

const scenario = () => {
  const url = new URL("../../docs/embedding/html/role.rolewalk.json", import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
};
const denying = (effect) =>
  `{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "${effect}", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::acme-churn-data", "arn:aws:s3:::acme-churn-data/*"] }\n  ]\n}`;

journey("a bucket policy that cannot be read lets nothing pass, and the way to its error is one click", async (tools) => {
  const { page, open, axe } = tools;
  const parts = playground(page);
  const broken = scenario();
  broken.world.home.buckets.find((it) => it.name === "acme-churn-data").policy = denying("deny");
  const role = broken.world.home.roles.find((it) => it.name === broken.choice.role);
  role.trustPolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${broken.world.home.account}:root` }, Action: "sts:AssumeRole" }],
  });
  await open(`#/s/${packed("v1", broken)}`);
  await parts.says("No door is shut, but not all could be judged", "The bucket policy of acme-churn-data cannot be read: line 4", "deny is not an effect");
  await parts.says("Mend line 4 of the bucket policy of acme-churn-data");
  assert.equal(await parts.verdict.getByText("Every door is open").count(), 0);
  assert.equal(await page.getByText("last good version").count(), 0);
  assert.equal(await axe(), "");
  await parts.verdict.getByRole("button", { name: /Show in the bucket policy/ }).click();
  await parts.selects(/deny/);
});

journey("a trust policy that cannot be read is not called none", async (tools) => {
  const { page, open } = tools;
  const parts = playground(page);
  const broken = scenario();
  const role = broken.world.home.roles.find((it) => it.name === broken.choice.role);
  role.trustPolicy = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}]';
  await open(`#/s/${packed("v1", broken)}`);
  await parts.says(/could be judged/, /trust policy of .* cannot be read/, /add } where it ends/);
  await parts.doorButton(/role/i).first().click();
  const doors = page.getByRole("list", { name: "Doors", exact: true });
  assert.equal(await doors.getByText("There is none").count(), 0);
});
