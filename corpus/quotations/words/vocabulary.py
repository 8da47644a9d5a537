"""The words that tell people, bodies and roles apart. All in lower case."""

from __future__ import annotations

PRONOUNS = frozenset(
    "he she they i we it you who which that him her them one both others another".split()
)
MALE = frozenset(
    "mr sir lord spokesman chairman congressman councilman businessman salesman fireman "
    "policeman he his himself husband father son brother king prince baron man imam".split()
)
FEMALE = frozenset(
    "mrs ms miss dame lady spokeswoman chairwoman congresswoman councilwoman "
    "businesswoman policewoman she her herself wife mother daughter sister queen princess baroness "
    "woman".split()
)
TITLES = frozenset(
    """
mr mrs ms miss mx dr doctor comedian actor actress singer retired then-president prof professor
sir dame lord lady baroness baron sen sens senator
senators rep reps representative congressman congresswoman gov governor president vice prime
minister chancellor secretary judge justice chief constable superintendent detective inspector
sergeant officer commander commissioner police captain lieutenant colonel general major admiral
mayor councillor cllr councilman councilwoman alderman attorney deputy assistant director
chairman chairwoman chair chairperson speaker leader spokesman spokeswoman spokesperson
ambassador pastor rev reverend bishop archbishop cardinal pope rabbi imam king queen prince
princess former ex-president ex-minister lt gen col sgt maj capt adm det supt insp pc pcc mp msp
ms mep republican democratic democrat conservative labour gop state house senate majority
minority executive acting interim strategist candidate nominee front-runner frontrunner manager
adviser advisor analyst economist reporter host anchor author columnist correspondent editor
lawyer solicitor barrister coach activist campaigner founder head warden keeper foreign home
interior defense defence treasury finance health education national security press
communications campaign first lady undersecretary under-secretary district county city council
special agent sheriff librarian engineer archdeacon dean provost principal headteacher head-teacher
treasurer harbourmaster shadow parliamentary lead senior junior chair-elect crime and for of the
mr. mrs. ms. dr.
""".split()
)
# First words of places, which are nobody's first name.
PLACE_BEGINNINGS = frozenset(
    "north south new saudi united northern southern eastern western san los las puerto hong".split()
)
# Titles that need another one behind them.
MODIFIERS = frozenset(
    """
police labour conservative gop state house senate majority minority executive interim home foreign
interior defense defence treasury finance health education national security press communications
campaign first district county city council special shadow parliamentary crime and for of the
""".split()
)
# Titles that are hardly anybody's middle name, as King and Dean are.
OFFICES = frozenset(
    "commissioner director minister secretary officer constable superintendent inspector sergeant"
    " chairman chairwoman spokesman spokeswoman spokesperson leader mayor councillor governor"
    " senator ambassador president chancellor professor manager chief"
    " strategist analyst editor reporter"
    " correspondent judge sheriff counsel prosecutor ceo general treasurer mp msp mep rep sen gov"
    " capt lt col sgt gen maj det supt insp".split()
)
HONORIFIC = frozenset("mr mrs ms miss mx dr sir dame lord lady".split())
LATE = frozenset("jr sr ii iii iv".split())
BODY_WORDS = frozenset(
    """
police council committee department office ministry university party union association agency
commission court bank institute institution group inc company times post news board foundation
service services trust society federation campaign center centre college school senate house
congress kremlin pentagon government authority corporation ltd network press journal magazine
club nhs fbi cia bbc cnn nbc abc cbs fox msnbc ap reuters afp un eu nato coalition alliance
league national fund forum administration bureau republicans democrats tories conservatives
parliament assembly army navy force forces airlines airways railway railways partnership museum
library libraries hospital church chamber caucus pac project network studios tribune guardian
independent telegraph herald gazette courier observer mail sun mirror express daily weekly radio
television tv street states constabulary chambers directorate kingdom city county state town
organization organisation conference convention team llc llp plc co corp
""".split()
)
BODY_ENDS = frozenset(
    """
police council committee department office ministry university party union association agency
commission court bank institute institution group inc company times post news board foundation
service services trust society federation campaign center centre college school senate house
government authority corporation ltd network press journal magazine coalition alliance league
administration bureau republicans democrats parliament assembly army navy force forces airlines
airways railway railways museum library hospital church caucus pac project tribune guardian
independent telegraph herald gazette courier observer mail mirror express radio television tv
constabulary chambers directorate
""".split()
)
ROLE_HEADS = frozenset(
    """
commissioner president minister secretary officer constable superintendent inspector sergeant
director chairman chairwoman chair chairperson spokesman spokeswoman spokesperson leader mayor
councillor governor senator representative congressman congresswoman ambassador judge lawyer
attorney professor analyst strategist manager adviser advisor aide official officials head chief
candidate nominee executive editor reporter author host founder owner pastor bishop priest
expert researcher scientist economist pollster organizer organiser activist campaigner volunteer
voter resident teacher student farmer doctor nurse engineer warden keeper librarian driver
captain general colonel commander prosecutor sheriff detective agent diplomat source sources
critics critic supporter supporters spokespeople deputy member members veteran historian
lawmaker legislator senators governors coach consultant counsel co-founder co-author columnist
commentator correspondent journalist producer fellow scholar dean chancellor principal
headteacher treasurer front-runner frontrunner democrat republican businessman businesswoman
billionaire mogul worker workers witness witnesses mother father brother sister son daughter
wife husband friend neighbour neighbor colleague lobbyist operative delegate chief-of-staff ceo
cfo coo operator boss chairwomen pcc mp lecturer lead barrister solicitor academic campaigner
criminologist sociologist psychologist psychiatrist physician ombudsman curate vicar rector
headmaster headmistress trustee shopkeeper psychotherapist therapist
""".split()
)
# Words that end as kinds of people do.
THINGS = frozenset(
    """
answer letter chapter paper newspaper number matter order offer manner power tower river winter
summer weather computer server newsletter banner poster sticker register folder filter counter
border corner member-state user-guide chamber theater theatre quarter cover disorder murder tender
transfer error mirror factor sector vector favor favour colour color labor labour humour humor rumor
rumour behaviour behavior harbour harbor honour honor vigor tumor list twist mist wrist fist tryst
want grant plant warrant covenant restaurant variant remnant event document agreement statement
argument comment component moment movement element department government parliament percent accent
announcement amendment assessment investment treatment settlement experiment advertisement covenant
content extent intent consent patent talent instrument monument testament
""".split()
)
# "Brook’s force", "the Moth campaign": a body, in lower case.
COLLECTIVES = frozenset(
    "organisation organization airline newspaper paper association force campaign office team "
    "party administration government council company firm group"
    " department ministry family camp staff foundation".split()
)
# Words with a capital that begin sentences and name nobody.
NO_NAMES = frozenset(
    """
the a an this that these those he she they it we i you his her their its our my your in on at by
for from with after before during while when as if but and or so yet nor since until although
though because where there here now then today yesterday tomorrow meanwhile however moreover
still also even just only not no yes one two three four five six seven eight nine ten some many
most all both each every another other several few more less what who whom whose which why how
monday tuesday wednesday thursday friday saturday sunday january february march april may june
july august september october november december last next earlier later to of into over under
about against among between speaking asked according once despite like unlike well oh instead
perhaps indeed of such
""".split()
)
