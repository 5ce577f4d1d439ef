//! What makes one JSON value out of another, as a JSON value that is short: only what changed is in it.
//!
//! Knows nothing of scenarios. What a difference holds at a place depends on what is there before:
//!
//! | difference | what it does |
//! |---|---|
//! | `{"key": …, …}` | goes into the members of an object; others stay |
//! | `[value]` | puts a value here, or adds a member |
//! | `[]` | takes a member out |
//! | `[start, length, "text"]` | replaces bytes of a text: what is the same before and behind is left out |
//! | `[0, [step, …]]` | goes through a list: `3` leaves three things, `-1` takes one out, `[value]` puts one in, anything else changes the next thing; what is behind the last step stays |
//!
//! Invariant: `apply(a, &difference(a, b))` is `b`; any other value than one made for `a` is refused or
//! makes another value, and each part of `a` is used once at most, so that nothing grows beyond both together.

use serde_json::{Map, Value, json};

/// Members that tell a thing from the others of its list, in the order in which they are looked for.
const NAMES: [&str; 16] = [
    "arn",
    "account",
    "name",
    "domainId",
    "userProfileName",
    "spaceName",
    "appName",
    "keyId",
    "vpcId",
    "vpcEndpointId",
    "subnetId",
    "groupId",
    "accessKeyId",
    "versionId",
    "id",
    "hop",
];

/// Of longer lists what stands between the same beginning and the same end is written anew: finding what they have
/// in common takes the product of both lengths.
const MOST_PAIRS: usize = 1 << 18;

/// What makes `after` out of `before`; nothing where they are the same.
pub(super) fn difference(before: &Value, after: &Value) -> Option<Value> {
    if before == after {
        return None;
    }
    let whole = json!([after]);
    let inside = match (before, after) {
        (Value::Object(before), Value::Object(after)) => Some(of_objects(before, after)),
        (Value::Array(before), Value::Array(after)) => Some(of_lists(before, after)),
        (Value::String(before), Value::String(after)) => Some(of_texts(before, after)),
        _ => None,
    };
    Some(match inside {
        Some(inside) if length(&inside) < length(&whole) => inside,
        _ => whole,
    })
}

fn length(value: &Value) -> usize {
    value.to_string().len()
}

fn of_objects(before: &Map<String, Value>, after: &Map<String, Value>) -> Value {
    let gone = before.keys().filter(|it| !after.contains_key(*it));
    let mut members: Map<String, Value> = gone.map(|it| (it.clone(), json!([]))).collect();
    for (key, after) in after {
        let inside = match before.get(key) {
            Some(before) => difference(before, after),
            None => Some(json!([after])),
        };
        members.extend(inside.map(|it| (key.clone(), it)));
    }
    Value::Object(members)
}

fn of_texts(before: &str, after: &str) -> Value {
    let pairs = before.chars().zip(after.chars());
    let start: usize = pairs
        .take_while(|(a, b)| a == b)
        .map(|(it, _)| it.len_utf8())
        .sum();
    let (before, after) = (
        before.get(start..).unwrap_or_default(),
        after.get(start..).unwrap_or_default(),
    );
    let pairs = before.chars().rev().zip(after.chars().rev());
    let end: usize = pairs
        .take_while(|(a, b)| a == b)
        .map(|(it, _)| it.len_utf8())
        .sum();
    let middle = after.get(..after.len() - end).unwrap_or_default();
    json!([start, before.len() - end, middle])
}

/// The steps through a list, of which neighbours of one kind are one.
#[derive(Default)]
struct Steps {
    done: Vec<Value>,
    n_kept: usize,
    n_gone: usize,
}

impl Steps {
    fn keep(&mut self) {
        self.settle_gone();
        self.n_kept += 1;
    }

    fn drop(&mut self) {
        self.settle_kept();
        self.n_gone += 1;
    }

    fn other(&mut self, step: Value) {
        self.settle_kept();
        self.settle_gone();
        self.done.push(step);
    }

    fn settle_kept(&mut self) {
        if self.n_kept > 0 {
            self.done.push(json!(self.n_kept));
            self.n_kept = 0;
        }
    }

    fn settle_gone(&mut self) {
        if self.n_gone > 0 {
            self.done
                .push(json!(-i64::try_from(self.n_gone).unwrap_or(i64::MAX)));
            self.n_gone = 0;
        }
    }

    /// What is kept at the end need not be said.
    fn finish(mut self) -> Value {
        self.settle_gone();
        json!([0, self.done])
    }
}

fn of_lists(before: &[Value], after: &[Value]) -> Value {
    let mut steps = Steps::default();
    let (mut rest_before, mut rest_after) = (before.iter(), after.iter());
    let (mut n_before, mut n_after) = (0, 0);
    for (idx, jdx) in in_both(before, after) {
        let gone: Vec<&Value> = rest_before.by_ref().take(idx - n_before).collect();
        let new: Vec<&Value> = rest_after.by_ref().take(jdx - n_after).collect();
        between(&mut steps, &gone, &new);
        if let (Some(before), Some(after)) = (rest_before.next(), rest_after.next()) {
            change(&mut steps, before, after);
        }
        (n_before, n_after) = (idx + 1, jdx + 1);
    }
    let (gone, new): (Vec<&Value>, Vec<&Value>) = (rest_before.collect(), rest_after.collect());
    between(&mut steps, &gone, &new);
    steps.finish()
}

/// What stands between two things that both lists have: one that was renamed is most likely at the same place.
fn between(steps: &mut Steps, gone: &[&Value], new: &[&Value]) {
    let n_pairs = gone.len().min(new.len());
    for (before, after) in gone.iter().zip(new) {
        change(steps, before, after);
    }
    for _ in gone.iter().skip(n_pairs) {
        steps.drop();
    }
    for after in new.iter().skip(n_pairs) {
        steps.other(json!([after]));
    }
}

fn change(steps: &mut Steps, before: &Value, after: &Value) {
    match difference(before, after) {
        None => steps.keep(),
        Some(whole) if whole.as_array().is_some_and(|it| it.len() == 1) => {
            steps.drop();
            steps.other(whole);
        }
        Some(inside) => steps.other(inside),
    }
}

/// Places of what both lists have, rising in both.
fn in_both(before: &[Value], after: &[Value]) -> Vec<(usize, usize)> {
    let ids = |list: &[Value]| list.iter().map(id).collect::<Vec<String>>();
    let (before, after) = (ids(before), ids(after));
    let same = |(a, b): &(&String, &String)| a == b;
    let start = before.iter().zip(&after).take_while(same).count();
    let shorter = before.len().min(after.len());
    let backwards = before.iter().rev().zip(after.iter().rev());
    let end = backwards.take(shorter - start).take_while(same).count();
    let middle = |ids: &[String]| -> Vec<String> {
        let n = ids.len() - start - end;
        ids.iter().skip(start).take(n).cloned().collect()
    };
    let found = longest(&middle(&before), &middle(&after));
    let found = found.into_iter().map(|(i, j)| (start + i, start + j));
    let ends = (1..=end)
        .rev()
        .map(|it| (before.len() - it, after.len() - it));
    (0..start)
        .map(|it| (it, it))
        .chain(found)
        .chain(ends)
        .collect()
}

/// The longest row of things that both have, in the order of both.
fn longest(before: &[String], after: &[String]) -> Vec<(usize, usize)> {
    if before.len() * after.len() > MOST_PAIRS {
        return Vec::new();
    }
    // `lengths[i][j]` is the length of the longest row in what is behind `i` and `j`.
    let mut lengths = vec![vec![0_usize; after.len() + 1]];
    for b in before.iter().rev() {
        let below = lengths.last().cloned().unwrap_or_default();
        let mut row = vec![0; after.len() + 1];
        for (j, a) in after.iter().enumerate().rev() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or_default();
            let length = if a == b {
                at(&below, j + 1) + 1
            } else {
                at(&below, j).max(at(&row, j + 1))
            };
            if let Some(it) = row.get_mut(j) {
                *it = length;
            }
        }
        lengths.push(row);
    }
    lengths.reverse();
    let length = |i: usize, j: usize| {
        lengths
            .get(i)
            .and_then(|it| it.get(j))
            .copied()
            .unwrap_or_default()
    };
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while let (Some(b), Some(a)) = (before.get(i), after.get(j)) {
        if a == b {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length(i + 1, j) >= length(i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// What tells a thing from the others of its list: its name, else all of it.
fn id(thing: &Value) -> String {
    let named = NAMES.iter().find_map(|it| {
        let name = thing.get(*it)?;
        Some(format!("{it}={}", name.as_str()?))
    });
    named.unwrap_or_else(|| thing.to_string())
}

/// Makes the other value; nothing where the difference is not one from `before`.
pub(super) fn apply(before: Value, difference: &Value) -> Option<Value> {
    match (before, difference) {
        (Value::Object(before), Value::Object(members)) => to_object(before, members),
        (before, Value::Array(parts)) => match (parts.as_slice(), before) {
            ([value], _) => Some(value.clone()),
            ([zero, Value::Array(steps)], Value::Array(before)) if zero == 0 => {
                to_list(before, steps)
            }
            ([start, n_gone, Value::String(middle)], Value::String(before)) => {
                let start = usize::try_from(start.as_u64()?).ok()?;
                let end = start.checked_add(usize::try_from(n_gone.as_u64()?).ok()?)?;
                let (head, tail) = (before.get(..start)?, before.get(end..)?);
                Some(Value::String([head, middle, tail].concat()))
            }
            _ => None,
        },
        _ => None,
    }
}

fn to_object(mut before: Map<String, Value>, members: &Map<String, Value>) -> Option<Value> {
    for (key, inside) in members {
        let is_gone = inside.as_array().is_some_and(Vec::is_empty);
        let after = match before.remove(key) {
            Some(_) if is_gone => continue,
            Some(it) => apply(it, inside)?,
            None => match inside.as_array()?.as_slice() {
                [value] => value.clone(),
                _ => return None,
            },
        };
        before.insert(key.clone(), after);
    }
    Some(Value::Object(before))
}

fn to_list(before: Vec<Value>, steps: &[Value]) -> Option<Value> {
    let mut before = before.into_iter();
    let mut after = Vec::new();
    for step in steps {
        match step {
            Value::Number(n) => {
                let n = n.as_i64().filter(|it| *it != 0)?;
                let n_things = usize::try_from(n.unsigned_abs()).ok()?;
                if before.len() < n_things {
                    return None;
                }
                let things = before.by_ref().take(n_things);
                if n > 0 {
                    after.extend(things);
                } else {
                    things.for_each(drop);
                }
            }
            Value::Array(parts) if parts.len() == 1 => after.extend(parts.iter().cloned()),
            inside => after.push(apply(before.next()?, inside)?),
        }
    }
    after.extend(before);
    Some(Value::Array(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &Value, after: &Value, expect: &Value) {
        let found = difference(before, after).unwrap_or_default();
        assert_eq!(found, *expect);
        if before != after {
            assert_eq!(apply(before.clone(), &found).as_ref(), Some(after));
        }
    }

    fn role(name: &str, policy: &str) -> Value {
        json!({"name": name, "policy": policy, "path": "/a/long/path/that/stays/as/it/is/"})
    }

    #[test]
    fn only_what_changed_is_in_it() {
        let policy = |it: &str| json!({"a": 1, "text": format!("a long text before, {it}, and a long one behind")});
        check(&policy("ä"), &policy("ä"), &Value::Null);
        check(
            &policy("one"),
            &policy("none"),
            &json!({"text": [20, 0, "n"]}),
        );
        // Only whole characters are cut: both begin with the same byte.
        check(&policy("ä"), &policy("ö"), &json!({"text": [20, 2, "ö"]}));
        let members = json!({"stays": "long enough to be worth it", "goes": true});
        check(
            &members,
            &json!({"stays": "long enough to be worth it", "comes": null}),
            &json!({"goes": [], "comes": [null]}),
        );
        check(&json!(1), &json!([]), &json!([[]]));
    }

    #[test]
    fn things_of_a_list_are_told_by_their_names() {
        let roles =
            |all: &[(&str, &str)]| -> Value { all.iter().map(|it| role(it.0, it.1)).collect() };
        let before = roles(&[("A", "a"), ("B", "b"), ("C", "c"), ("D", "d")]);
        let same = [("A", "a"), ("B", "b"), ("C", "c"), ("D", "d")];
        check(&before, &roles(&same), &Value::Null);
        // One gone, one changed; what is behind need not be said.
        let after = roles(&[("A", "a"), ("C", "c2"), ("D", "d")]);
        check(&before, &after, &json!([0, [1, -1, {"policy": ["c2"]}]]));
        // One renamed in its place.
        let after = roles(&[("A", "a"), ("Bob", "b"), ("C", "c"), ("D", "d")]);
        check(&before, &after, &json!([0, [1, {"name": ["Bob"]}]]));
        // One new in the middle, and all others gone.
        let new = roles(&[("A", "a"), ("N", "n"), ("B", "b"), ("C", "c"), ("D", "d")]);
        check(&before, &new, &json!([0, [1, [role("N", "n")]]]));
        check(&new, &roles(&[("N", "n")]), &json!([0, [-1, 1, -3]]));
        // Two of a name, and one moved.
        let twice = roles(&[("A", "a"), ("A", "b")]);
        check(
            &twice,
            &roles(&[("A", "b")]),
            &json!([0, [{"policy": ["b"]}, -1]]),
        );
        let moved = roles(&[("B", "b"), ("C", "c"), ("D", "d"), ("A", "a")]);
        check(&before, &moved, &json!([0, [-1, 3, [role("A", "a")]]]));
    }

    #[test]
    fn what_was_not_made_for_a_value_is_refused() {
        let before = json!({"list": [1, 2], "text": "aä"});
        for wrong in [
            json!(null),
            json!([]),
            json!("x"),
            json!({"list": {"x": [1]}}),
            json!({"list": [0, [3]]}),
            json!({"list": [0, [-3]]}),
            json!({"list": [0, [0]]}),
            json!({"list": [0, [1.5]]}),
            json!({"list": [0, [i64::MIN]]}),
            json!({"list": [0, [[]]]}),
            json!({"list": [0, [{"a": [1]}]]}),
            json!({"list": [1, [1]]}),
            json!({"text": [0, 9, ""]}),
            json!({"text": [2, 0, ""]}),
            json!({"text": [-1, 0, ""]}),
            json!({"text": [u64::MAX, u64::MAX, ""]}),
            json!({"text": [0, 0, 0]}),
            json!({"text": [1, 2, 3, 4]}),
            json!({"none": []}),
            json!({"none": {"a": [1]}}),
        ] {
            assert_eq!(apply(before.clone(), &wrong), None, "{wrong}");
        }
        let odd = json!({"list": [0, [-2, [[]]]]});
        let after = json!({"list": [[]], "text": "aä"});
        assert_eq!(apply(before, &odd), Some(after));
    }
}
