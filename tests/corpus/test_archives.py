"""Archives: what can be had is had, everything else is named, and nothing gets out of hand."""

import bz2
import gzip
import io
import lzma
import os
import random
import stat
import struct
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import CorpusError, Skip
from corpus.collection.archives import archive_end, unpacked

POND = b"The pond in Quarry Park is full."
LAKE = b"The lake is not full."
ENDS = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"]


def is_text(name):
    return name.endswith(".txt")


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Where archives are unpacked; every test leaves it empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def contents(path, wanted=is_text):
    """(name, bytes) of the members, and the skips as text, in order."""
    found = []
    for item in unpacked(path, path.name, wanted):
        if isinstance(item, Skip):
            found.append(str(item))
        else:
            assert item.path.name == item.name.rpartition("/")[2]
            found.append((item.name, item.path.read_bytes()))
    return found


def tar_bytes(members):
    """A plain tar file of (name or TarInfo, bytes)."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = info.size or len(data)
            archive.addfile(info, io.BytesIO(data))
    return written.getvalue()


def zip_bytes(members, method=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return written.getvalue()


@pytest.fixture
def packed(tmp_path):
    """Write (name, bytes) members into an archive of this end; gives its path."""

    def pack(end, members):
        path = tmp_path / f"saved{end}"
        if end == ".zip":
            path.write_bytes(zip_bytes(members))
        else:
            squeeze = {"gz": gzip.compress, "tgz": gzip.compress, "bz2": bz2.compress,
                       "xz": lzma.compress, "tar": bytes}[end.rpartition(".")[2]]  # fmt: skip
            path.write_bytes(squeeze(tar_bytes(members)))
        return path

    return pack


# -- what is unpacked -------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS)
def test_members_come_in_the_order_of_the_archive(packed, end):
    """With their paths inside it; of one that is empty there are no bytes."""
    path = packed(end, [("b/pond.txt", POND), ("a/lake.txt", LAKE), ("none.txt", b"")])
    assert contents(path) == [("b/pond.txt", POND), ("a/lake.txt", LAKE), ("none.txt", b"")]


@pytest.mark.parametrize(
    ("name", "end"),
    [("a.zip", ".zip"), ("A.ZIP", ".zip"), ("a.b.tar.gz", ".tar.gz"), ("a.TGZ", ".tgz"),
     ("a.gz", None), ("a.docx", None), (".zip", None), ("zip", None)],
)  # fmt: skip
def test_the_end_of_a_name_tells_an_archive(name, end):
    """A Word file is a zip file too, but no archive of articles."""
    assert archive_end(name) == end


@pytest.mark.parametrize("end", ENDS)
def test_one_member_at_a_time_lies_unpacked(packed, temporary, end):
    """However many there are, the disk holds the largest of them."""
    path = packed(end, [(f"{number}/pond.txt", POND) for number in range(5)])
    for _ in unpacked(path, "saved", is_text):
        assert sum(len(files) for _, _, files in os.walk(temporary)) == 1


def test_whoever_stops_early_leaves_nothing_behind(packed, temporary):
    """Ctrl-C in the middle of an import removes the temporary folder."""
    members = unpacked(packed(".zip", [("a.txt", POND), ("b.txt", LAKE)]), "saved", is_text)
    next(members)
    members.close()
    assert list(temporary.iterdir()) == []


def test_a_tar_file_may_be_compressed_otherwise_than_its_name_says(tmp_path):
    """Browsers unpack .gz while they save it, and keep the name."""
    path = tmp_path / "saved.tar.gz"
    path.write_bytes(tar_bytes([("pond.txt", POND)]))
    assert contents(path) == [("pond.txt", POND)]


def test_a_tar_file_may_consist_of_several_streams(tmp_path):
    """Programs that compress on all processors write them."""
    content = tar_bytes([("pond.txt", POND)])
    path = tmp_path / "saved.tar.xz"
    path.write_bytes(lzma.compress(content[:700]) + bytes(8) + lzma.compress(content[700:]))
    assert contents(path) == [("pond.txt", POND)]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "name",
    [".hidden.txt", ".git/pond.txt", "__MACOSX/pond.txt", "a/__MACOSX/b/pond.txt", "a/._p.txt"],
)
def test_what_other_programs_packed_is_left_out_silently(packed, end, name):
    """As in folders."""
    assert contents(packed(end, [(name, POND), ("lake.txt", LAKE)])) == [("lake.txt", LAKE)]


@pytest.mark.parametrize("end", ENDS)
def test_folders_are_nothing(packed, end):
    """They say no more than the paths of what lies in them; `./` says nothing at all."""
    folder = tarfile.TarInfo("park")
    folder.type = tarfile.DIRTYPE
    member = ("park/", b"") if end == ".zip" else (folder, b"")
    assert contents(packed(end, [member, ("./park//pond.txt", POND)])) == [("park/pond.txt", POND)]


@pytest.mark.parametrize("end", ENDS)
def test_a_member_in_no_format_that_is_read_is_named_and_not_unpacked(packed, end):
    """Pictures beside a saved page."""
    assert contents(packed(end, [("pond.jpg", POND)])) == [
        f"saved{end}/pond.jpg is in no format that is read"
    ]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("inner", ENDS)
def test_an_archive_in_an_archive_is_named(packed, end, inner):
    """How deep they go is not for us to try."""
    assert contents(packed(end, [(f"more{inner}", POND)]), wanted=lambda name: True) == [
        f"saved{end}/more{inner} is an archive in an archive; unpack it and add what it holds"
    ]


@pytest.mark.parametrize("end", [".zip", ".tar"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_with_one_name_the_first_is_read(packed, end):
    """The second is named; a folder between them changes nothing."""
    assert contents(packed(end, [("a.txt", POND), ("./a.txt", LAKE), ("b.txt", LAKE)])) == [
        ("a.txt", POND),
        f"saved{end}/./a.txt stands twice in the archive; the first was read",
        ("b.txt", LAKE),
    ]


# -- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("/etc/pond.txt", "has an absolute path for a name"),
        ("../pond.txt", "has a name that leads out of the archive"),
        ("a/../../pond.txt", "has a name that leads out of the archive"),
        ("a/..", "has a name that leads out of the archive"),
        ("C:pond.txt", "has an absolute path for a name"),
        ("C:/pond.txt", "has an absolute path for a name"),
        ("..\\pond.txt", "has a backslash in its name"),
        ("\\\\server\\pond.txt", "has a backslash in its name"),
        ("p" * 300 + ".txt", "has too long a name"),
        ("p/" * 600 + "pond.txt", "has too long a name"),
    ],
)
def test_a_name_that_may_lead_elsewhere_is_refused(packed, tmp_path, end, name, reason):
    """On this system or another. The members beside it are read, and nothing is written."""
    before = sorted(tmp_path.rglob("*"))
    path = packed(end, [("a.txt", POND), (name, LAKE), ("b.txt", POND)])
    assert contents(path) == [("a.txt", POND), f"saved{end}/{name} {reason}", ("b.txt", POND)]
    assert sorted(tmp_path.rglob("*")) == sorted([*before, path])


def test_a_name_with_a_nul_in_it_is_refused(tmp_path):
    """Systems end the name there, so it would not be the one that was checked."""
    path = tmp_path / "saved.zip"
    path.write_bytes(zip_bytes([("pond.txtX.txt", POND)]).replace(b"pond.txtX", b"pond.txt\0"))
    assert contents(path) == ["saved.zip/pond.txt\0.txt has a name with a NUL character in it"]


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        pytest.param("café".encode("cp437"), "café", id="cp437"),
        pytest.param("Größe".encode("cp437"), "Größe", id="cp437, two letters"),
        pytest.param("café".encode(), "café", id="UTF-8 without saying so"),
        pytest.param("пруд".encode(), "пруд", id="Cyrillic without saying so"),
    ],
)
def test_zip_names_are_cp437_unless_they_are_utf8(tmp_path, declared, name):
    """Where the packer did not declare UTF-8."""
    placeholder = "x" * len(declared)
    content = zip_bytes([(f"{placeholder}.txt", POND)])
    path = tmp_path / "saved.zip"
    path.write_bytes(content.replace(placeholder.encode(), declared))
    assert contents(path) == [(f"{name}.txt", POND)]


def test_zip_names_may_declare_that_they_are_utf8(packed):
    """As most do."""
    assert contents(packed(".zip", [("“пруд”.txt", POND)])) == [("“пруд”.txt", POND)]


def test_a_tar_name_that_is_not_utf8_is_written_with_escapes(tmp_path):
    """As the names of files are."""
    path = tmp_path / "saved.tar"
    path.write_bytes(_renamed(tar_bytes([("cafX.txt", POND)]), b"cafX.txt", b"caf\xe9.txt"))
    assert contents(path) == [("caf\\xe9.txt", POND)]


def _renamed(tar, before, after):
    """With another name in its first header, and the header's checksum right."""
    header = bytearray(tar[:512].replace(before, after))
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    return bytes(header) + tar[512:]


# -- links, devices and passwords --------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "is a link, not followed"),
        (tarfile.LNKTYPE, "is a link, not followed"),
        (tarfile.FIFOTYPE, "is no regular file"),
        (tarfile.CHRTYPE, "is no regular file"),
        (tarfile.BLKTYPE, "is no regular file"),
    ],
)
def test_a_tar_file_may_hold_more_than_files(packed, kind, reason):
    """None of it is made or followed."""
    strange = tarfile.TarInfo("etc.txt")
    strange.type = kind
    strange.linkname = "/etc/passwd"
    assert contents(packed(".tar.gz", [(strange, b""), ("pond.txt", POND)])) == [
        f"saved.tar.gz/etc.txt {reason}",
        ("pond.txt", POND),
    ]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(stat.S_IFLNK, "is a link, not followed"), (stat.S_IFIFO, "is no regular file"),
     (stat.S_IFBLK, "is no regular file")],
)  # fmt: skip
def test_a_zip_file_may_hold_more_than_files(packed, kind, reason):
    """A link's content is where it leads, and no text."""
    strange = zipfile.ZipInfo("etc.txt")
    strange.external_attr = (kind | 0o777) << 16
    assert contents(packed(".zip", [(strange, b"/etc/passwd"), ("pond.txt", POND)])) == [
        f"saved.zip/etc.txt {reason}",
        ("pond.txt", POND),
    ]


def test_an_encrypted_member_is_named(tmp_path):
    """We have no password and ask for none."""
    content = bytearray(zip_bytes([("a.txt", POND), ("b.txt", LAKE)]))
    content[content.index(b"PK\3\4") + 6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    path = tmp_path / "saved.zip"
    path.write_bytes(content)
    assert contents(path) == [
        "saved.zip/a.txt is encrypted; unpack it with its password and add what it holds",
        ("b.txt", LAKE),
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_way_of_compressing_zip_files_is_named(tmp_path, method):
    """Nothing bounds the memory that unpacking it takes."""
    path = tmp_path / "saved.zip"
    path.write_bytes(zip_bytes([("pond.txt", POND)], method))
    assert contents(path) == [
        f"saved.zip/pond.txt is compressed by method {method}, which is not read"
    ]


# -- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS)
def test_a_member_beyond_the_limit_is_named_and_the_next_is_read(packed, monkeypatch, end):
    """One of just that size is read."""
    monkeypatch.setattr("corpus.collection.archives.LARGEST_MEMBER_BYTES", 2_000_000)
    zeros = bytes(2_000_001)
    members = [("a.txt", zeros), ("b.txt", zeros[1:]), ("c.txt", POND)]
    assert contents(packed(end, members)) == [
        f"saved{end}/a.txt unpacks to more than 2 MB",
        ("b.txt", zeros[1:]),
        ("c.txt", POND),
    ]


@pytest.mark.parametrize("end", ENDS)
def test_an_archive_beyond_the_limit_gives_what_stands_before_it(packed, monkeypatch, end):
    """All of it is counted as it unpacks, and the rest is named as one."""
    monkeypatch.setattr("corpus.collection.archives.LARGEST_UNPACKED_BYTES", 1_000_000)
    members = [("a.txt", POND), ("b.txt", bytes(1_000_000)), ("c.txt", LAKE)]
    assert contents(packed(end, members)) == [
        ("a.txt", POND),
        f"saved{end} unpacks to more than 1 MB; the rest was left out. "
        "Unpack it and add the folder",
    ]


def test_what_a_tar_file_only_skips_is_counted_too(packed, monkeypatch):
    """Passing over a member that nobody wants takes as long as reading it."""
    monkeypatch.setattr("corpus.collection.archives.LARGEST_UNPACKED_BYTES", 1_000_000)
    path = packed(".tar.gz", [("film.mp4", bytes(2_000_000)), ("pond.txt", POND)])
    assert contents(path) == [
        "saved.tar.gz/film.mp4 is in no format that is read",
        "saved.tar.gz unpacks to more than 1 MB; the rest was left out. "
        "Unpack it and add the folder",
    ]


def test_the_size_that_a_zip_file_declares_is_not_believed(tmp_path, monkeypatch):
    """A member that declares one byte and unpacks to a million is damaged."""
    monkeypatch.setattr("corpus.collection.archives.LARGEST_MEMBER_BYTES", 1_000)
    content = bytearray(zip_bytes([("a.txt", bytes(1_000_000)), ("b.txt", POND)]))
    directory = content.index(b"PK\1\2")
    content[directory + 24 : directory + 28] = struct.pack("<I", 1)
    path = tmp_path / "saved.zip"
    path.write_bytes(content)
    skip, pond = contents(path)
    assert skip.startswith("saved.zip/a.txt is damaged from here on (Bad CRC-32")
    assert pond == ("b.txt", POND)


@pytest.mark.parametrize("end", ENDS)
def test_so_many_members_are_read_and_no_more(packed, monkeypatch, end):
    """Hidden ones count."""
    monkeypatch.setattr("corpus.collection.archives.MOST_MEMBERS", 2)
    path = packed(end, [(".a.txt", POND), ("b.txt", POND), ("c.txt", POND)])
    assert contents(path) == [
        ("b.txt", POND),
        f"saved{end} holds more than 2 members; the rest was left out. "
        "Unpack it and add the folder",
    ]


def test_a_list_of_members_that_fills_the_memory_is_not_read(packed, monkeypatch):
    """A zip file's is read at once, whatever its size."""
    monkeypatch.setattr("corpus.collection.archives.LARGEST_LIST_BYTES", 100_000)
    path = packed(".zip", [(f"{number}.txt", b"") for number in range(2_000)])
    (skip,) = contents(path)
    assert skip == "saved.zip has a list of members of 0 MB"


@pytest.mark.parametrize("end", [".tar", ".tar.gz"])
def test_a_header_that_fills_the_memory_is_not_read(packed, end):
    """A tar file may declare a name of gigabytes."""
    member = tarfile.TarInfo("long.txt")
    member.pax_headers = {"comment": "x" * 2_000_000}
    path = packed(end, [("a.txt", POND), (member, LAKE)])
    assert contents(path) == [
        ("a.txt", POND),
        f"saved{end} has a header of more than 1 MB; what stood before it was read",
    ]


def test_headers_within_headers_end_somewhere(tmp_path):
    """Each may announce another one."""
    header = tarfile.TarInfo("x")
    header.type = tarfile.GNUTYPE_LONGNAME
    header.size = 1
    nested = (header.tobuf(tarfile.GNU_FORMAT) + b"x" + bytes(511)) * 3_000
    path = tmp_path / "saved.tar"
    path.write_bytes(nested)
    (skip,) = contents(path)
    assert skip.startswith("saved.tar ")


def test_xz_that_needs_gigabytes_to_unpack_is_refused(packed, monkeypatch):
    """The format lets a file of a hundred bytes ask for 4 GB."""
    monkeypatch.setattr("corpus.collection.archives.LARGEST_XZ_BYTES", 1_000_000)
    (skip,) = contents(packed(".tar.xz", [("pond.txt", POND)]))
    assert skip == "saved.tar.xz is damaged from here on (Memory usage limit exceeded)"


@pytest.mark.parametrize("end", [".zip", ".tar.gz"])
def test_no_room_to_unpack_ends_it_with_advice(packed, monkeypatch, end):
    """It is nothing that the archive can help."""
    path = packed(end, [("pond.txt", POND)])
    opened = Path.open

    def full(self, mode="r", *arguments, **options):
        if "w" in mode:
            raise OSError(28, os.strerror(28))
        return opened(self, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(CorpusError, match=r"No space left on device\. Make room there, or name"):
        contents(path)


@pytest.mark.long
@pytest.mark.parametrize("end", [".zip", ".tar.gz"])
def test_a_real_bomb_costs_seconds_and_no_memory(tmp_path, end):
    """Five gigabytes of zeros in five megabytes."""
    import resource

    path = tmp_path / f"bomb{end}"
    zeros, size = bytes(1 << 20), 5 << 30
    if end == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("a.txt", "w", force_zip64=True) as member:
                for _ in range(size >> 20):
                    member.write(zeros)
            archive.writestr("b.txt", POND)
    else:
        info = tarfile.TarInfo("a.txt")
        info.size = size
        with gzip.open(path, "wb", compresslevel=1) as archive:
            archive.write(info.tobuf())
            for _ in range(size >> 20):
                archive.write(zeros)
            archive.write(tar_bytes([("b.txt", POND)]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = contents(path)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # kB on Linux
    assert found[0] == f"bomb{end}/a.txt unpacks to more than 1,074 MB"
    assert found[1:] == [("b.txt", POND)] if end == ".zip" else "the rest was left" in found[1]
    assert grown < 100_000


# -- damage -----------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
def test_a_tar_file_that_is_cut_off_gives_what_stands_before_the_cut(packed, end):
    """And says that there was more."""
    noise = random.Random(0).randbytes(1_500_000)
    path = packed(end, [("a.txt", POND), ("b.txt", noise), ("c.txt", LAKE)])
    path.write_bytes(path.read_bytes()[:-500_000])
    found = contents(path)
    assert found[0] == ("a.txt", POND)
    assert found[1].startswith(f"saved{end}/b.txt is damaged from here on (")
    assert found[2].startswith(f"saved{end} is damaged")
    assert len(found) == 3


@pytest.mark.parametrize("at", [512 + 512, 512 + 512 + 512, 512 + 512 + 100])
def test_a_tar_file_that_ends_without_its_end_is_told(tmp_path, at):
    """Even if it is cut between two members."""
    path = tmp_path / "saved.tar"
    path.write_bytes(tar_bytes([("a.txt", POND), ("b.txt", LAKE)])[:at])
    found = contents(path)
    assert found[0] == ("a.txt", POND)
    assert found[-1].startswith("saved.tar is damaged")


def test_a_damaged_header_in_a_tar_file_is_told(tmp_path):
    """What comes after it cannot be found."""
    content = bytearray(tar_bytes([("a.txt", POND), ("b.txt", LAKE), ("c.txt", LAKE)]))
    content[1024:1030] = b"\xff" * 6
    path = tmp_path / "saved.tar"
    path.write_bytes(content)
    assert contents(path) == [
        ("a.txt", POND),
        "saved.tar is damaged or cut off; what stood before the damage was read",
    ]


def test_a_damaged_member_of_a_zip_file_costs_itself(tmp_path):
    """Its checksum tells."""
    content = zip_bytes([("a.txt", POND), ("b.txt", LAKE)], zipfile.ZIP_STORED)
    path = tmp_path / "saved.zip"
    path.write_bytes(content.replace(POND, POND.upper()))
    assert contents(path) == [
        "saved.zip/a.txt is damaged from here on (Bad CRC-32 for file 'a.txt')",
        ("b.txt", LAKE),
    ]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("content", [b"", b"<html>", b"\x1f\x8b", b"PK\3\4", bytes(100)])
def test_what_is_no_archive_at_all_is_named(tmp_path, end, content):
    """A page that says "not found", saved under an archive's name."""
    path = tmp_path / f"saved{end}"
    path.write_bytes(content)
    (skip,) = contents(path)
    assert skip.startswith(f"saved{end} is damaged")


def test_a_pipe_is_not_waited_for(tmp_path):
    """Though it has an archive's name."""
    os.mkfifo(tmp_path / "saved.zip")
    assert contents(tmp_path / "saved.zip") == ["saved.zip is not a regular file"]


def test_an_archive_that_is_gone_is_named(tmp_path):
    """It may vanish while others are read."""
    assert contents(tmp_path / "saved.zip") == [
        "saved.zip cannot be read: No such file or directory"
    ]


SAMPLE = [("a.txt", POND), ("b/c.txt", LAKE * 50), ("d.txt", b"")]
SAMPLES = {
    ".zip": zip_bytes(SAMPLE),
    ".tar": tar_bytes(SAMPLE),
    ".tar.gz": gzip.compress(tar_bytes(SAMPLE), mtime=0),
    ".tar.xz": lzma.compress(tar_bytes(SAMPLE)),
}


@pytest.mark.parametrize("end", SAMPLES)
@given(data=st.data())
@settings(deadline=None, max_examples=100)
def test_any_bytes_give_members_and_skips(end, data):
    """However an archive was damaged, it raises nothing, and no member gets outside."""
    content = bytearray(SAMPLES[end])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"saved{end}")
        path.write_bytes(content[:cut])
        for item in unpacked(path, "saved", lambda name: True):
            if not isinstance(item, Skip):
                assert ".." not in item.name.split("/")
                assert item.path.parent.parent == Path(tempfile.gettempdir())
                assert item.path.is_file()
