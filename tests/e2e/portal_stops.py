"""Every state of every page outside the desk, and how one comes to it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.pages_kit import Act, Stop, choose, fill, forget_the_form_token, give, send, unfold
from tests.e2e.portal_stages import LONG_ANSWER, LONG_NAME, UNBROKEN
from tests.papers_samples import typeset_sample
from tests.people_kit import PASSWORD
from tests.portal_kit import BIRTH, BUSINESS, COPY, PERMIT

# Of the national list and filed elsewhere; filed here and derived from facts.
NOT_HERE, DERIVED = "1.000005", "1.002755"
NOWHERE = "00000000-0000-7000-8000-000000000000"
# Addresses that are never a page, and why.
NOT_PAGES = {
    "national-portal": "answers the national portal with JSON",
    "portal:communes": "answers scripts with JSON",
    "portal:suggestions": "answers scripts with the options of a list",
    "portal:form-resume": "leads to the first page that lacks something",
    "portal:form-upload": "answers scripts with one file of a list",
    "portal:form-file": "is the file itself",
    "portal:pay-picture": "is a picture",
    "portal:paper": "is the file itself",
    "portal:document": "is the file itself",
    "portal:receipt": "looked at in test_receipts_looked_at.py",
    "portal:receipt-pdf": "is the file itself",
    "portal:receipt-xml": "is the file itself",
    "bank-callback": "answers the bank",
    "platform-callback": "answers the portal's payment platform",
    "platform-lookup": "answers the portal's payment platform",
    "portal:together-start": "looked at in test_afterwards_looked_at.py",
    "portal:together": "looked at in test_afterwards_looked_at.py",
    "halls:book": "looked at in test_halls_looked_at.py",
    "halls:book-service": "looked at in test_halls_looked_at.py",
    "halls:book-slot": "looked at in test_halls_looked_at.py",
    "halls:bookings": "looked at in test_halls_looked_at.py",
    "halls:booking": "looked at in test_halls_looked_at.py",
    "halls:booking-move": "looked at in test_halls_looked_at.py",
    "halls:booking-cancel": "looked at in test_halls_looked_at.py",
    "halls:waits": "looked at in test_halls_looked_at.py",
    "halls:number": "looked at in test_halls_looked_at.py",
    "halls:kiosk": "looked at in test_halls_looked_at.py",
    "halls:kiosk-slip": "looked at in test_halls_looked_at.py",
    "halls:board": "looked at in test_halls_looked_at.py",
    "indicators:home": "looked at in test_indicators_looked_at.py",
    "indicators:index-sets": "looked at in test_indicators_looked_at.py",
    "indicators:index-set": "looked at in test_indicators_looked_at.py",
    "indicators:figure": "looked at in test_indicators_looked_at.py",
    "indicators:indicator": "looked at in test_indicators_looked_at.py",
    "indicators:evidence": "looked at in test_indicators_looked_at.py",
    "indicators:csv": "is the file itself",
    "figures-public:home": "looked at in test_indicators_looked_at.py",
    "figures-public:indicator": "looked at in test_indicators_looked_at.py",
    "figures-public:csv": "is the file itself",
    **{
        f"operations:{name}": "looked at in test_operations_looked_at.py"
        for name in ("home", "league", "attention", "behind", "alerts", "acknowledge")
    },
    "operations:stream": "is no page: events for the page that is open",
    "operations:csv": "is the file itself",
    "operations-public:home": "looked at in test_operations_looked_at.py",
    "operations-public:csv": "is the file itself",
    "plans:home": "looked at in test_plans_looked_at.py",
    "plans:plan": "looked at in test_plans_looked_at.py",
    "plans:tasks": "looked at in test_plans_looked_at.py",
    "plans:history": "looked at in test_plans_looked_at.py",
    "plans:target": "looked at in test_plans_looked_at.py",
    "plans:task": "looked at in test_plans_looked_at.py",
    "plans:targets-csv": "is the file itself",
    "plans:tasks-csv": "is the file itself",
    "plans:proof": "is the file itself",
    "reports:home": "looked at in test_reports_looked_at.py",
    "reports:one-stop": "looked at in test_reports_looked_at.py",
    "reports:one-stop-dossiers": "looked at in test_reports_looked_at.py",
    "reports:round": "looked at in test_reports_looked_at.py",
    "reports:return": "looked at in test_reports_looked_at.py",
    "reports:one-stop-file": "is the file itself",
    "reports:round-file": "is the file itself",
    "reports:report-file": "is the file itself",
    "reports:return-file": "is the file itself",
    "reports:version-file": "is the file itself",
    "plans-public:home": "looked at in test_plans_looked_at.py",
    "plans-public:plan": "looked at in test_plans_looked_at.py",
    "plans-public:target": "looked at in test_plans_looked_at.py",
    "plans-public:targets-csv": "is the file itself",
    "halls:booking-ics": "is a file for calendars",
    "halls:number-leave": "leads back to the number",
    "halls:kiosk-draw": "leads on to the slip, or back to the kiosk",
    "halls:kiosk-arrive": "leads on to the slip, or back to the kiosk",
    "wallet:home": "looked at in test_wallet_looked_at.py",
    "wallet:hide": "leads back to the wallet",
    "wallet:restore": "leads back to the wallet",
    "assist:home": "looked at in test_wallet_looked_at.py",
    "assist:person": "looked at in test_wallet_looked_at.py",
    "assist:word": "looked at in test_wallet_looked_at.py",
    "assist:code": "looked at in test_wallet_looked_at.py",
    "assist:begin": "looked at in test_wallet_looked_at.py",
    "assist:end": "leads back to the team's page",
    "portal:thread": "looked at in test_citizen_looked_at.py",
    "portal:thread-file": "is the file itself",
    "portal:coming": "looked at in test_citizen_looked_at.py",
    "portal:coming-refuse": "leads back to what comes up",
    "portal:coming-again": "leads back to what comes up",
    "portal:coming-open": "leads to the form it opens",
    "portal:looks": "looked at in test_citizen_looked_at.py",
    "portal:survey": "looked at in test_citizen_looked_at.py",
    "portal:survey-thanks": "looked at in test_citizen_looked_at.py",
    "portal:survey-results": "looked at in test_citizen_looked_at.py",
    "portal:survey-poster": "looked at in test_citizen_looked_at.py",
    "desk:thread": "looked at in test_citizen_looked_at.py",
    "desk:thread-file": "is the file itself",
    "desk:survey": "looked at in test_citizen_looked_at.py",
    "ledger:home": "looked at in test_open_data_looked_at.py",
    "ledger:file": "is the file itself",
    "ledger:proof": "is the file itself",
    **dict.fromkeys(
        ("opendata:home", "opendata:licence", "opendata:register", "opendata:record"),
        "looked at in test_open_data_looked_at.py",
    ),
    **dict.fromkeys(
        ("maps:combined", "maps:register", "maps:sheet"),
        "looked at in test_maps_looked_at.py",
    ),
    "maps:features": "answers scripts with GeoJSON",
    "maps:areas": "answers scripts with GeoJSON",
    "opendata:file": "is the file itself",
    "opendata:dictionary": "tells programs what columns mean",
    "opendata:catalogue-jsonld": "tells other portals what there is",
    "opendata:catalogue-turtle": "tells other portals what there is",
    "portal:account-channels": "leads back to the account, whatever was ticked",
}


def forge(selector: str, value: str) -> Act:
    """Give a box a value that the page does not offer."""
    return lambda page: page.locator(selector).first.evaluate("(box, value) => { box.value = value; }", value)


def see(selector: str) -> Act:
    """Wait until it is in sight."""
    return lambda page: expect(page.locator(selector).first).to_be_visible()


# Scripts send a file at once and show what became of it; without them a button does.
WRONG_FILE = give("input[type=file][multiple]", UNBROKEN, lambda: b"GIF89a")
UPLOAD = send("button[value=upload]")
OPEN = (
    Stop("home", "portal:home"),
    Stop("catalogue", "portal:catalogue"),
    Stop("catalogue-found", "portal:catalogue", query="?q=khai+sinh"),
    Stop("catalogue-filtered", "portal:catalogue", query="?cap=xa&nop=tai-day", acts=(unfold,)),
    Stop("catalogue-further", "portal:catalogue", query="?trang=2"),
    Stop("catalogue-nothing", "portal:catalogue", query="?q=khong+co+thu+tuc+nao+nhu+the"),
    Stop("procedure-birth", "portal:procedure", given={"code": BIRTH}, acts=(unfold,)),
    Stop("procedure-shop", "portal:procedure", given={"code": BUSINESS}, acts=(unfold,)),
    Stop("procedure-copy", "portal:procedure", given={"code": COPY}, acts=(unfold,)),
    Stop("procedure-permit", "portal:procedure", given={"code": PERMIT}),
    Stop("procedure-unknown", "portal:procedure", given={"code": "9.999999"}, status=404),
    Stop("procedure-elsewhere", "portal:procedure", given={"code": NOT_HERE}),
    Stop("procedure-derived", "portal:procedure", given={"code": DERIVED}, acts=(unfold,)),
    Stop("history", "portal:history", given={"code": BIRTH}),
    Stop("comparison", "portal:comparison", given={"code": BIRTH}),
    Stop("poster", "portal:poster", given={"code": BIRTH}),
    Stop("publication", "portal:publication"),
    Stop("open-data", "portal:open-data"),
    Stop("problems", "problems:index"),
    Stop("problem", "problems:problem", given={"code": "not-found"}),
    Stop("problem-unknown", "problems:problem", given={"code": "khong-co"}, status=404),
    Stop("help", "portal:help"),
    Stop("guide-citizens", "guides:contents", given={"slug": "nguoi-dan"}),
    Stop("guide-officers", "guides:contents", given={"slug": "can-bo"}),
    Stop("guide-chapter", "guides:chapter", given={"slug": "nguoi-dan", "chapter_slug": "nop-phi"}),
    Stop("guide-officers-chapter", "guides:chapter", given={"slug": "can-bo", "chapter_slug": "so-sach"}),
    Stop("guide-whole", "guides:whole", given={"slug": "nguoi-dan"}),
    Stop("guide-unknown", "guides:contents", given={"slug": "khong-co"}, status=404),
    Stop("rights", "portal:rights"),
    Stop("accessibility", "portal:accessibility"),
    Stop("track", "portal:track"),
    Stop("track-nothing", "portal:track", query="?ma=000.00.44.H49-261121-9999", status=404),
)


def by_password(name: str) -> tuple[Act, ...]:
    """Give an officer's name and password."""
    return (fill("#id_login", name), fill("#id_password", PASSWORD), send())


DOORS = (
    Stop("sign-in", "sign_in", query="?next=/ho-so/", acts=(unfold,)),
    Stop("sign-in-provider-away", "openid_connect_login", start="/dang-nhap/", acts=(send(),), status=502),
    Stop(
        "sign-in-come-back-wrong",
        "openid_connect_callback",
        given={"provider_id": "dinh-danh"},
        query="?code=x&state=y",
        status=502,
    ),
    Stop("password", "account_login", acts=(unfold,)),
    Stop("password-empty", "account_login", acts=(send(),)),
    Stop("password-wrong", "account_login", acts=by_password("khong-co")),
    Stop("code", "mfa_authenticate", start="/dang-nhap/can-bo/", acts=(*by_password("lan"), unfold)),
    Stop(
        "code-wrong",
        "mfa_authenticate",
        start="/dang-nhap/can-bo/",
        acts=(*by_password("lan"), fill("#id_code", "000000"), send()),
    ),
    Stop("code-set-up", "mfa_activate_totp", start="/dang-nhap/can-bo/", acts=by_password("moi")),
    Stop(
        "code-set-up-wrong",
        "mfa_activate_totp",
        start="/dang-nhap/can-bo/",
        acts=(*by_password("moi"), fill("#id_code", "000000"), send()),
    ),
    Stop("closed", "account_inactive"),
    Stop("leave", "account_logout", who="owner"),
    Stop("act-for", "act_for", who="owner"),
    Stop("act-for-nobody", "act_for", who="newcomer"),
    Stop(
        "act-for-refused",
        "act_for",
        who="owner",
        acts=(forge("#person-self", NOWHERE), choose("#person-self"), send()),
        status=403,
    ),
    Stop("officer-among-citizens", "portal:dossiers", who="officer", status=403),
)
FORM = (
    Stop("home-begun", "portal:home", who="owner"),
    Stop("procedure-signed-in", "portal:procedure", who="owner"),
    Stop("start", "portal:start", who="newcomer"),
    Stop("start-begun", "portal:start", who="owner"),
    Stop("start-organisation", "portal:start", who="owner", given={"code": COPY}),
    Stop("start-low", "portal:start", who="low"),
    Stop("start-wrong", "portal:start", who="owner", acts=(forge("[name=unit]", ""), send()), status=422),
    Stop("form-requester", "portal:form-page", "empty", "owner"),
    Stop("form-wrong", "portal:form-page", "empty", "owner", acts=(send(),), status=422),
    Stop("form-child", "portal:form-page", "full", "owner", given={"page_id": "child"}),
    Stop("form-returning", "portal:form-page", "full", "owner", query="?ve=kiem-tra"),
    Stop("form-brim", "portal:form-page", "brim", "owner", given={"page_id": "birth"}),
    Stop("form-declaration", "portal:form-page", "full", "owner", given={"page_id": "copies"}),
    Stop("form-groups", "portal:form-page", "shop", "owner", given={"page_id": "business"}),
    Stop("form-founders", "portal:form-page", "shop", "owner", given={"page_id": "founders"}),
    Stop("form-tax", "portal:form-page", "shop", "owner", given={"page_id": "tax"}),
    Stop("papers", "portal:form-papers", "full", "owner"),
    Stop("papers-brim", "portal:form-papers", "brim", "owner"),
    Stop(
        "papers-refused",
        "portal:form-papers",
        "full",
        "owner",
        acts=(WRONG_FILE, UPLOAD),
        status=422,
        scripts=False,
    ),
    Stop(
        "papers-refused-at-once",
        "portal:form-papers",
        "full",
        "owner",
        acts=(WRONG_FILE, see(".ts-file__problem")),
        scripts=True,
    ),
    Stop("check", "portal:form-check", "full", "owner"),
    Stop("check-brim", "portal:form-check", "brim", "owner"),
    Stop("check-gaps", "portal:form-check", "empty", "owner"),
    Stop("check-refused", "portal:form-check", "empty", "owner", acts=(send(".ts-send button"),), status=422),
    Stop("discard", "portal:form-discard", "full", "owner"),
    Stop("form-of-another", "portal:form-page", "full", "newcomer", status=404),
)
DOSSIERS = ("filed", "accepted", "extended", "supplement", "signing", "returned", "refused", "declined")
LIFE = (
    Stop("dossiers", "portal:dossiers", who="owner"),
    Stop("dossiers-none", "portal:dossiers", who="newcomer"),
    Stop("dossiers-not-found", "portal:dossiers", who="owner", query="?q=khong-co"),
    *(
        Stop(f"dossier-{scene}", "portal:dossier", scene, "owner", acts=(unfold,))
        for scene in (*DOSSIERS, "withdrawn", "stopped", "brim", "short")
    ),
    Stop("dossier-just-filed", "portal:dossier", "unpaid", "owner", query="?vua-nop"),
    Stop("dossier-of-another", "portal:dossier", "unpaid", "newcomer", status=404),
    Stop("supplement", "portal:supplement", "supplement", "owner"),
    Stop("supplement-not-ready", "portal:supplement", "incomplete", "owner", acts=(send(),), status=422),
    Stop("supplement-of-another", "portal:supplement", "of-another", "owner"),
    Stop("withdraw", "portal:withdraw", "filed", "owner"),
    Stop(
        "withdraw-changed",
        "portal:withdraw",
        "filed",
        "owner",
        acts=(forge("[name=revision]", "99"), send()),
        status=409,
    ),
    *(
        Stop(f"pay-{scene}", "portal:pay", scene, "owner", acts=(unfold,))
        for scene in ("unpaid", "short", "paid", "lapsed", "withdrawn", "refunding", "refunded")
    ),
    Stop(
        "pay-renew-refused", "portal:pay-renew", "paid", "owner", start="/tai-khoan/", posted=True, status=409
    ),
    Stop("pay-came-back", "portal:pay", "unpaid", "owner", query="?tu-cong=1"),
    Stop(
        "pay-platform-away",
        "portal:pay-platform",
        "unpaid",
        "owner",
        start="/tai-khoan/",
        posted=True,
        status=422,
    ),
    Stop("pay-just-filed", "portal:pay", "unpaid", "owner", query="?vua-nop"),
    Stop("track-found", "portal:track", query="?ma={code}", scene="accepted"),
    Stop("rate", "portal:rate", "returned"),
    Stop("rate-empty", "portal:rate", "returned", acts=(send(),), status=422),
    Stop("rate-done", "portal:rate", "rated"),
    Stop("rate-early", "portal:rate", "accepted"),
    Stop("rate-unknown", "portal:rate", "unknown", status=404),
    Stop("inbox", "portal:inbox", who="owner"),
    Stop("inbox-none", "portal:inbox", who="newcomer"),
    Stop("message", "portal:message", "message", "owner"),
    Stop("account", "portal:account", who="owner", acts=(unfold,)),
    Stop("account-new", "portal:account", who="newcomer"),
    Stop("account-low", "portal:account", who="low"),
    Stop("account-long", "portal:account", who="long"),
    Stop(
        "account-contact-wrong",
        "portal:account-contact",
        who="owner",
        start="/tai-khoan/",
        acts=(fill("#phone", "12"), fill("#email", "a@"), send("form[action$='lien-he/'] button")),
        status=422,
    ),
    Stop(
        "account-language-wrong",
        "portal:account-language",
        who="owner",
        start="/tai-khoan/",
        acts=(choose("#speech-en"), forge("#speech-en", "fr"), send("form[action$='ngon-ngu/'] button")),
        status=422,
    ),
    Stop(
        "account-mandate-wrong",
        "portal:account-give",
        who="owner",
        start="/tai-khoan/",
        acts=(
            unfold,
            fill("#agent-id", "000195000999"),
            fill("#agent-name", LONG_NAME),
            fill("#evidence", LONG_ANSWER[:300]),
            send("form[action$='uy-quyen/'] button:not([name])"),
        ),
        status=422,
    ),
    Stop(
        "account-mandate-gone",
        "portal:account-revoke",
        who="owner",
        start="/tai-khoan/",
        posted=True,
        status=404,
    ),
)
PAPERS = (
    Stop("verify", "verify-file", acts=(unfold,)),
    Stop("verify-nothing", "verify-file", acts=(send(),), status=422),
    Stop(
        "verify-not-signed",
        "verify-file",
        acts=(give("#tep", UNBROKEN.replace("jpg", "pdf"), lambda: typeset_sample().pdf), send()),
    ),
    *(
        Stop(f"paper-{scene}", "verify", scene, status=404 if scene == "unknown" else 200)
        for scene in ("valid", "replaced", "revoked", "unknown")
    ),
)
TROUBLES = (
    *(
        Stop(f"trouble-{status}", f"trouble-{status}", status=status)
        for status in (400, 403, 405, 413, 429, 500)
    ),
    Stop("trouble-404", start="/khong-co-trang-nay/", status=404),
    Stop("trouble-forged", "verify-file", acts=(forget_the_form_token, send()), status=403),
)


def signed(content: Callable[[], bytes], changed: Callable[[], bytes]) -> tuple[Stop, ...]:
    """Files with signatures: ours as issued, and the same with a byte turned."""
    return tuple(
        Stop(f"verify-{name}", "verify-file", acts=(give("#tep", f"{name}.pdf", what), send(), unfold))
        for name, what in (("good", content), ("changed", changed))
    )
