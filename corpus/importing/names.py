"""File names for articles: what was given, as near as every system allows."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Bytes of a name without its suffix. Encrypted file systems on Linux allow 143 for the whole.
_LONGEST = 100
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_SCHEME = re.compile(r"https?://(?:www\.)?")
# Names of devices on Windows, with any suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def path_name(path: str) -> str:
    """A path with `/` whose parts are safe as names of folders and files: `saved/bbc/page`."""
    return "/".join(_bounded(_UNSAFE.sub("-", part), part) for part in path.split("/") if part)


def record_name(record_id: str) -> str:
    """One safe name for the id of a record, which may be an address: `bbc.co.uk-news-1234`."""
    return _bounded(re.sub(r"[^\w.]+", "-", _SCHEME.sub("", record_id, count=1)), record_id)


def folded(name: str) -> str:
    """Equal for two names that are one on some system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _bounded(part: str, full: str) -> str:
    # A file whose name starts with a full stop is hidden; Windows drops what stands at the end.
    name = unicodedata.normalize("NFC", part).strip(" .-") or "unnamed"
    if _DEVICES.match(name):
        name = f"_{name}"
    if len(name.encode()) <= _LONGEST:
        return name
    digest = hashlib.sha256(full.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    cut = name.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip(" .-")
    return f"{cut}-{digest}"
