"""The addresses of the clerk's own desk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel

from addin.ribbon.screen import opened
from gouji.desk.own.board import Board
from gouji.desk.own.desk import Desk
from gouji.desk.own.nearby import folder_told, nearby, typed_path
from gouji.desk.serving import PAGES, answer_heads, new_app


class Chosen(BaseModel):
    """A workbook that the clerk names."""

    path: str


class Answer(BaseModel):
    """What was pressed under a question."""

    question: str
    choice: str


def own_app(workbook: Path | None = None, templates: Path | None = None) -> FastAPI:
    """The app of one desk, on which `workbook` lies; the page asks for one where it is None."""
    board = Board()
    desk = Desk(board, templates)
    if workbook is not None:
        desk.open(workbook)

    @asynccontextmanager
    async def until_closed(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = new_app(until_closed)
    _add_news(app, board, desk)
    _add_presses(app, desk)
    _add_files(app, desk)
    answer_heads(app, but=("/events",))
    return app


def _add_news(app: FastAPI, board: Board, desk: Desk) -> None:
    """The page, what it hears, and the pictures that it draws."""

    @app.get("/")
    def page() -> FileResponse:
        return FileResponse(PAGES / "own.html")

    @app.get("/events")
    async def events() -> StreamingResponse:
        return StreamingResponse(board.events(), media_type="text/event-stream")

    @app.get("/sheets/{edition}/{number}.png")
    def sheet(edition: int, number: int) -> Response:
        picture = desk.preview.picture(edition, number)
        if picture is None:
            raise HTTPException(404, "这一页已经换成新的了。")
        return Response(picture, media_type="image/png")


def _add_presses(app: FastAPI, desk: Desk) -> None:
    """What is pressed and chosen."""

    @app.get("/nearby")
    def workbooks() -> list[dict[str, Any]]:
        return [
            {"path": str(one), "name": one.name, "folder": folder_told(one)} for one in nearby()
        ]

    @app.post("/open")
    def choose(chosen: Chosen) -> dict[str, bool]:
        told = f"没有这个文件:{chosen.path}。请写完整的路径。".encode(errors="replace").decode()
        try:
            path = typed_path(chosen.path)
            is_there = path.is_absolute() and path.is_file()
        except (OSError, RuntimeError, ValueError):  # too long, of nobody, or no name at all
            raise HTTPException(400, told) from None
        if not is_there:
            raise HTTPException(400, told)
        desk.open(path)
        return {"is_open": True}

    @app.post("/press/{name}")
    def press(name: str) -> dict[str, bool]:
        if not desk.press(name):
            raise HTTPException(404, "没有这个按钮,或还没有选工作簿。")
        return {"is_pressed": True}

    @app.post("/answer")
    def answer(given: Answer) -> dict[str, bool]:
        if not desk.answer(given.question, given.choice):
            raise HTTPException(409, "这个问题已经过去了。请再按一次按钮。")
        return {"is_taken": True}


def _add_files(app: FastAPI, desk: Desk) -> None:
    """The files that buttons have written, and no other."""

    def found(name: str) -> Path:
        path = desk.shelf.file(name)
        if path is None:
            raise HTTPException(404, "这个文件已经不在了。")
        return path

    @app.get("/files/{name}")
    def fetch(name: str) -> FileResponse:
        path = found(name)
        return FileResponse(path, filename=path.name)

    @app.post("/files/{name}/open")
    def show(name: str) -> dict[str, bool]:
        path = found(name)
        if not opened(path):
            raise HTTPException(409, f"没有程序能打开它:{path}。请按“下载”。")
        return {"is_open": True}
