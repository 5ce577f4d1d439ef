// The small world of the generated cases: who asks, what is asked, and with which values. Data only.

export const HOME = "111122223333";
export const AWAY = "444455556666";
export const BUCKET = "arn:aws:s3:::data";

export const USER = `arn:aws:iam::${HOME}:user/alice`;
export const ROLE = `arn:aws:iam::${HOME}:role/Scientist`;
export const SESSION = `arn:aws:sts::${HOME}:assumed-role/Scientist/run`;
export const FEDERATED = `arn:aws:sts::${HOME}:federated-user/bob`;
export const ROOT = `arn:aws:iam::${HOME}:root`;
export const SERVICE = "sagemaker.amazonaws.com";

/** Those with the most rules come most often. */
export const PRINCIPALS = [
  ...Array(6).fill(USER),
  ...Array(8).fill(SESSION),
  ...Array(3).fill(FEDERATED),
  ROOT,
  SERVICE,
  SERVICE,
  { type: "Anonymous" },
  { type: "Anonymous" },
];

/** What is asked, of whose resource; the keys are those that AWS lists for the action. */
export const QUESTIONS = [
  { action: "s3:GetObject", resource: `${BUCKET}/team-a/1.csv` },
  { action: "s3:PutObject", resource: `${BUCKET}/alice/1.csv`, keys: ["s3:x-amz-server-side-encryption"] },
  { action: "s3:ListBucket", resource: BUCKET, keys: ["s3:prefix", "s3:max-keys"] },
  {
    action: "kms:Decrypt",
    resource: "arn:aws:kms:eu-west-1:OWNER:key/1",
    keys: ["kms:ViaService", "kms:EncryptionContext:app"],
  },
  { action: "sqs:SendMessage", resource: "arn:aws:sqs:eu-west-1:OWNER:jobs" },
  { action: "secretsmanager:GetSecretValue", resource: "arn:aws:secretsmanager:eu-west-1:OWNER:secret:db-AbCdEf" },
  { action: "sns:Publish", resource: "arn:aws:sns:eu-west-1:OWNER:news" },
  { action: "lambda:InvokeFunction", resource: "arn:aws:lambda:eu-west-1:OWNER:function:train" },
  {
    action: "sts:AssumeRole",
    resource: "arn:aws:iam::OWNER:role/Target",
    keys: ["sts:ExternalId", "sts:RoleSessionName"],
    isTrust: true,
  },
  {
    action: "sagemaker:CreateTrainingJob",
    resource: `arn:aws:sagemaker:eu-west-1:${HOME}:training-job/team-a-1`,
    keys: [
      "sagemaker:InstanceTypes",
      "sagemaker:VpcSubnets",
      "sagemaker:MaxRuntimeInSeconds",
      "aws:RequestTag/team",
      "aws:TagKeys",
    ],
    isWithoutPolicy: true,
  },
  {
    action: "iam:PassRole",
    resource: `arn:aws:iam::${HOME}:role/Job`,
    keys: ["iam:PassedToService"],
    isWithoutPolicy: true,
  },
  {
    action: "dynamodb:GetItem",
    resource: "arn:aws:dynamodb:eu-west-1:OWNER:table/runs",
    keys: ["dynamodb:Attributes", "dynamodb:LeadingKeys"],
    isOutsideRcps: true,
  },
  { action: "s3:ListAllMyBuckets", resource: "*", isWithoutPolicy: true, wildcardOnlyAction: true },
];

export const GLOBAL_KEYS = [
  "aws:PrincipalTag/team",
  "aws:PrincipalTag/level",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:CalledVia",
  "aws:SourceVpce",
  "aws:UserAgent",
  "aws:MultiFactorAuthAge",
  "aws:MultiFactorAuthPresent",
  "aws:SecureTransport",
  "aws:CurrentTime",
  "aws:TokenIssueTime",
  "aws:EpochTime",
  "aws:SourceIp",
  "aws:SourceArn",
];

export const TYPES = {
  "aws:PrincipalOrgPaths": "strings",
  "aws:CalledVia": "strings",
  "aws:TagKeys": "strings",
  "sagemaker:InstanceTypes": "strings",
  "sagemaker:VpcSubnets": "strings",
  "dynamodb:Attributes": "strings",
  "dynamodb:LeadingKeys": "strings",
  "s3:max-keys": "number",
  "aws:MultiFactorAuthAge": "number",
  "sagemaker:MaxRuntimeInSeconds": "number",
  "aws:MultiFactorAuthPresent": "bool",
  "aws:SecureTransport": "bool",
  "aws:CurrentTime": "date",
  "aws:TokenIssueTime": "date",
  "aws:EpochTime": "epoch",
  "aws:SourceIp": "ip",
  "aws:SourceArn": "arn",
  "aws:PrincipalArn": "arn",
};

export const REQUEST_VALUES = {
  string: ["a", "b", "A", "team-a", "alice", "", ""],
  number: ["10", "10.0", "9", "3600", "-1"],
  bool: ["true", "false"],
  date: ["2025-06-01T12:00:00Z", "2025-06-01T14:00:00+02:00", "2024-01-01T00:00:00Z"],
  epoch: ["1748779200", "1704067200"],
  ip: ["10.1.2.3", "192.0.2.7", "2001:db8::1", "2001:0DB8:0:0:0:0:0:1"],
  arn: [`arn:aws:sns:eu-west-1:${HOME}:news`, "arn:aws:s3:::data", `arn:aws:lambda:eu-west-1:${AWAY}:function:a:1`],
};

export const POLICY_VALUES = {
  string: [
    "a",
    "b",
    "team-a",
    "alice",
    "team-*",
    "?",
    "*",
    "A",
    "${aws:username}",
    "${aws:PrincipalTag/team}",
    "team-${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/none}",
    "${aws:PrincipalTag/none, 'a'}",
    "${*}",
  ],
  number: ["10", "10.0", "9.5", "3600", "0"],
  bool: ["true", "false", "True"],
  date: ["2025-06-01T12:00:00Z", "2025-01-01", "2024-01-01T00:00:00Z", "1748779200"],
  epoch: ["1748779200", "2025-06-01T12:00:00Z", "1704067200"],
  ip: ["10.0.0.0/8", "10.1.2.3", "10.1.2.3/16", "192.0.2.0/24", "2001:db8::/32", "2001:db8::1", "0.0.0.0/0"],
  arn: [
    `arn:aws:sns:*:${HOME}:news`,
    "arn:aws:s3:::*",
    "arn:aws:lambda:*:*:function:*",
    "arn:aws:*:*:*:*",
    "arn:aws:s3:::data",
    "arn:aws:s3:::${aws:PrincipalTag/none}",
  ],
};
REQUEST_VALUES.strings = REQUEST_VALUES.string.filter((it) => it !== "");
POLICY_VALUES.strings = POLICY_VALUES.string;

const STRING_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
];
const DATE_OPERATORS = [
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
];
export const OPERATORS = {
  string: STRING_OPERATORS,
  strings: STRING_OPERATORS,
  number: [
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
  ],
  bool: ["Bool"],
  date: DATE_OPERATORS,
  epoch: DATE_OPERATORS,
  ip: ["IpAddress", "NotIpAddress"],
  arn: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
};
