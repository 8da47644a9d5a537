"""Articles of our own invention in the shape of real ones: no such place, person or figure.

The two plain texts have what pasted news pages have: a headline in quotation marks, captions
glued to themselves, no-break spaces, a system's stamp, speeches over several paragraphs, a
source line and an address.
"""

_CAPTION = (
    "Oriel Tansley says Harrowmere wardens are ready to leave the line of other districts "
    "and to welcome the spotters"
)

SPOTTERS_IN_HARROWMERE = f"""'We ought to welcome the litter spotters', says Harrowmere commissioner

The Waste Commissioner for Harrowmere wants wardens to be on better terms with the\u00a0\u00a0\
spotter groups that film people who dump rubbish in lay-bys.
{_CAPTION}{_CAPTION}
{_CAPTION}

Oriel Tansley called it a thorny subject on Tuesday, but the Roads and Waste Panel heard from her \
that any help in keeping the lanes clean was help worth having.

Wardens have issued 63 fines so far on the strength of photographs handed over by 11 spotter \
groups. Thirty-eight of those fines have been paid, the largest of them £1,900.

Spotters tend to park beside a lay-by after dark and film the number plates of the vans that stop.

The regional line is that wardens keep the spotters at a distance.

Ms Tansley asked Harrowmere to draw them in instead.

She said: “Other districts will not talk to these groups. We see it another way.

“Where people bring us pictures, and they do bring them, then we should use the pictures, and we \
should be glad of the people. That goes for Harrowmere, if not for everywhere.”

The most senior warden of the district, Chief Warden Bram Ockley, said: “The Wardens Board has \
its doubts, and now and then these groups have earned them, but I see some good in them.

“Tell me how I can keep a footpath clean and I will do it, whoever you are. A fine is welcome, but \
a clean footpath is the point.

“We’ve had 11 groups on the telephone, and our advice to them is ‘we will not send you anywhere, \
and if it comes to a confrontation, let it be on a public road and never on private land, and \
ring the night line at once, as most of them do.

“We have to look at the photographs, all of them, but we must also keep to remind people what the \
law allows them.”"""

SPOTTERS_IN_PELLBROOK = """Night ‘litter spotters’ told to sign up with the rangers

Thu, 03/14/2019 - 08:15 -- webdesk

Members of ‘litter spotter’ groups could become honorary rangers and patrol with the district’s \
own staff, a commissioner has proposed.

Waste Commissioner for Pellbrook Idris Vane told Radio Pellbrook that the groups, which follow \
vans and publish the films, were\u00a0“keen to do what they take to be their bit,”\u00a0and had \
cleared a good many verges.

“What nobody can tell me is how many offenders drove off because a film was spoiled, or was \
thrown out at the hearing, so there are two sides to it,”\u00a0he said.

“I would like the spotters to become honorary rangers or river volunteers, since then they would \
have the training, the lamps and the insurance.”

The former director of the Clean Roads Agency, Nora Quillan, spoke of an\u00a0“avalanche”\u00a0of \
mattresses that was\u00a0“all but unstoppable.”

“I doubt that more than 20 wardens in the whole region are out tonight … Nobody has given them \
the vans,”\u00a0she told the Lantern.

Quillan called for 2,400 volunteers to be trained.

Vane’s own wardens kept away from the proposal and said that fines are a matter for officers \
under oath.

“Dumping near a river is a grave matter,”\u00a0Senior Warden Petra Loam, head of river protection \
at Pellbrook, told the Courier.

After a scuffle broke out between a driver and the group Lamp and Lens in Sedge Lane in January, \
the Wardens Board wrote to districts that they should not encourage patrols.

The Waste Office has also spoken against the groups.

“It is natural that heaps of rubbish make people angry, but they should leave wardens to their \
work and refrain from taking enforcement into their own hands,”\u00a0a spokesperson told the \
Evening Lantern.

Source: Pellbrook Mercury

https://mercury.example/pellbrook/20417-litter-spotters-rangers/"""

SPOTTERS = {
    "harrowmere.txt": SPOTTERS_IN_HARROWMERE,
    "pellbrook.txt": SPOTTERS_IN_PELLBROOK,
}

_LIBRARY = """\
Wexcombe council will close its central library on Mondays from June, councillors decided. \
The saving is put at £40,000 a year.

Librarian Hester Quill said: “Forty people come on a Monday, and most of them are at school.” \
She asked the council for a review after six months.
"""

_TRAM = """\
Tram drivers in Marlow Bay will strike for three days in November, their union said. \
The operator offered 4 per cent and the union wants 7.

Mayor Tobias Renn said the harbour line would run with volunteers. Nobody has asked the drivers.
"""

_BARRIER = """\
🛶🛶 The flood barrier at Sedge Lane held, and 1,500 homes stayed dry, the river agency said. \
𝔖𝔢𝔡𝔤𝔢 residents had feared the worst.

The council wants a second barrier. Engineer Ada Brook called it “a wall of wishes”.
"""

_AGENCY = """\
A ferry with 212 passengers ran aground off Skerry Point in fog, and nobody was hurt. \
The harbour master blamed a broken buoy. Divers will look at the hull on Friday.
"""

_BRIEF = """\
The Wardens Board said on 2 May 2019 that its advice to spotter groups had not changed. \
Its chair, Lowell Sand, said: “Keep to the road and call us.”
"""


def _markdown(text: str, **fields: str) -> str:
    stated = "".join(f'{name}: "{value}"\n' for name, value in fields.items())
    return f"---\n{stated}---\n{text}"


LIBRARY = _markdown(
    _LIBRARY,
    title="Library to close on Mondays",
    publisher="Wexcombe Courier",
    author="Ines Marl",
    published="2018-04-10",
    url="https://courier.example/library",
)
TRAM = _markdown(_TRAM, title="Trams to stop", publisher="Marlow Bay Post", published="2019-11")
BARRIER = _BARRIER
FERRY = _markdown(_AGENCY, title="Ferry aground", publisher="Skerry Herald", published="2020-02-03")
FERRY_AGAIN = _markdown(
    _AGENCY, title="Ferry hits rocks in fog", publisher="Wexcombe Courier", published="2020-02-04"
)
BRIEF = f"""\
---
kind: brief
title: "Board says its advice is unchanged"
publisher: "On the Record (brief)"
original:
  title: "Our advice to spotters"
  publisher: "Wardens Board"
  author: "Lowell Sand"
  published: "2019-05-02"
  url: "https://board.example/advice"
---
{_BRIEF}"""

# Five articles with six texts between them: one undated, one brief, two that share a text.
TOWN = {
    "barrier.txt": BARRIER,
    "board.md": BRIEF,
    "ferry.md": FERRY,
    "ferry-again.md": FERRY_AGAIN,
    "news/library.md": LIBRARY,
    "tram.md": TRAM,
}

# The text of each article of TOWN: what offsets count in.
TOWN_TEXTS = {
    "barrier": _BARRIER,
    "board": _BRIEF,
    "ferry": _AGENCY,
    "ferry-again": _AGENCY,
    "news/library": _LIBRARY,
    "tram": _TRAM,
}
