//! The smallest possible screen: it checks that the steps in docs/contributing.md are right.

use super::{
    Action, App, Asks, Context, Core, Key, Message, Mouse, Nothing, Screen, ScreenId, Setting,
};
use crate::workshop::{Ids, Moment};

/// What it was asked to do.
#[derive(Debug, Default)]
pub struct Dummy {
    asked: Vec<&'static str>,
}

impl Screen for Dummy {
    fn hints(&self, _: &Core) -> Vec<Action> {
        vec![Action::Up, Action::Down]
    }

    fn enter(&mut self, _: &mut Core) {
        self.asked.push("enter");
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        self.asked.push("act");
        if action == Action::Down {
            core.say("Down.");
        }
    }

    fn click(&mut self, _: &mut Core, _: u16, _: u16) {
        self.asked.push("click");
    }

    fn refresh(&mut self, _: &mut Core) {
        self.asked.push("refresh");
    }
}

impl Asks for Dummy {
    type Choice = Nothing;
    type Question = Nothing;
}

#[test]
fn a_screen_that_is_in_the_table_is_asked_for_all_it_can_do() {
    let mut app = App::new(Setting {
        ids: Ids::seeded(1),
        offers: Vec::new(),
        formats: Vec::new(),
        now: Moment(0),
        size: (80, 24),
    });
    app.core.go(ScreenId::Dummy);
    app.update(Message::Clock(Moment(1)));
    assert_eq!(app.context(), Context::Overview);
    assert_eq!(app.hints(), [Action::Up, Action::Down]);
    app.update(Message::Key(Key::plain(super::key::Code::Down)));
    assert_eq!(app.core.notice.as_ref().map(|notice| notice.text.as_str()), Some("Down."));
    app.update(Message::Mouse(Mouse::Click { x: 1, y: 1 }));
    app.update(Message::Mouse(Mouse::Wheel { notches: 1 }));
    let asked = ["enter", "refresh", "act", "refresh", "click", "refresh", "act", "refresh"];
    assert_eq!(app.dummy.asked, asked);
}
