#!/usr/bin/python3
"""A desktop that shows notices (org.freedesktop.Notifications), in the system's Python.

Prints each notice as one line of JSON, the number it was given among it. A number on standard
input is a press on that notice.
"""

import json
import sys
import threading

from gi.repository import Gio, GLib  # type: ignore[import-not-found]

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


def method(name: str, takes: tuple[str, ...], gives: tuple[str, ...]) -> str:
    arguments = [f'<arg direction="in" type="{kind}"/>' for kind in takes]
    arguments += [f'<arg direction="out" type="{kind}"/>' for kind in gives]
    return f'<method name="{name}">{"".join(arguments)}</method>'


METHODS = (
    method("GetCapabilities", (), ("as",)),
    method("GetServerInformation", (), ("s", "s", "s", "s")),
    method("Notify", ("s", "u", "s", "s", "s", "as", "a{sv}", "i"), ("u",)),
    method("CloseNotification", ("u",), ()),
)
INTERFACE = f'<node><interface name="{NAME}">{"".join(METHODS)}</interface></node>'


class Desk:
    """What is on the desk: how many notices there were, and the bus to answer on."""

    def __init__(self) -> None:
        self.count = 0
        self.bus: Gio.DBusConnection | None = None

    def arrive(self, bus: Gio.DBusConnection, _name: str) -> None:
        self.bus = bus
        described = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        bus.register_object(PATH, described, self.answer, None, None)

    def answer(self, *call: object) -> None:
        """A program's call: its sender, path and interface come first, then what matters here."""
        name, arguments, reply = call[4:7]
        if name == "GetCapabilities":
            reply.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        elif name == "GetServerInformation":
            reply.return_value(GLib.Variant("(ssss)", ("desk", "tests", "1", "1.2")))
        elif name == "Notify":
            reply.return_value(GLib.Variant("(u)", (self.show(*arguments.unpack()),)))
        else:
            reply.return_value(None)

    def show(self, *notice: object) -> int:
        replaced, title, body = notice[1], notice[3], notice[4]
        self.count += 1
        number = replaced or self.count
        print(json.dumps({"number": number, "title": title, "body": body}), flush=True)
        return number

    def press(self, number: int) -> bool:
        pressed = GLib.Variant("(us)", (number, "default"))
        self.bus.emit_signal(None, PATH, NAME, "ActionInvoked", pressed)
        return GLib.SOURCE_REMOVE


def main() -> None:
    desk = Desk()

    def listen() -> None:
        for line in sys.stdin:
            GLib.idle_add(desk.press, int(line))

    def ready(*_: object) -> None:
        print("ready", flush=True)
        threading.Thread(target=listen, daemon=True).start()

    Gio.bus_own_name(Gio.BusType.SESSION, NAME, 0, desk.arrive, ready, None)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
