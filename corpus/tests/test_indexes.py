"""The two indexes follow the catalogue: whatever happens to either, the next writer heals it, and no reader is misled."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from store_fakes import PLAN, SPEECH, CountingEncoder, made

from corpus import changes
from corpus.errors import LibraryDamagedError
from corpus.library import Library
from corpus.settings import LibrarySettings
from corpus.vectors import Vectors
from corpus.words import Words


@pytest.fixture
def home(tmp_path: Path) -> LibrarySettings:
    settings = LibrarySettings(tmp_path / "home")
    with opened(settings) as library:
        library.put_many([(*made("讲话.txt", SPEECH), "1"), (*made("要点.txt", PLAN), "1")])
    return settings


def opened(settings: LibrarySettings, write: bool = True) -> Library:
    return Library.open(settings, write=write, encoder=CountingEncoder())


class TestWords:
    @pytest.fixture
    def words(self, tmp_path: Path) -> Words:
        words = Words(tmp_path / "words-1", create=True)
        words.write((), [(1, 10, "食品 品抽 抽检"), (2, 10, "抽检 检合 合格"), (3, 20, "电梯 梯维 维保")])
        return words

    def test_search(self, words: Words) -> None:
        assert words.search(["食品", "抽检"], 10) == [1, 2]
        assert words.search(["食品", "抽检"], 1) == [1]
        assert words.search(["抽检", "电梯"], 10, [20]) == [3]
        assert words.search(["抽检"], 10, []) == words.search([], 10) == words.search(["抽检"], 0) == []

    def test_query_language_means_nothing(self, words: Words) -> None:
        assert words.search(['"', "*", "NOT", "body:电梯", "("], 10) == []

    def test_writing_twice_changes_nothing(self, words: Words) -> None:
        words.write((7,), [(1, 10, "食品 品抽 抽检")])
        assert (words.count(), words.keys()) == (3, {1, 2, 3})

    def test_drop_and_hold_in_one(self, words: Words) -> None:
        words.write((1,), [(4, 10, "食品")])
        assert words.keys() == {2, 3, 4}
        assert words.search(["食品"], 10) == [4]

    def test_frequencies_leave_out_what_was_dropped(self, words: Words) -> None:
        assert words.frequencies(["抽检", "电梯", "无有"]) == {"抽检": 2, "电梯": 1, "无有": 0}
        words.write((2, 3), ())
        assert words.frequencies(["抽检", "电梯"]) == {"抽检": 1, "电梯": 0}

    def test_another_opening_sees_it_after_reload(self, words: Words) -> None:
        other = Words(words.folder)
        words.write((), [(4, 10, "气瓶")])
        assert other.search(["气瓶"], 10) == []
        other.reload()
        assert other.search(["气瓶"], 10) == [4]

    def test_absent_or_broken(self, tmp_path: Path, words: Words) -> None:
        with pytest.raises(LibraryDamagedError, match="wennuo reindex"):
            Words(tmp_path / "nowhere")
        assert not (tmp_path / "nowhere").exists()
        (words.folder / "meta.json").write_text("{")
        with pytest.raises(LibraryDamagedError, match="wennuo reindex"):
            Words(words.folder)


class TestVectors:
    @pytest.fixture
    def vectors(self, tmp_path: Path) -> Iterator[Vectors]:
        vectors = Vectors(tmp_path / "vectors-1", "some encoder", create=True)
        vectors.write((), [1, 2, 3], np.eye(3, 8, dtype=np.float32))
        yield vectors
        vectors.close()

    def test_search(self, vectors: Vectors) -> None:
        query = np.array([0.1, 1, 0.5, 0, 0, 0, 0, 0], np.float32)
        assert vectors.search(query, 3) == [2, 3, 1]
        assert vectors.search(query, 1) == [2]
        assert vectors.search(query, 50) == [2, 3, 1]
        assert vectors.search(query, 0) == []

    def test_write_again_and_drop_what_is_not_there(self, vectors: Vectors) -> None:
        vectors.write([3, 99], [1], np.eye(1, 8, k=5, dtype=np.float32))
        assert (vectors.count(), vectors.keys()) == (2, {1, 2})
        assert vectors.read([1, 3])[1].tolist() == np.eye(1, 8, k=5)[0].tolist()

    def test_holds_no_text(self, vectors: Vectors) -> None:
        with closing(sqlite3.connect(vectors.folder / "chroma.sqlite3")) as raw:
            assert raw.execute("SELECT count(*) FROM embedding_fulltext_search").fetchone() == (0,)

    def test_absent(self, tmp_path: Path) -> None:
        with pytest.raises(LibraryDamagedError, match="wennuo reindex"):
            Vectors(tmp_path / "nowhere", "some encoder")
        assert not (tmp_path / "nowhere").exists()

    def test_vectors_of_another_encoder_are_not_taken(self, vectors: Vectors) -> None:
        with pytest.raises(LibraryDamagedError):
            Vectors(vectors.folder, "another encoder")


def no_words(home: Path) -> None:
    shutil.rmtree(home / "words-1")


def no_vectors(home: Path) -> None:
    shutil.rmtree(home / "vectors-1")


def broken_words(home: Path) -> None:
    (home / "words-1" / "meta.json").write_text("{")


def torn_words(home: Path) -> None:
    for path in (home / "words-1").glob("*.term"):
        path.write_bytes(b"")


def broken_vectors(home: Path) -> None:
    (home / "vectors-1" / "chroma.sqlite3").write_bytes(b"\0" * 5000)


def forgetful_words(home: Path) -> None:
    words = Words(home / "words-1")
    words.write(list(words.keys())[:5], [(12345, 1, "多余")])


def forgetful_vectors(home: Path) -> None:
    vectors = Vectors(home / "vectors-1", "counting")
    vectors.write(list(vectors.keys())[:5], [12345], np.eye(1, 64, dtype=np.float32))
    vectors.close()


DAMAGE = [no_words, no_vectors, broken_words, torn_words, broken_vectors, forgetful_words, forgetful_vectors]


@pytest.mark.parametrize("damage", DAMAGE)
def test_doctor_sees_damage_and_reindexing_heals_it(
    home: LibrarySettings, damage: Callable[[Path], None]
) -> None:
    damage(home.home)
    with opened(home, write=False) as reader:
        findings = reader.doctor()
        assert findings
        assert all("wennuo reindex" in finding for finding in findings), findings
    with opened(home) as library:
        library.warm()
        library.reindex()
        assert library.doctor() == ()
        assert library.search("电梯维保")[0].passage.document == "讲话.txt"
    with opened(home, write=False) as reader:
        assert reader.doctor() == ()


@pytest.mark.parametrize("damage", DAMAGE)
def test_next_writer_heals_damage_by_itself(home: LibrarySettings, damage: Callable[[Path], None]) -> None:
    damage(home.home)
    with opened(home) as library:
        library.put(*made("新.txt", "市场主体登记实行一日办结。\n"))
        assert library.doctor() == ()
        library.warm()
        for query, name in (("电梯维保", "讲话.txt"), ("专利", "要点.txt"), ("一日办结", "新.txt")):
            for search in (library.search, library.search_words, library.search_vectors):
                assert search(query)[0].passage.document == name


@pytest.mark.parametrize("damage", [no_vectors, broken_vectors, forgetful_vectors])
def test_reader_does_without_chroma(home: LibrarySettings, damage: Callable[[Path], None]) -> None:
    with opened(home, write=False) as reader:
        before = [reader.search("电梯维保"), reader.search_vectors("电梯维保")]
    damage(home.home)
    with opened(home, write=False) as reader:
        for _ in range(12):  # beyond the number after which Chroma is opened
            assert [reader.search("电梯维保"), reader.search_vectors("电梯维保")] in (
                before,
            ) or damage is forgetful_vectors


def test_reader_without_words_says_what_to_do(home: LibrarySettings) -> None:
    no_words(home.home)
    with opened(home, write=False) as reader:
        with pytest.raises(LibraryDamagedError, match="wennuo reindex"):
            reader.search("电梯")
        assert reader.document("讲话.txt").text == SPEECH


def test_what_the_indexes_missed_is_caught_up_at_the_next_opening(home: LibrarySettings) -> None:
    """As after a kill between the catalogue's commit and the indexes': the catalogue alone is changed here."""
    with opened(home) as library:
        document, passages = made("讲话.txt", PLAN.replace("专利", "标准"))
        rows = library._rows(document, passages)
        with library._catalogue.writing() as connection:
            changes.put(connection, document, rows, library._made_by(), "2")
            changes.remove(connection, "要点.txt")
        with opened(home, write=False) as reader:
            assert reader.search_words("电梯维保") == reader.search_words("专利") == ()
            assert reader.search_words("标准") == ()  # not known yet, and nothing else in its stead
            assert reader.search_vectors("标准")[0].passage.text.startswith("培育高价值标准")
            assert reader.doctor() == ()
        library._following.settle = lambda: None  # type: ignore[method-assign]  # the process dies here
    with opened(home) as library:
        assert library.search_words("标准")[0].passage.document == "讲话.txt"
        assert library._catalogue.pending("words").hold == library._catalogue.pending("vectors").hold == ()
        assert library.doctor() == ()


def test_leftovers_of_a_killed_reindexing_are_cleared_away(home: LibrarySettings) -> None:
    for name in ("words-2", "vectors-2"):
        (home.home / name).mkdir()
        (home.home / name / "file").write_text("half")
    with opened(home) as library:
        assert library.doctor() == ()
        library.reindex()
    with opened(home):
        folders = sorted(path.name for path in home.home.iterdir() if path.is_dir())
        assert folders == ["vectors-2", "words-2"]


def test_draft_of_a_catalogue_that_was_never_finished(tmp_path: Path) -> None:
    settings = LibrarySettings(tmp_path / "home")
    settings.home.mkdir()
    (settings.home / "catalogue.sqlite3.draft").write_bytes(b"half")
    (settings.home / "catalogue.sqlite3.draft-journal").write_bytes(b"half")
    with opened(settings, write=False) as reader:
        assert reader.entries() == ()
    with opened(settings) as library:
        library.put(*made("讲话.txt", SPEECH))
        assert library.doctor() == ()


def tampered(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as raw, raw:
        raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE passages SET text = '改' || substr(text, 2) WHERE ordinal = 2", "not what the text says"),
        ("UPDATE documents SET text = substr(text, 1, 40) WHERE name = '讲话.txt'", "not what the text says"),
        ("UPDATE passages SET start = start + 1 WHERE ordinal = 1", "breaks a law"),
        ("DELETE FROM passages WHERE ordinal = 0", "passages are there"),
        ("DELETE FROM documents WHERE name = '讲话.txt'", "no parent"),
        ("UPDATE passages SET vector = x'00' WHERE ordinal = 0", "components"),
        ("UPDATE documents SET layout = '{}' WHERE name = '讲话.txt'", "breaks a law"),
    ],
)
def test_doctor_sees_broken_laws(home: LibrarySettings, statement: str, finding: str) -> None:
    tampered(home.home, statement)
    with opened(home, write=False) as reader:
        assert any(finding in found for found in reader.doctor()), reader.doctor()


def test_a_first_question_imports_nothing_heavy(home: LibrarySettings) -> None:
    program = (
        "import sys; from pathlib import Path; from corpus.library import Library; from corpus.settings import LibrarySettings\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r}); from store_fakes import CountingEncoder\n"
        f"with Library.open(LibrarySettings(Path({str(home.home)!r})), encoder=CountingEncoder()) as library:\n"
        "    assert library.search('电梯维保') and library.search_vectors('电梯维保') and library.entries()\n"
        "print([m for m in ('chromadb', 'torch', 'sentence_transformers', 'langchain_core', 'gradio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_chroma_takes_over_after_some_questions(home: LibrarySettings) -> None:
    with opened(home, write=False) as reader:
        answers = [reader.search("电梯维保") for _ in range(9)]
        opener = reader._indexes._opener
        assert opener is not None
        opener.join(timeout=30)
        assert reader._indexes.vectors_fresh(reader._catalogue.state())
        assert all(answer == reader.search("电梯维保") for answer in answers)


@pytest.mark.slow
def test_chroma_misses_nothing_that_memory_finds(tmp_path: Path) -> None:
    """3,000 passages of random words, the hardest case for a graph: the same 20 passages for each of 30 questions."""
    chance = random.Random(5)
    words = [
        "".join(chance.choices("食品药品特种设备质量标准计量认证检验检测价格广告合同信用监管执法", k=2))
        for _ in range(400)
    ]
    texts = ["".join("".join(chance.choices(words, k=12)) + "。\n" for _ in range(100)) for _ in range(30)]
    settings = LibrarySettings(tmp_path / "home")
    with Library.open(settings, write=True) as library:
        library.put_many([(*made(f"{number}.txt", text), "") for number, text in enumerate(texts)])
    questions = ["".join(chance.choices(words, k=6)) for _ in range(30)]
    with Library.open(settings) as memory, Library.open(settings) as chroma:
        chroma.warm()
        same = 0
        for question in questions:
            memory._search._proposer._asked = 0
            expected = memory.search(question)
            found = chroma.search(question)
            assert [hit.passage for hit in found] == [hit.passage for hit in expected]
            same += found == expected
        assert not memory._indexes.vectors_fresh(memory._catalogue.state())
        assert same >= 28
