//! Entering what was typed or pasted as points.

use super::super::keymap::Action;
use super::super::{App, Overlay};
use crate::workshop::{Captured, Change, clean, counted};

impl App {
    pub(super) fn add(&mut self) {
        let text = clean(self.capture.line.text()).into_owned();
        if self.capture.proposing.is_some() {
            return self.end_proposing(&text);
        }
        match (self.capture.editing, text.is_empty()) {
            (Some(point), _) => self.reword(point, text),
            (None, false) => self.enter(&[text]),
            (None, true) if self.capture.chosen().is_some() => {
                self.change_point(Action::Edit);
            }
            (None, true) => self.say("Type a point first; Enter then adds it."),
        }
    }

    /// Enters texts as points, one each.
    fn enter(&mut self, texts: &[String]) {
        let place = self.place_now();
        let mut points = Vec::with_capacity(texts.len());
        for text in texts {
            let (id, kind) = (self.core.ids.point(), self.capture.kind_now().clone());
            let mut point = Captured::new(id, place.clone(), kind, text.as_str());
            point.paragraph.clone_from(&self.capture.paragraph);
            point.parent = self.capture.under;
            points.push(point);
        }
        let ids = points.iter().map(|point| point.point).collect();
        if self.core.loading {
            self.capture.waiting.extend(points);
        } else if !self.take_down(points) {
            return;
        }
        self.text_entered(ids);
        self.capture.choose_none();
        self.finish_line();
    }

    /// Makes points part of the workshop, or says why not and leaves the text where it is.
    fn take_down(&mut self, points: Vec<Captured>) -> bool {
        let changes: Vec<Change> =
            points.into_iter().map(|point| Change::PointCaptured(Box::new(point))).collect();
        if let Some(Err(refusal)) =
            changes.iter().map(|c| self.core.workshop.check(c)).find(Result::is_err)
        {
            self.complain(refusal.to_string());
            return false;
        }
        self.make(if changes.len() == 1 { "adding a point" } else { "adding points" }, changes);
        true
    }

    /// Enters what was entered before the workshop was read.
    pub(in super::super) fn enter_waiting(&mut self) {
        let mut waiting = std::mem::take(&mut self.capture.waiting);
        // Which session runs was not known before.
        for point in waiting.iter_mut().filter(|point| point.session.is_none()) {
            point.session = self.session_of(&point.group, &point.topic);
            point.round = self.round_of(point.session.as_ref());
        }
        if !waiting.is_empty() {
            self.take_down(waiting);
        }
    }

    /// A paste of many lines: one text, or a point a line.
    pub(in super::super) fn act_paste(&mut self, text: String, action: Action) {
        match action {
            Action::OnePoint => self.type_capture(&text),
            Action::OneEach => {
                let lines: Vec<String> = text
                    .lines()
                    .map(|line| clean(line).into_owned())
                    .filter(|l| !l.is_empty())
                    .collect();
                let typed = std::mem::take(&mut self.capture.line);
                let (begun, paragraph) = (self.capture.begun.take(), self.capture.paragraph.take());
                let own_session = self.capture.own_session.take();
                self.enter(&lines);
                (self.capture.line, self.capture.begun) = (typed, begun);
                self.capture.paragraph = paragraph;
                self.capture.own_session = own_session;
                self.keep_line();
                self.say(format!("{} added, one a line.", counted(lines.len(), "point")));
            }
            _ => self.core.overlay = Some(Overlay::Paste(text)),
        }
    }
}
