#!/usr/bin/env python3
"""Makes english.txt, english-rare.txt, wordnet.txt and malay.txt, the words that no name is made of by itself.

    apt-get download scowl                                    # 2020.12.07; its usr/share/dict/scowl
    apt-get download wordnet-base                             # 3.0; its usr/share/wordnet
    src/names/data/words/make.py SCOWL WORDNET_BAHASA WORDNET # of omw-data 2024: the folder wns/msa

English: SCOWL, inflected forms with it, up to size 40 as common words, up to 70 as rare ones; without the lists of
abbreviations, of names and of words with a capital. What is a name there as well is left out unless it is one of the
commonest words, and so is what FORENAMES and SURNAMES have. Malay and Indonesian: the lemmas of Wordnet Bahasa in
small letters. WordNet: its words in small letters that none of these has and that are no names there. Letters are
folded as texts are: no accents. terms.txt is written by hand.
"""
import pathlib
import sys
import unicodedata

COMMON = [10, 20, 35, 40]
RARE = [50, 55, 60, 70]
KINDS = ["english-words", "british-words", "british_z-words", "american-words"]
NAMED = ["english-proper-names", "british-proper-names", "american-proper-names"]

# Words that bear a name too and that notes are full of.
KEPT = set(
    "admiral border borders captain carrier case centre challenger charity closure colonel commander commodore conger"
    " coast craft crossroads cruise defiance divisions dissent encampment enterprise equality equity flood flowers"
    " forest freed goodwill help helper homicide inland ledger levy lieutenant marshal narrows nationwide outlook"
    " premier prosperity protection prudence reliance rains registers secretariat sergeant severance shields slaughters"
    " society solidarity springs squires summit summits tranquility triad urban wake waters welfare winters united"
    " post poster postcodes postcode fern hunters sellers skippers helpers painter oracle android scopes sparks forks irons perks platter sprint staples heaters"
    " cashiers counselor corporal ensign dresser foreman workman eclectic earnest lively bountiful voyager"
    " fiat sixes vessels trident speculator".split()
)
# Common forenames and family names of the region and of English that are words in one of the lists.
FORENAMES = set(
    "abu adi agus ahmad ali amber amin aminah amir amy ana andy angel ann anna anne april arif august ayu ben benny beth"
    " bill billy bob bobby bud budi budiman carl carol cathy cita daisy dan daniel dean dewi dian dick don dora duke dwi"
    " earl eka elodea emery eva eve fajar fanny farah fay frank gene gilbert ginger grace grant guy hank harry hasan hazel"
    " heather henry hope hugh indah intan iris isa ivy jack jade jay jean jennet jenny jerry jess jim jimmy jo joan joe"
    " joey john johnny josh joy june kartika kim kitty lance laura laurel lee lena lestari lily linda lucy lulu mae mai mar"
    " maria marina mark martin matt max mega mei melati melody mercy merry mia mike milo miranda molly mulia nancy ned nick"
    " nina noel noor nora norm nur olive oliver pat patience patty paul pearl peggy penny permata peter polly prince purnama"
    " putra putri rahmat randy ratna ray reed rex rich rick rob robert robin rod roger ron rosa rose rosemary roy ruby rusty"
    " ruth sally sam sandy sari setia setiawan sherry sid sinta siti sonny stan stella stephen sue sulaiman surya susan teddy terry"
    " tim timothy tina toby tom tommy tony tri tuti umar utama vera vernon victor victoria viola violet wati wayan will"
    " willy yanti".split()
)
SURNAMES = set(
    "abbott archer bailey baker barber barker barrett barton beck bell bishop black blair bond bowman boyd bradley brewer"
    " brooks bryant burke burns burton bush butler byrd cain carpenter carr carter chan chandler cheng chin chu clark clay"
    " cole coleman collier collins conner cook cooper costa crane cruz curry dai dalton das de dixon dong doyle drake duff"
    " dunn dyer elder ellis farmer fisher fletcher flores forbes foster fowler fox fraser freeman gill gomez goodman gore"
    " graves gupta hale hardy harper hart hayes heath henderson hicks ho hogan holland hong hopkins hu huang hunter ibrahim"
    " jain jordan kang kelly keller kerr khan king knight ko kong krishna kumar lam lane lang lau law lawson li liang lim"
    " lin little liu lo lopez low lu ma mann marsh marshall mason maung mendoza mercer meyer miller mills min ming moon"
    " moore morgan moss murray myers nash nelson ng nguyen noble norris oh ong palmer pang park parker parsons patel payne"
    " pereira perera perez perry pham phan pierce pike pittman poole pope porter potter powell prince quinn ramos rao ray reid"
    " reis reyes rhodes riley rivera robbins rojas romero rosario ross roy salim santos sawyer schmidt sexton shah shaw"
    " shepherd silva sims sin singer singh skinner smith snow snyder soto spencer stark steele stokes stone storey summers"
    " sun sutton swan tam tan tanner tay taylor teo than thant thein thomas tin todd tong torres tran tucker turner tyler"
    " vance vang vaughan villa villar villas wagner walker wallace walsh walton wang ware weaver webb webster weir wells wheeler"
    " wolfe wong woo woodward wright wu xu yan yang yao ye yeo yi yin york yuan yung zhang zhao zhou zhu".split()
)
# Family names that notes have as words: known all the same.
WORDS = set(
    "bell black case cook day elder farmer fisher fox hardy heath hope king knight lane law little low mark min mills moon"
    " noble park patience post rich rose shepherd singer snow stark stone sun turner villa villas walker webster wells"
    " will april august june angel frank grant oh duke prince help ray oliver indah setia mulia mega utama putri putra"
    " sari budi cita de tim ma than tin yang ye yi min bill graves summers dick guy joy mercy pat sin drake ginger"
    " grace skinner steele holland king bond marsh hunter butler lo isa ho ko eve".split()
)


def is_kept(word):
    return word in KEPT or word.endswith(("ing", "ed", "ly"))


def folded(word):
    plain = unicodedata.normalize("NFKD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def of(folder, kinds, sizes):
    words = {}
    for size in sizes:
        for kind in kinds:
            file = folder / f"{kind}.{size}"
            if file.exists():
                for word in file.read_text("utf-8", "replace").split():
                    if "'" not in word:
                        words.setdefault(folded(word), size)
    return words


def write(file, head, words):
    here = pathlib.Path(__file__).parent
    text = "".join(word + "\n" for word in sorted(words))
    (here / file).write_text(f"# {head}\n{text}")
    print(file, len(words), len(text))


def of_wordnet(folder):
    small, names = set(), set()
    for file in folder.glob("data.*"):
        for line in file.read_text("latin-1").splitlines():
            if not line.startswith(" "):
                fields = line.split(" ")
                for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]:
                    word = word.split("(")[0]
                    if word.isascii() and word.isalpha():
                        (small if word.islower() else names).add(word.lower())
    return {word for word in small - names if len(word) > 3}


def main():
    scowl, bahasa, wordnet = map(pathlib.Path, sys.argv[1:4])
    english = of(scowl, KINDS, COMMON + RARE)
    named = set(of(scowl, NAMED, [10, 20, 35, 40, 50, 55, 60, 70, 80]))
    for word in (FORENAMES | SURNAMES) - WORDS:
        english.pop(word, None)
    for word, size in list(english.items()):
        if word in named and size > 20 and not is_kept(word) or len(word) < 2 or not (word.isascii() and word.isalpha()):
            english.pop(word)
    # Such names are nobody's only where a sentence begins: "Grace period", but "as Grace said".
    for word in FORENAMES & WORDS:
        if english.get(word) in COMMON:
            english[word] = 50
    common = {word for word, size in english.items() if size in COMMON}
    scowl_head = "From SCOWL 2020.12.07 (see NOTICE), by make.py, folded."
    write("english.txt", f"English words up to SCOWL's size 40. {scowl_head}", common)
    write("english-rare.txt", f"English words of SCOWL's sizes 50 to 70. {scowl_head}", set(english) - common)
    malay = set()
    for file in ["wn-data-zsm.tab", "wn-data-ind.tab"]:
        for line in (bahasa / file).read_text().splitlines()[1:]:
            lemma = line.split("\t")[2]
            if lemma == lemma.lower():
                malay.update(word for word in folded(lemma).replace("-", " ").split() if word.isalpha() and word.isascii())
    malay -= set(english) | FORENAMES | SURNAMES
    malay = {word for word in malay if len(word) > 1}
    more = of_wordnet(wordnet) - set(english) - malay - FORENAMES - SURNAMES - named
    write("wordnet.txt", "Rarer words of English, from WordNet 3.0 (see NOTICE), by make.py.", more)
    write("malay.txt", "Malay and Indonesian words, from Wordnet Bahasa (see NOTICE), by make.py, folded.", malay)


main()
