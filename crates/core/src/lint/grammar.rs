//! The pages about what `policy::parse` finds.
//!
//! Checks nothing. Invariant: every code of `policy::parse` has a page here, and no code of a rule has.

/// Codes and their pages, in the order of the codes.
pub(super) const PAGES: &[(&str, &str)] = &[
    (
        "action-matches-nothing",
        "An action whose name has blanks or other characters that no action has.\n\n\
         It is saved, and stands for nothing.\n\n\
         Instead, write the name in letters and digits; `*` and `?` are wildcards.\n",
    ),
    (
        "action-with-colons",
        "An action with more than one colon.\n\n\
         IAM refuses it.\n\n\
         Instead, write `service:Name`; an ARN belongs in `Resource`.\n",
    ),
    (
        "action-without-prefix",
        "An action without a service in front.\n\n\
         IAM refuses it: `GetObject` could be anybody's.\n\n\
         Instead, write `service:Name`, such as `s3:GetObject`, or `*` for every action.\n",
    ),
    (
        "allow-not-principal",
        "`Allow` with `NotPrincipal`.\n\n\
         It allows everybody who is not listed, callers without credentials too.\n\n\
         Instead, list in `Principal` who is allowed, or deny everybody with a condition on `aws:PrincipalArn`.\n",
    ),
    (
        "any-action-with-prefix",
        "`*:*` in the place of `*`.\n\n\
         It means the same, and not every reader of policies knows it.\n\n\
         Instead, write `*`.\n",
    ),
    (
        "bad-escape",
        "A backslash in a text, with something behind it that JSON does not know.\n\n\
         The document is not JSON.\n\n\
         Instead, write `\\\\` for a backslash, `\\\"` for a quote.\n",
    ),
    (
        "bad-number",
        "A number that is none.\n\n\
         The document is not JSON.\n\n\
         Instead, write digits, or put the value in quotes.\n",
    ),
    (
        "both-forms",
        "An element and its `Not…` twin in one statement.\n\n\
         IAM refuses it: a statement has `Action` or `NotAction`, `Resource` or `NotResource`, `Principal` or `NotPrincipal`.\n\n\
         Instead, keep one of the two, or write two statements.\n",
    ),
    (
        "bucket-with-region",
        "A bucket's ARN with a region.\n\n\
         IAM refuses it: the name of a bucket is unique in all regions.\n\n\
         Instead, write `arn:aws:s3:::bucket`.\n",
    ),
    (
        "byte-order-mark",
        "A byte order mark in front of the document.\n\n\
         IAM refuses it. Some editors write one.\n\n\
         Instead, save the text as UTF-8 without it.\n",
    ),
    (
        "curly-quotes",
        "A text in curly quotes.\n\n\
         The document is not JSON: word processors and chats make such quotes of straight ones.\n\n\
         Instead, write straight double quotes.\n",
    ),
    (
        "document-too-large",
        "A document with more characters than its kind of policy may have.\n\n\
         AWS refuses to save it, or does so for this kind of attachment. IAM does not count blanks outside of texts; organizations, sessions and endpoints do.\n\n\
         Instead, split the policy, or put patterns in the place of long lists.\n",
    ),
    (
        "duplicate-key",
        "A name twice in one object.\n\n\
         IAM refuses it. Other readers of JSON take the last one and forget the first.\n\n\
         Instead, keep one of the two, or put their values into one list.\n",
    ),
    (
        "duplicate-sid",
        "A `Sid` that two statements have.\n\n\
         IAM refuses it; in resource policies some services take it.\n\n\
         Instead, give each statement an id of its own, or none.\n",
    ),
    (
        "element-not-allowed",
        "An element that this kind of policy does not have.\n\n\
         A policy of an identity has no `Principal`, because it is about whoever it is attached to; a trust policy has no `Resource`, because it is about its role.\n\n\
         Instead, remove it.\n",
    ),
    (
        "empty-list",
        "A list or an object without an entry.\n\n\
         IAM refuses it.\n\n\
         Instead, put something into it, or remove what it belongs to.\n",
    ),
    (
        "empty-text",
        "A document without anything in it.\n\n\
         There is nothing to read.\n\n\
         Instead, begin with `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`.\n",
    ),
    (
        "expected-key",
        "Something else where the name of a member should stand.\n\n\
         The document is not JSON.\n\n\
         Instead, write a name in quotes, a colon and a value.\n",
    ),
    (
        "extra-comma",
        "A comma with nothing behind it.\n\n\
         The document is not JSON.\n\n\
         Instead, remove the comma.\n",
    ),
    (
        "iam-with-region",
        "An ARN of IAM with a region.\n\n\
         IAM refuses it: users, roles and policies are in no region.\n\n\
         Instead, write two colons behind `iam`.\n",
    ),
    (
        "invalid-character",
        "A character that may not stand in a policy.\n\n\
         IAM takes characters up to U+00FF only.\n\n\
         Instead, write it as `\\u` and four hexadecimal digits, or leave it out.\n",
    ),
    (
        "invalid-condition-value",
        "A value that is no number or date, under an operator that compares those.\n\n\
         IAM refuses it.\n\n\
         Instead, write a number, or a date such as `2026-01-31T12:00:00Z`.\n",
    ),
    (
        "invalid-effect",
        "An `Effect` that is neither `Allow` nor `Deny`.\n\n\
         IAM refuses it; letters count.\n\n\
         Instead, write `Allow` or `Deny`.\n",
    ),
    (
        "invalid-prefix",
        "A service prefix with characters that no service has.\n\n\
         IAM refuses it.\n\n\
         Instead, write the prefix in letters, digits and hyphens, such as `s3`.\n",
    ),
    (
        "invalid-principal",
        "A principal that is none.\n\n\
         AWS refuses to save it. Groups are no principals, and a session's ARN names its session.\n\n\
         Instead, write an account, the ARN of a user or role, a service such as `sagemaker.amazonaws.com`, or a provider.\n",
    ),
    (
        "invalid-sid",
        "A `Sid` with other characters than letters and digits.\n\n\
         IAM refuses it; some services take more in their resource policies.\n\n\
         Instead, write A-Z, a-z and 0-9 only.\n",
    ),
    (
        "invalid-version",
        "A `Version` that the policy language does not have.\n\n\
         IAM refuses it. It names the language, and is no date of the policy.\n\n\
         Instead, write `2012-10-17`.\n",
    ),
    (
        "missing-colon",
        "A name without a colon behind it.\n\n\
         The document is not JSON.\n\n\
         Instead, write a colon between name and value.\n",
    ),
    (
        "missing-comma",
        "Two members or entries without a comma between them.\n\n\
         The document is not JSON.\n\n\
         Instead, write the comma.\n",
    ),
    (
        "missing-element",
        "An element that a statement or document must have.\n\n\
         IAM refuses a statement without `Effect`, without `Action`, and, where its kind of policy asks for them, without `Resource` or `Principal`.\n\n\
         Instead, add it.\n",
    ),
    (
        "missing-value",
        "A name without a value.\n\n\
         The document is not JSON.\n\n\
         Instead, write the value.\n",
    ),
    (
        "nested-too-deep",
        "Brackets within brackets, deeper than any policy needs.\n\n\
         Reading stops there.\n\n\
         Instead, take some of them away.\n",
    ),
    (
        "not-a-policy",
        "JSON that is not a policy.\n\n\
         A policy is an object with `Statement`.\n\n\
         Instead, begin with `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`.\n",
    ),
    (
        "not-an-sts-action",
        "An action in a trust policy that assumes no role: of another service, or another one of `sts`.\n\n\
         IAM refuses it: a trust policy says who may take on the role, and with what.\n\n\
         Instead, name `sts:AssumeRole` and its like, and `sts:TagSession`, `sts:SetSourceIdentity` or `sts:SetContext`.\n",
    ),
    (
        "null-value",
        "`null` among the values.\n\n\
         It stands for nothing.\n\n\
         Instead, remove it.\n",
    ),
    (
        "old-version",
        "A document in the old version of the language, where AWS takes new ones only.\n\n\
         Documents of before 2012 may still be there; a new one is refused.\n\n\
         Instead, write `\"Version\": \"2012-10-17\"`.\n",
    ),
    (
        "rcp-allow",
        "`Allow` in a resource control policy.\n\n\
         Organizations refuses it: such a policy only takes away.\n\n\
         Instead, write `Deny`.\n",
    ),
    (
        "rcp-any-action",
        "`*` as the action of a resource control policy.\n\n\
         Organizations refuses it.\n\n\
         Instead, name the service of each action, such as `s3:*`.\n",
    ),
    (
        "rcp-not-action",
        "`NotAction` in a resource control policy.\n\n\
         Organizations refuses it.\n\n\
         Instead, list the actions in `Action`.\n",
    ),
    (
        "rcp-principal",
        "A principal other than `*` in a resource control policy.\n\n\
         Organizations refuses it.\n\n\
         Instead, write `\"Principal\": \"*\"` and a condition on who is meant.\n",
    ),
    (
        "resource-not-arn",
        "A resource that is not an ARN.\n\n\
         IAM refuses it.\n\n\
         Instead, write `arn:partition:service:region:account:resource`, or `*`.\n",
    ),
    (
        "short-arn",
        "An ARN with fewer than six parts.\n\n\
         IAM takes what is missing for `*` in some policies, other policies match nothing by it, and some are refused.\n\n\
         Instead, write all six parts.\n",
    ),
    (
        "single-quotes",
        "A text in single quotes.\n\n\
         The document is not JSON.\n\n\
         Instead, write double quotes.\n",
    ),
    (
        "text-after-end",
        "Something behind the end of the document.\n\n\
         The document is not JSON.\n\n\
         Instead, remove it, or put it into the document.\n",
    ),
    (
        "text-too-long",
        "A text longer than any policy.\n\n\
         Nothing can be meant by it.\n\n\
         Instead, shorten it; a wildcard stands for many names.\n",
    ),
    (
        "unclosed-bracket",
        "A bracket that is not closed.\n\n\
         The document is not JSON.\n\n\
         Instead, close it where its list or object ends.\n",
    ),
    (
        "unclosed-string",
        "A text whose quote is not closed.\n\n\
         The document is not JSON.\n\n\
         Instead, close it.\n",
    ),
    (
        "unexpected-character",
        "A character that has no place there.\n\n\
         The document is not JSON.\n\n\
         Instead, remove it.\n",
    ),
    (
        "unknown-element",
        "A name that the policy language does not have.\n\n\
         IAM refuses it.\n\n\
         Instead, write an element of the language, or remove it.\n",
    ),
    (
        "unknown-iam-path",
        "An ARN of IAM of no kind that IAM has.\n\n\
         IAM refuses it.\n\n\
         Instead, begin the sixth part with `user/`, `role/`, `group/`, `policy/` or another kind of IAM's.\n",
    ),
    (
        "unknown-operator",
        "A condition operator that does not exist.\n\n\
         IAM refuses it. Where such a statement is there all the same, it cannot be judged.\n\n\
         Instead, write an operator such as `StringEquals`, `ArnLike`, `Bool` or `Null`.\n",
    ),
    (
        "unknown-partition",
        "A partition that AWS does not have.\n\n\
         IAM refuses it.\n\n\
         Instead, write `aws`, `aws-cn` or `aws-us-gov` behind `arn:`.\n",
    ),
    (
        "unopened-bracket",
        "A closing bracket without an opening one.\n\n\
         The document is not JSON.\n\n\
         Instead, remove it.\n",
    ),
    (
        "unquoted-key",
        "A name without quotes.\n\n\
         The document is not JSON.\n\n\
         Instead, put it in double quotes.\n",
    ),
    (
        "unquoted-text",
        "A text without quotes.\n\n\
         The document is not JSON.\n\n\
         Instead, put it in double quotes.\n",
    ),
    (
        "value-matches-nothing",
        "A value that its operator can never match.\n\n\
         It is saved: `Bool` with `yes`, `IpAddress` with a name, `ArnLike` with what is no ARN. The condition is not met.\n\n\
         Instead, write a value of the operator's kind.\n",
    ),
    (
        "variable-in-old-version",
        "A policy variable in a document of the old version.\n\n\
         `${aws:username}` is ordinary text there, and matches nothing that was meant.\n\n\
         Instead, write `\"Version\": \"2012-10-17\"`.\n",
    ),
    (
        "wildcard-in-prefix",
        "A wildcard in front of an action's colon.\n\n\
         IAM refuses it.\n\n\
         Instead, name the service; wildcards stand behind the colon only.\n",
    ),
    (
        "wildcard-in-principal",
        "A wildcard within a principal.\n\n\
         AWS refuses to save it: a principal is everybody (`*`) or one.\n\n\
         Instead, write `*` and a condition on `aws:PrincipalArn`, which takes wildcards.\n",
    ),
    (
        "wildcard-service",
        "An ARN whose service is a pattern.\n\n\
         AWS's pages do not allow it. It is compared like the other parts.\n\n\
         Instead, name the service, one ARN for each.\n",
    ),
    (
        "wrapped-policy",
        "A policy inside the answer of the AWS CLI, or written as a string.\n\n\
         IAM takes the policy alone.\n\n\
         Instead, keep the object with `Version` and `Statement`, and nothing around it.\n",
    ),
    (
        "wrong-bracket",
        "A closing bracket of the other sort.\n\n\
         The document is not JSON.\n\n\
         Instead, write `}` for an object and `]` for a list.\n",
    ),
    (
        "wrong-case",
        "The name of an element in the wrong letters.\n\n\
         IAM refuses it: names of elements count letters.\n\n\
         Instead, write it as the message says.\n",
    ),
    (
        "wrong-type",
        "A value of another type than its element has.\n\n\
         IAM refuses it: `Action` is a text or a list of texts, `Condition` an object.\n\n\
         Instead, write a value of the right type.\n",
    ),
];
