"""The files of the website: our own page, the frame and the script, as the web build made them."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.web.origins import NO_STORE, Origins
from bot.safety.static_help import STATIC_HELP

HTML, SCRIPT = "text/html; charset=utf-8", "text/javascript; charset=utf-8"
FILES = {
    "/": ("index.html", HTML),
    "/frame": ("frame.html", HTML),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/widget.js": ("widget.js", SCRIPT),
    "/widget.mjs": ("widget.mjs", SCRIPT),
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors {ancestors}"
)


class Pages:
    """Serves the built files."""

    def __init__(self, folder: Path, origins: Origins) -> None:
        self._folder = folder
        self._origins = origins

    @property
    def routes(self) -> list[Route]:
        """The routes to mount; a versioned script never changes, so its hash can be pinned."""
        fixed = [Route(path, self._file, methods=["GET"]) for path in FILES]
        return [*fixed, Route("/widget-{version}.js", self._version, methods=["GET"])]

    async def _file(self, request: Request) -> Response:
        path = request.url.path
        name, kind = FILES[path]
        if kind == SCRIPT:
            return self._script(request, name)
        ancestors = " ".join(("'self'", *self._origins.allowed)) if path == "/frame" else "'self'"
        headers = {**NO_STORE, "Content-Security-Policy": POLICY.format(ancestors=ancestors)}
        return self._answer(name, kind, headers)

    async def _version(self, request: Request) -> Response:
        name = f"widget-{request.path_params['version']}.js"
        known = name.replace("-", "").replace(".", "").isalnum()
        if not known or not (self._folder / name).is_file():
            return PlainTextResponse("no such version\n", status_code=404, headers=NO_STORE)
        return self._script(request, name)

    def _script(self, request: Request, name: str) -> Response:
        """A script that any page may load (and check by its hash); what it may do is ours to say."""
        headers = {
            **NO_STORE,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Vary": "Accept-Encoding",
        }
        packed = f"{name}.gz"
        accepts = "gzip" in request.headers.get("accept-encoding", "")
        if accepts and (self._folder / packed).is_file():
            return self._answer(packed, SCRIPT, {**headers, "Content-Encoding": "gzip"})
        return self._answer(name, SCRIPT, headers)

    def _answer(self, name: str, kind: str, headers: dict[str, str]) -> Response:
        path = self._folder / name
        if not path.is_file():  # never built, or lost: whoever came here still finds help
            return PlainTextResponse(STATIC_HELP, status_code=503, headers=NO_STORE)
        return FileResponse(path, media_type=kind, headers=headers)
