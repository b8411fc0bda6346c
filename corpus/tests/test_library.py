"""The library as its users see it, in one process."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_fakes import PLAN, SPEECH, CountingEncoder, made, rich

from corpus.document import Document, Inferred, Metadata, Span
from corpus.errors import (
    DocumentNotFoundError,
    EncoderMismatchError,
    LibraryBusyError,
    LibraryDamagedError,
    WenNuoError,
)
from corpus.library import Library
from corpus.passage import Passage
from corpus.settings import LibrarySettings


@pytest.fixture
def home(tmp_path: Path) -> LibrarySettings:
    return LibrarySettings(tmp_path / "home")


@pytest.fixture
def library(home: LibrarySettings) -> Iterator[Library]:
    with Library.open(home, write=True, encoder=CountingEncoder()) as library:
        yield library


@pytest.fixture
def filled(library: Library) -> Library:
    library.put_many([(*made("讲话.txt", SPEECH), "1"), (*made("要点.txt", PLAN, year=2023), "1")])
    return library


class TestEmpty:
    def test_home_that_does_not_exist_reads_as_empty_and_stays_absent(self, home: LibrarySettings) -> None:
        with Library.open(home) as library:
            assert library.generation() == 0
            assert library.entries() == ()
            assert library.search("抽检") == ()
            assert library.search_words("抽检") == ()
            assert library.search_vectors("抽检") == ()
            assert library.frequencies(["抽检"]) == ({"抽检": 0}, 0)
            assert library.overrides("a.txt") == {}
            assert library.doctor() == ()
            with pytest.raises(DocumentNotFoundError):
                library.document("a.txt")
            library.warm()
        assert not home.home.exists()

    def test_reader_notices_a_library_made_later(self, home: LibrarySettings) -> None:
        with Library.open(home, encoder=CountingEncoder()) as reader:
            with Library.open(home, write=True, encoder=CountingEncoder()) as writer:
                writer.put(*made("讲话.txt", SPEECH))
            assert [entry.name for entry in reader.entries()] == ["讲话.txt"]
            assert reader.search("食品抽检")[0].passage.document == "讲话.txt"

    def test_new_library_has_generation_zero_and_nothing_wrong(self, library: Library) -> None:
        assert library.generation() == 0
        assert library.doctor() == ()

    def test_document_without_passages(self, library: Library) -> None:
        document, _ = made("空.txt", SPEECH)
        assert library.put(document, ()) == "added"
        assert library.passages("空.txt") == ()
        assert library.search("食品抽检") == ()
        assert library.doctor() == ()


class TestPut:
    def test_verdicts(self, library: Library) -> None:
        document, passages = made("讲话.txt", SPEECH)
        assert library.put(document, passages, "1") == "added"
        assert library.put(document, passages, "1") == "unchanged"
        assert library.put(document, passages, "2") == "replaced"
        assert library.put(*made("讲话.txt", PLAN), "2") == "replaced"
        assert library.doctor() == ()

    def test_generation_grows_with_changes_only(self, library: Library) -> None:
        seen = [library.generation()]
        for act in (
            lambda: library.put(*made("讲话.txt", SPEECH)),
            lambda: library.put(*made("讲话.txt", PLAN)),
            lambda: library.remove("讲话.txt"),
        ):
            act()
            seen.append(library.generation())
        assert seen == sorted(set(seen))
        library.put(*made("讲话.txt", SPEECH))
        now = library.generation()
        library.put(*made("讲话.txt", SPEECH))
        assert library.generation() == now

    def test_entry(self, library: Library) -> None:
        document, passages = made("讲话.txt", SPEECH)
        library.put(document, passages, "规则一")
        (entry,) = library.entries()
        assert (entry.name, entry.revision) == (document.name, document.revision)
        assert (entry.characters, entry.passages) == (len(SPEECH), len(passages))
        assert (entry.source, entry.rules) == ("讲话/讲话.txt", "规则一")
        assert entry.metadata == document.metadata
        taken = datetime.datetime.fromisoformat(entry.ingested_at)
        assert taken.utcoffset() == datetime.timedelta(0)
        assert taken.microsecond == 0

    def test_entries_are_sorted_by_name(self, library: Library) -> None:
        library.put_many([(*made(name, SPEECH), "") for name in ("b.txt", "乙.txt", "a.txt", "B.txt")])
        names = [entry.name for entry in library.entries()]
        assert names == sorted(names)

    def test_all_of_a_document_comes_back(self, library: Library) -> None:
        document = rich()
        passage = Passage(document.name, document.revision, Span(7, 11), "正文一。", ("一、甲",), "年会", 2)
        library.put(document, [passage])
        assert library.document(document.name) == document
        assert library.passages(document.name) == (passage,)

    def test_document_is_kept_in_memory_until_it_changes(self, library: Library) -> None:
        library.put(*made("讲话.txt", SPEECH))
        first = library.document("讲话.txt")
        assert library.document("讲话.txt") is first
        library.put(*made("讲话.txt", PLAN))
        assert library.document("讲话.txt").text == PLAN

    def test_passages_come_in_text_order_however_they_were_put(self, library: Library) -> None:
        document, passages = made("讲话.txt", SPEECH)
        library.put(document, passages[::-1])
        assert library.passages("讲话.txt") == passages

    @pytest.mark.parametrize(
        "name",
        [
            "a\nb.txt",
            "<script>alert(1)</script>.md",
            "'; drop table documents; --",
            "空 格.txt",
            "𠮷野.txt",
            "%s{}",
        ],
    )
    def test_any_name(self, library: Library, name: str) -> None:
        library.put(*made(name, SPEECH))
        assert library.entries()[0].name == name
        assert library.document(name).text == SPEECH
        assert {hit.passage.document for hit in library.search("电梯维保", documents=[name])} == {name}
        assert library.doctor() == ()
        library.remove(name)
        assert library.entries() == ()

    def test_passage_of_another_document_is_refused_whole(self, library: Library) -> None:
        document, passages = made("讲话.txt", SPEECH)
        stranger = made("要点.txt", PLAN)[1]
        with pytest.raises(ValueError, match="not the document's own"):
            library.put(document, [*passages, stranger[0]])
        assert library.entries() == ()

    def test_passage_that_misquotes_is_refused(self, library: Library) -> None:
        document, passages = made("讲话.txt", SPEECH)
        wrong = replace(passages[0], text="啊" * len(passages[0].span))
        with pytest.raises(ValueError, match="not the document's own"):
            library.put(document, [wrong])

    def test_two_passages_of_one_span_are_refused(self, library: Library) -> None:
        document, passages = made("讲话.txt", SPEECH)
        with pytest.raises(ValueError, match="one span"):
            library.put(document, [passages[0], passages[0]])

    def test_what_came_before_a_failure_is_kept_and_found(self, library: Library) -> None:
        def items() -> Iterator[tuple[Document, tuple[Passage, ...], str]]:
            yield (*made("讲话.txt", SPEECH), "1")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            library.put_many(items())
        assert library.search("电梯维保")[0].passage.document == "讲话.txt"
        assert library.doctor() == ()

    def test_what_stays_the_same_is_not_encoded_again(self, library: Library) -> None:
        encoder = library.encoder
        assert isinstance(encoder, CountingEncoder)
        library.put(*made("讲话.txt", SPEECH), "1")
        before = encoder.encoded
        library.put(*made("讲话.txt", SPEECH), "2")
        assert encoder.encoded == before
        changed = SPEECH.replace("气瓶充装单位", "压力容器单位")
        library.put(*made("讲话.txt", changed), "2")
        assert encoder.encoded == before + 1
        assert library.search_words("压力容器")[0].passage.text.startswith("对压力容器")
        assert library.search_words("气瓶充装") == ()
        assert library.doctor() == ()

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
        name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    )
    def test_any_text_comes_back_as_it_was(self, library: Library, text: str, name: str) -> None:
        document, passages = made(name, text)
        library.put(document, passages)
        library._documents.clear()
        assert library.document(name) == document
        assert library.passages(name) == passages
        for passage in library.passages(name):
            assert library.document(name).quote(passage.span) == passage.text
        library.remove(name)


class TestRemove:
    def test_removed_is_gone_everywhere(self, filled: Library) -> None:
        filled.remove("讲话.txt")
        assert [entry.name for entry in filled.entries()] == ["要点.txt"]
        assert all(hit.passage.document == "要点.txt" for hit in filled.search("电梯维保单位检查"))
        assert filled.search_words("电梯维保") == ()
        with pytest.raises(DocumentNotFoundError, match="讲话"):
            filled.document("讲话.txt")
        with pytest.raises(DocumentNotFoundError):
            filled.passages("讲话.txt")
        assert filled.doctor() == ()

    def test_unknown_name(self, filled: Library) -> None:
        with pytest.raises(DocumentNotFoundError, match="wennuo documents"):
            filled.remove("无.txt")

    def test_put_again(self, filled: Library) -> None:
        filled.remove("讲话.txt")
        assert filled.put(*made("讲话.txt", SPEECH), "1") == "added"
        assert filled.search_words("电梯维保")[0].passage.document == "讲话.txt"
        assert filled.doctor() == ()


class TestMetadata:
    def corrected(self, library: Library, **fields: object) -> Metadata:
        return replace(library.document("讲话.txt").metadata, **fields)

    def test_correction_is_kept_and_found(self, filled: Library) -> None:
        when = filled.entries()[0].ingested_at
        after = self.corrected(
            filled,
            year=Inferred(2021, 1.0, "person"),
            date=Inferred(datetime.date(2021, 1, 5), 1.0, "person"),
            aliases=("务虚会",),
        )
        filled.set_metadata("讲话.txt", after, made("讲话.txt", SPEECH, context="务虚会 2021年")[1], ())
        assert filled.document("讲话.txt").metadata == after
        assert filled.overrides("讲话.txt") == {
            "year": 2021,
            "date": datetime.date(2021, 1, 5),
            "aliases": ["务虚会"],
        }
        assert filled.search_words("务虚会")[0].passage.document == "讲话.txt"
        assert filled.entries()[1].ingested_at == when
        assert filled.entries()[1].rules == "1"
        assert filled.doctor() == ()

    def test_corrections_add_up_and_outlive_the_document(self, filled: Library) -> None:
        passages = made("讲话.txt", SPEECH)[1]
        filled.set_metadata("讲话.txt", self.corrected(filled, year=None), passages, ())
        filled.set_metadata(
            "讲话.txt", self.corrected(filled, region=Inferred("临江", 1.0, "person")), passages, ()
        )
        filled.remove("讲话.txt")
        filled.put(*made("讲话.txt", PLAN))
        assert filled.overrides("讲话.txt") == {"year": None, "region": "临江"}
        assert filled.overrides("要点.txt") == {}

    def test_unknown_name(self, filled: Library) -> None:
        with pytest.raises(DocumentNotFoundError):
            filled.set_metadata("无.txt", Metadata(Inferred("无", 1.0)), (), ())


class TestSearch:
    def test_words(self, filled: Library) -> None:
        hits = filled.search_words("食品抽检合格率")
        assert "抽检" in hits[0].passage.text
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert filled.search_words("，。") == ()
        assert filled.search_words("zzz") == ()

    def test_context_is_searched_and_never_returned_as_text(self, filled: Library) -> None:
        hits = filled.search_words("要点 2023年")
        assert hits[0].passage.document == "要点.txt"
        assert all("txt" not in hit.passage.text for hit in hits)

    def test_vectors(self, filled: Library) -> None:
        hits = filled.search_vectors("电梯维保单位检查覆盖率达到百分之百")
        assert "电梯" in hits[0].passage.text
        assert 0.3 < hits[0].score <= 1.0
        assert len(hits) == 7 + 4

    @pytest.mark.parametrize("query", ["", "  \n", "，。？"])
    def test_blank(self, filled: Library, query: str) -> None:
        assert filled.search_words(query) == ()
        if not query.strip():
            assert filled.search(query) == ()
            assert filled.search_vectors(query) == ()

    @pytest.mark.parametrize("k", [0, 1, 3, 1000])
    def test_k(self, filled: Library, k: int) -> None:
        for search in (filled.search, filled.search_words, filled.search_vectors):
            full = search("市场监管食品抽检年完成", k=1000)
            assert search("市场监管食品抽检年完成", k=k) == full[:k]

    def test_documents(self, filled: Library) -> None:
        for search in (filled.search, filled.search_words, filled.search_vectors):
            assert {hit.passage.document for hit in search("年底前完成", documents={"要点.txt"})} == {
                "要点.txt"
            }
            assert search("年底前完成", documents=()) == ()
            assert search("年底前完成", documents=["无.txt"]) == ()
            both = search("年底前完成", documents=["要点.txt", "讲话.txt", "无.txt"])
            assert both == search("年底前完成")

    def test_ties_go_by_name_then_start(self, library: Library) -> None:
        text = "同一句话。\n" * 3
        for name in ("c.txt", "a.txt", "b.txt"):
            library.put(*made(name, text, context="甲"))
        for search in (library.search, library.search_words, library.search_vectors):
            order = [(hit.passage.document, hit.passage.span.start) for hit in search("同一句话")]
            assert order == sorted(order)
            assert len(order) == 9

    def test_weight_zero_is_words_alone(self, home: LibrarySettings) -> None:
        with Library.open(home, write=True, encoder=CountingEncoder(weight=0.0)) as library:
            library.put(*made("讲话.txt", SPEECH))
            assert library.search("食品抽检") == library.search_words("食品抽检", k=20)

    def test_chroma_and_memory_give_the_same(self, filled: Library) -> None:
        cold = filled.search("电梯检查"), filled.search_vectors("电梯检查")
        filled.warm()
        assert filled._indexes.vectors_fresh(filled._catalogue.state())
        assert (filled.search("电梯检查"), filled.search_vectors("电梯检查")) == cold

    def test_scores_do_not_depend_on_history(self, filled: Library, tmp_path: Path) -> None:
        filled.put(*made("讲话.txt", PLAN))
        filled.put(*made("临时.txt", SPEECH * 3))
        filled.remove("临时.txt")
        filled.put(*made("讲话.txt", SPEECH), "1")
        fresh = LibrarySettings(tmp_path / "other")
        with Library.open(fresh, write=True, encoder=CountingEncoder()) as other:
            other.put_many([(*made("要点.txt", PLAN, year=2023), "1"), (*made("讲话.txt", SPEECH), "1")])
            for query in ("食品抽检合格率", "年底前完成", "2022年工作会议"):
                assert filled.search(query) == other.search(query)
                assert filled.search_words(query) == other.search_words(query)
                assert filled.search_vectors(query) == other.search_vectors(query)

    def test_frequencies_count_what_is_there(self, filled: Library) -> None:
        counts, total = filled.frequencies(["抽检", "专利", "没有"])
        assert (counts, total) == ({"抽检": 1, "专利": 1, "没有": 0}, 11)
        filled.remove("要点.txt")
        assert filled.frequencies(["抽检", "专利"]) == ({"抽检": 1, "专利": 0}, 7)

    def test_retriever(self, filled: Library) -> None:
        from langchain_core.retrievers import BaseRetriever

        retriever = filled.as_retriever(k=3)
        assert isinstance(retriever, BaseRetriever)
        found = retriever.invoke("电梯维保")
        hits = filled.search("电梯维保", k=3)
        assert [item.page_content for item in found] == [hit.passage.text for hit in hits]
        passage = hits[0].passage
        assert found[0].id == passage.identity
        assert found[0].metadata == {
            "document": "讲话.txt",
            "revision": passage.revision,
            "start": passage.span.start,
            "end": passage.span.end,
            "path": ["讲话"],
            "page": None,
            "title": "讲话.txt",
            "score": hits[0].score,
        }


class TestOpening:
    def test_reading_refuses_to_write(self, filled: Library, home: LibrarySettings) -> None:
        with Library.open(home, encoder=CountingEncoder()) as reader:
            for act in (
                lambda: reader.put(*made("a.txt", SPEECH)),
                lambda: reader.put_many([]),
                lambda: reader.remove("讲话.txt"),
                lambda: reader.reindex(),
                lambda: reader.set_metadata("讲话.txt", Metadata(Inferred("a", 1.0)), (), ()),
            ):
                with pytest.raises(WenNuoError, match="write=True"):
                    act()

    def test_second_writer_is_refused_at_once(self, filled: Library, home: LibrarySettings) -> None:
        with pytest.raises(LibraryBusyError, match="another process"):
            Library.open(home, write=True, encoder=CountingEncoder())
        assert len(filled.entries()) == 2

    def test_lock_is_free_after_closing_and_after_a_failed_opening(self, home: LibrarySettings) -> None:
        with Library.open(home, write=True, encoder=CountingEncoder()) as library:
            library.put(*made("讲话.txt", SPEECH))
        with pytest.raises(EncoderMismatchError):
            Library.open(home, write=True, encoder=CountingEncoder("another"))
        Library.open(home, write=True, encoder=CountingEncoder()).close()

    def test_closing_twice(self, library: Library) -> None:
        library.close()
        library.close()

    def test_another_encoder_is_refused_until_reindexed(self, home: LibrarySettings) -> None:
        with Library.open(home, write=True, encoder=CountingEncoder()) as library:
            library.put(*made("讲话.txt", SPEECH))
            before = library.search_words("食品抽检")
        other = CountingEncoder("another")
        for write in (False, True):
            with pytest.raises(EncoderMismatchError, match="wennuo reindex"):
                Library.open(home, write=write, encoder=other)
        steps: list[tuple[int, int]] = []
        with Library.open(home, write=True, encoder=other, reindexing=True) as library:
            assert library.reindex(lambda done, total: steps.append((done, total))) == 7
            assert library.search("食品抽检")
            assert library.doctor() == ()
        assert steps[-1] == (7, 7)
        with Library.open(home, encoder=other) as library:
            assert library.search_words("食品抽检") == before
            assert library.search_vectors("食品抽检")
            assert library.doctor() == ()
        with pytest.raises(EncoderMismatchError):
            Library.open(home, encoder=CountingEncoder())

    def test_opened_to_be_reindexed_takes_nothing_else_before(self, home: LibrarySettings) -> None:
        with Library.open(home, write=True, encoder=CountingEncoder()) as library:
            library.put(*made("讲话.txt", SPEECH))
        other = CountingEncoder("another")
        with Library.open(home, write=True, encoder=other, reindexing=True) as library:
            with pytest.raises(EncoderMismatchError):
                library.put(*made("要点.txt", PLAN))
            library.remove("讲话.txt")
            assert library.put(*made("要点.txt", PLAN)) == "added"
            assert library.doctor() == ()

    def test_reader_notices_that_another_encoder_took_over(self, home: LibrarySettings) -> None:
        with Library.open(home, write=True, encoder=CountingEncoder()) as library:
            library.put(*made("讲话.txt", SPEECH))
        with Library.open(home, encoder=CountingEncoder()) as reader:
            assert reader.search("食品抽检")
            other = CountingEncoder("another")
            with Library.open(home, write=True, encoder=other, reindexing=True) as library:
                library.reindex()
            with pytest.raises(EncoderMismatchError):
                reader.search("食品抽检")

    def test_emptied_library_takes_any_encoder(self, home: LibrarySettings) -> None:
        with Library.open(home, write=True, encoder=CountingEncoder()) as library:
            library.put(*made("讲话.txt", SPEECH))
            library.remove("讲话.txt")
        with Library.open(home, write=True, encoder=CountingEncoder("another")) as library:
            library.put(*made("要点.txt", PLAN))
            assert library.search_vectors("专利")[0].passage.document == "要点.txt"
            assert library.doctor() == ()

    def test_reindex_with_the_same_encoder_changes_no_answer(self, filled: Library) -> None:
        before = filled.search("食品抽检合格率")
        assert filled.reindex() == 11
        assert filled.search("食品抽检合格率") == before
        filled.put(*made("新.txt", PLAN))
        assert filled.doctor() == ()

    def test_file_that_is_no_catalogue(self, home: LibrarySettings) -> None:
        home.home.mkdir()
        (home.home / "catalogue.sqlite3").write_bytes(
            b"not a database at all, but long enough to look at" * 40
        )
        with pytest.raises(LibraryDamagedError, match="cannot be read"):
            Library.open(home)

    def test_another_layout_is_refused(self, home: LibrarySettings) -> None:
        Library.open(home, write=True, encoder=CountingEncoder()).close()
        with closing(sqlite3.connect(home.home / "catalogue.sqlite3")) as raw, raw:
            raw.execute("UPDATE state SET value = '999' WHERE name = 'format'")
        with pytest.raises(LibraryDamagedError, match="layout"):
            Library.open(home)
