//! Where every point ended. The other way, each comment itself links to its points.

use std::io;

use maud::html;

use super::super::words::{self, led};
use super::item::{leads, quoted};
use super::{HtmlPages, front::is_aside};

impl HtmlPages<'_, '_, '_> {
    pub(super) fn lineage(&mut self) -> io::Result<()> {
        let feedback = self.feedback;
        let mut aside = feedback.points.iter().filter(|point| is_aside(point.outcome())).peekable();
        if aside.peek().is_some() {
            self.put(html! {
                h2 id="aside" { "Set aside and parked, with reasons" }
                p.lead { (words::set_aside_in_words(feedback)) }
            })?;
            self.out.write_all(b"<ul class=\"points\">")?;
            for point in aside {
                self.put(html! {
                    li {
                        (leads(&point.reference)) " "
                        span.kind { (self.known.group(&point.group)) ", " (self.known.topic(&point.topic)) }
                        " " (quoted(&point.text)) " " strong { (self.known.ended(point)) }
                    }
                })?;
            }
            self.out.write_all(b"</ul>")?;
        }
        self.put(html! {
            h2 id="lineage" { "Sources: what became of each point" }
            p { (feedback.account) "." }
        })?;
        self.out.write_all(
            b"<details class=\"cell\"><summary>All points</summary><ul class=\"points\">",
        )?;
        for point in &feedback.points {
            let comment = point.comment.and_then(|id| self.known.comments.get(&id));
            self.put(html! {
                li {
                    (leads(&point.reference)) " "
                    @match comment {
                        Some(to) => { (led(point.outcome())) " " (leads(&to.reference)) },
                        None => (self.known.ended(point)),
                    }
                }
            })?;
        }
        self.out.write_all(b"</ul></details>")
    }
}
