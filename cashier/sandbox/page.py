"""The payment page over HTTP: every step is a form, every form leads back to the page."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cashier.sandbox import rendering
from cashier.sandbox.cards import find_card
from cashier.sandbox.payer import Mistake, Payer
from cashier.sandbox.refusal import Code, Refusal
from cashier.sandbox.state import Gateway
from cashier.sandbox.values import Payment, Status

_LARGEST_FORM = 4096

Form = dict[str, str]


class Page:
    """The routes of the payment page and of a terminal's link, in both profiles' shapes."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._payer = Payer(gateway)

    def routes(self) -> list[Route]:
        pages = ("/P{payment}", "/init/{payment}")
        links = ("/T{terminal}", "/order/id/{terminal}", "/order/id/{terminal}/price/{price}")
        return [
            *(Route(path, self.show, methods=["GET"]) for path in pages),
            *(Route(path + "/{action}", self.act, methods=["POST"]) for path in pages),
            *(Route(path, self.follow_link, methods=["GET"]) for path in links),
        ]

    async def show(self, request: Request) -> Response:
        language = _language(request)
        here = _own_name(request.url.path)
        try:
            payment = self._gateway.payment(request.path_params["payment"])
        except Refusal:
            return _html(rendering.missing_page(language=language, here=here), status=404)
        wrong = request.query_params.get("wrong", "")
        text = rendering.payment_page(
            payment,
            self._gateway.terminals.get(payment.terminal_id),
            language=language,
            here=here,
            address=str(request.url.replace(query="")),
            mistake=Mistake(wrong) if wrong in set(Mistake) else None,
            filled=find_card(request.query_params.get("fill", "")),
        )
        return _html(text, payment=payment)

    async def act(self, request: Request) -> Response:
        language = _language(request)
        page = request.url.path.rpartition("/")[0]
        try:
            form = await _read_form(request)
        except ClientDisconnect:
            return Response(status_code=400)
        payment_id = request.path_params["payment"]
        try:
            mistake = self._perform(request.path_params["action"], payment_id, form)
            payment = self._gateway.payment(payment_id)
        except Refusal:
            return _html(rendering.missing_page(language=language, here=""), status=404)
        shop = _shop_address(payment)
        if shop is not None:
            return _see(rendering.ascii_address(shop))
        wrong = f"&wrong={mistake}" if mistake is not None else ""
        return _see(f"../{quote(_own_name(page))}?lang={language}{wrong}")

    def _perform(self, action: str, payment_id: str, form: Form) -> Mistake | None:
        """One step of the payer. Raises Refusal for an unknown step or payment."""
        payer = self._payer
        match action:
            case "card":
                payer.begin_card(payment_id)
            case "sbp":
                payer.begin_sbp(payment_id)
            case "details":
                number, expiry, cvc = (form.get(name, "") for name in ("number", "expiry", "cvc"))
                return payer.submit_card(payment_id, number=number, expiry=expiry, cvc=cvc)
            case "code":
                return payer.submit_code(payment_id, form.get("code", ""))
            case "confirm":
                payer.confirm_sbp(payment_id)
            case "decline":
                payer.decline(payment_id)
            case "leave":
                payer.leave(payment_id)
            case _:
                raise Refusal(Code.UNKNOWN_CALL)
        return None

    async def follow_link(self, request: Request) -> Response:
        """To the terminal's newest waiting bill, or a page that waits for one."""
        language = _language(request)
        here = _own_name(request.url.path)
        terminal = self._gateway.terminals.get(request.path_params["terminal"])
        if terminal is None:
            return _html(rendering.missing_page(language=language, here=here), status=404)
        waiting = self._gateway.waiting_payment(terminal.id)
        if waiting is None:
            return _html(rendering.terminal_page(terminal, language=language, here=here))
        up = "../" * (request.url.path.count("/") - 1)
        return _see(f"{up}P{waiting.id}?lang={language}")


def _language(request: Request) -> str:
    asked = request.query_params.get("lang")
    return "en" if asked == "en" else "ru"


def _own_name(path: str) -> str:
    return path.rpartition("/")[2]


def _shop_address(payment: Payment) -> str | None:
    match payment.status:
        case Status.SUCCESSFUL:
            return payment.success_url
        case Status.FAILED:
            return payment.fail_url
        case _:
            return None


async def _read_form(request: Request) -> Form:
    """The fields of a form without files; one that is too large counts as empty."""
    body = b""
    async for part in request.stream():
        if len(body) <= _LARGEST_FORM:
            body += part
    if len(body) > _LARGEST_FORM:
        return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20))


def _see(location: str) -> Response:
    return RedirectResponse(location, status_code=303, headers={"cache-control": "no-store"})


def _html(text: str, *, status: int = 200, payment: Payment | None = None) -> Response:
    return HTMLResponse(
        text,
        status_code=status,
        headers={
            "content-security-policy": rendering.content_security_policy(payment),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cache-control": "no-store",
        },
    )
