//! What every page is made of: its head, its looks, its foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::super::words;
use crate::feedback::Feedback;

/// A page that has the script below, by its digest: no other may run.
pub(super) const SCRIPTED: bool = true;

/// The page up to its first words. Nothing may be loaded from anywhere, says its policy.
pub(super) fn head(feedback: &Feedback, what: &str, scripted: bool) -> Markup {
    let script =
        if scripted { format!(" script-src '{}';", digest(SCRIPT)) } else { String::new() };
    let policy = format!("default-src 'none'; style-src 'unsafe-inline';{script}");
    let title = words::title(&feedback.meeting);
    let draft = if feedback.is_draft() { "DRAFT: " } else { "" };
    let head = html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (draft) (title) ": " (what.to_lowercase()) }
            style { (PreEscaped(STYLE)) }
        }
    };
    html! { (DOCTYPE) (PreEscaped("<html lang=\"en\">")) (head) (PreEscaped("<body id=\"top\">")) }
}

/// The digest of a script, as a policy names it.
fn digest(script: &str) -> String {
    use sha2::{Digest, Sha256};
    let inner = script.trim_start_matches("<script>").trim_end_matches("</script>");
    format!("sha256-{}", base64(&Sha256::digest(inner)))
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for nth in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * nth) & 63) as usize];
            text.push(if nth > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

pub(super) const FOOT: &str = "<p class=\"top\"><a href=\"#top\">Back to the top</a></p></main>";

/// Narrows what is shown to what has all words that are typed. Without it everything is there.
pub(super) const SCRIPT: &str = "<script>\
(function(){var box=document.getElementById('find'),told=document.getElementById('found');\
if(!box)return;document.getElementById('search').hidden=false;\
var all=document.querySelectorAll('.item,.points>li'),texts=[];\
function text(n){if(!texts[n])texts[n]=all[n].textContent.toLowerCase();return texts[n]}\
var wait;box.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(look,120)});\
function look(){var words=box.value.toLowerCase().split(/\\s+/).filter(Boolean),count=0;\
for(var n=0;n<all.length;n++){var there=words.every(function(w){return text(n).indexOf(w)>=0});\
all[n].hidden=!there;if(there)count++}\
document.querySelectorAll('details.cell').forEach(function(cell){\
var some=cell.querySelector('li:not([hidden])');cell.hidden=!some;cell.open=words.length>0&&!!some});\
told.textContent=words.length?count+' found':''}\
window.addEventListener('beforeprint',function(){document.querySelectorAll('details').forEach(\
function(d){d.dataset.was=d.open;d.open=true})});\
window.addEventListener('afterprint',function(){document.querySelectorAll('details').forEach(\
function(d){d.open=d.dataset.was==='true'})});\
})();</script>";

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c2430;--soft:#55606f;--paper:#fff;--band:#e9eef5;--line:#c3ccd8;\
--link:#1a4f9c;--in:#14532d;--in-back:#dcf3e3;--out:#9b1c1c;--out-back:#fbe3e3;--warn:#9b1c1c;--bar:#2f6db5}\
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a6b0bf;--paper:#14181f;--band:#222a36;\
--line:#3a4554;--link:#8db8f5;--in:#9be3b4;--in-back:#173524;--out:#f5a8a8;--out-back:#431d1d;\
--warn:#ff9d9d;--bar:#6ea8e8}}\
*{box-sizing:border-box}\
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,\
'Segoe UI',Roboto,'Noto Sans','Leelawadee UI','Nirmala UI','Myanmar Text',sans-serif;\
overflow-wrap:anywhere}\
main{max-width:56rem;margin:0 auto;padding:1rem 1rem 4rem}\
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;\
border-bottom:2px solid var(--line);padding-bottom:.2rem}h3{font-size:1.1rem;margin:1.8rem 0 .5rem}\
a{color:var(--link)}.lead,.note,.top{color:var(--soft);font-size:.9rem}.note{margin:.3rem 0}\
.draft{border:2px solid var(--warn);border-radius:.4rem;padding:.5rem .9rem;margin:1rem 0}\
.draft strong,.clash{color:var(--warn);font-weight:700}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:1rem 0}dt{font-weight:600}\
dd{margin:0}\
.band{background:var(--band);padding:.5rem .8rem;margin:1.2rem 0 .4rem;border-inline-start:4px solid \
var(--bar)}.band p{margin:.2rem 0 0}\
.item{border:1px solid var(--line);border-radius:.4rem;padding:.6rem .9rem;margin:.6rem 0}\
.item>p{margin:.25rem 0}.item:target,li:target{outline:3px solid var(--bar)}\
.ref{font:600 .85rem ui-monospace,Consolas,monospace;text-decoration:none}\
.kind{color:var(--soft);font-size:.85rem}.words{white-space:pre-line}\
.points{list-style:none;padding:0}.points>li{border-top:1px solid var(--line);padding:.4rem 0}\
summary{cursor:pointer;padding:.25rem 0}\
ins{color:var(--in);background:var(--in-back);text-decoration:underline;font-weight:600}\
del{color:var(--out);background:var(--out-back);text-decoration:line-through}\
.alt{border-bottom:2px dotted var(--warn)}.alt b{color:var(--warn)}\
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.6rem 0}\
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:start;vertical-align:top}\
th{background:var(--band)}td.n,th.n{text-align:end}.wide{overflow-x:auto}\
svg{max-width:100%;height:auto;display:block;margin:.8rem 0}svg text{fill:var(--ink);font-size:13px}\
input{font:inherit;padding:.4rem .6rem;width:100%;max-width:28rem;border:1px solid var(--line);\
border-radius:.4rem;background:var(--paper);color:var(--ink)}\
#search{position:sticky;top:0;background:var(--paper);padding:.4rem 0;z-index:1}\
nav ul{padding-inline-start:1.2rem;margin:.3rem 0}\
@media (max-width:34rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}main{padding:.6rem}}\
@media print{@page{margin:16mm}:root{--ink:#000;--soft:#444;--paper:#fff;--band:#eee;--line:#999;\
--in:#000;--in-back:none;--out:#000;--out-back:none;--link:#000;--warn:#000}body{font-size:10pt}\
main{max-width:none;padding:0}#search,.top,nav{display:none}.item,tr,li,svg,.band{break-inside:avoid}\
h2,h3,.band,summary{break-after:avoid}.sheet{break-before:page}.sheet:first-of-type{break-before:auto}\
details:not([open])>*{display:block}}";

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_as_everybody_has_it() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(super::base64(bytes.as_bytes()), text);
        }
    }
}
