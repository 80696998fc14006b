//! Clocks that are wrong, in words that name the laptop.

use super::counted;
use crate::workshop::{Clock, Wrong};

/// The most clocks that are named one by one.
const FEW: usize = 6;

/// The sentences about clocks that disagree with this laptop's.
pub fn lines(clocks: &[Clock]) -> Vec<String> {
    let (here, others): (Vec<&Clock>, Vec<&Clock>) =
        clocks.iter().partition(|clock| clock.wrong == Wrong::Here);
    let mut lines: Vec<String> = of_this_laptop(&here).into_iter().collect();
    lines.extend(others.iter().take(FEW).map(|clock| of_another(clock)));
    if others.len() > FEW {
        lines.push(format!(
            "{} more whose clocks are wrong.",
            counted(others.len() - FEW, "laptop")
        ));
    }
    lines
}

fn of_this_laptop(clocks: &[&Clock]) -> Option<String> {
    let first = clocks.first()?;
    let (comma, more) = match clocks.len() - 1 {
        0 => ("", String::new()),
        count => (",", format!(" and {}", counted(count, "other laptop"))),
    };
    Some(format!(
        "This laptop's clock is {} slow, compared with {}{comma}{more}. Set it right.",
        span(first.ahead),
        laptop(first)
    ))
}

fn of_another(clock: &Clock) -> String {
    let (laptop, apart) = (laptop(clock), span(clock.ahead));
    let laptop =
        laptop.strip_prefix("the ").map_or(laptop.clone(), |laptop| format!("The {laptop}"));
    if clock.wrong == Wrong::Either {
        return format!(
            "{laptop}: its clock and this laptop's are {apart} apart; one of the two is wrong. \
             Compare both with a watch."
        );
    }
    if clock.wrong == Wrong::SetBack {
        return format!(
            "{laptop}: its clock was set back by {apart}, so some of the times it gives are wrong. \
             Check it there."
        );
    }
    if clock.wrong == Wrong::Perhaps {
        return format!(
            "{laptop}: its clock may be {apart} slow, as all that came from it came so much later. \
             Compare both with a watch."
        );
    }
    if clock.wrong == Wrong::Early {
        return format!(
            "{laptop}: by its clock, all that it captured was before the meeting, so it counts for no \
             discussion unless it is filed there. If that was no rehearsal, set its clock right there."
        );
    }
    let how = if clock.ahead > 0 { "fast" } else { "slow" };
    format!(
        "{laptop}: its clock is {apart} {how}, so the times it gives are wrong. Set it right there."
    )
}

/// A laptop, as the gaps name it.
fn laptop(clock: &Clock) -> String {
    match clock.replica {
        Some(replica) if clock.group.is_some() => format!("{}, laptop {replica:.4}", clock.title),
        Some(replica) if clock.title.is_empty() => format!("the laptop {replica:.4}"),
        None if clock.group.is_some() => format!("the laptop of {}", clock.title),
        _ => format!("the laptop that made {}", clock.title),
    }
}

/// A length of time as people say it.
fn span(minutes: i64) -> String {
    let minutes = minutes.unsigned_abs();
    match minutes {
        0..120 => counted(minutes as usize, "minute"),
        120..2880 => counted((minutes / 60) as usize, "hour"),
        _ => counted((minutes / (24 * 60)) as usize, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workshop::WriterId;

    #[test]
    fn each_clock_is_named_with_its_laptop() {
        let clock = |wrong, ahead| Clock {
            replica: Some(WriterId::new(1 << 55)),
            group: Some("group-1".into()),
            title: "Group 1".into(),
            ahead,
            wrong,
        };
        let said = |clocks: &[Clock]| lines(clocks).join("\n");
        let name = format!("Group 1, laptop {:.4}", WriterId::new(1 << 55));
        let there = said(&[clock(Wrong::There, 9 * 24 * 60)]);
        assert!(there.starts_with(&format!("{name}: its clock is 9 days fast")), "{there}");
        let late = said(&[clock(Wrong::There, -180)]);
        assert!(late.contains("is 3 hours slow"), "{late}");
        let either = said(&[clock(Wrong::Either, 45)]);
        assert!(
            either.contains(&format!("{name}: its clock and this laptop's are 45 minutes")),
            "{either}"
        );
        // One line, however many laptops are ahead of this one.
        let here = said(&vec![clock(Wrong::Here, 180); 40]);
        assert!(here.starts_with("This laptop's clock is 3 hours slow"), "{here}");
        assert!(
            here.contains(&format!("{name}, and 39 other laptops.")) && !here.contains('\n'),
            "{here}"
        );
        assert_eq!(lines(&vec![clock(Wrong::There, 180); 40]).len(), FEW + 1);
    }
}
