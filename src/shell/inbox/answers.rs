//! What a terminal answers: control sequences and control strings, which nobody typed.
//!
//! Strings begin with Esc and one of five letters and end with Esc and a backslash (ECMA-48, section 5.6), or
//! with a bell, as xterm does. A person may have typed Esc and such a letter, too.

pub(super) const ESC: u8 = 0x1b;

/// How many bytes there are to the end of a control string, and whether it ended as it should: by a string
/// terminator, or by a bell, as xterm does. A key and a cancellation break it off.
pub(super) fn end_of_string(bytes: &[u8]) -> Option<(usize, bool)> {
    let at = bytes.iter().position(|byte| matches!(*byte, ESC | 0x07 | 0x18 | 0x1a))?;
    match (bytes[at], bytes.get(at + 1)) {
        (ESC, None) => None,
        (ESC, Some(b'\\')) => Some((at + 2, true)),
        (ESC, Some(_)) => Some((at, false)),
        (byte, _) => Some((at + 1, byte == 0x07)),
    }
}

/// Whether Esc and this byte may begin a control string: DCS, SOS, OSC, PM or APC.
pub(super) fn begins_string(sign: u8) -> bool {
    b"PX]^_".contains(&sign)
}

/// Whether a control string with this first byte is what a terminal answers. Somebody may also have typed
/// Esc and then a text.
pub(super) fn continues_string(sign: u8, first: u8) -> bool {
    match sign {
        b'P' => first.is_ascii_digit() || b"!$+;<=>?|".contains(&first) || first == ESC,
        b']' => first.is_ascii_digit() || b"lLI".contains(&first) || first == ESC,
        b'X' => !first.is_ascii_lowercase(),
        b'_' => !first.is_ascii_lowercase() && first != b' ',
        _ => true,
    }
}

/// Whether a control sequence, from its third byte, is what a terminal answers, not a key. `alone` says that
/// it cannot be a text in brackets that somebody typed after Esc.
pub(super) fn is_answer(sequence: &[u8], alone: bool) -> bool {
    let Some((sign, body)) = sequence.split_last() else { return false };
    let numbers = body.iter().all(|byte| byte.is_ascii_digit() || b";:?<=>$ ".contains(byte));
    let private = body.first().is_some_and(|first| b"?<=>".contains(first));
    let answer = b"RcntyuqmMIO".contains(sign);
    let certain = (private || body.contains(&b';')) && !body.contains(&b' ');
    answer && numbers && (alone || certain)
}

/// Whether this is the terminal's answer that it knows the keyboard protocol of kitty
/// (<https://sw.kovidgoyal.net/kitty/keyboard-protocol/>).
pub(super) fn is_offer(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\x1b[?").and_then(|rest| rest.strip_suffix(b"u")).is_some()
}

#[cfg(test)]
/// What terminals answer, asked or not.
pub(super) const ANSWERS: &[&[u8]] = &[
    // OSC: colours, the clipboard, titles, notifications, ended by ST or by a bell.
    b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1b]11;rgb:0000/0000/0000\x07",
    b"\x1b]12;rgb:ffff/0000/0000\x1b\\",
    b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    b"\x1b]17;rgb:1111/2222/3333\x07",
    b"\x1b]52;c;SGVsbG8gd29ybGQ=\x1b\\",
    b"\x1b]52;p;\x07",
    b"\x1b]lxterm title\x1b\\",
    b"\x1b]Lxterm icon\x1b\\",
    b"\x1b]99;i=1:p=?;p=title,body\x1b\\",
    b"\x1b]1337;ReportCellSize=17.0;8.0;2.0\x1b\\",
    b"\x1b]21;foreground=rgb:ff/ff/ff\x1b\\",
    // DA1 to DA3, XTVERSION, DECRQSS, XTGETTCAP.
    b"\x1b[?62;4;22c",
    b"\x1b[?1;2c",
    b"\x1b[>1;95;0c",
    b"\x1b[>41;354;0c",
    b"\x1bP!|7E565445\x1b\\",
    b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1bP>|tmux 3.4\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP0$r\x1b\\",
    b"\x1bP1$r2 q\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1bP0+r\x1b\\",
    // DECRQM, kitty's keyboard and its pictures, the colour scheme.
    b"\x1b[?2026;2$y",
    b"\x1b[?2004;1$y",
    b"\x1b[4;2$y",
    b"\x1b[?0u",
    b"\x1b[?31u",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b_Gi=31;ENOENT: no such picture\x1b\\",
    b"\x1b[?997;1n",
    // Focus, the cursor's place, the state, the window.
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[24;80R",
    b"\x1b[?24;80;1R",
    b"\x1b[0n",
    b"\x1b[8;35;120t",
    b"\x1b[48;35;120;700;960t",
    b"\x1b[>4;2m",
    // Strings that nobody sends today.
    b"\x1b^a private message\x1b\\",
    b"\x1bX A start of string\x1b\\",
];
