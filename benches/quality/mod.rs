//! How good the ranking of like points is, on arguments whose key points people wrote down.
//!
//! The folder holds `arguments_dev.csv` and `labels_dev.csv` of `ArgKP` (Bar-Haim et al., ACL 2020).
//! The protocol is that of the script beside them: every argument is asked about, the others of its
//! topic and stance are ranked, those match that share a key point; arguments without any key point
//! are left out, and so are those that match none.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::path::Path;

use rapporteur::workshop::{Likeness, SAID};

/// What can go wrong: a reason to print.
type Outcome<T> = Result<T, Box<dyn Error>>;
/// How alike each argument of a part is with each other, by their places in it.
type Scores = Vec<Vec<f64>>;

/// How often a confidence interval draws anew.
const DRAWS: usize = 2_000;
/// How many arguments are taken at once, where they are drawn: as many as a workshop has points.
const FEW: usize = 155;

struct Argument {
    text: String,
    topic: String,
    /// Topic and stance.
    side: String,
    key_points: BTreeSet<String>,
}

/// The ranking for one argument.
struct Asked {
    argument: usize,
    first: f64,
    average_precision: f64,
    /// Each other argument's score, and whether it matches.
    pairs: Vec<(f64, bool)>,
}

/// Prints all there is to say about these data.
pub(crate) fn report(folder: &Path) -> Outcome<()> {
    let arguments = read(folder)?;
    let topics: BTreeSet<&str> = arguments.iter().map(|a| a.topic.as_str()).collect();
    println!("{} arguments, {} topics\n", arguments.len(), topics.len());
    println!("P@1 MAP AUC                             all                 each topic: P@1 MAP");
    let whole = vec![(0..arguments.len()).collect::<Vec<usize>>()];
    let sides: BTreeSet<&str> = arguments.iter().map(|a| a.side.as_str()).collect();
    let of = |side: &&str| {
        (0..arguments.len()).filter(|at| arguments[*at].side == **side).collect::<Vec<usize>>()
    };
    let sides: Vec<Vec<usize>> = sides.iter().map(of).collect();
    let mut random = fastrand::Rng::with_seed(7);
    let mut drawn = Vec::new();
    for _ in 0..3 {
        let mut order = whole[0].clone();
        random.shuffle(&mut order);
        drawn.extend(order.chunks(FEW).map(<[usize]>::to_vec));
    }
    for (name, parts) in
        [("all in one index", &whole), ("a side at a time", &sides), ("155 drawn", &drawn)]
    {
        let base = ask(&arguments, parts, baseline);
        let ours = ask(&arguments, parts, likeness);
        line(&format!("{name}: TF-IDF char 3-5"), &arguments, &topics, &base);
        line(&format!("{name}: Likeness"), &arguments, &topics, &ours);
        let firsts = |a: &Asked| a.first;
        let averages = |a: &Asked| a.average_precision;
        let (low, high) = interval(&base, &ours, firsts);
        let (lower, higher) = interval(&base, &ours, averages);
        println!(
            "  better by, 95 % of {DRAWS} paired draws: P@1 {low:+.3} to {high:+.3}, MAP {lower:+.3} to {higher:+.3}\n"
        );
    }
    println!("the likest of all: score at least   asked shown of them precision   each topic");
    for (name, parts) in [("all in one index", &whole), ("155 drawn", &drawn)] {
        said(name, &arguments, parts, &topics);
    }
    let texts: Vec<&str> = arguments.iter().map(|a| a.text.as_str()).collect();
    let index = index(&texts);
    let same = texts.iter().filter(|text| {
        let all = index.like(text, texts.len(), None);
        index.like(text, 10, None)[..] == all[..all.len().min(10)]
    });
    println!(
        "the first ten are the same ten if all are compared closely: {} of {}",
        same.count(),
        texts.len()
    );
    Ok(())
}

fn read(folder: &Path) -> Outcome<Vec<Argument>> {
    let mut key_points: HashMap<String, BTreeSet<String>> = HashMap::new();
    for row in csv::Reader::from_path(folder.join("labels_dev.csv"))?.into_records() {
        let row = row?;
        if &row[2] == "1" {
            key_points.entry(row[0].to_owned()).or_default().insert(row[1].to_owned());
        }
    }
    let mut arguments = Vec::new();
    for row in csv::Reader::from_path(folder.join("arguments_dev.csv"))?.into_records() {
        let row = row?;
        arguments.push(Argument {
            text: row[1].to_owned(),
            topic: row[2].to_owned(),
            side: format!("{} {}", &row[2], &row[3]),
            key_points: key_points.remove(&row[0]).unwrap_or_default(),
        });
    }
    Ok(arguments)
}

fn ask(
    arguments: &[Argument],
    parts: &[Vec<usize>],
    scores: impl Fn(&[&str]) -> Scores,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    for part in parts {
        let texts: Vec<&str> = part.iter().map(|at| arguments[*at].text.as_str()).collect();
        let scores = scores(&texts);
        for (at, argument) in part.iter().enumerate() {
            let own = &arguments[*argument];
            let others = part.iter().enumerate().filter(|(by, other)| {
                *by != at && arguments[**other].side == own.side && labelled(&arguments[**other])
            });
            let pairs: Vec<(f64, bool)> = others
                .map(|(by, other)| (scores[at][by], matches(own, &arguments[*other])))
                .collect();
            if pairs.iter().any(|(_, matches)| *matches) {
                let (first, average_precision) = judge(&pairs);
                asked.push(Asked { argument: *argument, first, average_precision, pairs });
            }
        }
    }
    asked
}

fn labelled(argument: &Argument) -> bool {
    !argument.key_points.is_empty()
}

fn matches(one: &Argument, other: &Argument) -> bool {
    !one.key_points.is_disjoint(&other.key_points)
}

/// Precision of the first, and average precision; what scores the same is taken together for the
/// latter, as scikit-learn does.
fn judge(pairs: &[(f64, bool)]) -> (f64, f64) {
    let mut ranked = pairs.to_vec();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let first = f64::from(u8::from(ranked[0].1));
    let all = ranked.iter().filter(|(_, matches)| *matches).count() as f64;
    let (mut seen, mut found, mut sum) = (0, 0, 0.0);
    for same in ranked.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let more = same.iter().filter(|(_, matches)| *matches).count();
        seen += same.len();
        found += more;
        sum += more as f64 / all * found as f64 / seen as f64;
    }
    (first, sum)
}

/// How likely a pair that matches scores higher than one that does not.
fn area(asked: &[Asked]) -> f64 {
    let mut pairs: Vec<(f64, bool)> = asked.iter().flat_map(|a| a.pairs.iter().copied()).collect();
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut below, mut sum, mut all) = (0.0, 0.0, 0.0);
    for same in pairs.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let good = same.iter().filter(|(_, matches)| *matches).count() as f64;
        let bad = same.len() as f64 - good;
        sum += good * (below + bad / 2.0);
        below += bad;
        all += good;
    }
    sum / (all * below)
}

fn mean(asked: &[&Asked], of: impl Fn(&Asked) -> f64) -> f64 {
    asked.iter().map(|a| of(a)).sum::<f64>() / asked.len() as f64
}

fn line(name: &str, arguments: &[Argument], topics: &BTreeSet<&str>, asked: &[Asked]) {
    let all: Vec<&Asked> = asked.iter().collect();
    let means = |asked: &[&Asked]| {
        format!("{:.3} {:.3}", mean(asked, |a| a.first), mean(asked, |a| a.average_precision))
    };
    let each = topics.iter().map(|topic| {
        let of: Vec<&Asked> =
            asked.iter().filter(|a| arguments[a.argument].topic == **topic).collect();
        means(&of)
    });
    let each: Vec<String> = each.collect();
    println!("{name:36} {} {:.3}   {}", means(&all), area(asked), each.join(" | "));
}

/// Where the difference of two rankings lies, had other arguments been asked about.
fn interval(base: &[Asked], ours: &[Asked], of: impl Fn(&Asked) -> f64) -> (f64, f64) {
    let by: Vec<f64> = base.iter().zip(ours).map(|(base, ours)| of(ours) - of(base)).collect();
    let mut random = fastrand::Rng::with_seed(11);
    let mut draws: Vec<f64> = (0..DRAWS)
        .map(|_| by.iter().map(|_| by[random.usize(..by.len())]).sum::<f64>() / by.len() as f64)
        .collect();
    draws.sort_by(f64::total_cmp);
    (draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40])
}

fn likeness(texts: &[&str]) -> Scores {
    let index = index(texts);
    let mut scores = vec![vec![0.0; texts.len()]; texts.len()];
    for (at, text) in texts.iter().enumerate() {
        for alike in index.like(text, texts.len(), Some(at as u32)) {
            scores[at][alike.key as usize] = f64::from(alike.score);
        }
    }
    scores
}

fn index(texts: &[&str]) -> Likeness {
    let mut index = Likeness::default();
    for (key, text) in (0..).zip(texts) {
        index.insert(key, text);
    }
    index
}

/// scikit-learn's `TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)`.
fn baseline(texts: &[&str]) -> Scores {
    let mut numbers: HashMap<Vec<char>, usize> = HashMap::new();
    let mut counts: Vec<BTreeMap<usize, f64>> = Vec::new();
    for text in texts {
        let mut count = BTreeMap::new();
        for word in text.to_lowercase().split_whitespace() {
            let letters: Vec<char> = format!(" {word} ").chars().collect();
            for length in 3..=5 {
                for piece in letters.windows(length.min(letters.len())) {
                    let next = numbers.len();
                    let number = *numbers.entry(piece.to_vec()).or_insert(next);
                    *count.entry(number).or_insert(0.0) += 1.0;
                }
                if letters.len() <= length {
                    break;
                }
            }
        }
        counts.push(count);
    }
    let mut having = vec![0.0; numbers.len()];
    counts.iter().flat_map(BTreeMap::keys).for_each(|number| having[*number] += 1.0);
    let all = texts.len() as f64;
    for count in &mut counts {
        for (number, weight) in count.iter_mut() {
            *weight = (1.0 + weight.ln()) * (((1.0 + all) / (1.0 + having[*number])).ln() + 1.0);
        }
        let length = count.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        for weight in count.values_mut() {
            *weight /= length;
        }
    }
    let mut holders: Vec<Vec<(usize, f64)>> = vec![Vec::new(); numbers.len()];
    for (at, count) in counts.iter().enumerate() {
        for (number, weight) in count {
            holders[*number].push((at, *weight));
        }
    }
    let mut scores = vec![vec![0.0; texts.len()]; texts.len()];
    for (scores, count) in scores.iter_mut().zip(&counts) {
        for (number, weight) in count {
            holders[*number].iter().for_each(|(by, other)| scores[*by] += weight * other);
        }
    }
    scores
}

/// "Already said": for each argument the likest of all others, whatever their topic and side, and
/// how often it shares a key point if its score is at least so high.
fn said(name: &str, arguments: &[Argument], parts: &[Vec<usize>], topics: &BTreeSet<&str>) {
    let mut nearest: Vec<(&str, f32, bool)> = Vec::new();
    for part in parts {
        let texts: Vec<&str> = part.iter().map(|at| arguments[*at].text.as_str()).collect();
        let index = index(&texts);
        for (key, at) in (0..).zip(part).filter(|(_, at)| labelled(&arguments[**at])) {
            let own = &arguments[*at];
            // Nobody said what an argument without key points shares: it is passed over.
            let known = index.like(&own.text, 50, Some(key)).into_iter().find_map(|alike| {
                let other = &arguments[part[alike.key as usize]];
                labelled(other).then(|| (own.topic.as_str(), alike.score, matches(own, other)))
            });
            nearest.extend(known);
        }
    }
    for threshold in [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, SAID, 0.85, 0.9] {
        let precision = |topic: Option<&str>| {
            let shown: Vec<bool> = nearest
                .iter()
                .filter(|(of, score, _)| *score >= threshold && topic.is_none_or(|t| t == *of))
                .map(|(_, _, matches)| *matches)
                .collect();
            let good = shown.iter().filter(|good| **good).count();
            (shown.len(), good as f64 / shown.len() as f64)
        };
        let (shown, all) = precision(None);
        let each: Vec<String> = topics
            .iter()
            .map(|topic| precision(Some(topic)))
            .map(|(shown, precision)| format!("{precision:.2} of {shown}"))
            .collect();
        let (asked, each) = (nearest.len(), each.join(", "));
        let share = shown as f64 / asked as f64;
        println!("{name:30} {threshold:.2} {asked:6}   {share:9.2}      {all:.3}   {each}");
    }
    println!();
}
