#!/usr/bin/env python3
"""Makes src/names/world.tsv, the names of all states, from published data.

    npm pack cldr-localenames-full@48.2.0 countries-list@3.4.1     # unpack each to a folder
    cargo info nationify@0.2.5                                     # its data/countries.json
    src/names/world.py CLDR COUNTRIES_LIST NATIONIFY > src/names/world.tsv

Names in English and in the languages of the region: CLDR 48.2 (Unicode-3.0). Formal names and
nationalities: nationify, from the `countries` data set (MIT). Capitals, names at home, and what is
part of another state: countries-list (MIT). What no source has is in EXTRA, a form a line's end.
"""
import json
import sys

LANGUAGES = "ms id fil vi th lo km my zh zh-Hant ta bn si hi ur pt pt-PT ar ja ko jv ne".split()
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


def main(cldr, listed, nationify):
    countries = json.load(open(f"{listed}/countries.min.json", encoding="utf-8"))
    formal = {c["iso_code"]: c for c in json.load(open(f"{nationify}/data/countries.json", encoding="utf-8"))}

    def territories(language):
        path = f"{cldr}/main/{language}/territories.json"
        names = json.load(open(path, encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]
        out = {}
        for code, name in names.items():
            out.setdefault(code.split("-")[0], []).append(name)
        return out

    english = territories("en")
    others = [(language, territories(language)) for language in LANGUAGES]
    print("# Made by src/names/world.py; not to be edited.")
    print("# CLDR 48.2: (c) 1991-2025 Unicode, Inc., Unicode-3.0, https://www.unicode.org/license.txt")
    print("# nationify 0.2.5: (c) 2023 Mohamad Al Zohbie, MIT. countries-list 3.4.1: (c) 2014 Annexare Studio, MIT")
    print("# code\tcode of three\tnames\tpeople\tcapitals\tnames in other languages")
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
        foreign = [f"{language}:{name}" for language, known in others for name in known.get(code, [])]
        foreign.append("native:" + countries[code].get("native", ""))
        row = [code, iso.get("alpha3", "XKX" if code == "XK" else ""), *map(tidy, (names, people, capitals, foreign))]
        print("\t".join(row))


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
