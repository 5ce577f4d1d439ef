//! Courses that are broken, huge, hostile or from a newer version: a sentence, and nothing else.
#![expect(clippy::panic, reason = "a test: a failed read is a failed test")]

use rolewalk_core::lesson::{self, CourseError, MAX_COURSE, MAX_TEXT, Sheet, pack};
use rolewalk_lessons::{course_json, read_course};

const COURSE: &str = r#"{"id":"c","title":"C","about":"A course.","lessons":["01-l"]}"#;
const BASE: &str = r#"{"rolewalk":2,"name":"B","about":"A base.","world":{"region":"us-east-1","home":{"account":"111122223333","users":[{"name":"alice"}]}},"choice":{"person":"A","user":"alice","domain":"","userProfile":"","workload":"openStudio","data":{"bucket":"b"},"repository":""}}"#;
const LESSON: &str = r#"{"rolewalkLesson":1,"id":"l","title":"L","idea":"An idea.","minutes":1,"start":{"base":"b"},"editable":["users"],"goals":[],"hints":[],"takeaway":"T."}"#;

fn packed(lesson: &str, text: &str) -> String {
    pack(COURSE, &[("b", BASE)], &[(lesson, text)])
}

#[track_caller]
fn refused(json: &str, code: &str, says: &str) {
    let Err(error) = read_course(json) else {
        panic!("was read")
    };
    assert_eq!(error.code(), code, "{error}");
    let message = error.message();
    assert!(message.contains(says), "{message}");
    assert!(
        message.len() < 400 && !message.contains('\n') && !message.ends_with('.'),
        "{message}"
    );
    assert!(!error.help().is_empty());
}

#[test]
fn the_small_course_is_one() {
    let course = read_course(&packed(LESSON, "Text.")).unwrap();
    assert_eq!(course.lessons.len(), 1);
}

#[test]
fn a_broken_course_is_a_sentence() {
    for json in ["", "{", "[]", "null", "{\"rolewalkCourse\":\"1\"}", "\u{0}"] {
        refused(json, "not-a-course", "not a Rolewalk course");
    }
    let whole = course_json();
    for end in [1, 1000, whole.len() / 2, whole.len() - 1] {
        let end = (0..=end)
            .rev()
            .find(|it| whole.is_char_boundary(*it))
            .unwrap();
        refused(whole.get(..end).unwrap(), "not-a-course", "not JSON");
    }
}

#[test]
fn an_unknown_field_is_told_with_its_place() {
    let more = LESSON.replace(r#""minutes":1"#, r#""minutes":1,"minuets":1"#);
    refused(&packed(&more, "Text."), "not-a-course", "`minuets`");
    let Err(CourseError::Shape(error)) = Sheet::from_json(&more) else {
        panic!("was read")
    };
    assert!(error.message.contains("minuets"), "{error}");
    let goal = LESSON.replace(r#""goals":[]"#, r#""goals":[{"id":"g","text":"G"}]"#);
    refused(&packed(&goal, "Text."), "not-a-course", "`expect`");
}

#[test]
fn a_newer_version_says_so_whatever_else_it_has() {
    let newer =
        packed(LESSON, "Text.").replace(r#""rolewalkCourse":1"#, r#""rolewalkCourse":2,"new":[]"#);
    refused(&newer, "newer-course", "format 2");
    let newer = LESSON.replace(r#""rolewalkLesson":1"#, r#""rolewalkLesson":7,"new":[]"#);
    refused(&packed(&newer, "Text."), "newer-course", "format 7");
}

#[test]
fn a_scenario_of_a_newer_version_in_a_course_is_told_by_its_place() {
    let newer = |text: &str| text.replace(r#""rolewalk":2"#, r#""rolewalk":9,"new":[]"#);
    let base = pack(COURSE, &[("b", &newer(BASE))], &[(LESSON, "Text.")]);
    refused(&base, "newer-scenario", "the scenario `bases/b`");
    let own = LESSON.replace(
        r#"{"base":"b"}"#,
        &format!(r#"{{"scenario":{}}}"#, newer(BASE)),
    );
    let own = packed(&own, "Text.");
    refused(&own, "newer-scenario", "`lessons/0/lesson/start/scenario`");
    refused(&own, "newer-scenario", "format 9");
    let help = read_course(&own).unwrap_err().help();
    for advice in ["newest Rolewalk", "ask whoever wrote it", "as its author"] {
        assert!(help.contains(advice), "{help}");
    }
}

#[test]
fn there_is_an_end_to_size_and_depth() {
    refused(&" ".repeat(MAX_COURSE + 1), "course-too-large", "bytes");
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    refused(&deep, "course-too-deep", "too deep");
    refused(
        &packed(LESSON, &"a".repeat(MAX_TEXT + 1)),
        "no-text",
        "bytes",
    );
    refused(
        &packed(LESSON, &">".repeat(3000)),
        "no-text",
        "nested deeper",
    );
    let hints = vec![r#""h""#; 41].join(",");
    let many = LESSON.replace(r#""hints":[]"#, &format!(r#""hints":[{hints}]"#));
    refused(&packed(&many, "Text."), "too-many", "hints");
    let lessons: Vec<String> = (0..65)
        .map(|it| LESSON.replace(r#""id":"l""#, &format!(r#""id":"l{it}""#)))
        .collect();
    let lessons: Vec<(&str, &str)> = lessons.iter().map(|it| (it.as_str(), "Text.")).collect();
    refused(
        &pack(COURSE, &[("b", BASE)], &lessons),
        "too-many",
        "lessons",
    );
}

#[test]
fn what_does_not_fit_is_told() {
    refused(
        &pack(COURSE, &[("b", BASE)], &[(LESSON, "T."), (LESSON, "T.")]),
        "id-twice",
        "`l`",
    );
    let nowhere = LESSON.replace(r#""base":"b""#, r#""base":"x""#);
    refused(&packed(&nowhere, "T."), "no-start", "no base `x`");
    let both = LESSON.replace(r#"{"base":"b"}"#, "{}");
    refused(&packed(&both, "T."), "no-start", "`base` or `scenario`");
    let change = LESSON.replace(
        r#"{"base":"b"}"#,
        r#"{"base":"b","changes":[{"at":"/world/x/y","value":1}]}"#,
    );
    refused(&packed(&change, "T."), "no-start", "change 1");
    let policy = LESSON.replace(
        r#"{"base":"b"}"#,
        r#"{"base":"b","awsManagedPolicies":["arn:aws:iam::aws:policy/No"]}"#,
    );
    refused(&packed(&policy, "T."), "no-start", "policy/No");
}

#[test]
fn a_link_is_capped_and_checked() {
    let good = lesson::encode(&packed(LESSON, "Text.")).unwrap();
    let code = |text: &str| lesson::decode(text).map_err(|it| it.code());
    assert!(code(&good).is_ok());
    assert_eq!(
        code(good.get(..good.len() - 3).unwrap()),
        Err("damaged-link")
    );
    assert_eq!(
        code(&good.replacen("c1", "c2", 1)),
        Err("unknown-share-version")
    );
    assert_eq!(
        code(&good.replacen("c1", "v1", 1)),
        Err("not-a-shared-scenario")
    );
    assert_eq!(code("hello"), Err("not-a-shared-scenario"));
    assert_eq!(code(&"c1.".repeat(40_000)), Err("text-too-long"));
    let bomb = lesson::encode(&" ".repeat(MAX_COURSE)).unwrap();
    assert!(code(&bomb).is_ok());
    assert_eq!(
        lesson::encode(&" ".repeat(MAX_COURSE + 1)).map_err(|it| it.code()),
        Err("course-too-large")
    );
}
