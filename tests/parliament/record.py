"""Writes what parliament finds: `record.py managed.json OUT` in the managed policies, `record.py --examples CHECKOUT OUT` in
the policies of its own tests.

Run by `cargo xtask parliament`, which installs parliament 1.6.4 first; nothing of it runs in a test. Expanding an action
is remembered, which changes no answer and makes the run a hundred times shorter.
"""

import builtins
import functools
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")

import parliament  # noqa: E402
import parliament.statement  # noqa: E402
import parliament.policy  # noqa: E402


def remembered(function):
    cache = {}

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        key = (args, tuple(sorted(kwargs.items())))
        if key not in cache:
            try:
                cache[key] = (function(*args, **kwargs), None)
            except Exception as error:
                cache[key] = (None, error)
        value, error = cache[key]
        if error is not None:
            raise error
        return list(value) if isinstance(value, list) else value

    return wrapper


def speed_up():
    for name in ("expand_action", "get_privilege_info"):
        for module in (parliament, parliament.statement, parliament.policy):
            if hasattr(module, name):
                original = getattr(module, name)
                if not hasattr(original, "__wrapped__"):
                    faster = remembered(original)
                    for other in (parliament, parliament.statement, parliament.policy):
                        if getattr(other, name, None) is original:
                            setattr(other, name, faster)
    parliament.statement.is_arn_strictly_valid = remembered(parliament.statement.is_arn_strictly_valid)
    in_actions = parliament.statement.Statement.in_actions

    def once(self, prefix, name):
        known = self.__dict__.setdefault("_known", {})
        if (prefix, name) not in known:
            known[(prefix, name)] = in_actions(self, prefix, name)
        return known[(prefix, name)]

    parliament.statement.Statement.in_actions = once


def details_of(finding, statements):
    """What a finding is about, one text for each thing."""
    if finding.issue in ("UNKNOWN_ACTION", "UNKNOWN_PREFIX", "EXCEPTION", "INVALID_ARN", "MISMATCHED_TYPE"):
        return [str(finding.detail)]
    if finding.issue == "UNKNOWN_CONDITION_FOR_ACTION":
        return [str(finding.detail).replace("Unknown condition ", "").replace(" for action ", " ")]
    if finding.issue == "RESOURCE_MISMATCH":
        # The place of the statement, the action, and the form that no resource of the statement has.
        return [f"{statements[id(finding)]} {it['action']} {it['required_format']}" for it in finding.detail]
    if finding.issue in ("CREDENTIALS_EXPOSURE", "PERMISSIONS_MANAGEMENT_ACTIONS"):
        return list(finding.location["actions"])
    if finding.issue == "PRIVILEGE_ESCALATION":
        return [" ".join([finding.location["type"], *finding.location["actions"]])]
    return []


def found(policy):
    statements = {id(it): idx for idx, statement in enumerate(policy.statements) for it in statement.findings}
    issues = {}
    for finding in policy.findings:
        details = issues.setdefault(finding.issue, set())
        details.update(details_of(finding, statements))
    return {issue: sorted(details) for issue, details in sorted(issues.items())}


def managed(source, out):
    speed_up()
    policies = {}
    for name, policy in sorted(json.load(open(source)).items()):
        version = policy["versions"].get(policy["latestVersionId"])
        document = version and version.get("document")
        if not document:
            continue
        try:
            policy = parliament.analyze_policy_string(json.dumps(document), include_community_auditors=True)
            issues = found(policy)
        except Exception as error:
            issues = {"(it stops)": [str(error)]}
        if issues:
            policies[name] = issues
        print(name, list(issues), file=sys.stderr)
    write(out, policies)


def examples(checkout, out):
    # The tests were written for nose. What they expect of parliament is not asked here, so that they run to their ends.
    for name in ("assert_equal", "assert_true", "assert_false"):
        setattr(builtins, name, lambda *_: None)
    cases = []
    original = parliament.analyze_policy_string

    def recording(text, *args, **kwargs):
        policy = original(text, *args, **kwargs)
        caller = sys._getframe(1).f_code.co_name
        text = text if isinstance(text, str) else json.dumps(text)
        cases.append({"test": caller, "finds": found(policy), "policy": text})
        return policy

    parliament.analyze_policy_string = recording
    sys.path.insert(0, checkout)
    for root in ("tests/unit", "parliament/community_auditors/tests"):
        folder = os.path.join(checkout, root)
        for name in sorted(os.listdir(folder)):
            if not name.startswith("test_"):
                continue
            scope = {"__name__": name, "__file__": os.path.join(folder, name)}
            text = open(os.path.join(folder, name)).read()
            try:
                exec(compile(text, name, "exec"), scope)
            except Exception as error:
                print(name, repr(error), file=sys.stderr)
                continue
            scope["analyze_policy_string"] = recording
            for thing in list(scope.values()):
                if isinstance(thing, type) and thing.__module__ == name:
                    for method in dir(thing):
                        if method.startswith("test"):
                            try:
                                getattr(thing(), method)()
                            except Exception as error:
                                print(name, method, repr(error)[:200], file=sys.stderr)
    unique = []
    for case in cases:
        if case not in unique:
            unique.append(case)
    write(out, unique)


def write(out, value):
    """One line for each policy or example."""
    if isinstance(value, dict):
        lines = [json.dumps(name) + ": " + json.dumps(it) for name, it in sorted(value.items())]
        text = "{\n" + ",\n".join(lines) + "\n}\n"
    else:
        text = "[\n" + ",\n".join(json.dumps(it) for it in value) + "\n]\n"
    with open(out, "w") as file:
        file.write(text)


if __name__ == "__main__":
    if sys.argv[1] == "--examples":
        examples(sys.argv[2], sys.argv[3])
    else:
        managed(sys.argv[1], sys.argv[2])
