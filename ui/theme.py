"""How the app looks: fonts of the system, colours, and the files of static/."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

STATIC = Path(__file__).parent / "static"
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
# Runs before gradio's scripts: its own few words follow the language that the browser names, so the page names it.
HEAD = """
<script>
(() => {
  const chosen = document.cookie.match(/(?:^|; )wennuo_language=(zh-CN|en)(?:;|$)/)?.[1] ?? "zh-CN";
  Object.defineProperty(navigator, "language", {get: () => chosen});
  Object.defineProperty(navigator, "languages", {get: () => [chosen]});
  document.documentElement.lang = chosen;
})();
</script>
<link rel="stylesheet" href="wennuo/style.css">
<link rel="stylesheet" href="wennuo/chat.css">
<link rel="stylesheet" href="wennuo/ledger.css">
<link rel="stylesheet" href="wennuo/overview.css">
<link rel="stylesheet" href="wennuo/guide.css">
<link rel="stylesheet" href="wennuo/quality.css">
<link rel="stylesheet" href="wennuo/account.css">
<script src="wennuo/session.js"></script>
<link rel="stylesheet" href="wennuo/documents.css">
<link rel="stylesheet" href="wennuo/reader.css">
<script src="wennuo/desk.js" defer></script>
<script src="wennuo/page.js" defer></script>
<script src="wennuo/chat.js" defer></script>
<script src="wennuo/chat_history.js" defer></script>
<script src="wennuo/reader.js" defer></script>
<script src="wennuo/ledger_staying.js" defer></script>
<script src="wennuo/ledger.js" defer></script>
<script src="wennuo/overview.js" defer></script>
<script src="wennuo/guide.js" defer></script>
<script src="wennuo/quality_drafts.js" defer></script>
<script src="wennuo/quality.js" defer></script>
<script src="wennuo/documents.js" defer></script>
<script src="wennuo/documents_upload.js" defer></script>
"""


def theme() -> gr.themes.Base:
    """Gradio's own parts in our colours; no font is fetched."""
    return gr.themes.Base(font=FONTS, font_mono=("Noto Sans Mono CJK SC", "monospace")).set(
        body_background_fill="#f5f6f8",
        body_background_fill_dark="#11161c",
        body_text_color="#1c2733",
        body_text_color_dark="#e4eaf0",
        body_text_color_subdued="#566372",
        body_text_color_subdued_dark="#9dacba",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1a2129",
        background_fill_secondary="#f5f6f8",
        background_fill_secondary_dark="#11161c",
        block_background_fill="#ffffff",
        block_background_fill_dark="#1a2129",
        block_border_width="0px",
        block_label_text_color="#566372",
        block_label_text_color_dark="#9dacba",
        border_color_primary="#d9e0e7",
        border_color_primary_dark="#2e3944",
        border_color_accent="#1d5a8e",
        border_color_accent_dark="#7db7ea",
        color_accent="#1d5a8e",
        color_accent_soft="#e6eff7",
        color_accent_soft_dark="#1d3245",
        button_primary_background_fill="#1d5a8e",
        button_primary_background_fill_dark="#2b6ea6",
        button_primary_background_fill_hover="#174a76",
        button_primary_background_fill_hover_dark="#3a7fb8",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_primary_border_color="#1d5a8e",
        button_primary_border_color_dark="#2b6ea6",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#1a2129",
        button_secondary_border_color="#c9d3dc",
        button_secondary_border_color_dark="#3a4754",
        button_cancel_background_fill="#a02c22",
        button_cancel_background_fill_dark="#a83a30",
        button_cancel_background_fill_hover="#85241b",
        button_cancel_background_fill_hover_dark="#b8463b",
        button_cancel_text_color="#ffffff",
        button_cancel_text_color_dark="#ffffff",
        button_border_width="1px",
        input_background_fill="#ffffff",
        input_background_fill_dark="#151b22",
        input_border_color="#c3ced8",
        input_border_color_dark="#3a4754",
        input_border_color_focus="#1d5a8e",
        input_border_color_focus_dark="#7db7ea",
        input_border_width="1px",
        input_placeholder_color="#6a7785",
        input_placeholder_color_dark="#8797a6",
    )
