#!/usr/bin/python3 -I
"""A small WebKitGTK browser with a profile on disk, for WebKitWebDriver to drive.

WebKit's own automation window forgets everything; this one shows what survives a kill. Runs by
the machine's Python, which has the GObject bindings.
"""

import sys
from pathlib import Path

import gi  # type: ignore[import-not-found]

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # type: ignore[import-not-found]  # noqa: E402

SIZE = (820, 1180)


def wanted(name: str) -> str:
    found = [arg.partition("=")[2] for arg in sys.argv if arg.startswith(f"--{name}=")]
    return found[0] if found else ""


def context_of(profile: Path) -> WebKit2.WebContext:
    profile.mkdir(parents=True, exist_ok=True)
    data = WebKit2.WebsiteDataManager(
        base_data_directory=str(profile / "data"), base_cache_directory=str(profile / "cache")
    )
    data.get_cookie_manager().set_persistent_storage(
        str(profile / "cookies.sqlite"), WebKit2.CookiePersistentStorage.SQLITE
    )
    context = WebKit2.WebContext.new_with_website_data_manager(data)
    context.set_automation_allowed(True)
    return context


def settings_with(names: list[str]) -> WebKit2.Settings:
    settings = WebKit2.Settings()
    features = WebKit2.Settings.get_all_features()
    for place in range(features.get_length()):
        feature = features.get(place)
        if feature.get_identifier() in names:
            settings.set_feature_enabled(feature, True)
    return settings


def main() -> None:
    context = context_of(Path(wanted("profile")))
    settings = settings_with(wanted("features").split(","))

    def make_view(_session: object) -> WebKit2.WebView:
        window = Gtk.Window()
        window.set_default_size(*SIZE)
        view = WebKit2.WebView(
            web_context=context, is_controlled_by_automation=True, settings=settings
        )
        view.connect("permission-request", lambda _view, asked: (asked.allow(), True)[1])
        window.add(view)
        window.show_all()
        return view

    def started(_context: object, session: WebKit2.AutomationSession) -> None:
        about = WebKit2.ApplicationInfo()
        about.set_name("MiniBrowser")
        about.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), 0)
        session.set_application_info(about)
        session.connect("create-web-view", make_view)

    context.connect("automation-started", started)
    Gtk.main()


if __name__ == "__main__":
    main()
