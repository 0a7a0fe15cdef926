"""The mailbox over HTTP: pages for people, JSON for programs."""

from dataclasses import asdict
from html import escape

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import appearance
from sandbox.mail.mailbox import MOODS, Mailbox, Mood

NOTICE = "Hộp thư thử · Môi trường thử. Không thư nào được gửi đi."


class MailService:
    """Routes of one mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    def routes(self) -> list[Route]:
        return [
            Route("/", self.first_page),
            Route("/mail", self.list),
            Route("/mail/mood", self.mood, methods=["POST"]),
            Route("/mail/{letter_id}", self.letter),
        ]

    async def first_page(self, _request: Request) -> Response:
        items = "".join(
            f'<li><a href="mail/{letter.id}">{escape(letter.subject) or "(không tiêu đề)"}</a><br>'
            f"{escape(letter.to)} · {escape(letter.date)}</li>"
            for letter in self.mailbox.letters()[:100]
        )
        body = f"<ul>{items}</ul>" if items else "<p>Chưa có thư nào.</p>"
        return appearance.page("Thư", body + '<p><a href="sms">Tin nhắn</a></p>', notice=NOTICE)

    async def letter(self, request: Request) -> Response:
        letter = self.mailbox.letter(request.path_params["letter_id"])
        if letter is None:
            return appearance.page(
                "Không có thư này", '<p><a href="../">Về hộp thư</a></p>', notice=NOTICE, status=404
            )
        body = (
            f"<dl><dt>Gửi tới</dt><dd>{escape(letter.to)}</dd><dt>Lúc</dt><dd>{escape(letter.date)}</dd></dl>"
            f'<p class="text">{escape(letter.text)}</p><p><a href="../">Về hộp thư</a></p>'
        )
        return appearance.page(letter.subject or "(không tiêu đề)", body, notice=NOTICE)

    async def list(self, request: Request) -> Response:
        to = request.query_params.get("to")
        return JSONResponse([asdict(letter) for letter in self.mailbox.letters() if to in (None, letter.to)])

    async def mood(self, request: Request) -> Response:
        told = await request.json()
        if told.get("kind") not in MOODS:
            return JSONResponse({"error": f"kind: {', '.join(MOODS)}"}, status_code=422)
        self.mailbox.mood = Mood(told["kind"], int(told.get("times", 1)))
        return JSONResponse(asdict(self.mailbox.mood))
