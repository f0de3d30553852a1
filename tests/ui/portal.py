"""The desktop's own dialogs, played: files are chosen and pages printed by another program, which only says what was asked of it."""

import threading

import harness

REQUEST = """<node><interface name="org.freedesktop.portal.Request"><method name="Close"/>
<signal name="Response"><arg type="u"/><arg type="a{sv}"/></signal></interface></node>"""
DESKTOP = """<node>
<interface name="org.freedesktop.portal.FileChooser"><property name="version" type="u" access="read"/>
<method name="OpenFile"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="o" direction="out"/></method></interface>
<interface name="org.freedesktop.portal.Print"><property name="version" type="u" access="read"/>
<method name="PreparePrint"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
<method name="Print"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="h" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method></interface>
</node>"""


class Portal:
    """On the stage's bus until close(). @asked: the methods that were called, in their order."""

    def __init__(self):
        harness.atspi()
        from gi.repository import Gio, GLib
        self.gio, self.glib = Gio, GLib
        self.asked = []
        self.request = None
        self.ready = threading.Event()
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()
        self.ready.wait(harness.TIMEOUT)

    def _serve(self):
        self.context.push_thread_default()
        flags = self.gio.DBusConnectionFlags
        self.bus = self.gio.DBusConnection.new_for_address_sync(
            harness.Stage.bus, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        for interface in self.gio.DBusNodeInfo.new_for_xml(DESKTOP).interfaces:
            self.bus.register_object_with_closures2("/org/freedesktop/portal/desktop", interface, self._called, self._read, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           self.glib.Variant("(su)", ("org.freedesktop.portal.Desktop", 0)), None, 0, -1, None)
        self.ready.set()
        self.loop.run()
        self.bus.close_sync()
        self.context.pop_thread_default()

    def _read(self, *_):
        return self.glib.Variant("u", 3)

    def _called(self, bus, sender, path, interface, method, parameters, call):
        self.asked.append(method)
        if method == "Close":
            call.return_value(None)
            return
        token = parameters.unpack()[-1]["handle_token"]
        self.request = f"/org/freedesktop/portal/desktop/request/{sender[1:].replace('.', '_')}/{token}"
        bus.register_object_with_closures2(self.request, self.gio.DBusNodeInfo.new_for_xml(REQUEST).interfaces[0], self._called, None, None)
        call.return_value(self.glib.Variant("(o)", (self.request,)))

    def agree(self):
        """Somebody presses the button of the dialog that was asked for last."""
        answer = {"settings": self.glib.Variant("a{sv}", {}), "page-setup": self.glib.Variant("a{sv}", {}),
                  "token": self.glib.Variant("u", 7)}
        self.bus.emit_signal(None, self.request, "org.freedesktop.portal.Request", "Response",
                             self.glib.Variant("(ua{sv})", (0, answer)))

    def close(self):
        self.loop.quit()
        self.thread.join()
