#!/usr/bin/env python3
"""Makes src/names/world.tsv, regions.tsv and near.txt from published data.

    npm pack cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 cldr-subdivisions-full@48.2.0
    npm pack countries-list@3.4.1                                  # unpack each to a folder of its name
    cargo info nationify@0.2.5                                     # its data/countries.json
    apt-get download wamerican-large                               # 2020.12.07; its usr/share/dict/american-english-large
    src/names/world.py CLDR COUNTRIES_LIST NATIONIFY WORDS         # CLDR: the folder that the three are in

Names in English and in the languages of the region: CLDR 48.2 (Unicode-3.0), as are capitals in
those languages (cities of time zones, subdivisions) and the parts of states. Formal names and
nationalities: nationify, from the `countries` data set (MIT). Capitals, names at home, and what is
part of another state: countries-list (MIT). English words: SCOWL, by way of wamerican-large. What no
source has is in EXTRA, a form a line's end, and in data/tongues/.
"""
import json
import pathlib
import re
import sys
import unicodedata

LANGUAGES = "ms id fil vi th lo km my zh zh-Hant ta bn si hi ur pt pt-PT ar ja ko jv ne fr es".split()
# The language that a state's own parts are written in beside English.
AT_HOME = {
    "BD": ["bn"], "BN": ["ms"], "CN": ["zh"], "HK": ["zh-Hant"], "ID": ["id"], "IN": ["hi", "ta"], "IR": ["fa"],
    "JP": ["ja"], "KH": ["km"], "KR": ["ko"], "LA": ["lo"], "LK": ["si", "ta"], "MM": ["my"], "MY": ["ms", "zh", "ta"],
    "NP": ["ne"], "PH": ["fil"], "PK": ["ur"], "SG": ["zh"], "TH": ["th"], "TL": ["pt"], "TW": ["zh-Hant"], "VN": ["vi"],
}
# Words that say where in a state a part lies; alone they name none.
NOWHERE = set(
    "north south east west central northern southern eastern western northeast northwest southeast southwest upper"
    " lower middle capital city island islands district region province division territory state and of the mountain"
    " federal national metropolitan".split()
)
# Territories that send no delegation of their own; many bear the names of people.
LEFT_OUT = set(
    "AC AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HM IM IO JE KY MF MP MQ MS NC NF NU PF"
    " PM PN PR RE SH SJ SX TA TC TF TK UM VG VI WF YT".split()
)
# Adjectives, people and short names in everyday use that the sources do not carry.
EXTRA_NAMES = {
    "AE": ["UAE", "Emirates"], "CN": ["PRC"], "GB": ["Britain", "UK", "England", "Scotland"], "KP": ["DPRK"],
    "KR": ["ROK", "Republic of Korea", "Korea"], "LA": ["Lao PDR", "LPDR"], "MM": ["Burma"],
    "NL": ["Holland"], "RU": ["Russia"], "TL": ["Timor"], "US": ["USA", "America"],
}
EXTRA_PEOPLE = {
    "AE": ["Emirati"], "AU": ["Aussie"], "DK": ["Dane"], "ES": ["Spaniard"],
    "FI": ["Finn"], "GB": ["Briton", "Brit", "English", "Scottish"], "KH": ["Khmer"], "LA": ["Lao"],
    "MM": ["Burmese"], "NZ": ["Kiwi"], "PH": ["Philippine", "Filipina", "Pinoy"],
    "PL": ["Pole"], "SA": ["Saudi"], "SE": ["Swede"], "TL": ["Timorese"],
    "TR": ["Turk"], "KR": ["Korean"], 
}

# Where a government sits that the sources place elsewhere.
EXTRA_CAPITALS = {"MY": ["Putrajaya"]}


HERE = pathlib.Path(__file__).parent


def main(cldr, listed, nationify, words):
    countries = json.load(open(f"{listed}/countries.min.json", encoding="utf-8"))
    formal = {c["iso_code"]: c for c in json.load(open(f"{nationify}/data/countries.json", encoding="utf-8"))}
    dictionary = {plain(word.strip()) for word in open(words, encoding="utf-8") if "'" not in word}
    small = {word.strip() for word in open(words, encoding="utf-8") if word.islower()}

    def territories(language):
        path = f"{cldr}/cldr-localenames-full-48.2.0/main/{language}/territories.json"
        names = json.load(open(path, encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]
        out = {}
        for code, name in names.items():
            out.setdefault(code.split("-")[0], []).append(name)
        return out

    def cities(language):
        path = f"{cldr}/cldr-dates-full-48.2.0/main/{language}/timeZoneNames.json"
        zones = json.load(open(path, encoding="utf-8"))["main"][language]["dates"]["timeZoneNames"]["zone"]
        found = {}

        def walk(at, name):
            for key, value in at.items():
                if key == "exemplarCity":
                    found[name] = value
                elif isinstance(value, dict):
                    walk(value, key.replace("_", " "))

        walk(zones, "")
        return found

    def parts(language):
        path = pathlib.Path(f"{cldr}/cldr-subdivisions-full-48.2.0/subdivisions/{language}/{language}.json")
        if not path.exists():
            return {}
        return json.load(open(path, encoding="utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]

    english, english_parts = territories("en"), parts("en")
    others = [(language, territories(language), cities(language), parts(language)) for language in LANGUAGES]
    rows, near = [], set()
    for code in sorted(countries):
        if code in LEFT_OUT:
            continue
        iso = formal.get(code, {})
        names = [english[code][-1] if "(" in english[code][0] else english[code][0]] + english[code]
        names += [iso.get("iso_short_name", ""), iso.get("iso_long_name", "")]
        names += countries[code].get("alias", []) + EXTRA_NAMES.get(code, [])
        people = [iso.get("nationality") or ""] + EXTRA_PEOPLE.get(code, [])
        capitals = [countries[code].get("capital") or ""] + EXTRA_CAPITALS.get(code, [])
        if code in ("HK", "MO", "VA"):
            people, capitals = [], []  # "City of Victoria", "Italian"
        foreign = [f"{language}:{name}" for language, known, _, _ in others for name in known.get(code, [])]
        foreign.append("native:" + countries[code].get("native", ""))
        seats = []
        for language, _, towns, regions in others:
            for capital in filter(None, capitals):
                same = [k for k, name in english_parts.items() if name == capital and k.startswith(code.lower())]
                here = [regions[k] for k in same if k in regions]
                here += [towns[t] for t in (capital, ZONES.get(capital)) if t in towns]
                seats += [f"{language}:{name}" for name in here if plain(name) != plain(capital)]
        row = [code, iso.get("alpha3", "XKX" if code == "XK" else "")]
        rows.append(row + [*map(tidy, (names, people, capitals, foreign, seats))])
        near.update(plain(name) for name in names + people + capitals)
    write("world.tsv", [
        "# Made by src/names/world.py; not to be edited.",
        "# CLDR 48.2: (c) 1991-2025 Unicode, Inc., Unicode-3.0, https://www.unicode.org/license.txt",
        "# nationify 0.2.5: (c) 2023 Mohamad Al Zohbie, MIT. countries-list 3.4.1: (c) 2014 Annexare Studio, MIT",
        "# code\tcode of three\tnames\tpeople\tcapitals\tnames in other languages\tcapitals in other languages",
        *map("\t".join, rows),
    ])
    write_regions(english_parts, {language: parts(language) for home in AT_HOME.values() for language in home}, rows, small)
    near = {name for name in near if name.isascii() and name.isalpha() and len(name) > 5}
    known = near | {name + "s" for name in near}
    alike = sorted(set(neighbours(near, dictionary)) - known)
    write("near.txt", [
        "# English words that are one letter from a name in world.tsv, so that they are no misspelt names. Made by",
        "# src/names/world.py from SCOWL 2020.12.07. Copyright 2000-2019 by Kevin Atkinson as well as any of the",
        "# copyrights of its sources. Permission to use, copy, modify, distribute and sell these word lists, the",
        "# associated scripts, the output created from the scripts, and its documentation for any purpose is hereby",
        "# granted without fee, provided that the above copyright notice appears in all copies and that both that",
        "# copyright notice and this permission notice appear in supporting documentation. Kevin Atkinson makes no",
        "# representations about the suitability of this array for any purpose. It is provided \"as is\" without express",
        "# or implied warranty.",
        "",
        "[words like names]",
        *fill(alike),
    ])


# Zones are called as cities were.
ZONES = {"Kathmandu": "Katmandu", "Ulan Bator": "Ulaanbaatar"}


def write_regions(english, local, rows, small):
    out = []
    for code, _, names, _, capitals, *_ in rows:
        known = {plain(name) for name in f"{names}|{capitals}".split("|")}
        for key, name in english.items():
            if key[:2].upper() != code:
                continue
            found = [name] + [local[language][key] for language in AT_HOME.get(code, []) if key in local[language]]
            kept = [name for name in found if is_somewhere(name, small) and plain(name) not in known]
            if kept:
                words = all(plain(word) in small for word in kept[0].split())
                out.append("\t".join([code, "word" if words else "", tidy(kept)]))
    write("regions.tsv", [
        "# Made by src/names/world.py; not to be edited.",
        "# CLDR 48.2: (c) 1991-2025 Unicode, Inc., Unicode-3.0, https://www.unicode.org/license.txt",
        "# code\twhether it is an English word as well\tnames of a part of the state",
        *out,
    ])


def is_somewhere(name, small):
    words = plain(name.replace("-", " ")).split()
    return any(word not in NOWHERE for word in words)


def plain(name):
    apart = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def neighbours(names, dictionary):
    """The words one letter from a name: one more, one less, another, two that changed places, others doubled."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    doubles = {}
    for word in dictionary:
        doubles.setdefault(re.sub(r"(.)\1+", r"\1", word), set()).add(word)
    for name in names:
        yield from doubles.get(re.sub(r"(.)\1+", r"\1", name), ())
        splits = [(name[:at], name[at:]) for at in range(len(name) + 1)]
        for a, b in splits:
            near = [a + c + b for c in letters] + [a + c + b[1:] for c in letters]
            near += [a + b[1:], a + b[1:2] + b[:1] + b[2:]]
            yield from (word for word in near if word in dictionary)


def fill(words):
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 98:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return lines + [line]


def write(name, lines):
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def tidy(names):
    kept = []
    for name in names:
        name = " ".join(name.replace(";", " ").replace("|", " ").split())
        for article in ("The ", "the "):
            name = name.removeprefix(article)
        bare = name.split(":", 1)[-1]
        if bare and not any(bare == k.split(":", 1)[-1] for k in kept):
            kept.append(name)
    return "|".join(kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
