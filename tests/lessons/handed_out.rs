//! Our course as it is handed out: with other settings, some of its lessons, in a link, and as a participant's result.

use rolewalk_core::lesson::{
    self, Order, Presenter, Progress, Report, Reveal, Score, Settings, Solutions, Variant,
    check_course, with_settings,
};
use rolewalk_lessons::{COURSE_ID, course, course_json, read_course};

fn settings() -> Settings {
    Settings {
        order: Order::Free,
        solutions: Solutions::Never,
        without_hints: true,
        without_predictions: false,
        presenter: Presenter {
            verdict: Reveal::AtOnce,
            behind_the_shut_door: true,
        },
    }
}

#[test]
fn the_course_has_the_id_that_links_are_about() {
    assert_eq!(course().expect("our course").sheet.id, COURSE_ID);
}

#[test]
fn other_settings_leave_everything_else_as_it_is() {
    let text = with_settings(&course_json(), &settings()).expect("a course");
    let mut read = read_course(&text).expect("a course with other settings");
    assert_eq!(read.sheet.settings, settings());
    let own = course().expect("our course");
    read.sheet.settings = own.sheet.settings.clone();
    assert_eq!(read, own);
}

#[test]
fn each_half_of_the_course_hangs_together() {
    let own = course().expect("our course");
    let ids: Vec<String> = own.lessons.iter().map(|it| it.sheet.id.clone()).collect();
    for half in ids.chunks(8) {
        let mut variant = Variant::new(COURSE_ID, settings());
        variant.lessons = half.to_vec();
        let read = Variant::decode(&variant.encode().expect("a link")).expect("a variant");
        let given = own.given_as(&read).expect("some lessons");
        assert_eq!(given.lessons.len(), 8);
        assert_eq!(given.sheet.settings, settings());
        let findings: Vec<String> = check_course(&given)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(findings, [""; 0]);
    }
    let mut elsewhere = Variant::new("elsewhere", settings());
    assert_eq!(own.given_as(&elsewhere), None);
    elsewhere.of = COURSE_ID.to_owned();
    elsewhere.lessons = vec!["no-such-lesson".to_owned()];
    assert_eq!(own.given_as(&elsewhere), None);
}

#[test]
fn a_course_set_apart_shares_no_progress() {
    let mut twin = course().expect("our course");
    twin.set_apart("one text");
    let one = twin.sheet.id.clone();
    let mut other = course().expect("our course");
    other.set_apart("another text");
    assert!(one != COURSE_ID && one != other.sheet.id);
    assert!(one.starts_with(COURSE_ID));
}

#[test]
fn a_whole_result_fits_into_a_code_that_cameras_read() {
    let own = course().expect("our course");
    let mut progress = Progress::default();
    for (idx, it) in own.lessons.iter().enumerate() {
        let lesson = progress.lesson_mut(COURSE_ID, &it.sheet.id);
        lesson.n_hints = idx % 4;
        lesson.solve(Score {
            statements: 1 + idx % 5,
            characters: 80 + 37 * idx,
            actions: Some(3 * idx),
        });
    }
    for it in own.sheet.challenges.iter().flat_map(|it| &it.slugs) {
        progress.solve_challenge(COURSE_ID, it);
    }
    let report = Report::of(&own, &progress, "Ada Lovelace");
    assert_eq!(report.n_solved(), 16);
    let link = report.encode().expect("a link");
    assert!(link.len() < 1000, "{}", link.len());
    assert_eq!(Report::decode(&link).expect("a result"), report);
}

#[test]
fn a_long_name_is_cut_and_the_link_still_read() {
    let own = course().expect("our course");
    let report = Report::of(&own, &Progress::default(), &"é".repeat(500));
    assert_eq!(report.name.chars().count(), lesson::MAX_NAME);
    let link = report.encode().expect("a link");
    assert_eq!(Report::decode(&link).expect("a result"), report);
}
