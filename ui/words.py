"""What the interface says, in Chinese and in English, and the sentence for each error of the tree."""

from __future__ import annotations

from typing import Literal

from corpus.errors import (
    DocumentNotFoundError,
    EndpointError,
    LibraryBusyError,
    WenNuoError,
)
from ui.account import words as account_words
from ui.chat import words as chat_words
from ui.documents import words as documents_words
from ui.guide import words as guide_words
from ui.ledger import words as ledger_words
from ui.overview import words as overview_words
from ui.quality import words as quality_words
from ui.reconciliation import words as reconciliation_words

Language = Literal["zh-CN", "en"]
CHINESE: Language = "zh-CN"
LANGUAGES: dict[Language, str] = {"zh-CN": "中文", "en": "English"}

_CHINESE = {
    "brand": "问诺",
    "title": "问诺 · 问一句，看出处",
    "motto": "问一句，看出处",
    "language": "界面语言",
    "tab_chat": "问答",
    "tab_documents": "资料库",
    # asking
    "question": "问题",
    "placeholder": "输入问题，按回车提问",
    "send": "提问",
    "year": "{year}年",
    "pending": "正在查找原文…",
    "welcome": "想查哪项工作？",
    "welcome_more": "答案取自资料库里的讲话和工作要点，每句话都标出处，点数字可看原文。",
    "starters": "可以这样问",
    "empty_title": "资料库还是空的",
    "empty_more": "请先到“资料库”页上传讲话、工作要点、报告或督查台账，然后回到这里提问。",
    "empty_open": "去上传资料",
    # answers
    "you": "我",
    "status_not_found": "资料中没有提到",
    "status_masked": "原文隐去",
    "status_error": "未能回答",
    "nearest": "以下是最接近的原文，供参考",
    "mode_writing": "由模型根据原文写成",
    "asked_as": "按此理解：{asked}",
    "copy": "复制",
    "copy_all": "复制答案和出处",
    "copied": "已复制",
    "copy_failed": "复制不成，请手动选取",
    "show_citation": "查看出处{number}",
    "sources": "出处",
    # evidence
    "evidence": "原文依据",
    "evidence_empty": "答案的原文会显示在这里。",
    "evidence_none": "这次回答没有引用原文。",
    "evidence_for": "针对：{question}",
    "open_document": "打开全文",
    "back": "回到答案",
    "page": "第{page}页",
    "outdated": "资料在回答之后已更新，这里是回答时的原文。",
    # reader
    "reader_outline": "目录",
    "reader_close": "关闭",
    "reader_gone": "资料库里已经没有这份资料。",
    "reader_moved": "资料已更新，未能在新版本中找到所引的原句。",
    "reader_jump": "回到所引原句",
    "reader_failed": "全文打不开，请稍后再试。",
    # documents
    "documents": "资料清单",
    "documents_count": "共{count}份资料，{characters}字",
    "column_title": "标题",
    "column_kind": "类别",
    "column_year": "年份",
    "column_issuer": "发文单位",
    "column_characters": "字数",
    "column_ingested": "入库时间",
    "column_action": "操作",
    "kind_speech": "讲话",
    "kind_plan": "工作要点",
    "kind_report": "报告",
    "kind_ledger": "台账",
    "kind_other": "其他",
    "unknown": "—",
    "upload": "上传资料",
    "upload_choose": "选择文件",
    "upload_drop": "或把文件拖到这里，可一次多份",
    "upload_formats": "支持 {formats}；单个文件不超过 {size} MB",
    "upload_busy": "正在入库 {name}",
    "upload_done": "处理完毕：{count}个文件",
    "upload_failed": "上传不成，请检查网络后再试",
    "outcome_added": "已入库",
    "outcome_replaced": "已更新",
    "outcome_unchanged": "没有变化",
    "outcome_failed": "未入库",
    "outcome_removed": "已移除",
    "remove_ask": "确定从资料库移除这份资料吗？移除后，回答不再引用它。",
    "remove_confirm": "确定移除",
    "remove_cancel": "取消",
    "too_large": "文件超过 {size} MB",
    "nameless": "文件没有名字",
    "notice": "提示",
    "more": "更多",
    "disconnected": "与服务的连接断了，正在重新连接；若一直连不上，请刷新页面。",
    # errors
    "error": "出错了，没有得到答案。请再试一次；若仍不成，请告诉管理员查看运行记录。",
    "error_gone": "资料库里没有“{name}”",
    "error_busy": "资料库正被另一个程序使用，请稍后再试",
    "error_endpoint": "模型服务没有回应，请稍后再试",
}

_ENGLISH = {
    "brand": "WenNuo 问诺",
    "title": "WenNuo · ask, and see the source",
    "motto": "Ask, and see the source",
    "language": "Language",
    "tab_chat": "Ask",
    "tab_documents": "Library",
    "question": "Question",
    "placeholder": "Type a question and press Enter",
    "send": "Ask",
    "year": "{year}",
    "pending": "Looking through the documents…",
    "welcome": "What would you like to look up?",
    "welcome_more": "Answers are taken from the speeches and work plans in the library. Every sentence names its source; "
    "click a number to see the original.",
    "starters": "You could ask",
    "empty_title": "The library is still empty",
    "empty_more": "Go to “Library”, upload speeches, work plans, reports or task ledgers, then come back and ask.",
    "empty_open": "Upload documents",
    "you": "Me",
    "status_not_found": "Not in the documents",
    "status_masked": "Masked in the original",
    "status_error": "Not answered",
    "nearest": "The nearest passages, for reference",
    "mode_writing": "Written by a model from the passages",
    "asked_as": "Understood as: {asked}",
    "copy": "Copy",
    "copy_all": "Copy the answer with its sources",
    "copied": "Copied",
    "copy_failed": "Could not copy; please select the text",
    "show_citation": "Show source {number}",
    "sources": "Sources",
    "evidence": "Original passages",
    "evidence_empty": "The passages behind an answer appear here.",
    "evidence_none": "This answer cites no passage.",
    "evidence_for": "For: {question}",
    "open_document": "Open full text",
    "back": "Back to the answer",
    "page": "page {page}",
    "outdated": "The document has been updated since; this is the text as it was answered from.",
    "reader_outline": "Contents",
    "reader_close": "Close",
    "reader_gone": "This document is no longer in the library.",
    "reader_moved": "The document has been updated; the cited sentence was not found in the new version.",
    "reader_jump": "Back to the cited sentence",
    "reader_failed": "The text could not be opened. Please try again later.",
    "documents": "Documents",
    "documents_count": "{count} documents, {characters} characters",
    "column_title": "Title",
    "column_kind": "Kind",
    "column_year": "Year",
    "column_issuer": "Issuer",
    "column_characters": "Characters",
    "column_ingested": "Added",
    "column_action": "Action",
    "kind_speech": "Speech",
    "kind_plan": "Work plan",
    "kind_report": "Report",
    "kind_ledger": "Task ledger",
    "kind_other": "Other",
    "unknown": "—",
    "upload": "Upload documents",
    "upload_choose": "Choose files",
    "upload_drop": "or drop them here, several at once",
    "upload_formats": "{formats}; up to {size} MB a file",
    "upload_busy": "Reading {name}",
    "upload_done": "Done: {count} files",
    "upload_failed": "The upload failed; please check the connection and try again",
    "outcome_added": "Added",
    "outcome_replaced": "Updated",
    "outcome_unchanged": "Unchanged",
    "outcome_failed": "Not added",
    "outcome_removed": "Removed",
    "remove_ask": "Remove this document from the library? Answers will no longer cite it.",
    "remove_confirm": "Remove",
    "remove_cancel": "Cancel",
    "too_large": "the file is larger than {size} MB",
    "nameless": "the file has no name",
    "notice": "Notice",
    "more": "More",
    "disconnected": "The connection was lost; trying again. If it does not come back, please reload the page.",
    "error": "Something went wrong and there is no answer. Please try again, or ask the administrator to look at the log.",
    "error_gone": "The library has no document “{name}”",
    "error_busy": "Another program is using the library; please try again later",
    "error_endpoint": "The model service does not respond; please try again later",
}

WORDS: dict[Language, dict[str, str]] = {
    "zh-CN": _CHINESE
    | account_words.CHINESE
    | chat_words.CHINESE
    | guide_words.CHINESE
    | documents_words.CHINESE
    | ledger_words.CHINESE
    | overview_words.CHINESE
    | quality_words.CHINESE
    | reconciliation_words.CHINESE,
    "en": _ENGLISH
    | account_words.ENGLISH
    | chat_words.ENGLISH
    | guide_words.ENGLISH
    | documents_words.ENGLISH
    | ledger_words.ENGLISH
    | overview_words.ENGLISH
    | quality_words.ENGLISH
    | reconciliation_words.ENGLISH,
}


def language_of(value: object) -> Language:
    """`value` if it names a language of the interface, else Chinese."""
    return next((language for language in LANGUAGES if language == value), CHINESE)


def say(language: Language, key: str, **values: object) -> str:
    """The text under `key`, its {places} filled. Raises KeyError for an unknown key."""
    text = WORDS[language][key]
    return text.format(**values) if values else text


def sentence(error: Exception, language: Language) -> str:
    """One sentence for the reader about `error`; never a trace, and nothing about unexpected errors but that they happened."""
    match error:
        case DocumentNotFoundError():
            return say(language, "error_gone", name=error.name)
        case LibraryBusyError():
            return say(language, "error_busy")
        case EndpointError():
            return say(language, "error_endpoint")
        case WenNuoError() if language != CHINESE:
            return str(error)
    return say(language, "error")
