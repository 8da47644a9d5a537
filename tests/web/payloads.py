"""Words that try to run or load something, and a collection that has each in every place."""

from __future__ import annotations

import json
from collections.abc import Iterator

# Whatever runs sets this; whatever loads asks this host.
RAN = "window.ran=1"
OUTSIDE = "//outside.example"

PAYLOADS = (
    # elements that run, load or lead away
    f"<script>{RAN}</script>",
    f"<script src={OUTSIDE}/x.js></script>",
    f"<img src=x onerror={RAN}>",
    f"<img src={OUTSIDE}/x.png>",
    f"<svg/onload={RAN}>",
    f"<svg><animate onbegin={RAN} attributeName=x dur=1s>",
    f"<svg><use href=data:image/svg+xml,x onload={RAN}></svg>",
    f"<iframe srcdoc='<script>parent.{RAN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RAN}></iframe>",
    f"<object data={OUTSIDE}/x></object>",
    f"<embed src={OUTSIDE}/x>",
    f"<link rel=stylesheet href={OUTSIDE}/x.css>",
    f"<style>@import '{OUTSIDE}/x.css';</style>",
    f"<base href={OUTSIDE}/>",
    f"<meta http-equiv=refresh content='0;url={OUTSIDE}/'>",
    f"<video><source onerror={RAN}></video>",
    f"<audio src={OUTSIDE}/x.mp3 autoplay>",
    f"<details open ontoggle={RAN}>",
    f"<input autofocus onfocus={RAN}>",
    f"<body onload={RAN}>",
    f"<form action={OUTSIDE}/><button>go</button></form>",
    f"<math><mtext><img src=x onerror={RAN}></mtext></math>",
    f"<template><img src=x onerror={RAN}></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RAN}>'></noscript>",
    # out of where they stand
    f"</title></textarea></style></script><img src=x onerror={RAN}>",
    f"</mark></blockquote></li></ol></div><img src=x onerror={RAN}>",
    f'" onmouseover="{RAN}" autofocus onfocus="{RAN}" x="',
    f"' onmouseover='{RAN}' autofocus onfocus='{RAN}' x='",
    f"` onmouseover={RAN} x=`",
    f"--><img src=x onerror={RAN}><!--",
    f"]]><img src=x onerror={RAN}><![CDATA[",
    # addresses
    f"javascript:{RAN}",
    f"JaVaScRiPt:{RAN}//https://x",
    f"data:text/html,<script>{RAN}</script>",
    f"[x](javascript:{RAN})",
    f"![x](http:{OUTSIDE}/x.png)",
    f"[x]: javascript:{RAN}",
    # templates, entities, encodings
    "{{" + RAN + "}}",
    "${" + RAN + "}",
    "{{constructor.constructor('" + RAN + "')()}}",
    f"<%= {RAN} %>",
    f"&lt;img src=x onerror={RAN}&gt;",
    f"&#60;script&#62;{RAN}&#60;/script&#62;",
    f"\\u003cimg src=x onerror={RAN}\\u003e",
    f"+ADw-script+AD4-{RAN}+ADw-/script+AD4-",
    f'=HYPERLINK("http:{OUTSIDE}/")',
    f"<<script>{RAN}//<</script>",
    f"<scr\u200bipt>{RAN}</scr\u200bipt>",
    "$$\\href{javascript:" + RAN + "}{x}$$",
)  # fmt: skip


def word(number: int) -> str:
    """The word that only one article has."""
    return f"hazard{number:02}"


def hostile_files() -> Iterator[tuple[str, str]]:
    """(name, content) of an article for each payload: in its name, as far as a file may be called
    so, its title, publisher, author, address, and in its text, as prose and as somebody's words."""
    for number, payload in enumerate(PAYLOADS):
        name = payload.replace("/", "")[:60]
        described = {
            "title": f"{payload} {word(number)}",
            "publisher": payload,
            "author": payload,
            "url": f"https://paper.example/{payload}",
            "published": f"20{number % 20:02}-04",
        }
        matter = "\n".join(f"{key}: {json.dumps(value)}" for key, value in described.items())
        yield (
            f"{number:02} {name}.md",
            f"---\n{matter}\n---\n"
            f"The ferry of {word(number)} sails {payload} at noon.\n\n"
            f"“The ferry {payload} is late,” said Al {payload} Quill, the {word(number)} master.\n",
        )
