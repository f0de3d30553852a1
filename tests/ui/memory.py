"""Looks into the memory of a running program, from outside, as a debugger would."""

import base64


def regions(pid):
    """What is mapped and was or could be written, as bytes, piece by piece: heaps, stacks, libraries' variables, shared memory."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            place, rights, _offset, _device, _node, *name = line.split()
            of_a_file = name and name[0].startswith("/") and "s" not in rights
            if "r" not in rights or (of_a_file and "w" not in rights) or name[:1] in (["[vvar]"], ["[vvar_vclock]"], ["[vsyscall]"]):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                memory.seek(start)
                yield (name[0] if name else ""), start, memory.read(end - start)
            except (OSError, OverflowError):  # gone, or a device's
                continue


def spellings(text):
    """A text as programs keep it: UTF-8, ICU's UTF-16, Pango's and FriBidi's 32 bits."""
    return [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-32-le")]


PIECE = 1 << 16
NOTHING = bytes(PIECE)


def pieces(content):
    """Without the long runs of zeros that most of it is."""
    begin = None
    for at in range(0, len(content) + PIECE, PIECE):
        empty = at >= len(content) or content[at:at + PIECE] == NOTHING[:len(content) - at]
        if empty and begin is not None:
            yield begin, content[begin:at]
            begin = None
        elif not empty and begin is None:
            begin = at


def find(pid, wanted):
    """Where each of @wanted (label → list of bytes) is found: label → list of places. Nothing found is an empty list."""
    found = {label: [] for label in wanted}
    for name, start, content in regions(pid):
        for offset, piece in pieces(content):
            for label, patterns in wanted.items():
                for pattern in patterns:
                    at = piece.find(pattern)
                    while at >= 0:
                        around = piece[max(0, at - 40):at + len(pattern) + 40]
                        found[label].append((name or hex(start), hex(start + offset + at), around))
                        at = piece.find(pattern, at + 1)
    return found


def key_of(recovery_code):
    """The raw key that a recovery code stands for, and how it may lie in memory: as bytes and as hex digits."""
    digits = recovery_code.replace("-", "")
    key = base64.b32decode(digits + "=" * (-len(digits) % 8))[:32]
    return [key, key.hex().encode(), key.hex().upper().encode()]
