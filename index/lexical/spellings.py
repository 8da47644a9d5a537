"""Words with two spellings, and words written with a hyphen or without.

What enters: two spellings of one word, or of its noun and verb (licence, license), where a
reader who searches for one wants the other too. What stays out: spellings that are also words
of their own in news (cheque and check, tyre and tire, kerb and curb, storey and story, draught
and draft, prise and prize), and synonyms (mum and mom, while and whilst). Metre and meter are
joined all the same: lengths are common in news and the devices are not.

A list, because no rule tells size from organize; of our own, because the package breame, which
has such pairs, has had no release since 2021, joins tyre with tire and draught with draft, and
lacks sexualise, weaponise and acknowledgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

# Beginnings of words by (ending that is folded, ending that it becomes). Of two endings the one
# is kept that holds the forms of a word together under the stemmer, and those of others apart:
# humour beside humorous, but organise not beside organ, nor an offence beside what is offensive.
_FAMILIES = {
    ("ize", "ise"): """
        actual aerosol aggrand agon alphabet amort anatom anesthet anglic annual anonym antagon
        apolog arbor atom author autom bapt bastard bowdler brutal burglar cannibal canon capital
        caramel carbon catal categor cauter central character chast christian circular civil
        collectiv colon commercial commod commun compartmental computer conceptual container
        contextual cretin criminal critic crystall custom decarbon decentral democrat demon
        demonet demoral denuclear deput deradical desensit destabil dichotom digit digital
        disorgan divin dogmat dramat econom editorial electr emot empath emphas energ epitom equal
        essential eternal eulog euphem evangel extern external factor familiar fantas feder femin
        fertil fet fetish fictional final formal fossil fratern galvan general ghetto glamor
        global gourmand harmon homogen hospital human hybrid hypnot hypothes ideal ideolog idol
        immobil immortal immun incentiv individual industrial infantil initial institutional
        instrumental intellectual internal international ion iron islam item jeopard journal
        labial latin legal legitim liberal linear lion liquid local magnet marginal martyr
        masculin material maxim mechan memor memorial mesmer metabol metastas metropolit militar
        mineral miniatur minim mischaracter mobil modern moistur monet monopol moral motor myth
        narrativ national natural neutral normal notar novel nuclear objectiv oper operational
        optim organ ostrac oxid pasteur patron pedestrian penal personal philosoph plagiar polar
        polem polit politic popular pressur priorit privat problemat professional proselyt
        psychologic public pulver racial radical random rational real recogn regional regular
        relativ revital revolution rhapsod romantic routin rubber sanit satir scandal schemat
        scrutin secular sensational sensit sentimental serial sermon sexual signal social solemn
        special spiritual stabil standard steril stigmat strateg styl subsid summar symbol sympath
        synchron synthes system tantal temper tender terror theatrical theor token tranquil
        tranquill transistor traumat trivial tyrann union unit urban util vandal vapor verbal
        victim virtual visual vital vocal vulcan vulgar weapon weather western winter woman""",
    ("yze", "yse"): "anal autol breathal catal dial electrol hydrol paral psychoanal",
    ("our", "or"): """
        arb ard arm behavi bel cand clam clang col demean discol dol enam endeav fav ferv flav
        glam harb hon hum lab misbehavi misdemean neighb od parl ranc rig rum sav savi splend succ
        tum val vap vig watercol""",
    ("re", "er"): """
        accout amphitheat calib cent centilit centimet epicent fib goit kilolit kilomet lit lust
        meag met millilit millimet mit nanomet och philt reconnoit sab salpet scept somb
        spect theat""",
    ("ense", "ence"): "def off pret",
    ("og", "ogue"): "anal catal dem dial epil homol monol ped prol synag travel",
    ("ement", "ment"): "abridg acknowledg judg lodg misjudg prejudg",
}

# Other pairs: what is folded, then what it becomes.
_PAIRS = """
    anaemia anemia  anaemic anemic  anaesthesia anesthesia  anaesthesis anesthesis
    anaesthetic anesthetic  anaesthetise anesthetise  anaesthetist anesthetist
    anaesthetize anesthetise  archaeological archeological  archaeologist archeologist
    archaeology archeology  caesarean cesarean  caesium cesium  diarrhoea diarrhea
    encyclopaedia encyclopedia  faecal fecal  faeces feces  foetal fetal  foetus fetus
    gynaecologist gynecologist  gynaecology gynecology  haemoglobin hemoglobin
    haemophilia hemophilia  haemorrhage hemorrhage  haemorrhoid hemorrhoid
    hypoglycaemia hypoglycemia  leukaemia leukemia  mediaeval medieval  oedema edema
    oesophagus esophagus  oestrogen estrogen  orthopaedic orthopedic  paediatric pediatric
    paediatrician pediatrician  paedo pedo  paedophile pedophile  paedophilia pedophilia
    paedophiliac pedophiliac  paedophilic pedophilic  palaeontologist paleontologist
    palaeontology paleontology  septicaemia septicemia  toxaemia toxemia

    aeroplane airplane  ageing aging  aluminium aluminum  appal appall  artefact artifact  ax axe
    carcase carcass  chequebook checkbook  chequered checkered  cosy cozy  cypher cipher
    czar tsar  disc disk  distil distill  enquire inquire  enquirer inquirer  enquiries inquiries
    enquiry inquiry  enrol enroll  enrolment enrollment  enthral enthrall  favourite favorite
    favouritism favoritism  fulfil fulfill  fulfilment fulfillment  furore furor  gaol jail
    gaoler jailer  gray grey  instalment installment  instil instill  jeweller jeweler
    jewellery jewelry  licence license  likeable likable  loveable lovable  manoeuver maneuver
    manoeuvre maneuver  marvellous marvelous  medallist medalist  mould mold  mouldy moldy
    moult molt  moustache mustache  omelette omelet  paycheque paycheck  plough plow
    practise practice  programme program  pyjamas pajamas  racquet racket  saleable salable
    sceptic skeptic  sceptical skeptical  scepticism skepticism  sizeable sizable
    skilful skillful  skilfully skillfully  smoulder smolder  sulphate sulfate  sulphur sulfur
    sulphuric sulfuric  unshakeable unshakable  whiskey whisky  wilful willful  wilfully willfully
    woollen woolen  woolly wooly  yoghurt yogurt

    bejewelled bejeweled  councilor councillor  counsellor counselor  dialled dialed
    dialling dialing  duelled dueled  duelling dueling  focussed focused  focussing focusing
    fuelled fueled  fuelling fueling  refuelled refueled  refuelling refueling
    tranquillity tranquility  traveller traveler  trialled trialed  trialling trialing

    burnt burned  dreamt dreamed  leant leaned  leapt leaped  learnt learned  misspelt misspelled
    spelt spelled  spoilt spoiled  unlearnt unlearned
"""

# Written with a hyphen or as one word. Left out: where the first part alone changes the
# meaning of a word that people also search for by itself (anti-paedophile, ex-officer,
# pre-trial), and where the hyphen tells two words apart (re-sign, re-form, re-cover).
_SOLID = """
    antisemite antisemitic antisemitism antisocial antivirus backup bipartisan ceasefire chatroom
    cleanup coauthor coexist coexistence cooperate cooperation cooperative coordinate coordination
    coordinator counterterrorism coverup coworker crackdown cyberattack cyberbully cyberbullying
    cybercrime cybersecurity ebook ecommerce email followup frontline frontrunner fundraise
    fundraiser fundraising grassroots halftime hardcore hardline hardliner healthcare helpline
    hotline kickoff lifelong lineup livestream longstanding longtime mainstream makeup
    multicultural nationwide neonazi nonetheless nonexistent nonlinear nonprofit nonstop northeast
    northeastern northwest northwestern offline ongoing online onscreen overall passerby percent
    postwar preempt preemptive preexisting preteen proactive reappear reapply rearrest reassess
    reelect reelection reemerge reemploy reenact reenactment reenter reentry reestablish
    reevaluate reexamination reexamine reimpose reintroduce reoffend reoffender reopen
    rerun rethink retweet reuse rollout runoff schoolboy schoolgirl setup shakeup socioeconomic
    southeast southeastern southwest southwestern standalone standoff startup subcommittee takeoff
    takeover teenage teenager ultraviolet underage underrepresented upfront voicemail warmup
    webcam website wellbeing whistleblower whistleblowing wifi worldwide
"""

_INFLECTIONS = "s ed ing ings er ers".split()
_DERIVATIONS = """
    or ors able ably ability ation ations ational ationally ative al ally ful fully less ly ist ists
    ism hood hoods ship""".split()
# What else begins like these is spelled alike everywhere: central, calibration, analogy.
_ONLY_INFLECTED = ("re", "og")
_PREFIXES = ("un", "re", "de", "dis", "mis", "non", "over", "under", "hyper")


def respelled(word: str) -> str:
    """The one spelling that stands for both, `word` itself where there are not two.

    `word` is in lower case, without accents. The result may be no dictionary's word.
    """
    listed = _listed()
    if kept := listed.get(word):
        return kept
    for prefix in _PREFIXES:
        if word.startswith(prefix) and (kept := listed.get(word[len(prefix) :])):
            return prefix + kept
    return word


def is_solid(word: str) -> bool:
    """Whether `word`, in lower case, is also written in two parts with a hyphen."""
    return word in _solid()


@cache
def _listed() -> dict[str, str]:
    """All forms that are folded; built once, at the first word (some 10 ms)."""
    others = iter(_PAIRS.split())
    listed = dict(zip(others, others, strict=True))
    forms = [(folded, kept, True) for folded, kept in listed.items()] + [
        (beginning + folded, beginning + kept, folded not in _ONLY_INFLECTED)
        for (folded, kept), beginnings in _FAMILIES.items()
        for beginning in beginnings.split()
    ]
    for folded, kept, derived in forms:
        both = zip(_forms(folded, derived=derived), _forms(kept, derived=derived), strict=True)
        for folded_form, kept_form in both:
            if folded_form != kept_form:
                listed.setdefault(folded_form, kept_form)
    return listed


@cache
def _solid() -> frozenset[str]:
    return frozenset(form for word in _SOLID.split() for form in _forms(word, derived=True))


def _forms(word: str, *, derived: bool) -> Iterator[str]:
    """The word and what it becomes with each ending; many are no words, and then do nothing."""
    yield word
    for ending in _INFLECTIONS + _DERIVATIONS if derived else _INFLECTIONS:
        yield (word[:-1] if word[-1] == "e" and ending[0] in "aeiou" else word) + ending
